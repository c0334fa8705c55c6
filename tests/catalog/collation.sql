-- Collations and conversions.
create collation plain from "C";

create collation one (locale = 'C.UTF-8');

create collation two (lc_collate = 'C', lc_ctype = 'C.UTF-8');

create collation german (provider = icu, locale = 'de-u-co-phonebk');

create collation loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false);

create schema "My Schema.🐘";

create collation "My Schema.🐘"."a collation with ""quotes"", dots., and 😀 of almost sixty" (provider = icu, locale = 'en');

comment on collation german is E'of a collation\nin two lines, with ''quotes'' and 😀';

comment on collation "My Schema.🐘"."a collation with ""quotes"", dots., and 😀 of almost sixty" is 'hostile';

create table uses (a text collate german, b text collate "My Schema.🐘"."a collation with ""quotes"", dots., and 😀 of almost sixty");

create domain text_of as text collate loose;

-- @min 16
create collation ruled (provider = icu, locale = 'und', rules = '& V << w <<< W');

-- @min 17
create collation built (provider = builtin, locale = 'C.UTF-8');

create default conversion latin for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;

create conversion "My Schema.🐘"."a conversion with ""quotes"", dots., and 😀 of almost sixty" for 'UTF8' to 'LATIN1' from utf8_to_iso8859_1;

comment on conversion latin is 'of a conversion';
