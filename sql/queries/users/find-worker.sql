-- Workers of an id in the townships that an account's areas lie in or hold, with the account that each has already.
-- $1 text worker; $2 text township, null = any; $3 text[] areas of the account, null = all
-- row: town_id, login of the account that is not disabled or null
-- index: workers_pk, users_worker_once
-- scope: none, the command line manages users for the whole service
select w.town_id,
  (select u.login from wangge.users u
    where u.worker_town = w.town_id and u.worker_id = w.worker_id and u.disabled_at is null) as login
from wangge.workers w
join wangge.areas t on t.area_code = w.town_id
where w.worker_id = $1 and ($2::text is null or w.town_id = $2)
  and ($3::text[] is null or t.lineage && $3
    or exists (select from wangge.areas v where v.area_code = any ($3) and w.town_id = any (v.lineage)))
order by w.town_id
