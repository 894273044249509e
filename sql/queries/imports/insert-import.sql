-- Notes an import that took place.
-- $1 text town · $2 text kind · $3 text[] file names · $4 timestamptz when · $5 text viewer · $6 jsonb counts
-- scope: none, an import runs for the system
insert into wangge.imports (town_id, kind, files, imported_at, viewer, counts)
values ($1, $2, $3, $4, $5, $6)
