-- How wrong a day's figures inside may be, where a month can read it without opening every day's result.

alter table wangge.patrol_days
  add column metres_inside_error double precision
    generated always as ((result->>'insideErrorMetres')::double precision) stored,
  add column seconds_boundary double precision
    generated always as ((result->>'boundaryMilliseconds')::double precision / 1000) stored;

comment on column wangge.patrol_days.metres_inside_error is 'The bound within which metres_inside is right in 95 of 100 days; null where the day was matched before it was kept.';
comment on column wangge.patrol_days.seconds_boundary is 'Seconds of seconds_inside that hang on fixes nearer to the boundary than their error radius; null as above.';
