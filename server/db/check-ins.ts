/** Check-ins and visits entered by hand, and what their codes are signed with. */
import type { CheckInKind } from '../core/check-ins/check-in-code.ts'
import type { CheckInMark, WorkerPosition } from '../core/check-ins/judge-check-in.ts'
import type { AreaScope } from './areas.ts'
import { listFixes } from './fixes.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export interface FoundSubject {
  readonly longitude: number
  readonly latitude: number
  readonly is_worker: boolean
  readonly is_assigned: boolean
}

/** Where an entered visit is known from: a code scanned at the door, a form, an incident reported there. */
export type EnteredEvidence = 'check_in' | 'form' | 'incident'

export interface VisitEntry {
  readonly town_id: string
  readonly visit_id: string
  readonly worker_id: string
  readonly household_id: string | null
  readonly place_id: string | null
  readonly building_id: string | null
  /** Epoch milliseconds. */
  readonly visited_from: number
  readonly visited_to: number | null
  readonly evidence: EnteredEvidence
  readonly note: string | null
  readonly marks: readonly string[] | null
  readonly distance_metres: number | null
  readonly entered_by: string
  readonly entered_at: number
}

export type KnownVisit = Pick<
  VisitEntry,
  'worker_id' | 'household_id' | 'place_id' | 'building_id' | 'visited_from' | 'marks' | 'distance_metres'
> & { readonly evidence: string }

export interface CodedSubject {
  readonly town_id: string
  readonly subject_id: string
  readonly name: string | null
  readonly grid_code: string
}

/** A visit of a worker's day. */
export interface DayVisit {
  readonly town_id: string
  readonly visit_id: string
  readonly kind: CheckInKind
  readonly subject_id: string
  /** Of a place or building. */
  readonly name: string | null
  /** A household that has to be visited, or a key place. */
  readonly must_visit: boolean
  readonly longitude: number
  readonly latitude: number
  /** Epoch milliseconds. */
  readonly visited_from: number
  readonly visited_to: number | null
  readonly evidence: EnteredEvidence | 'stay'
  /** Personal. */
  readonly note: string | null
  readonly marks: readonly CheckInMark[] | null
  readonly distance_metres: number | null
  /** A login or a device; null: from a file. */
  readonly entered_by: string | null
}

const subjectQuery = sql<FoundSubject>('check-ins/find-subject')
const insertQuery = sql<{ visit_id: string }>('check-ins/insert-visit')
const visitQuery = sql<KnownVisit>('check-ins/find-visit')
const secretQuery = sql<{ secret: string }>('check-ins/find-secret')
const insertSecretQuery = sql('check-ins/insert-secret')
const dayQuery = sql<DayVisit>('check-ins/list-day-visits')
const subjectsQuery = sql<CodedSubject>('check-ins/list-subjects')

export const findSubject = (
  db: Scoped,
  subject: { readonly town: string; readonly kind: CheckInKind; readonly id: string },
  worker: string,
  at: number,
): Promise<FoundSubject | undefined> =>
  db.maybeOne(subjectQuery, [subject.town, subject.kind, subject.id, worker, at])

/** Of a worker in [from, to). */
export async function listPositions(
  db: Scoped,
  town: string,
  worker: string,
  from: number,
  to: number,
): Promise<WorkerPosition[]> {
  const fixes = await listFixes(db, town, worker, from, to)
  return fixes.map(({ longitude, latitude, accuracyMetres = null }) => ({
    longitude,
    latitude,
    accuracyMetres,
  }))
}

/** False when there is a visit of that id. */
export const insertVisit = async (db: Scoped, one: VisitEntry): Promise<boolean> =>
  (
    await db.many(insertQuery, [
      one.town_id,
      one.visit_id,
      one.worker_id,
      one.household_id,
      one.place_id,
      one.building_id,
      one.visited_from,
      one.visited_to,
      one.evidence,
      one.note,
      one.marks,
      one.distance_metres,
      one.entered_by,
      one.entered_at,
    ])
  ).length > 0

export const findVisit = (db: Scoped, town: string, id: string): Promise<KnownVisit | undefined> =>
  db.maybeOne(visitQuery, [town, id])

/** What a worker visited on a local day, in the order of time. */
export const listDayVisits = (
  db: Scoped,
  area: AreaScope,
  worker: string,
  day: string,
): Promise<DayVisit[]> => db.many(dayQuery, [area.towns, area.village, worker, day])

/** The secret of a town; undefined until its first sheet of codes was made. */
export const findSecret = async (system: Scoped, town: string): Promise<string | undefined> =>
  (await system.maybeOne(secretQuery, [town]))?.secret

export const insertSecret = (system: Scoped, town: string, secret: string, now: number): Promise<number> =>
  system.none(insertSecretQuery, [town, secret, now])

/** What codes can be printed for. */
export const listCodedSubjects = (
  db: Scoped,
  area: AreaScope,
  day: string,
  kind: CheckInKind,
  grid: string | null,
): Promise<CodedSubject[]> => db.many(subjectsQuery, [area.towns, area.village, day, kind, grid])
