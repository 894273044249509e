-- Disables a device from a moment on, or enables it again; one disabled before keeps the first moment.
-- $1 text[] towns of the viewer · $2 text[] villages of the viewer · $3 text device · $4 timestamptz the moment, null = enable
-- index: devices_device_id
update wangge.devices
set disabled_at = case when $4::timestamptz is null then null else coalesce(disabled_at, $4) end
where ($1::text[] is null or town_id = any ($1)) and $2::text[] is null and device_id = $3
