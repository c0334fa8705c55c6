-- @min 16
-- Attributes that servers have from 16 on.
-- @old
create collation of_rules (provider = icu, locale = 'und', rules = '& V << w <<< W');
create subscription of_password connection 'dbname=x' publication p with (connect = false, password_required = false);
create subscription of_owner connection 'dbname=x' publication p with (connect = false, run_as_owner = true);
create subscription of_origin connection 'dbname=x' publication p with (connect = false, origin = none);
create subscription of_streaming connection 'dbname=x' publication p with (connect = false, streaming = parallel);
-- @new
create collation of_rules (provider = icu, locale = 'und', rules = '& V << x <<< X');
create subscription of_password connection 'dbname=x' publication p with (connect = false);
create subscription of_owner connection 'dbname=x' publication p with (connect = false);
create subscription of_origin connection 'dbname=x' publication p with (connect = false);
create subscription of_streaming connection 'dbname=x' publication p with (connect = false, streaming = on);
