-- Each attribute of an aggregate by itself.
create function step(integer, integer) returns integer language sql immutable as 'select 1';
create function step(bigint, integer) returns bigint language sql immutable as 'select 1::bigint';
create function final(integer) returns integer language sql immutable as 'select 1';
create function final(integer, integer) returns integer language sql immutable as 'select 1';
create function serial(internal) returns bytea language internal strict immutable as 'numeric_avg_serialize';
create function deserial(bytea, internal) returns internal language internal strict immutable as 'numeric_avg_deserialize';
create function inverse(integer, integer) returns integer language sql immutable as 'select 1';
create function inverse(bigint, integer) returns bigint language sql immutable as 'select 1::bigint';
create function step_2(integer, integer) returns integer language sql immutable as 'select 2';
create function inverse_2(integer, integer) returns integer language sql immutable as 'select 2';
create operator <<< (function = int4lt, leftarg = integer, rightarg = integer);
create table t (a int);
-- @old
create aggregate of_arguments(a integer) (sfunc = step, stype = integer);
create aggregate of_stype(integer) (sfunc = step, stype = integer);
create aggregate of_sspace(integer) (sfunc = step, stype = integer, sspace = 8);
create aggregate of_initcond(integer) (sfunc = step, stype = integer, initcond = '1');
create aggregate of_finalfunc(integer) (sfunc = step, stype = integer, finalfunc = final);
create aggregate of_extra(integer) (sfunc = step, stype = integer, finalfunc = final, finalfunc_extra);
create aggregate of_modify(integer) (sfunc = step, stype = integer, finalfunc = final, finalfunc_modify = read_write);
create aggregate of_combine(integer) (sfunc = step, stype = integer, combinefunc = int4pl);
create aggregate of_serial(numeric) (sfunc = numeric_avg_accum, stype = internal, finalfunc = numeric_avg, combinefunc = numeric_avg_combine,
  serialfunc = numeric_avg_serialize, deserialfunc = numeric_avg_deserialize);
create aggregate of_deserial(numeric) (sfunc = numeric_avg_accum, stype = internal, finalfunc = numeric_avg, combinefunc = numeric_avg_combine,
  serialfunc = numeric_avg_serialize, deserialfunc = numeric_avg_deserialize);
create aggregate of_msfunc(integer) (sfunc = step, stype = integer, msfunc = step, minvfunc = inverse, mstype = integer);
create aggregate of_minvfunc(integer) (sfunc = step, stype = integer, msfunc = step, minvfunc = inverse, mstype = integer);
create aggregate of_mstype(integer) (sfunc = step, stype = integer, finalfunc = final, msfunc = step, minvfunc = inverse, mstype = integer, mfinalfunc = final);
create aggregate of_msspace(integer) (sfunc = step, stype = integer, msfunc = step, minvfunc = inverse, mstype = integer, msspace = 8);
create aggregate of_minitcond(integer) (sfunc = step, stype = integer, msfunc = step, minvfunc = inverse, mstype = integer, minitcond = '1');
create aggregate of_mfinalfunc(integer) (sfunc = step, stype = integer, msfunc = step, minvfunc = inverse, mstype = integer, mfinalfunc = final);
create aggregate of_mextra(integer) (sfunc = step, stype = integer, msfunc = step, minvfunc = inverse, mstype = integer, mfinalfunc = final);
create aggregate of_mmodify(integer) (sfunc = step, stype = integer, msfunc = step, minvfunc = inverse, mstype = integer, mfinalfunc = final);
create aggregate of_sortop(integer) (sfunc = step, stype = integer, sortop = <);
create aggregate of_parallel(integer) (sfunc = step, stype = integer, parallel = safe);
create aggregate of_hypothetical(integer order by integer) (sfunc = step, stype = integer, finalfunc = final);
create view uses as select of_stype(a) as a, of_parallel(a) as b, of_hypothetical(1) within group (order by a) as c from t;
comment on aggregate of_stype(integer) is 'of an aggregate';
-- @new
create aggregate of_arguments(b integer) (sfunc = step, stype = integer);
create aggregate of_stype(integer) (sfunc = step, stype = bigint);
create aggregate of_sspace(integer) (sfunc = step, stype = integer);
create aggregate of_initcond(integer) (sfunc = step, stype = integer, initcond = '2');
create aggregate of_finalfunc(integer) (sfunc = step, stype = integer);
create aggregate of_extra(integer) (sfunc = step, stype = integer, finalfunc = final);
create aggregate of_modify(integer) (sfunc = step, stype = integer, finalfunc = final);
create aggregate of_combine(integer) (sfunc = step, stype = integer, combinefunc = int4mul);
create aggregate of_serial(numeric) (sfunc = numeric_avg_accum, stype = internal, finalfunc = numeric_avg, combinefunc = numeric_avg_combine,
  serialfunc = serial, deserialfunc = numeric_avg_deserialize);
create aggregate of_deserial(numeric) (sfunc = numeric_avg_accum, stype = internal, finalfunc = numeric_avg, combinefunc = numeric_avg_combine,
  serialfunc = numeric_avg_serialize, deserialfunc = deserial);
create aggregate of_msfunc(integer) (sfunc = step, stype = integer, msfunc = step_2, minvfunc = inverse, mstype = integer);
create aggregate of_minvfunc(integer) (sfunc = step, stype = integer, msfunc = step, minvfunc = inverse_2, mstype = integer);
create function final(bigint) returns integer language sql immutable as 'select 1';
create aggregate of_mstype(integer) (sfunc = step, stype = integer, finalfunc = final, msfunc = step, minvfunc = inverse, mstype = bigint, mfinalfunc = final);
create aggregate of_msspace(integer) (sfunc = step, stype = integer, msfunc = step, minvfunc = inverse, mstype = integer);
create aggregate of_minitcond(integer) (sfunc = step, stype = integer, msfunc = step, minvfunc = inverse, mstype = integer);
create aggregate of_mfinalfunc(integer) (sfunc = step, stype = integer, msfunc = step, minvfunc = inverse, mstype = integer);
create aggregate of_mextra(integer) (sfunc = step, stype = integer, msfunc = step, minvfunc = inverse, mstype = integer, mfinalfunc = final, mfinalfunc_extra);
create aggregate of_mmodify(integer) (sfunc = step, stype = integer, msfunc = step, minvfunc = inverse, mstype = integer, mfinalfunc = final, mfinalfunc_modify = shareable);
create aggregate of_sortop(integer) (sfunc = step, stype = integer, sortop = <<<);
create aggregate of_parallel(integer) (sfunc = step, stype = integer, parallel = restricted);
create aggregate of_hypothetical(integer order by integer) (sfunc = step, stype = integer, finalfunc = final, hypothetical);
create view uses as select of_stype(a)::integer as a, of_parallel(a) as b, of_hypothetical(1) within group (order by a) as c from t;
comment on aggregate of_stype(integer) is 'of an aggregate';
