-- Enumerated types: labels of all sorts, none, many.
create type mood as enum ('sad', 'ok', 'happy');

create type nothing as enum ();

create type hostile as enum ('it''s', E'back\\slash', E'two\nlines', '', ' ', '{}', '"', 'NULL', 'a,b', '😀', '$$', '; drop table x; --');

create type many as enum ('one hundred and one', 'one hundred and two', 'one hundred and three', 'one hundred and four');

-- In an order that is not the one of creation.
create type inserted as enum ('b', 'd');

alter type inserted add value 'a' before 'b';

alter type inserted add value 'c' after 'b';

create schema "My Schema.🐘";

create type "My Schema.🐘"."an enum with ""quotes"", dots., and 😀 of almost sixty-three" as enum ('a');

comment on type mood is E'of an enum\nin two lines, with ''quotes'' and 😀';

comment on type "My Schema.🐘"."an enum with ""quotes"", dots., and 😀 of almost sixty-three" is 'hostile';

create table uses (a mood default 'ok', b mood[] default '{sad,happy}', c "My Schema.🐘"."an enum with ""quotes"", dots., and 😀 of almost sixty-three");
