-- Text search: parsers, templates, dictionaries, configurations.
create text search parser plain (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);

create text search parser everything (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, headline = prsd_headline, lextypes = prsd_lextype);

create text search template plain (lexize = dsimple_lexize);

create text search template everything (init = dsimple_init, lexize = dsimple_lexize);

create text search dictionary plain (template = simple);

create text search dictionary german (template = snowball, language = 'german', stopwords = german);

create text search dictionary of_mine (template = everything, "accept" = false, stopwords = 'english');

create text search configuration empty (parser = default);

create text search configuration copied (copy = english);

create text search configuration mapped (parser = everything);

alter text search configuration mapped add mapping for asciiword, word, hword with german, simple;

alter text search configuration mapped add mapping for numword with plain;

alter text search configuration mapped add mapping for email, url with of_mine, german, english_stem;

create schema "My Schema.🐘";

create text search dictionary "My Schema.🐘"."a dictionary with ""quotes"", dots., and 😀 of almost 63" (template = simple);

create text search configuration "My Schema.🐘"."a configuration with ""quotes"", dots., and 😀 of almost" (parser = plain);

alter text search configuration "My Schema.🐘"."a configuration with ""quotes"", dots., and 😀 of almost"
add mapping for word with "My Schema.🐘"."a dictionary with ""quotes"", dots., and 😀 of almost 63";

comment on text search parser plain is E'of a parser\nin two lines, with ''quotes'' and 😀';

comment on text search template plain is 'of a template';

comment on text search dictionary german is 'of a dictionary';

comment on text search configuration mapped is 'of a configuration';

comment on text search configuration "My Schema.🐘"."a configuration with ""quotes"", dots., and 😀 of almost" is 'hostile';

create table uses (a text, b tsvector generated always as (to_tsvector('mapped', a)) stored);

create index on uses using gin (to_tsvector('copied', a));
