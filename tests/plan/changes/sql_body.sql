-- @min 14
-- Bodies in standard SQL, and what they use.
create table t (a int, b int);
-- @old
create function of_body(a int) returns int language sql return a;
create function to_text(a int) returns int language sql return a;
create function uses_column() returns int language sql begin atomic select max(b) from t; end;
create function uses_function() returns int language sql begin atomic select of_body(1); end;
create view over_function as select uses_column() as a;
comment on function uses_column() is 'of a function';
-- @new
alter table t drop b, add c bigint;
create function of_body(a int) returns int language sql return a + 1;
create function to_text(a int) returns int language sql as 'select a';
create function uses_column() returns bigint language sql begin atomic select max(c) from t; end;
create function uses_function() returns int language sql begin atomic select of_body(1); end;
create view over_function as select uses_column() as a;
comment on function uses_column() is 'of a function';
