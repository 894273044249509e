/** Problems of divisions that somebody accepted. */
import type { ProblemCode } from '../core/coverage/report.ts'
import type { AreaScope } from './areas.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export interface ExceptionRow {
  readonly area_code: string
  readonly problem_id: string
  readonly code: ProblemCode
  readonly grids: readonly string[]
  readonly fingerprint: string
  readonly reason: string
  /** First day on which it no longer holds; null: until it is lifted. */
  readonly expires_on: string | null
  readonly author: string
  readonly made_at: number
}

const insertQuery = sql('exceptions/insert-exception')
const listQuery = sql<ExceptionRow>('exceptions/list-exceptions')
const liftQuery = sql<{ problem_id: string }>('exceptions/lift-exception')

/** @throws DatabaseError `unique` when the same was accepted at the same moment */
export const insertException = (db: Scoped, town: string, one: ExceptionRow): Promise<number> =>
  db.none(insertQuery, [
    town,
    one.area_code,
    one.problem_id,
    one.code,
    one.fingerprint,
    one.reason,
    one.expires_on,
    one.author,
    one.made_at,
    one.grids,
  ])

/** The newest exception of each problem that was not lifted; of one area, or with `area` null of all areas of the towns. */
export const listExceptions = (
  db: Scoped,
  towns: AreaScope['towns'],
  area: string | null,
): Promise<ExceptionRow[]> => db.many(listQuery, [towns, area])

/** False when the problem has none. */
export const liftException = async (
  db: Scoped,
  town: string,
  area: string,
  problem: string,
  who: string,
  now: number,
): Promise<boolean> => (await db.many(liftQuery, [town, area, problem, who, now])).length > 0
