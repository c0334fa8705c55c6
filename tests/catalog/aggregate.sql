-- Aggregates: every parameter, every sort.
create function int_add(bigint, integer) returns bigint language sql immutable as 'select $1 + $2';

create function int_remove(bigint, integer) returns bigint language sql immutable as 'select $1 - $2';

create function int_final(bigint) returns numeric language sql immutable as 'select $1';

create function int_final_extra(bigint, integer) returns numeric language sql immutable as 'select $1';

create function text_add(text, text, text) returns text language sql as 'select $1';

create function state_add(internal, text) returns internal language internal immutable as 'numeric_avg_accum';

create function strict_state(internal, integer) returns internal language internal immutable parallel safe as 'int8_avg_accum';

create function rank_final(internal, variadic "any") returns bigint language internal immutable as 'hypothetical_rank_final';

create aggregate plain(integer) (sfunc = int_add, stype = bigint);

create aggregate everything(value integer) (
  sfunc = int_add, stype = bigint, sspace = 128, finalfunc = int_final_extra, finalfunc_extra, finalfunc_modify = shareable,
  combinefunc = int8pl, initcond = '0',
  msfunc = int_add, minvfunc = int_remove, mstype = bigint, msspace = 256, mfinalfunc = int_final, mfinalfunc_modify = read_write,
  minitcond = ' 0', parallel = safe);

create aggregate moving(integer) (
  sfunc = int_add, stype = bigint, msfunc = int_add, minvfunc = int_remove, mstype = bigint,
  mfinalfunc = int_final_extra, mfinalfunc_extra, finalfunc = int_final, finalfunc_modify = read_only, parallel = restricted);

create aggregate serialized(integer) (
  sfunc = strict_state, stype = internal, finalfunc = numeric_poly_avg, combinefunc = int8_avg_combine,
  serialfunc = int8_avg_serialize, deserialfunc = int8_avg_deserialize, parallel = safe);

create aggregate everything(*) (sfunc = int8inc, stype = bigint, initcond = '0');

create aggregate two(a text, "b b" text) (sfunc = text_add, stype = text, initcond = E'it''s\\');

create aggregate variable(variadic text[]) (sfunc = array_cat, stype = text[], initcond = '{}');

create aggregate smallest(integer) (sfunc = int4smaller, stype = integer, sortop = <);

create aggregate percentile(double precision order by double precision) (
  sfunc = ordered_set_transition, stype = internal, finalfunc = percentile_cont_float8_final);

create aggregate rank_of(variadic "any" order by variadic "any") (
  sfunc = ordered_set_transition_multi, stype = internal, finalfunc = rank_final, hypothetical);

create schema "My Schema.🐘";

create aggregate "My Schema.🐘"."an aggregate with ""quotes"", (parens), 😀 of almost sixty-th"("a ""b""" integer) (
  sfunc = int_add, stype = bigint);

comment on aggregate everything(integer) is E'of an aggregate\nin two lines, with ''quotes'' and 😀';

comment on aggregate everything(*) is 'of all';

comment on aggregate rank_of(variadic "any" order by variadic "any") is 'of a hypothetical set';

comment on aggregate percentile(double precision order by double precision) is 'of an ordered set';

comment on aggregate "My Schema.🐘"."an aggregate with ""quotes"", (parens), 😀 of almost sixty-th"(integer) is 'hostile';

create view uses as select everything(a) from generate_series(1, 3) a;
