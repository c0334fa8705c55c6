grant ROLE_reader to ROLE_mapped with inherit false, set false;
set role ROLE_login;
grant ROLE_reader to ROLE_set granted by ROLE_login;
reset role;
grant set on parameter log_min_messages to ROLE_login with grant option;
