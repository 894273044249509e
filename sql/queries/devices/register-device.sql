-- Keeps the key a terminal was given when it registered itself; none is replaced that a person set.
-- $1 text town · $2 text device · $3 text hash of the key · $4 timestamptz now
-- index: devices_pk
-- scope: none, the terminal acts for itself
update wangge.devices
set key_hash = $3, registered_at = $4
where town_id = $1 and device_id = $2 and disabled_at is null and (key_hash is null or registered_at is not null)
