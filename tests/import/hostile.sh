# Names and texts that nobody would choose: quotes, newlines, semicolons, backslashes, slashes, dots,
# dollars, control characters, emoji, 63 bytes, names that differ only by case. They come through
# unchanged, nothing in them is interpreted, no file lands outside of the tree.
. "$POSTKIT/tests/lib.sh"

new_database names >/dev/null
query "$database" 'do $do$
declare
  names text[] := array[
    e'"'"'two\nlines'"'"', e'"'"'it'"''''"'s "quoted"'"'"', '"'"'semi;colon; drop table x'"'"', e'"'"'back\\slash'"'"',
    '"'"'$$ $_$ dollars'"'"', '"'"'../../etc/passwd'"'"', '"'"'/absolute'"'"', '"'"'..'"'"', '"'"'.'"'"', '"'"'-- comment'"'"', '"'"'/* comment'"'"',
    e'"'"'tab\tbell\x07'"'"', '"'"'🐘 élan'"'"', repeat('"'"'x'"'"', 63), '"'"'Case'"'"', '"'"'case'"'"', '"'"'CASE'"'"', '"'"'CON'"'"', '"'"' blank '"'"', '"'"'%s%n'"'"',
    '"'"'$(reboot) `reboot`'"'"', '"'"'#hash'"'"', '"'"'a.b'"'"', '"'"'select'"'"', '"'"'{}'"'"', '"'"'-rf'"'"', e'"'"'\\i /etc/passwd'"'"', e'"'"'\r'"'"'];
  n text;
begin
  foreach n in array names loop
    execute format('"'"'create schema %I'"'"', n);
    execute format('"'"'create table %I.%I (%I text default %L, check (%I <> %L))'"'"', n, n, n, n, n, n);
    execute format('"'"'create index %I on %I.%I (%I)'"'"', '"'"'i'"'"' || left(n, 60), n, n, n);
    execute format('"'"'comment on table %I.%I is %L'"'"', n, n, n);
    execute format('"'"'comment on column %I.%I.%I is %L'"'"', n, n, n, n);
    execute format('"'"'create view %I.%I as select %I as %I, %L::text as %I from %I.%I'"'"', n, '"'"'v'"'"' || left(n, 60), n, n, n, '"'"'w'"'"' || left(n, 60), n, n);
    execute format('"'"'create type %I.%I as enum (%L)'"'"', n, '"'"'e'"'"' || left(n, 60), n);
    execute format('"'"'create function %I.%I(%I text default %L) returns text language sql as %L'"'"', n, n, n, n, '"'"'select '"'"' || quote_literal(n));
    execute format('"'"'create policy %I on %I.%I using (%I = %L)'"'"', n, n, n, n, n);
    execute format('"'"'create trigger %I before update on %I.%I for each row execute function suppress_redundant_updates_trigger()'"'"', n, n, n);
    execute format('"'"'create sequence %I.%I'"'"', n, '"'"'s'"'"' || left(n, 60));
    execute format('"'"'grant select on %I.%I to public'"'"', n, n);
  end loop;
end $do$'
equal "all were made" 28 "$(query "$database" "select count(*) from pg_class where relkind = 'r' and relnamespace >= 16384")"

new_project
mkdir ../outside
check "import, proven" postkit import URL="$database_url" SYNC=0 -s
equal "nothing outside of the project" "outside project" "$(cd .. && ls | tr '\n' ' ' | sed 's/ $//')"
check "file names are plain" sh -c '! find schema | grep -q "[^A-Za-z0-9_./~-]"'
equal "no file is a link or has a way out" "" "$(find schema -type l; find schema -path '*..*')"

# Each object has a file of its own, also those that differ only by case.
equal "a file for each table" 28 "$(find schema/tables -name '*.sql' | wc -l | tr -d ' ')"

new_database copy >/dev/null
check "pk-load of the tree" pk-load schema "$database_url"
pk-dump "$(url "${database%copy*}names_$$")" >a
pk-dump "$database_url" >b
check "the copy holds the same" pk-compare a b
# The labels, defaults and comments, byte for byte, as the server sees them.
texts="select string_agg(x, '|' order by x collate \"C\") from (select obj_description(oid) from pg_class where relnamespace >= 16384
  union all select enumlabel from pg_enum union all select pg_get_expr(adbin, adrelid) from pg_attrdef
  union all select prosrc from pg_proc where pronamespace >= 16384) t(x)"
equal "comments, labels, defaults and bodies are the same bytes" "$(query "${database%copy*}names_$$" "$texts")" "$(query "$database" "$texts")"
