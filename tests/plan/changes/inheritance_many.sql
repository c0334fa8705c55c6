-- More parents than anybody has, side by side and one above the other.

-- @old
do $$ begin
	for i in 1..12 loop
		execute format('create table wide_%s (a integer, own_%s integer, constraint same check (a > 0))', i, i);
	end loop;
	execute format('create table wide (constraint same check (a > 0)) inherits (%s)', (select string_agg('wide_' || i, ', ' order by i) from generate_series(1, 12) i));
	create table deep_0 (a integer, constraint deep check (a > 0));
	for i in 1..20 loop
		execute format('create table deep_%s () inherits (deep_%s)', i, i - 1);
	end loop;
	create table parted (id integer) partition by range (id);
	create table parted_1 partition of parted for values from (0) to (10);
	for i in 1..70 loop
		execute format('create table key_%s (id integer primary key)', i);
		execute format('alter table parted add constraint key_%s foreign key (id) references key_%s', i, i);
	end loop;
end $$;

-- @new
do $$ begin
	for i in 1..12 loop
		execute format('create table wide_%s (a bigint, constraint same check (a >= 0))', i);
	end loop;
	execute format('create table wide (constraint same check (a >= 0)) inherits (%s)', (select string_agg('wide_' || i, ', ' order by i) from generate_series(1, 12) i));
	execute 'alter table wide add own_12 integer';
	create table deep_0 (a integer, constraint deep check (a > 1));
	for i in 1..20 loop
		execute format('create table deep_%s (%s) inherits (deep_%s)', i, case when i = 20 then 'constraint deep check (a > 1)' end, i - 1);
	end loop;
	create table parted (id integer) partition by range (id);
	create table parted_1 partition of parted for values from (0) to (20);
	for i in 1..70 loop
		execute format('create table key_%s (id integer primary key)', i);
		execute format('alter table parted add constraint key_%s foreign key (id) references key_%s', i, i);
	end loop;
end $$;
