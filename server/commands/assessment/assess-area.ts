/** The monthly sheets of an area's full-time workers: as they were closed, else worked out from what is known now. */
import { assessMonth } from '../../core/assessment/assess-month.ts'
import { monthPeriod, type Period, periodsOf } from '../../core/assessment/periods.ts'
import type {
  DayFacts,
  ExcuseKind,
  MonthFacts,
  MonthSheet,
  PeriodFacts,
} from '../../core/assessment/values.ts'
import {
  type AssessmentPolicy,
  assessmentPolicyOf,
  defaultAssessment,
  type PeriodTarget,
} from '../../core/policy/assessment-policy.ts'
import { groupBy } from '../../core/posters/group-by.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import { type AreaScope, findArea } from '../../db/areas.ts'
import {
  type ClosedMonthRow,
  type ClosingRow,
  type DutyKind,
  type DutyRecord,
  listClosedMonths,
  listClosings,
  listDutyRecords,
  listGridPasses,
  listReach,
  listWorkerDays,
  type WorkerDayRow,
  type WorkerKey,
} from '../../db/assessment.ts'
import { findPolicy } from '../../db/policies.ts'
import type { Scoped } from '../../db/scoped.ts'

export interface AssessRequest {
  /** `YYYY-MM`. */
  readonly month: string
  /** Null: all. */
  readonly worker: string | null
  readonly now: number
}

export interface AssessedWorker extends WorkerKey {
  readonly sheet: MonthSheet
  /** Held in the month, by code. */
  readonly grids: readonly string[]
  /** The township's, in force on the first day of the month; of a closed month the one it was closed by. */
  readonly policy: AssessmentPolicy
  /** The day from which the policy holds; null for the one that ships, and for one that was put in the place of a closed month's. */
  readonly policyFrom: string | null
  /** Who closed the month and when; null while it is open. */
  readonly closed: Pick<ClosedMonthRow, 'closed_at' | 'closed_by'> | null
  /** Each time it was closed, and taken up again, in the order of time. */
  readonly closings: readonly Omit<ClosingRow, keyof WorkerKey>[]
  /** The month is closed, and what is known now would give another sheet. */
  readonly differs: boolean
}

export interface AssessedArea {
  /** Of a county with several, its first township's. */
  readonly policy: AssessmentPolicy
  /** By town, then by worker. */
  readonly workers: readonly AssessedWorker[]
}

/** Full-time workers who held a grid of the area on some day of the month; of a county, township by township: each has its policy. */
export async function assessArea(db: Scoped, area: AreaScope, request: AssessRequest): Promise<AssessedArea> {
  if (area.level !== 'county') return assessTown(db, area, request)
  const towns: AssessedArea[] = []
  for (const code of area.towns) {
    const town = await findArea(db, code)
    if (town) towns.push(await assessTown(db, town, request))
  }
  return { policy: towns[0]?.policy ?? defaultAssessment, workers: towns.flatMap(({ workers }) => workers) }
}

async function assessTown(
  db: Scoped,
  area: AreaScope,
  { month, worker, now }: AssessRequest,
): Promise<AssessedArea> {
  const { policy, policyFrom } = await policyOf(db, area, month)
  const facts = await gatherFacts(db, area, policy, month, worker, localDayOf(now))
  const closed = new Map(
    (await listClosedMonths(db, area, { ...monthPeriod(month), worker })).map((row) => [keyOf(row), row]),
  )
  const closings = groupBy(await listClosings(db, area, month, worker), keyOf)
  const workers = facts.map(({ key: { town_id, worker_id }, facts: own }): AssessedWorker => {
    const key = { town_id, worker_id, closings: closingsOf(closings.get(keyOf({ town_id, worker_id }))) }
    const current = assessMonth(own, policy)
    const grids = [...new Set(own.days.flatMap((day) => day.grids))].toSorted()
    const row = closed.get(keyOf(key))
    if (!row) return { ...key, grids, policy, policyFrom, sheet: current, closed: null, differs: false }
    const { closed_at, closed_by, sheet } = row
    return {
      ...key,
      grids,
      policy: row.policy,
      policyFrom: isSame(row.policy, policy) ? policyFrom : null,
      sheet,
      closed: { closed_at, closed_by },
      differs: !isSame(sheet, current),
    }
  })
  return { policy, workers }
}

const closingsOf = (rows: readonly ClosingRow[] = []): AssessedWorker['closings'] =>
  rows.map(({ town_id: _town, worker_id: _worker, ...closing }) => closing)

async function policyOf(
  db: Scoped,
  area: AreaScope,
  month: string,
): Promise<Pick<AssessedWorker, 'policy' | 'policyFrom'>> {
  const row = await findPolicy(db, area, 'assessment', `${month}-01`)
  return row
    ? { policy: assessmentPolicyOf(row.name, row.rules), policyFrom: row.valid_from }
    : { policy: defaultAssessment, policyFrom: null }
}

const keyOf = ({ town_id, worker_id }: WorkerKey): string => `${town_id} ${worker_id}`

/** Through JSON as what was stored came: what is undefined there is absent here. */
const isSame = (a: unknown, b: unknown): boolean =>
  JSON.stringify(sortedKeys(a)) === JSON.stringify(sortedKeys(b))

