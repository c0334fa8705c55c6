# Hazards: each is documented, refused, and provoked once; what is none is not named.
. "$POSTKIT/tests/lib.sh"

pk-diff --hazards >documented
sed -n '/^[a-z]/{/^Each\|^table only/d;p;}' documented >names
equal "each says what, for how long, and what to do instead" "$(wc -l <names)" "$(grep -c '^    for how long: .' documented)"
equal "none without a way out" "$(wc -l <names)" "$(grep -c '^    instead: .' documented)"
equal "each that a rule names is documented" "" "$(grep -rhoE '(hazard = |script_note\(.*)"[a-z]+-?[a-z-]*"' "$POSTKIT/tools/lib/rule" |
	grep -oE '"[a-z][a-z-]+"' | tr -d '"' | sort -u | grep -vxF -f names)"

# Pairs of states: the hazard, the old one, and the new one, with lines of their own between.
cat >cases <<'EOF'
@ column-recreated
create table t (a int, b int)
--
create table t (a int, b int generated always as (a + 1) stored)
@ domain-scan
create domain d as int; create table t (a d)
--
create domain d as int constraint c check (value > 0); create table t (a d)
@ drop-column
create table t (a int, b int)
--
create table t (a int)
@ drop-extension
create extension pg_trgm
--
select 1
@ drop-materialized-view
create materialized view m as select 1 as a
--
select 1
@ drop-materialized-view
create materialized view m as select 1 as a
--
create materialized view m as select 1 as a with no data
@ drop-not-null
create table t (a int not null)
--
create table t (a int)
@ drop-object
create function f() returns int language sql as 'select 1'
--
select 1
@ drop-object
create view v as select 1 as a
--
select 1
@ drop-sequence
create sequence s
--
select 1
@ drop-table
create table t (a int)
--
select 1
@ index-build offline
create table t (a int)
--
create table t (a int); create index on t (a)
@ index-dropped
create table t (a int); create index on t (a)
--
create table t (a int)
@ not-null-column
create table t (a int)
--
create table t (a int, b int not null)
@ privileges
create table t (a int)
--
create table t (a int); grant select on t to public
@ privileges
create table t (a int); grant select on t to public
--
create table t (a int)
@ row-security
create table t (a int); alter table t enable row level security
--
create table t (a int); alter table t enable row level security; create policy p on t using (true)
@ row-security
create table t (a int)
--
create table t (a int); alter table t enable row level security
@ table-recreated
create table t (a int)
--
create table t (a int) partition by list (a)
@ table-rewrite
create table t (a int)
--
create table t (a bigint)
@ table-rewrite
create table t (a int)
--
create table t (a int, b float default random())
@ table-scan offline
create table t (a int)
--
create table t (a int check (a > 0))
@ unlogged
create table t (a int)
--
create unlogged table t (a int)
@ values-may-not-fit
create table t (a text)
--
create table t (a varchar(3))
@ none
create table t (a int); create view v as select a from t; create function f(a int) returns int language sql as 'select 1'
--
create table t (a int, b int default 1); create view v as select a, b from t; create index on t (a); create function f(a int) returns int language sql as 'select 2'; alter table t add constraint c check (a > 0)
@ none
create table t (a varchar(3)); create view v as select a from t; grant select on v to public
--
create table t (a varchar(5)); create view v as select a from t; grant select on v to public
EOF
new_database scratch
scratch=$database_url
n=0
facts_of() { # SQL FILE
	printf '%s\n' "$1" >state.sql
	query "${scratch##*/}" 'drop schema public cascade' 'create schema public' 'drop extension if exists pg_trgm' >/dev/null 2>&1
	psql -Xq -d "$scratch" -f state.sql >/dev/null 2>&1
	pk-dump "$scratch" >"$2" 2>/dev/null
}
one() {
	n=$((n + 1))
	facts_of "$old" old.facts
	facts_of "$new" new.facts
	found=$(pk-diff --show ${how:+--offline} old.facts new.facts | sed -n '/"sql"/s/.*"hazards":\[\([^]]*\)\].*/\1/p' | tr -d '"' | tr ',\n' '  ')
	case " ${found:-none} " in
	*" $hazard "*) passed "$hazard ($n)" ;;
	*) failed "$hazard ($n)" "found: $found" ;;
	esac
	[ "$hazard" = none ] || printf '%s\n' "$hazard" >>provoked
}
old= new= part= hazard=
while IFS= read -r line; do
	case $line in
	'@ '*)
		[ -z "$hazard" ] || one
		set -- $line
		hazard=$2 how=${3-} old= new= part=old
		;;
	--) part=new ;;
	*) if [ $part = old ]; then old=$line; else new=$line; fi ;;
	esac
done <cases
one
# Those that need two servers, or files with directives, have tests of their own.
equal "all of them" "rename slot-left" "$(echo $(sort -u provoked | grep -vxF -f - names))"
