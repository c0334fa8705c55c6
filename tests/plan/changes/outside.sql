create table a (id int primary key, b int);
create table b (id int primary key, b int);
create foreign data wrapper w;
create server s foreign data wrapper w;
-- @old
create publication p for table a;
create publication p_all for all tables;
create foreign table f (a int options (x '1'), b text) server s options (t '1', u '2');
create user mapping for public server s options (user_ 'x');
create server s2 version '1' foreign data wrapper w options (host 'a', port '1');
create user mapping for public server s2;
create server s3 foreign data wrapper w;
create subscription sub connection 'dbname=x' publication p with (connect = false);
create subscription gone connection 'dbname=x' publication p with (connect = false);
-- @new
create publication p for table b with (publish = 'insert, update');
create publication p_all;
create foreign table f (a int options (y '2'), b text options (z '3'), c int) server s options (t '3', v '2');
create user mapping for public server s options (user_ 'y');
create server s2 version '2' foreign data wrapper w options (host 'b', dbname 'x');
create subscription sub connection 'dbname=y' publication p, p_all with (connect = false);