/**
 * A database may give the keys of an object back in another order. What is said of the error is left out: it decides nothing, and sheets
 * closed before it was kept lack it.
 */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
    .filter(([key]) => key !== 'error' && key !== 'withinError')
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, one]) => [key, sortedKeys(one)]))
}

async function gatherFacts(
  db: Scoped,
  area: AreaScope,
  policy: AssessmentPolicy,
  month: string,
  worker: string | null,
  until: string,
): Promise<{ key: WorkerKey; facts: MonthFacts }[]> {
  const period = { ...monthPeriod(month), worker }
  const days = groupBy(await listWorkerDays(db, area, period), keyOf)
  const records = groupBy(await listDutyRecords(db, area, period), keyOf)
  const reached = await gatherPeriods(db, area, policy, month, worker)
  const below = await monthsBelow(db, area, month, worker)
  return [...days].map(([id, rows]) => {
    const { town_id, worker_id } = rows[0]!
    const own = records.get(id) ?? []
    return {
      key: { town_id, worker_id },
      facts: {
        worker: worker_id,
        month,
        until,
        days: rows.map(dayFacts),
        excuses: own.filter(isExcuse).map((one) => ({
          id: one.record_id,
          kind: one.kind as ExcuseKind,
          from: one.from_day,
          to: one.to_day,
          reason: one.note,
        })),
        meetings: ofKind(own, 'meeting').map((one) => ({
          id: one.record_id,
          day: one.from_day,
          attendance: one.state as 'present' | 'excused' | 'missed',
        })),
        reports: ofKind(own, 'report').flatMap((one) => (one.state === 'valid' ? [one.record_id] : [])),
        missed: ofKind(own, 'finding').map((one) => one.record_id),
        tasks: ofKind(own, 'task').map((one) => ({
          id: one.record_id,
          day: one.from_day,
          isDone: one.state === 'done',
        })),
        periods: reached.get(id) ?? [],
        monthsBelowBefore: below.get(id) ?? 0,
      },
    }
  })
}

const ofKind = (records: readonly DutyRecord[], kind: DutyKind): DutyRecord[] =>
  records.filter((one) => one.kind === kind)

const isExcuse = ({ kind }: DutyRecord): boolean =>
  kind !== 'meeting' && kind !== 'report' && kind !== 'task' && kind !== 'finding'

const dayFacts = (row: WorkerDayRow): DayFacts => ({
  day: row.day,
  grids: row.grids,
  fixes: row.fixes,
  insideSeconds: row.seconds_inside,
  insideMetres: row.metres_inside,
  insideErrorSeconds: row.seconds_boundary,
  insideErrorMetres: row.metres_inside_error,
  creditedSeconds: row.credited_seconds,
  creditedMetres: row.credited_metres,
  rounds: row.rounds,
  keyPersons: row.key_persons,
  keyPlaces: row.key_places,
})

/** What the policy's periods ask for, by worker. */
async function gatherPeriods(
  db: Scoped,
  area: AreaScope,
  { periodTargets }: AssessmentPolicy,
  month: string,
  worker: string | null,
): Promise<Map<string, PeriodFacts[]>> {
  const found = new Map<string, PeriodFacts[]>()
  for (const per of ['week', 'month'] as const) {
    const targets = periodTargets.filter((one) => one.per === per).map(({ target }) => target)
    for (const period of targets.length > 0 ? periodsOf(month, per) : [])
      for (const { key, ...facts } of await reachIn(db, area, targets, period, worker))
        found.set(key, [...(found.get(key) ?? []), facts])
  }
  return found
}

async function reachIn(
  db: Scoped,
  area: AreaScope,
  targets: readonly PeriodTarget['target'][],
  period: Period,
  worker: string | null,
): Promise<(PeriodFacts & { readonly key: string })[]> {
  const days = { ...period, worker }
  const passes = targets.includes('grid_pass') ? await listGridPasses(db, area, days) : []
  const reach = targets.some((one) => one !== 'grid_pass') ? await listReach(db, area, days) : []
  const figures = reach.flatMap((row) => [
    { row, target: 'households' as const, actual: row.households_reached, total: row.households },
    { row, target: 'key_persons' as const, actual: row.key_persons_visited, total: row.key_persons },
    { row, target: 'key_places' as const, actual: row.places_visited, total: row.places },
  ])
  return [
    ...passes.map((row) => ({ row, target: 'grid_pass' as const, actual: row.visited, total: row.in_grid })),
    ...figures,
  ].flatMap(({ row, target, actual, total }) =>
    targets.includes(target) ? [{ key: keyOf(row), target, ...period, actual, total }] : [],
  )
}

/** Closed months running below the target up to the one before, by worker. */
async function monthsBelow(
  db: Scoped,
  area: AreaScope,
  month: string,
  worker: string | null,
): Promise<Map<string, number>> {
  const to = `${month}-01`
  const from = `${Number(month.slice(0, 4)) - 1}${to.slice(4)}`
  const rows = groupBy(await listClosedMonths(db, area, { from, to, worker }), keyOf)
  const counts = new Map<string, number>()
  for (const [key, closed] of rows) {
    const below = new Set(
      closed.flatMap((row) => (row.sheet.isBelow === true ? [row.month.slice(0, 7)] : [])),
    )
    let count = 0
    for (let at = before(month); below.has(at); at = before(at)) count++
    counts.set(key, count)
  }
  return counts
}

function before(month: string): string {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))]
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`
}
