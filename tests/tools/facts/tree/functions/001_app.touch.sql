CREATE FUNCTION app.touch()
RETURNS trigger
LANGUAGE plpgsql
AS $$
begin
  new.score := coalesce(new.score, 0);
  return new;
end $$;
