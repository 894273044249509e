-- Binds a device to a worker of its township from a moment on.
-- $1 text[] towns of the viewer · $2 text[] villages of the viewer · $3 text town · $4 text device · $5 text worker
-- $6 timestamptz from · $7 text who
-- row: device_id
insert into wangge.device_bindings (town_id, device_id, worker_id, valid_from, bound_by)
select $3, $4, $5, $6, $7
where ($1::text[] is null or $3 = any ($1)) and $2::text[] is null
returning device_id
