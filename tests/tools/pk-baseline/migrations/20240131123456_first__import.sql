-- migrate:up

create table t ();
DO $$BEGIN EXECUTE E'comment on table t is ''\n-- migrate:down\n'''; END$$;

-- migrate:down

-- A baseline is not rolled back: it is what the database was when it was imported.
