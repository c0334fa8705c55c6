-- @secrets
-- What is called hidden stays where it is.
create foreign data wrapper w options (api_key 'hidden', "O" 'x');
create server s foreign data wrapper w options (host 'h', secret_token 'hidden', url 'http://u:hidden@h/');
create user mapping for public server s options (user 'u', password 'hidden');
create user mapping for alice server s options (passfile '/hidden');
create subscription a connection 'host=nowhere password=''it\''s hidden'' user=x' publication p with (connect = false);
create subscription b connection 'postgres://me:hid@hidden@nowhere/db?sslpassword=hidden&application_name=y' publication p with (connect = false);
create subscription c connection 'postgres://me@nowhere/db?application_name=y&password=hidden' publication p with (connect = false);
create subscription d connection 'password=hidden' publication p with (connect = false);
select format('alter database %I set %s', current_database(), s)
from (values ('work_mem to ''5MB'''), ('app.jwt_secret to ''hidden'''), ('app.url to ''amqp://me:hidden@nowhere''')) v(s)
\gexec
select format('alter role %I in database %I set my.password to hidden', r, current_database())
from (values (E'new\nline to "x" by y 🐘')) v(r)
\gexec
