-- Range types: every attribute, a canonical function in a loop, multiranges.
create type plain as range (subtype = double precision);

create type floatrange as range (subtype = double precision, subtype_diff = float8mi);

create type textual as range (subtype = text, subtype_opclass = text_pattern_ops, collation = "C");

create type collated as range (subtype = text, collation = "C");

create function time_diff(a time, b time) returns double precision language sql strict immutable as
'select extract(epoch from (a - b))';

create type timerange as range (subtype = time, subtype_diff = time_diff);

create type canonical;

create function canonical_of(canonical) returns canonical language internal strict immutable as 'int4range_canonical';

create type canonical as range (subtype = integer, canonical = canonical_of);

create schema "My Schema.🐘";

create domain "My Schema.🐘"."Text" as text;

create type "My Schema.🐘"."a range with ""quotes"", dots., and 😀 of almost 63" as range (subtype = "My Schema.🐘"."Text");

comment on type plain is E'of a range\nin two lines, with ''quotes'' and 😀';

comment on type "My Schema.🐘"."a range with ""quotes"", dots., and 😀 of almost 63" is 'hostile';

create table uses (a plain default plain(1, 2), b timerange[], c "My Schema.🐘"."a range with ""quotes"", dots., and 😀 of almost 63");

-- @min 14
create type span as range (subtype = integer, multirange_type_name = "My Schema.🐘"."Spans");

-- @min 14
create table uses_more (a "My Schema.🐘"."Spans" default '{[1,2)}', b plain_multirange, c timemultirange[]);

-- @min 14
create view ranges as select plain(1, 2)::plain_multirange as it;
