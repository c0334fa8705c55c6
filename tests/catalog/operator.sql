-- Operators, families and classes: every attribute, forward references, members of no class.
create function text_eq(text, text) returns boolean language internal immutable strict as 'texteq';

create function text_ne(text, text) returns boolean language internal immutable strict as 'textne';

create function int_both(integer, integer) returns integer language sql immutable strict as 'select $1';

create function int_flip(integer) returns integer language sql immutable strict as 'select -$1';

create operator === (function = text_eq, leftarg = text, rightarg = text, commutator = ===, negator = !==,
  restrict = eqsel, join = eqjoinsel, hashes, merges);

create operator !== (function = text_ne, leftarg = text, rightarg = text, commutator = !==, negator = ===,
  restrict = neqsel, join = neqjoinsel);

create operator @- (function = int_both, leftarg = integer, rightarg = integer);

create operator !! (function = int_flip, rightarg = integer);

-- @max 13
create operator #! (function = int_flip, leftarg = integer);

-- @max 13
comment on operator #! (integer, none) is 'of a postfix operator';

create schema "My Schema.🐘";

create operator "My Schema.🐘".<<| (function = int4lt, leftarg = integer, rightarg = integer, commutator = operator("My Schema.🐘".|>>));

create operator "My Schema.🐘".|>> (function = int4gt, leftarg = integer, rightarg = integer);

-- A commutator that nobody created.
create operator <~ (function = int4lt, leftarg = integer, rightarg = integer, commutator = ~>);

comment on operator === (text, text) is E'of an operator\nin two lines, with ''quotes'' and 😀';

comment on operator !! (none, integer) is 'of a prefix operator';

comment on operator "My Schema.🐘".|>> (integer, integer) is 'hostile';

create operator family bare using btree;

create operator class text_hash for type text using hash as operator 1 ===, function 1 hashtext(text), function 2 hashtextextended(text, bigint);

create function int4_back(integer, integer) returns integer language sql immutable as 'select btint4cmp($2, $1)';

create operator class backwards for type integer using btree as
  operator 1 >, operator 2 >=, operator 3 =, operator 4 <=, operator 5 <,
  function 1 int4_back(integer, integer);

alter operator family backwards using btree add
  operator 1 > (integer, bigint), operator 5 < (integer, bigint),
  function 1 (integer, bigint) btint48cmp(integer, bigint);

create operator class in_bare for type bigint using btree family bare as
  operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >,
  function 1 btint8cmp(bigint, bigint), function 3 (bigint, bigint) in_range(bigint, bigint, bigint, boolean, boolean),
  function 4 (bigint, bigint) btequalimage(oid);

create operator class nothing for type point using gist as storage point;

create operator class stored for type box using gist as storage box,
  operator 1 <<, operator 2 &<, operator 15 <-> (box, point) for order by float_ops,
  function 1 gist_box_consistent(internal, box, smallint, oid, internal),
  function 2 gist_box_union(internal, internal), function 5 gist_box_penalty(internal, internal, internal),
  function 6 gist_box_picksplit(internal, internal), function 7 gist_box_same(box, box, internal),
  function 8 (box, box) gist_box_distance(internal, box, smallint, oid, internal);

create operator class arrays for type integer[] using gin as
  operator 1 && (anyarray, anyarray), operator 2 @> (anyarray, anyarray),
  function 1 btint4cmp(integer, integer), function 2 ginarrayextract(anyarray, internal, internal),
  function 3 ginqueryarrayextract(anyarray, internal, smallint, internal, internal, internal, internal),
  function 4 ginarrayconsistent(internal, smallint, anyarray, integer, internal, internal, internal, internal), storage integer;

create type "My Schema.🐘"."E num" as enum ('a', 'b');

create operator family "My Schema.🐘"."a family with ""quotes"", dots., and 😀 of almost sixty-three" using btree;

create operator class "My Schema.🐘"."a class with ""quotes"", USING btree, and 😀 of almost sixty-three"
for type integer using btree family "My Schema.🐘"."a family with ""quotes"", dots., and 😀 of almost sixty-three" as
  operator 1 "My Schema.🐘".<<|, function 1 btint4cmp(integer, integer);

comment on operator class backwards using btree is 'of a class';

comment on operator class "My Schema.🐘"."a class with ""quotes"", USING btree, and 😀 of almost sixty-three" using btree is 'hostile';

comment on operator family backwards using btree is 'of a family';

create table uses (a integer, b box, c text);

create index on uses (a backwards);

create index on uses using gist (b stored);

create index on uses using hash (c text_hash);

create view compares as select c === 'a' as it from uses where a operator("My Schema.🐘".<<|) 3;
