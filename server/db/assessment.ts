/** What months of workers are judged on, and the sheets of those that were closed. */
import type { MonthSheet } from '../core/assessment/values.ts'
import type { AssessmentPolicy } from '../core/policy/assessment-policy.ts'
import type { AreaScope } from './areas.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export interface WorkerKey {
  readonly town_id: string
  readonly worker_id: string
}

export interface WorkerDayRow extends WorkerKey {
  readonly day: string
  readonly grids: readonly string[]
  readonly fixes: number
  readonly seconds_inside: number
  readonly metres_inside: number
  /** Null: of one of the day's grids it is not known. */
  readonly seconds_boundary: number | null
  readonly metres_inside_error: number | null
  readonly rounds: number
  readonly credited_seconds: number
  readonly credited_metres: number
  readonly key_persons: number
  readonly key_places: number
}

export interface ReachRow extends WorkerKey {
  readonly households: number
  readonly households_reached: number
  readonly key_persons: number
  readonly key_persons_visited: number
  readonly places: number
  readonly places_visited: number
}

export interface GridPassRow extends WorkerKey {
  readonly visited: number
  readonly in_grid: number
}

export const dutyKinds = [
  'leave',
  'joint_duty',
  'training',
  'phone_failure',
  'weather',
  'other',
  'meeting',
  'report',
  'task',
  'finding',
] as const

export type DutyKind = (typeof dutyKinds)[number]

export interface DutyRecord extends WorkerKey {
  readonly record_id: string
  readonly kind: DutyKind
  readonly from_day: string
  /** First day no longer meant. */
  readonly to_day: string
  readonly state: string
  readonly note: string
  readonly entered_by: string
  readonly entered_at: number
}

export interface ObjectionRow extends WorkerKey {
  readonly objection_id: string
  readonly day: string
  readonly claimed_from: number
  readonly claimed_to: number
  readonly claim: string
  readonly entered_by: string
  readonly entered_at: number
  readonly verdict: 'upheld' | 'rejected' | null
  readonly credited_seconds: number
  readonly credited_metres: number
  readonly reason: string | null
  readonly decided_by: string | null
  readonly decided_at: number | null
}

export interface ClosedMonthRow extends WorkerKey {
  /** First day of the month. */
  readonly month: string
  readonly closed_at: number
  readonly closed_by: string
  readonly sheet: MonthSheet
  /** The one the sheet was made by. */
  readonly policy: AssessmentPolicy
}

/** A month signed off, and taken up again if it was. Instants in epoch milliseconds. */
export interface ClosingRow extends WorkerKey {
  readonly closed_at: number
  readonly closed_by: string
  readonly remark: string | null
  readonly reopened_at: number | null
  readonly reopened_by: string | null
  readonly reopen_reason: string | null
}

/** Days [from, to), of one worker or, with null, of all. */
export interface DaysOf {
  readonly from: string
  readonly to: string
  readonly worker: string | null
}

const daysQuery = sql<WorkerDayRow>('assessment/list-worker-days')
const reachQuery = sql<ReachRow>('assessment/list-reach')
const passesQuery = sql<GridPassRow>('assessment/list-grid-passes')
const recordsQuery = sql<DutyRecord>('assessment/list-records')
const findRecordQuery = sql<DutyRecord>('assessment/find-record')
const upsertRecordQuery = sql<{ record_id: string }>('assessment/upsert-record')
const withdrawRecordQuery = sql<{ record_id: string }>('assessment/withdraw-record')
const findWorkerQuery = sql<{ town_id: string; name: string }>('assessment/find-worker')
const namesQuery = sql<WorkerKey & { name: string }>('assessment/list-names')
const objectionsQuery = sql<ObjectionRow>('assessment/list-objections')
const insertObjectionQuery = sql<{ objection_id: string }>('assessment/insert-objection')
const decideObjectionQuery = sql<{ objection_id: string }>('assessment/decide-objection')
const closedQuery = sql<ClosedMonthRow>('assessment/list-closed-months')
const closingsQuery = sql<ClosingRow>('assessment/list-closings')
const closeQuery = sql<{ closed: number }>('assessment/close-months')
const reopenQuery = sql<{ worker_id: string }>('assessment/reopen-month')

export const listWorkerDays = (
  db: Scoped,
  area: AreaScope,
  { from, to, worker }: DaysOf,
): Promise<WorkerDayRow[]> => db.many(daysQuery, [area.towns, area.village, from, to, worker])

export const listReach = (db: Scoped, area: AreaScope, { from, to, worker }: DaysOf): Promise<ReachRow[]> =>
  db.many(reachQuery, [area.towns, area.village, from, to, worker])

