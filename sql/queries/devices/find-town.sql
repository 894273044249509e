-- The township that has a device of this id, of whatever kind.
-- $1 text device
-- row: town_id
-- index: devices_device_id
-- scope: none, an id is one device in the whole service; the caller tells the viewer no more than that it is taken
select town_id
from wangge.devices
where device_id = $1
