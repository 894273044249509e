-- A confirmed warning opens an incident: the hazard case. It is no observation of its own, and analyses leave it out.

alter table wangge.warnings add column incident_id text;

comment on column wangge.warnings.incident_id is 'The hazard case that was opened when the warning was confirmed; null: none.';

create index warnings_incident on wangge.warnings (town_id, incident_id) where incident_id is not null;
