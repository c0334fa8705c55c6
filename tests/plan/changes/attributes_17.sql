-- @min 17
-- Attributes that servers have from 17 on.
-- @old
create subscription of_failover connection 'dbname=x' publication p with (connect = false, failover = true);
create domain of_not_null as int constraint a_name not null;
create access method more_heap type table handler heap_tableam_handler;
create table whole (a int) partition by list (a) using more_heap;
-- @new
create subscription of_failover connection 'dbname=x' publication p with (connect = false);
create domain of_not_null as int constraint another_name not null;
create access method more_heap type table handler heap_tableam_handler;
create table whole (a int) partition by list (a);
