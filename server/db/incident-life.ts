/** Incidents with the steps of their life, their photos, and the writes that move them on. Instants in epoch milliseconds. */
import type { AreaScope } from './areas.ts'
import { exactTowns } from './privacy.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export interface EventRow {
  /** Counts from 1, the number of steps entered here. */
  readonly revision: number
  readonly action: string
  readonly from_state: string | null
  readonly to_state: string
  readonly from_level: string
  readonly to_level: string
  readonly made_at: number
  readonly made_by: string
  readonly receipt: string | null
  readonly note: string | null
  readonly assignee: string | null
}

export interface PhotoRow {
  readonly id: string
  readonly type: string
  readonly width: number
  readonly height: number
  readonly added_by: string
  readonly added_at: number
}

export interface IncidentLifeRow {
  readonly town_id: string
  /** Codes from the root down to the town. */
  readonly town_lineage: readonly string[]
  readonly incident_id: string
  readonly category: string
  readonly severity: string | null
  readonly urgency: 'ordinary' | 'emergency'
  readonly occurred_at: number
  readonly reported_at: number | null
  readonly status: string
  readonly level: 'village' | 'township' | 'county' | 'department' | null
  readonly description: string | null
  readonly declared_grid_code: string | null
  readonly household_id: string | null
  readonly place_id: string | null
  readonly entered_by: string | null
  readonly revision: number
  readonly longitude: number | null
  readonly latitude: number | null
  /** Grid in force at that moment at that position, and the village it belongs to. */
  readonly grid_code: string | null
  readonly village_code: string | null
  /** False: the viewer may not see the exact place; it is shown near there, without words, people and photos. */
  readonly is_exact: boolean
  readonly events: readonly EventRow[]
}

/** As much of a step as deadlines and lists go by. */
export type StepFactsRow = Pick<
  EventRow,
  'action' | 'from_state' | 'from_level' | 'to_state' | 'to_level' | 'made_at' | 'assignee'
>
/** As much of an incident as deadlines and lists go by. */
export type WaitingRow = Pick<
  IncidentLifeRow,
  | 'town_id'
  | 'incident_id'
  | 'category'
  | 'urgency'
  | 'occurred_at'
  | 'reported_at'
  | 'status'
  | 'level'
  | 'entered_by'
> & {
  /** For `stepFacts`. */
  readonly steps: string | null
}

export type OpenIncidentRow = IncidentLifeRow & { readonly has_reporter: boolean }
export type FullIncidentRow = IncidentLifeRow & {
  readonly reporter: string | null
  readonly reporter_contact: string | null
  readonly photos: readonly PhotoRow[]
}

export interface Spot {
  readonly town_id: string
  readonly longitude: number
  readonly latitude: number
}

export interface NewIncident {
  readonly town_id: string
  readonly entry_key: string
  readonly category: string
  readonly severity: string | null
  readonly urgency: string
  readonly occurred_at: number
  readonly reported_at: number
  readonly status: string
  readonly level: string
  readonly description: string
  readonly reporter: string | null
  readonly reporter_contact: string | null
  readonly household_id: string | null
  readonly place_id: string | null
  readonly longitude: number
  readonly latitude: number
  readonly entered_by: string
}

export interface KnownEntry {
  readonly incident_id: string
  readonly category: string
  readonly description: string | null
  readonly occurred_at: number
  readonly longitude: number
  readonly latitude: number
  readonly entered_by: string
}

const lifeQuery = sql<FullIncidentRow>('incidents/find-life')
const waitingQuery = sql<WaitingRow>('incidents/list-waiting')
const openQuery = sql<OpenIncidentRow>('incidents/list-open')
const spotQuery = sql<Spot>('incidents/find-spot')
const insertQuery = sql<{ incident_id: string }>('incidents/insert-incident')
const entryQuery = sql<KnownEntry>('incidents/find-entry')
const insertEventQuery = sql('incidents/insert-event')
const advanceQuery = sql<{ revision: number }>('incidents/advance')
const insertPhotoQuery = sql<{ photo_id: string }>('incidents/insert-photo')
const photoQuery = sql<{ media_type: string; picture: Uint8Array }>('incidents/find-photo')

