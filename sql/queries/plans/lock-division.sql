-- One at a time: holds back every other change of a town's division in force until the transaction ends. Two plans of neighbouring
-- villages each set vertices on the line they have in common.
-- $1 text town
-- row: none
-- index: none
-- scope: none, the plan was found in the viewer's scope
select pg_advisory_xact_lock(hashtextextended('wangge.division ' || $1, 0))
