-- Evidence about days of an interval, in pages, with what was noted about each piece.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it
-- $5 date from, $6 date to (half-open); $7 text worker, null = all; $8 text code, null = all
-- $9 boolean noted or not noted yet, null = both; $10 text one piece, null = all
-- $11 date, $12 text, $13 text, $14 text day, town, worker and id after which the page starts, null = the first; $15 int rows
-- row: town_id, evidence_id, worker_id, name (personal), day, code, from_at, to_at, other_worker_id or null, other_name (personal) or
--      null, other_day or null, other_shift_ms or null, figures, stretches [[from, to (epoch milliseconds)]],
--      notes [{state, reason, by, at (epoch milliseconds)}], newest first
-- index: evidence_day, workers_pk, assignments_pk, evidence_notes_evidence
select e.town_id, e.evidence_id, e.worker_id, w.name, e.day, e.code, e.from_at, e.to_at, e.other_worker_id, o.name as other_name,
  e.other_day, e.other_shift_ms::double precision as other_shift_ms, e.figures, e.stretches,
  coalesce((select jsonb_agg(jsonb_build_object('state', n.state, 'reason', n.reason, 'by', n.noted_by,
      'at', floor(extract(epoch from n.noted_at) * 1000)) order by n.noted_at desc, n.note_id)
    from wangge.evidence_notes n where n.town_id = e.town_id and n.evidence_id = e.evidence_id), '[]') as notes
from wangge.evidence e
join wangge.workers w on w.town_id = e.town_id and w.worker_id = e.worker_id
left join wangge.workers o on o.town_id = e.town_id and o.worker_id = e.other_worker_id
where ($1::text[] is null or e.town_id = any ($1)) and e.town_id = any ($3)
  and (($2::text[] is null and $4::text is null) or exists (
    select from wangge.assignments a
    join wangge.grids g on g.town_id = a.town_id and g.grid_code = a.grid_code
    where a.town_id = e.town_id and a.worker_id = e.worker_id
      and ($2::text[] is null or g.village_code = any ($2)) and ($4::text is null or g.village_code = $4)))
  and e.day >= $5::date and e.day < $6::date
  and ($7::text is null or e.worker_id = $7) and ($8::text is null or e.code = $8)
  and ($9::boolean is null or $9::boolean = exists (
    select from wangge.evidence_notes n where n.town_id = e.town_id and n.evidence_id = e.evidence_id))
  and ($10::text is null or e.evidence_id = $10)
  and ($11::date is null or (e.day, e.town_id, e.worker_id, e.evidence_id) > ($11::date, $12, $13, $14))
order by e.day, e.town_id, e.worker_id, e.evidence_id
limit $15
