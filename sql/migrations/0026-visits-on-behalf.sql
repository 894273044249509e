-- Who says of somebody else that they were there is told from who says it of themselves.

-- What came from a phone was its carrier's word; accounts that are a worker's say whose they are.
update wangge.visits v set marks = array_append(v.marks, 'on_behalf')
where v.entered_by is not null and v.entered_by not like 'device:%'
  and not exists (
    select from wangge.users u
    where u.login = v.entered_by and u.worker_town = v.town_id and u.worker_id = v.worker_id);

comment on column wangge.visits.marks is 'far: the worker''s positions of that time lie elsewhere; unassigned: the worker did not answer for that grid then; no_position: nothing was received around that time; on_behalf: entered by somebody else (entered_by) for the worker. Null: none of these.';
