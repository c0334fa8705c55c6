-- Settings of the database and of roles in it.
select format('alter database %I set %s', current_database(), s)
from (values ('search_path to app, "$user", "S.s"'), ('work_mem to ''5MB'''),
             ('app."Some.Thing" to ''100% it''''s $$'''), ('temp_tablespaces to ''''')) v(s)
\gexec
select format('alter role %I in database %I set %s', r, current_database(), s)
from (values ('alice', 'search_path to app'),
             ('Bob "B." Ünal', 'statement_timeout to ''1min''')) v(r, s)
\gexec
