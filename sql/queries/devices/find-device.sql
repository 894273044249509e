-- The device that reports with this id, with its bindings in order and the box around its township, for judging what it says.
-- $1 text kind · $2 text device
-- row: town_id, device_id, coordinate_system, key_hash or null, registered_at or null, disabled_at or null
--   bindings jsonb: [{worker, from, to or null}] in epoch milliseconds · box double precision[]: west, south, east, north, or null
-- index: devices_device_id, device_bindings_pk
-- scope: none, asked before anybody is known
select d.town_id, d.device_id, d.coordinate_system, d.key_hash, d.registered_at, d.disabled_at,
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
from wangge.devices d
where d.kind = $1 and d.device_id = $2
