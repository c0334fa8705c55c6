ALTER SCHEMA app OWNER TO postgres;
ALTER TYPE app.state OWNER TO postgres;
ALTER FUNCTION app.touch() OWNER TO postgres;
REVOKE EXECUTE ON FUNCTION app.touch() FROM PUBLIC;
ALTER TABLE app.member OWNER TO postgres;
ALTER TABLE app.team OWNER TO postgres;
ALTER VIEW app.open_member OWNER TO postgres;
