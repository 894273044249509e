-- The devices that report with these ids, with their bindings in order and the box around their township, for judging what they say.
-- $1 text[] kinds · $2 text[] devices, one a kind
-- row: kind, town_id, device_id, coordinate_system, key_hash or null, registered_at or null, disabled_at or null
--   bindings jsonb: [{worker, from, to or null}] in epoch milliseconds · box double precision[]: west, south, east, north, or null
-- index: devices_device_id, device_bindings_pk
-- scope: none, asked before anybody is known
select d.kind, d.town_id, d.device_id, d.coordinate_system, d.key_hash, d.registered_at, d.disabled_at,
  (
    select coalesce(jsonb_agg(jsonb_build_object(
      'worker', b.worker_id,
      'from', extract(epoch from b.valid_from) * 1000,
      'to', extract(epoch from b.valid_to) * 1000) order by b.valid_from), '[]')
    from wangge.device_bindings b
    where b.town_id = d.town_id and b.device_id = d.device_id
  ) as bindings,
  (
    select case when a.boundary is null then null
      else array[st_xmin(a.boundary), st_ymin(a.boundary), st_xmax(a.boundary), st_ymax(a.boundary)] end
    from wangge.areas a
    where a.area_code = d.town_id
  ) as box
from unnest($1::text[], $2::text[]) as given (kind, device_id)
join wangge.devices d on d.kind = given.kind and d.device_id = given.device_id
