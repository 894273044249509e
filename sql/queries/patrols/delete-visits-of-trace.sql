-- Removes the visits that a worker's trace of one local day proved; check-ins and forms stay.
-- $1 text town · $2 text worker · $3 timestamptz from · $4 timestamptz to, exclusive
-- index: visits_worker
-- scope: none, matching again runs for the system
delete from wangge.visits
where town_id = $1
  and worker_id = $2
  and visited_from >= $3
  and visited_from < $4
  and evidence in ('passed', 'stay')
