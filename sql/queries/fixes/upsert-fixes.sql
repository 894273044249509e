-- Adds fixes; where an instant of a worker stands there already, the better of the two readings stays: the more accurate, then
-- the westernmost, then the southernmost, as core/trajectories/order-fixes.ts keeps them, so that the order of arrival leaves
-- no trace. Keys must be distinct within the arrays.
-- $1 text town · $2 text[] workers · $3 double precision[] epoch milliseconds · $4 double precision[] longitudes, degrees
-- $5 double precision[] latitudes, degrees · $6 real[] accuracy, metres or null · $7 real[] speed, metres per second or null
-- $8 text[] devices or null · $9 timestamptz[] when the device sent it, or null · $10 timestamptz[] when it came in, or null
-- $11 text[] marks joined by commas, or null
-- row: worker_id text, fixed_at timestamptz, added boolean
-- index: fixes_pk
-- scope: none, a town's phones and its imports are checked by the commands that call this
with incoming as (
  select worker_id, to_timestamp(epoch / 1000.0) as fixed_at, longitude, latitude, accuracy, speed,
    device_id, sent_at, received_at, string_to_array(marks, ',') as marks
  from unnest(
      $2::text[], $3::double precision[], $4::double precision[], $5::double precision[], $6::real[], $7::real[],
      $8::text[], $9::timestamptz[], $10::timestamptz[], $11::text[])
    as given (worker_id, epoch, longitude, latitude, accuracy, speed, device_id, sent_at, received_at, marks)
),
standing as materialized (
  select fixes.worker_id, fixes.fixed_at
  from incoming
  join wangge.fixes on fixes.town_id = $1 and fixes.worker_id = incoming.worker_id and fixes.fixed_at = incoming.fixed_at
),
written as (
  insert into wangge.fixes (
    town_id, worker_id, fixed_at, longitude, latitude, accuracy_metres, speed_metres_per_second,
    device_id, sent_at, received_at, marks)
  select $1, worker_id, fixed_at, longitude, latitude, accuracy, speed, device_id, sent_at, received_at, marks
  from incoming
  on conflict (town_id, worker_id, fixed_at) do update set
      longitude = excluded.longitude,
      latitude = excluded.latitude,
      accuracy_metres = excluded.accuracy_metres,
      speed_metres_per_second = excluded.speed_metres_per_second,
      device_id = excluded.device_id,
      sent_at = excluded.sent_at,
      received_at = excluded.received_at,
      marks = excluded.marks
    where (coalesce(excluded.accuracy_metres, 'infinity'), excluded.longitude, excluded.latitude)
      < (coalesce(fixes.accuracy_metres, 'infinity'), fixes.longitude, fixes.latitude)
  returning worker_id, fixed_at
)
select written.worker_id, written.fixed_at, standing.worker_id is null as added
from written
left join standing using (worker_id, fixed_at)
