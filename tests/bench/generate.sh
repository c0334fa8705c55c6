#!/bin/sh
# generate.sh N - SQL of a schema with N tables of ten columns over three schemas: keys, two indexes,
# comments, a trigger for every second one, a view and a function for every tenth.
awk -v N="$1" 'BEGIN {
	print "create schema a; create schema b;"
	for (i = 1; i <= N; i++) {
		s = schema(i)
		t = s ".table_" i
		printf "create table %s (id bigint generated always as identity primary key, name text not null, email varchar(200) default %s, amount numeric(12,2) not null default 0, created_at timestamptz not null default now(), updated_at timestamptz, active boolean not null default true, parent_id bigint, note text, code char(3), constraint table_%d_amount check (amount >= 0), constraint table_%d_code unique (code));\n", t, "\047\047", i, i
		printf "create index on %s (name); create index on %s (created_at, active);\n", t, t
		printf "comment on table %s is \047Table number %d\047; comment on column %s.name is \047The name\047;\n", t, i, t
		if (i > 1) {
			j = int((i + 1) / 2)
			printf "alter table %s add constraint table_%d_parent foreign key (parent_id) references %s.table_%d (id);\n", t, i, schema(j), j
		}
		if (i % 10 == 0)
			printf "create view %s.view_%d as select id, name, amount from %s where active;\n", s, i, t
		if (i % 10 == 5)
			printf "create function %s.f_%d(x integer) returns integer language plpgsql as $$ begin return x + %d; end $$;\n", s, i, i
		if (i % 2 == 0)
			printf "create function %s.tr_%d() returns trigger language plpgsql as $$ begin new.updated_at := now(); return new; end $$; create trigger touch before update on %s for each row execute function %s.tr_%d();\n", s, i, t, s, i
	}
}
function schema(n) { return n % 3 == 0 ? "a" : n % 3 == 1 ? "b" : "public" }'
