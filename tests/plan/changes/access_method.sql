-- Another access method of a table: in place where the server has a statement for it, else it is made again.
create access method more_heap type table handler heap_tableam_handler;
-- @old
create table of_access_method (a int, b text) using more_heap;
create materialized view m_access_method using more_heap as select 1 as a;
create index of_access_method_b on of_access_method (b);
-- @new
create table of_access_method (a int, b text);
create materialized view m_access_method as select 1 as a;
create index of_access_method_b on of_access_method (b);