export const listGridPasses = (
  db: Scoped,
  area: AreaScope,
  { from, to, worker }: DaysOf,
): Promise<GridPassRow[]> => db.many(passesQuery, [area.towns, area.village, from, to, worker])

export const listDutyRecords = (
  db: Scoped,
  area: AreaScope,
  { from, to, worker }: DaysOf,
): Promise<DutyRecord[]> => db.many(recordsQuery, [area.towns, from, to, worker])

export const findDutyRecord = (db: Scoped, area: AreaScope, id: string): Promise<DutyRecord | undefined> =>
  db.maybeOne(findRecordQuery, [area.towns, id])

/** False when it stood there like this already. */
export const upsertDutyRecord = async (db: Scoped, one: DutyRecord): Promise<boolean> =>
  (
    await db.many(upsertRecordQuery, [
      one.town_id,
      one.record_id,
      one.worker_id,
      one.kind,
      one.from_day,
      one.to_day,
      one.state,
      one.note,
      one.entered_by,
      one.entered_at,
    ])
  ).length > 0

/** False when it is withdrawn already. */
export const withdrawDutyRecord = async (
  db: Scoped,
  { town_id, record_id }: Pick<DutyRecord, 'town_id' | 'record_id'>,
  who: string,
  now: number,
): Promise<boolean> => (await db.many(withdrawRecordQuery, [town_id, record_id, who, now])).length > 0

/** A worker who has had a grid of the area. */
export const findWorker = (
  db: Scoped,
  area: AreaScope,
  worker: string,
): Promise<{ town_id: string; name: string } | undefined> =>
  db.maybeOne(findWorkerQuery, [area.towns, area.village, worker])

/** Names of full-time workers, personal. */
export const listWorkerNames = (db: Scoped, area: AreaScope): Promise<(WorkerKey & { name: string })[]> =>
  db.many(namesQuery, [area.towns])

export const listObjections = (
  db: Scoped,
  area: AreaScope,
  { from, to, worker }: DaysOf,
  id: string | null = null,
): Promise<ObjectionRow[]> => db.many(objectionsQuery, [area.towns, from, to, worker, id])

export const insertObjection = async (
  db: Scoped,
  one: Pick<
    ObjectionRow,
    'town_id' | 'worker_id' | 'day' | 'claimed_from' | 'claimed_to' | 'claim' | 'entered_by' | 'entered_at'
  >,
): Promise<string> =>
  (
    await db.one(insertObjectionQuery, [
      one.town_id,
      one.worker_id,
      one.day,
      one.claimed_from,
      one.claimed_to,
      one.claim,
      one.entered_by,
      one.entered_at,
    ])
  ).objection_id

/** False when somebody has decided it before. */
export const decideObjection = async (
  db: Scoped,
  one: Pick<
    ObjectionRow,
    | 'town_id'
    | 'objection_id'
    | 'verdict'
    | 'credited_seconds'
    | 'credited_metres'
    | 'reason'
    | 'decided_by'
    | 'decided_at'
  >,
): Promise<boolean> =>
  (
    await db.many(decideObjectionQuery, [
      one.town_id,
      one.objection_id,
      one.verdict,
      one.credited_seconds,
      one.credited_metres,
      one.reason,
      one.decided_by,
      one.decided_at,
    ])
  ).length > 0

/** @param months first days, [from, to) */
export const listClosedMonths = (
  db: Scoped,
  area: AreaScope,
  { from, to, worker }: DaysOf,
): Promise<ClosedMonthRow[]> => db.many(closedQuery, [area.towns, from, to, worker])

/** Every closing of a month (`YYYY-MM`), in the order of time by worker. */
export const listClosings = (
  db: Scoped,
  area: AreaScope,
  month: string,
  worker: string | null,
): Promise<ClosingRow[]> => db.many(closingsQuery, [area.towns, `${month}-01`, worker])

/** How many were closed; those that were already stay as they are. */
export const closeMonths = async (
  db: Scoped,
  town: string,
  month: string,
  sheets: readonly MonthSheet[],
  policy: AssessmentPolicy,
  { who, now, remark }: { readonly who: string; readonly now: number; readonly remark: string | null },
): Promise<number> => {
  const rows = JSON.stringify(sheets.map((sheet) => ({ worker_id: sheet.worker, sheet })))
  const values = [town, `${month}-01`, rows, JSON.stringify(policy), who, now, remark]
  return (await db.one(closeQuery, values)).closed
}

/** Workers for whom it was closed. */
export const reopenMonth = async (
  db: Scoped,
  town: string,
  month: string,
  worker: string | null,
  reason: string,
  who: string,
  now: number,
): Promise<string[]> =>
  (await db.many(reopenQuery, [town, `${month}-01`, worker, reason, who, now])).map((row) => row.worker_id)
