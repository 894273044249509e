/** What a device reported beside what else is known of the ground, for judging its coordinate system. */
import type { MultiLineString } from 'geojson'
import type { Scoped } from './scope.ts'
import { sql } from './sql.ts'

export interface FixBesideDevice {
  readonly worker_id: string
  /** Reported by the device itself; false: by another of the worker's, or from a file. */
  readonly is_own: boolean
  readonly fixed_at: number
  readonly longitude: number
  readonly latitude: number
}

const fixesQuery = sql<FixBesideDevice>('fixes/list-fixes-beside-device')
const roadsQuery = sql<{ path: string }>('roads/list-near')

/** In [from, to), epoch milliseconds, in time order. */
export const listFixesBesideDevice = (
  db: Scoped,
  town: string,
  device: string,
  from: number,
  to: number,
): Promise<FixBesideDevice[]> => db.many(fixesQuery, [town, device, from, to])

/** Lines of the roads that touch a box (west, south, east, north), longitude first. */
export async function listRoadsNear(
  db: Scoped,
  town: string,
  box: readonly [number, number, number, number],
): Promise<[number, number][][]> {
  const rows = await db.many(roadsQuery, [town, ...box])
  return rows.flatMap(({ path }) =>
    (JSON.parse(path) as MultiLineString).coordinates.map((line) =>
      line.map(([x = 0, y = 0]): [number, number] => [x, y]),
    ),
  )
}
