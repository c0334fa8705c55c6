create type stays as (a int, b text);
-- @old
create type t as (a int, b int, gone text);
create table typed of t;
create table becomes (a int, b text);
create table leaves of stays;
-- @new
create type t as (a int, b bigint, come date);
create table typed of t (a with options not null);
create table becomes of stays;
create table leaves (a int, b text, own int);
