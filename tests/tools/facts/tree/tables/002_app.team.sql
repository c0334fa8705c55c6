CREATE TABLE app.team (
    id   bigint GENERATED ALWAYS AS IDENTITY,
    name text NOT NULL,
    lead bigint,
    CONSTRAINT team_pkey PRIMARY KEY (id),
    CONSTRAINT team_name_key UNIQUE (name),
    CONSTRAINT team_lead_fkey FOREIGN KEY (lead) REFERENCES app.member(id) DEFERRABLE
);