/** More than one only where several towns of the area gave the same id. */
export const findLives = async (db: Scoped, area: AreaScope, id: string): Promise<FullIncidentRow[]> =>
  db.many(lifeQuery, [area.towns, area.village, id, await exactTowns(db)])

/** Everything that is not filed, by its status in the row, in no order. */
export const listWaiting = async (db: Scoped, area: AreaScope): Promise<WaitingRow[]> =>
  db.many(waitingQuery, [area.towns, area.village, await exactTowns(db)])

/** The steps of a waiting incident, in order. */
export const stepFacts = ({ steps }: Pick<WaitingRow, 'steps'>): StepFactsRow[] =>
  steps?.split('\n').map(stepOf) ?? []

function stepOf(line: string): StepFactsRow {
  const [action, from, fromLevel, to, toLevel, at, ...assignee] = line.split(' ')
  return {
    action: action!,
    from_state: from === '-' ? null : from!,
    from_level: fromLevel!,
    to_state: to!,
    to_level: toLevel!,
    made_at: Number(at),
    assignee: assignee.join(' ') || null,
  }
}

/** Those of the named that are not filed. */
export const listOpen = async (
  db: Scoped,
  area: AreaScope,
  named: readonly (readonly [town: string, id: string])[],
): Promise<OpenIncidentRow[]> =>
  db.many(openQuery, [
    area.towns,
    area.village,
    await exactTowns(db),
    named.map(([town]) => town),
    named.map(([, id]) => id),
  ])

/** Undefined: it lies elsewhere, or no such household or place is registered. */
export const findSpot = (
  db: Scoped,
  area: AreaScope,
  of: {
    readonly household: string | null
    readonly place: string | null
    readonly position: readonly [longitude: number, latitude: number] | null
  },
): Promise<Spot | undefined> =>
  db.maybeOne(spotQuery, [
    area.towns,
    area.village,
    of.household,
    of.place,
    of.position?.[0] ?? null,
    of.position?.[1] ?? null,
  ])

/** Its number; undefined when the key is known, or the number was taken at that moment. */
export const insertIncident = async (db: Scoped, one: NewIncident): Promise<string | undefined> =>
  (
    await db.maybeOne(insertQuery, [
      one.town_id,
      one.entry_key,
      one.category,
      one.severity,
      one.urgency,
      one.occurred_at,
      one.reported_at,
      one.status,
      one.level,
      one.description,
      one.reporter,
      one.reporter_contact,
      one.household_id,
      one.place_id,
      one.longitude,
      one.latitude,
      one.entered_by,
    ])
  )?.incident_id

export const findEntry = (db: Scoped, town: string, key: string): Promise<KnownEntry | undefined> =>
  db.maybeOne(entryQuery, [town, key])

export const insertEvent = (db: Scoped, town: string, incident: string, event: EventRow): Promise<number> =>
  db.none(insertEventQuery, [
    town,
    incident,
    event.revision,
    event.action,
    event.from_state,
    event.to_state,
    event.from_level,
    event.to_level,
    event.made_at,
    event.made_by,
    event.receipt,
    event.note,
    event.assignee,
  ])

/** The new revision; undefined when it has moved since. */
export const advanceIncident = async (
  db: Scoped,
  town: string,
  incident: string,
  revision: number,
  to: { readonly state: string; readonly level: string },
): Promise<number | undefined> =>
  (await db.maybeOne(advanceQuery, [town, incident, revision, to.state, to.level]))?.revision

/** False when it is there already, or the incident has as many as it may. */
export const insertPhoto = async (
  db: Scoped,
  town: string,
  incident: string,
  photo: PhotoRow & { readonly bytes: Uint8Array },
  most: number,
): Promise<boolean> =>
  (await db.maybeOne(insertPhotoQuery, [
    town,
    incident,
    photo.id,
    photo.type,
    photo.bytes,
    photo.width,
    photo.height,
    photo.added_at,
    photo.added_by,
    most,
  ])) !== undefined

export const findPhoto = async (
  db: Scoped,
  area: AreaScope,
  incident: string,
  photo: string,
): Promise<{ media_type: string; picture: Uint8Array } | undefined> =>
  db.maybeOne(photoQuery, [area.towns, area.village, incident, photo, await exactTowns(db)])
