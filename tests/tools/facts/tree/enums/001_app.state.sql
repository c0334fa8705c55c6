CREATE TYPE app.state AS ENUM ('new', 'it''s "done"');
