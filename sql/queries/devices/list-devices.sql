-- The devices of some townships, each with who carries it at a moment. Who answers for villages sees those of the villages' workers.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns, null = all · $4 timestamptz the moment · $5 text one device, null = all
-- row: town_id, device_id, kind, name or null, coordinate_system, has_key boolean, registered_at or null, added_at, added_by
--   disabled_at or null, worker_id or null, bound_from timestamptz or null
-- index: devices_pk, device_bindings_pk
select d.town_id, d.device_id, d.kind, d.name, d.coordinate_system, d.key_hash is not null as has_key, d.registered_at,
  d.added_at, d.added_by, d.disabled_at, b.worker_id, b.valid_from as bound_from
from wangge.devices d
left join wangge.device_bindings b
  on b.town_id = d.town_id and b.device_id = d.device_id and b.valid_from <= $4 and (b.valid_to is null or $4 < b.valid_to)
where ($1::text[] is null or d.town_id = any ($1))
  and ($2::text[] is null or exists (
    select
    from wangge.assignments a
    join wangge.grids g on g.town_id = a.town_id and g.grid_code = a.grid_code
    where a.town_id = b.town_id and a.worker_id = b.worker_id and g.village_code = any ($2)))
  and ($3::text[] is null or d.town_id = any ($3))
  and ($5::text is null or d.device_id = $5)
order by d.town_id, d.device_id
