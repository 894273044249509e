/** Patrol days as they are read. */
import type { RuleResult } from '../core/trajectories/judge-rules.ts'
import type { TraceLabel, TracePiece } from '../core/trajectories/label-trace.ts'
import type { PatrolDay } from '../core/trajectories/match-worker-day.ts'
import type { AreaScope } from './areas.ts'
import type { DrawnVertex } from './matching.ts'
import { unpackFixes } from './pack-fixes.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export interface PatrolDayRecord {
  readonly town_id: string
  readonly worker_id: string
  /** Personal. */
  readonly name: string
  readonly role: string
  readonly day: string
  readonly grid_code: string
  readonly fixes: number
  readonly first_at: number
  readonly last_at: number
  readonly seconds_inside: number
  readonly seconds_outside: number
  readonly seconds_unobserved: number
  readonly seconds_unreliable: number
  readonly metres_inside: number
  readonly metres_outside: number
  readonly metres_raw: number
  readonly rounds: number
  readonly hexagons_visited: number
  readonly hexagons_in_grid: number
  readonly households_passed: number
  readonly households_total: number
  readonly rules_met: boolean | null
  readonly rules: readonly RuleResult[]
  /** Codes, each once. */
  readonly flags: readonly string[]
  /** Label, from, to (epoch milliseconds). */
  readonly strip: readonly (readonly [TraceLabel, number, number])[] | null
}

/** A stored result: the core's, with the day as labelled stretches; where they run stands in wangge.drawn_days. */
export interface StoredPatrolDay extends PatrolDay {
  readonly pieces: readonly Omit<TracePiece, 'coordinates' | 'times'>[]
}

export interface PatrolResultRow {
  readonly town_id: string
  readonly worker_id: string
  readonly grid_code: string
  readonly result: StoredPatrolDay
}

export interface AbsentRow {
  readonly town_id: string
  readonly worker_id: string
  /** Personal. */
  readonly name: string
  readonly role: string
  readonly grid_code: string
  readonly day: string
}

const drawnQuery = sql<{ packed: Buffer }>('patrols/find-drawn-day')
const listPatrolDaysQuery = sql<PatrolDayRecord>('patrols/list-patrol-days')
const listResultsQuery = sql<PatrolResultRow>('patrols/list-results')
const listAbsentQuery = sql<AbsentRow>('patrols/list-absent')

/** A page of days in [from, to), after a (day, town, worker, grid) key. */
export const listPatrolDays = (
  db: Scoped,
  area: AreaScope,
  days: { readonly from: string; readonly to: string },
  worker: string | null,
  after: readonly string[] | null,
  limit: number,
): Promise<PatrolDayRecord[]> =>
  db.many(listPatrolDaysQuery, [
    area.towns,
    area.village,
    days.from,
    days.to,
    worker,
    after?.[0] ?? null,
    after?.[1] ?? null,
    after?.[2] ?? null,
    after?.[3] ?? null,
    limit,
  ])

/** Full-time workers with a grid but no fix, on the days given. */
export const listAbsent = (db: Scoped, area: AreaScope, days: readonly string[]): Promise<AbsentRow[]> =>
  db.many(listAbsentQuery, [area.towns, area.village, days])

/** The whole results of one worker's day, one a grid. */
export const listPatrolResults = (
  db: Scoped,
  area: AreaScope,
  worker: string,
  day: string,
): Promise<PatrolResultRow[]> => db.many(listResultsQuery, [area.towns, area.village, worker, day])

/** A worker's day as it is drawn, in time order: the vertices of all its stretches one after the other. */
export async function findDrawnDay(
  db: Scoped,
  town: string,
  worker: string,
  day: string,
): Promise<DrawnVertex[]> {
  const row = await db.maybeOne(drawnQuery, [town, worker, day])
  return row ? unpackFixes(row.packed) : []
}
