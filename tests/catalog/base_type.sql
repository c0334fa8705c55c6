-- Base types and types that are only declared.
create type plain;

create function plain_in(cstring) returns plain language internal strict immutable as 'textin';

create function plain_out(plain) returns cstring language internal strict immutable as 'textout';

create type plain (input = plain_in, output = plain_out);

create type everything;

create function everything_in(cstring, oid, integer) returns everything language internal strict immutable as 'numeric_in';

create function everything_out(everything) returns cstring language internal strict immutable as 'numeric_out';

create function everything_receive(internal, oid, integer) returns everything language internal strict immutable as 'numeric_recv';

create function everything_send(everything) returns bytea language internal strict immutable as 'numeric_send';

create function modifier_in(cstring[]) returns integer language internal strict immutable as 'numerictypmodin';

create function modifier_out(integer) returns cstring language internal strict immutable as 'numerictypmodout';

create function analyzed(internal) returns boolean language internal strict as 'array_typanalyze';

create type everything (
  input = everything_in, output = everything_out, receive = everything_receive, send = everything_send,
  typmod_in = modifier_in, typmod_out = modifier_out, analyze = analyzed, internallength = variable,
  alignment = double, storage = extended, category = 'n', preferred = true, default = '1''2', delimiter = ';', collatable = true);

create type small;

create function small_in(cstring) returns small language internal strict immutable as 'int2in';

create function small_out(small) returns cstring language internal strict immutable as 'int2out';

create type small (input = small_in, output = small_out, internallength = 2, passedbyvalue, alignment = int2);

create type pointlike;

create function pointlike_in(cstring) returns pointlike language internal strict immutable as 'point_in';

create function pointlike_out(pointlike) returns cstring language internal strict immutable as 'point_out';

create type pointlike (input = pointlike_in, output = pointlike_out, internallength = 16, alignment = double, element = double precision);

create schema "My Schema.🐘";

create type "My Schema.🐘"."a type with ""quotes"", dots., and 😀 of almost sixty-three";

create type "My Schema.🐘"."Int";

create function "My Schema.🐘".in(cstring) returns "My Schema.🐘"."Int" language internal strict immutable as 'int4in';

create function "My Schema.🐘".out("My Schema.🐘"."Int") returns cstring language internal strict immutable as 'int4out';

create type "My Schema.🐘"."Int" (input = "My Schema.🐘".in, output = "My Schema.🐘".out, like = integer);

comment on type everything is E'of a type\nin two lines, with ''quotes'' and 😀';

comment on type "My Schema.🐘"."Int" is 'hostile';

create table uses (a everything(10, 2) default '1.5', b plain[], c "My Schema.🐘"."Int");

-- @min 14
create type keyed;

-- @min 14
create function keyed_in(cstring) returns keyed language internal strict immutable as 'jsonb_in';

-- @min 14
create function keyed_out(keyed) returns cstring language internal strict immutable as 'jsonb_out';

-- @min 14
create function keyed_subscript(internal) returns internal language internal strict immutable as 'jsonb_subscript_handler';

-- @min 14
create type keyed (input = keyed_in, output = keyed_out, internallength = variable, subscript = keyed_subscript);
