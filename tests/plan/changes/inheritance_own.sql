-- NOT NULL that children have from their parents, or by themselves, too.
-- @old
create table nn_own_p (a int not null); create table nn_own_c (a int not null) inherits (nn_own_p);
create table nn_own_cc () inherits (nn_own_c); create table nn_own_d () inherits (nn_own_p);
create table nn_to_p (a int not null, b int not null); create table nn_to_c () inherits (nn_to_p);
create table nn_from_p (a int, b int); create table nn_from_c (a int not null, b int not null) inherits (nn_from_p);
create table nn_two_p (a int not null); create table nn_two_q (a int not null); create table nn_two_c () inherits (nn_two_p, nn_two_q);
create table nn_both_p (a int not null); create table nn_both_c (a int not null) inherits (nn_both_p); create table nn_both_cc () inherits (nn_both_c);
create table nn_key_p (a int not null); create table nn_key_c (primary key (a)) inherits (nn_key_p);
create table nn_join_p (a int not null, b int not null); create table nn_join_c (a int not null, b int); create table nn_join_d (a int not null, b int not null) inherits (nn_join_p);
-- @new
create table nn_own_p (a int); create table nn_own_c (a int not null) inherits (nn_own_p);
create table nn_own_cc () inherits (nn_own_c); create table nn_own_d () inherits (nn_own_p);
create table nn_to_p (a int, b int); create table nn_to_c (a int not null) inherits (nn_to_p);
create table nn_from_p (a int not null, b int not null); create table nn_from_c (a int not null) inherits (nn_from_p);
create table nn_two_p (a int not null); create table nn_two_q (a int); create table nn_two_c () inherits (nn_two_p, nn_two_q);
create table nn_both_p (a int); create table nn_both_c (a int) inherits (nn_both_p); create table nn_both_cc () inherits (nn_both_c);
create table nn_key_p (a int); create table nn_key_c (primary key (a)) inherits (nn_key_p);
create table nn_join_p (a int not null, b int not null); create table nn_join_c () inherits (nn_join_p); create table nn_join_d (a int, b int not null);
