-- Ends the binding of a device that holds at a moment.
-- $1 text[] towns of the viewer · $2 text[] villages of the viewer · $3 text town · $4 text device · $5 timestamptz the moment
-- row: worker_id
-- index: device_bindings_pk
update wangge.device_bindings
set valid_to = $5
where ($1::text[] is null or town_id = any ($1)) and $2::text[] is null and town_id = $3 and device_id = $4
  and valid_from < $5 and (valid_to is null or $5 < valid_to)
returning worker_id
