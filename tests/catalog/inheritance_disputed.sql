-- @undumpable: of tables that did not get these columns so, pg_dump writes what the server refuses
-- Parents that say different defaults, one of them only since it has children.
create table says_one (a int default 1, b int default 1, c text not null default 'x', only_one int);

create table says_two (a int default 2, b int, c text not null, only_two int default 7);

alter table only says_two alter a drop default;

create table of_both_inherited () inherits (says_one, says_two);

create table of_both_without () inherits (says_one, says_two);

alter table of_both_without alter a drop default;

alter table only says_two alter a set default 2, alter c set default 'y';

create table of_both (a int default 3, c text default 'z') inherits (says_one, says_two);

