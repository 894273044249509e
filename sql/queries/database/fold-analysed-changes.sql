-- Makes the rows of changes one, with the same sum: the version stays. Two at the same time: the later one finds nothing to fold.
-- scope: none, upkeep
-- row: none
-- index: none
with folded as (
  delete from wangge.analysed_changes returning changes
)
insert into wangge.analysed_changes (changes)
select sum(changes)::bigint from folded having count(*) > 0
