/** Incidents with a life as the wire carries them. */
import type { IncidentLife } from '../../commands/incidents/life.ts'
import { reportedAt } from '../../commands/incidents/life.ts'
import type { FoundIncident } from '../../commands/incidents/take-step.ts'
import type { WaitingIncident as Waiting } from '../../commands/incidents/work-list.ts'
import type { DeadlineAnswer, IncidentLifeAnswer, WaitingIncident } from '../../contract/incident-life.ts'
import { pointToHexagon } from '../../core/hexagons/hexagon.ts'
import type { Deadline } from '../../core/incidents/deadlines.ts'
import type { IncidentPolicy } from '../../core/policy/incident-policy.ts'
import { maskName, maskPhone } from '../../core/policy/mask.ts'
import type { IncidentLifeRow } from '../../db/incident-life.ts'
import { isoInstant } from '../parse.ts'

const hexagonResolution = 9

const orNull = (time: number | null): string | null => (time === null ? null : isoInstant(time))

const presentDeadline = (one: Deadline): DeadlineAnswer => ({
  kind: one.kind,
  level: one.level,
  from: isoInstant(one.from),
  due_at: isoInstant(one.dueAt),
  met_at: orNull(one.metAt),
  status: one.status,
  working_minutes_left:
    one.workingMillisecondsLeft === null ? null : Math.round(one.workingMillisecondsLeft / 60_000),
  stopped_working_minutes: Math.round(one.stoppedMilliseconds / 60_000),
})

export const workingDayMinutes = (policy: IncidentPolicy): number =>
  policy.officeToMinutes - policy.officeFromMinutes

const presentBrief = (row: IncidentLifeRow, { facts, next }: IncidentLife): WaitingIncident => ({
  id: row.incident_id,
  town: row.town_id,
  category: row.category,
  severity: row.severity,
  urgency: row.urgency,
  state: facts.state,
  level: facts.level,
  occurred_at: isoInstant(row.occurred_at),
  reported_at: isoInstant(reportedAt(row)),
  description: row.description,
  grid: row.grid_code,
  hexagon:
    row.longitude === null || row.latitude === null
      ? null
      : pointToHexagon(row.longitude, row.latitude, hexagonResolution),
  lon: row.longitude,
  lat: row.latitude,
  assignee: facts.assignee,
  revision: row.revision,
  next: next && presentDeadline(next),
})

export const presentWaiting = ({ row, life }: Waiting): WaitingIncident => presentBrief(row, life)

/** @param inClear the reporter as it stands there; the asking was noted before */
export const presentLife = ({ row, life }: FoundIncident, inClear: boolean): IncidentLifeAnswer => ({
  ...presentBrief(row, life),
  declared_grid: row.declared_grid_code,
  household: row.household_id,
  place: row.place_id,
  reporter: inClear ? row.reporter : row.reporter && maskName(row.reporter),
  reporter_contact: inClear ? row.reporter_contact : row.reporter_contact && maskPhone(row.reporter_contact),
  reporter_told: life.facts.isReporterTold,
  working_day_minutes: workingDayMinutes(life.policy),
  deadlines: life.deadlines.map(presentDeadline),
  actions: [...life.actions],
  steps: life.steps.map((one) => ({
    revision: one.revision,
    action: one.action,
    from: one.from_state,
    to: one.to_state,
    from_level: one.from_level as IncidentLifeAnswer['level'],
    level: one.to_level as IncidentLifeAnswer['level'],
    at: isoInstant(one.made_at),
    by: one.made_by,
    receipt: one.receipt,
    note: one.note,
    assignee: one.assignee,
  })),
  photos: row.photos.map(({ added_by, added_at, ...photo }) => ({
    ...photo,
    by: added_by,
    at: isoInstant(added_at),
  })),
})
