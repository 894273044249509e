/** Worker days that have to be matched again because what lies in their grids changes. */
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

/** What patrols are matched to besides the boundaries. */
export const reachedKinds = ['households', 'places', 'roads'] as const
export type ReachedKind = (typeof reachedKinds)[number]

interface TownRow {
  readonly town_id: string
}

const townsQuery = sql<TownRow>('patrols/list-towns-patrolled')
const gridsQuery = sql<TownRow & { grid_code: string }>('patrols/list-grids-around')
const markQuery = sql('patrols/mark-days-of-grids-stale')

/** Rows looked at by one statement, as in upsertRows. */
const batchRows = 5000

/**
 * Marks the days matched to the grids around what is about to be added or changed, of those whose fixes are still there. Called before
 * the rows are written, in the same transaction: it compares them with what stands. A row that changes nothing of this marks nothing.
 * @param rows as `upsertRows` takes them
 */
export async function markDaysAround(
  db: Scoped,
  kind: ReachedKind,
  rows: readonly (object & TownRow)[],
): Promise<void> {
  const towns = new Set(
    (await db.many(townsQuery, [[...new Set(rows.map((row) => row.town_id))]])).map((row) => row.town_id),
  )
  const patrolled = rows.filter((row) => towns.has(row.town_id))
  const touched = new Map<string, Set<string>>()
  for (let from = 0; from < patrolled.length; from += batchRows) {
    const batch = JSON.stringify(patrolled.slice(from, from + batchRows))
    for (const { town_id, grid_code } of await db.many(gridsQuery, [batch, kind])) {
      const grids = touched.get(town_id) ?? new Set()
      touched.set(town_id, grids.add(grid_code))
    }
  }
  for (const town of [...touched.keys()].sort())
    await db.none(markQuery, [town, [...touched.get(town)!].sort()])
}
