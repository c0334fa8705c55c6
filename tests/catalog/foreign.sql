-- Foreign-data wrappers, servers, user mappings.
create extension postgres_fdw;
create extension file_fdw;
create foreign data wrapper plain;
create foreign data wrapper "W ""1""" handler file_fdw_handler validator file_fdw_validator;
create foreign data wrapper options options ("O o" 'it''s', second E'back\\slash=\nnewline');
comment on foreign data wrapper plain is 'plain';
create server s foreign data wrapper plain;
create server "S.s ""🐘""" type 'it''s' version '1.0' foreign data wrapper options options (host 'h', "Po" '');
create server pg foreign data wrapper postgres_fdw options (host 'localhost', fetch_size '10');
comment on server pg is 'a server';
create user mapping for public server pg;
create user mapping for alice server pg options (user 'a');
create user mapping for "new
line to ""x"" by y 🐘" server "S.s ""🐘""" options ("o O" 'x');
create user mapping for current_user server s;
create foreign table ft (a int options (column_name 'it''s "A"'), b text) server pg options (schema_name 'x', table_name 'y');
create foreign table "F.t" (a int) server "S.s ""🐘""";
