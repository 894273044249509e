-- Adds a device to a township.
-- $1 text town · $2 text device · $3 text kind · $4 text name or null · $5 text coordinate system · $6 text hash of the key or null
-- $7 timestamptz now · $8 text who
-- scope: none, an id is one device in the whole service; commands/devices checks the viewer's authority over the township
insert into wangge.devices (town_id, device_id, kind, name, coordinate_system, key_hash, added_at, added_by)
values ($1, $2, $3, $4, $5, $6, $7, $8)
