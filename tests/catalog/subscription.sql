-- Subscriptions, which are never connected.
create subscription "S.s ""🐘""" connection 'host=nowhere application_name=''it\''s x'' user=x' publication "P.p", other with (connect = false);
create subscription slotless connection 'postgres://me@nowhere/db?application_name=y' publication p with (connect = false, slot_name = none);
create subscription slot connection 'dbname=nowhere' publication p with (connect = false, slot_name = 'other_slot', synchronous_commit = 'remote_write');
comment on subscription slot is 'a slot';

-- @min 14
create subscription fourteen connection '' publication p with (connect = false, binary = true, streaming = true);

-- @min 15
create subscription fifteen connection '' publication p with (connect = false, two_phase = true, disable_on_error = true);

-- @min 16
create subscription sixteen connection '' publication p with (connect = false, streaming = parallel, password_required = false, run_as_owner = true, origin = none);

-- @min 17
create subscription seventeen connection '' publication p with (connect = false, failover = true, streaming = off);
