-- Composite types: attributes of all sorts, added and dropped ones, types over types.
create type empty as ();

create type point3 as (x double precision, y double precision, z double precision);

create type everything as (
  id integer, name varchar(20) collate "C", "na.me" numeric(10, 2)[], "q""uote" point3, "two
lines" point3[], "select" timestamp(3) with time zone, "😀" "char");

alter type everything drop attribute id;

alter type everything add attribute last bit varying(7);

create table sheet (a integer);

create type of_a_table as (it sheet, them sheet[]);

create domain of_it as of_a_table check ((value).it is not null);

create schema "My Schema.🐘";

create type "My Schema.🐘"."a type with ""quotes"", dots., and 😀 of almost sixty-three!" as ("at.tri""bute" of_it);

comment on type everything is E'of a type\nin two lines, with ''quotes'' and 😀';

comment on column everything."na.me" is 'of an attribute';

comment on column "My Schema.🐘"."a type with ""quotes"", dots., and 😀 of almost sixty-three!"."at.tri""bute" is 'hostile';

create table typed of everything;

create table uses (a "My Schema.🐘"."a type with ""quotes"", dots., and 😀 of almost sixty-three!", b everything[]);
