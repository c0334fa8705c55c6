-- Casts, transforms, languages, access methods.
create type pair as (a integer, b integer);

create function pair_of(integer) returns pair language sql immutable as 'select row($1, $1)::pair';

create function pair_text(pair, integer, boolean) returns text language sql immutable as 'select ''''';

create cast (integer as pair) with function pair_of(integer);

create cast (pair as text) with function pair_text(pair, integer, boolean) as assignment;

create cast (pair as json) with inout as implicit;

create cast (integer as date) without function;

create schema "My Schema.🐘";

create domain "My Schema.🐘"."do""main" as integer;

create type "My Schema.🐘"."a type with ""quotes"", (AS) dots., and 😀 of almost sixty-" as enum ('a');

create cast (text as "My Schema.🐘"."a type with ""quotes"", (AS) dots., and 😀 of almost sixty-") with inout;

comment on cast (integer as pair) is E'of a cast\nin two lines, with ''quotes'' and 😀';

comment on cast (text as "My Schema.🐘"."a type with ""quotes"", (AS) dots., and 😀 of almost sixty-") is 'hostile';

create view uses as select 1::pair as a, (row(1, 2)::pair)::text as b;

create function speak_handler() returns language_handler language c as '$libdir/plpgsql', 'plpgsql_call_handler';

create function "Inline"(internal) returns void language c strict as '$libdir/plpgsql', 'plpgsql_inline_handler';

create function speak_check(oid) returns void language c strict as '$libdir/plpgsql', 'plpgsql_validator';

create language bare handler speak_handler;

create trusted language "Speak ""easy"", 😀 with a name of almost sixty-three bytes, dots." handler speak_handler inline "Inline" validator speak_check;

comment on language bare is 'of a language';

create function plpgsql_call_handler() returns language_handler language c as '$libdir/plpgsql';

create function spoken() returns integer language "Speak ""easy"", 😀 with a name of almost sixty-three bytes, dots." as $$ begin return 1; end $$;

create function from_sql(internal) returns internal language internal immutable as 'int4recv';

create function to_sql(internal) returns pair language internal immutable as 'int4recv';

create transform for pair language bare (from sql with function from_sql(internal), to sql with function to_sql(internal));

create transform for jsonb language "Speak ""easy"", 😀 with a name of almost sixty-three bytes, dots." (from sql with function from_sql(internal));

create function transformed(a pair) returns integer language bare transform for type pair as 'x';

comment on transform for pair language bare is 'of a transform';

create access method more_heap type table handler heap_tableam_handler;

create access method "More ""btree""" type index handler bthandler;

comment on access method "More ""btree""" is 'of an access method';

create table in_more_heap (a integer) using more_heap;
