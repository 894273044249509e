-- Takes a worker's fixes of an interval out of the rows, to be packed.
-- $1 text town · $2 text worker · $3 timestamptz from · $4 timestamptz to, exclusive
-- row: fixed_at timestamptz, longitude double precision, latitude double precision, accuracy_metres real,
--   speed_metres_per_second real, device_id text, sent_at timestamptz, received_at timestamptz, marks text[]
-- index: fixes_pk
-- scope: none, packing runs for the system
delete from wangge.fixes
where town_id = $1 and worker_id = $2 and fixed_at >= $3 and fixed_at < $4
returning fixed_at, longitude, latitude, accuracy_metres, speed_metres_per_second, device_id, sent_at, received_at, marks
