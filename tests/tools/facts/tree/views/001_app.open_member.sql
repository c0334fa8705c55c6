CREATE VIEW app.open_member AS
SELECT member.id,
    member.team
   FROM app.member
  WHERE member.state = 'new'::app.state;

COMMENT ON VIEW app.open_member IS 'line one
line two';
