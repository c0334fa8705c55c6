-- Domains: every attribute, constraints in loops with functions, over each other.
create domain plain as integer;

create domain everything as varchar(20) collate "C" default 'it''s' not null check (value <> '') constraint "second; one" check (length(value) > 2 and value not like '%\%');

create domain expression as timestamp with time zone default now() + interval '1 day';

create domain list as numeric(10, 2)[] default '{1.00,2.50}';

create domain over as everything default null check (value ~ E'^\\d\n');

create domain unchecked as text;

alter domain unchecked add constraint later check (value <> 'a') not valid;

create function fits(it unchecked) returns boolean language plpgsql immutable as 'begin return true; end';

alter domain unchecked add constraint looped check (fits(value));

-- Its default calls a function of its type.
create domain numbered as integer not null check (value > 0);

create function next_number() returns numbered language plpgsql as 'begin return 1; end';

alter domain numbered set default next_number();

comment on constraint numbered_check on domain numbered is 'comes late';

create schema "My Schema.🐘";

create domain "My Schema.🐘"."a domain with ""quotes"", dots., and 😀 of almost sixty-three" as text not null constraint "c.on""straint" check (value <> '"');

comment on domain everything is E'of a domain\nin two lines, with ''quotes'' and 😀';

comment on constraint everything_check on domain everything is 'of a constraint';

comment on constraint "c.on""straint" on domain "My Schema.🐘"."a domain with ""quotes"", dots., and 😀 of almost sixty-three" is 'hostile';

create table uses (a everything, b over[], c "My Schema.🐘"."a domain with ""quotes"", dots., and 😀 of almost sixty-three" default 'x');

-- @min 17
create domain named as int constraint "must; be" not null;

-- @min 17
create domain noted as int constraint noted_not_null not null;

-- @min 17
comment on constraint noted_not_null on domain noted is 'of a default name';
