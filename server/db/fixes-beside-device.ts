/** What a device reported beside what else is known of the ground, for judging its coordinate system. */
import type { MultiLineString } from 'geojson'
import { unpackFixes } from './pack-fixes.ts'
import type { Scoped } from './scoped.ts'
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
const blocksQuery = sql<{ worker_id: string; packed: Buffer }>('fix-blocks/list-blocks-beside-device')
const roadsQuery = sql<{ path: string }>('roads/list-near')

/** In [from, to), epoch milliseconds, in time order; rows and packed ones alike. */
export async function listFixesBesideDevice(
  db: Scoped,
  town: string,
  device: string,
  from: number,
  to: number,
): Promise<FixBesideDevice[]> {
  const parameters = [town, device, from, to]
  const rows = await db.many(fixesQuery, parameters)
  const blocks = await db.many(blocksQuery, parameters)
  const packed = blocks.flatMap(({ worker_id, packed: block }) =>
    unpackFixes(block)
      .filter(({ time }) => from <= time && time < to)
      .map(
        (fix): FixBesideDevice => ({
          worker_id,
          is_own: fix.device === device,
          fixed_at: fix.time,
          longitude: fix.longitude,
          latitude: fix.latitude,
        }),
      ),
  )
  if (packed.length === 0) return rows
  return [...packed, ...rows].sort(
    (a, b) => a.fixed_at - b.fixed_at || (a.worker_id < b.worker_id ? -1 : a.worker_id > b.worker_id ? 1 : 0),
  )
}

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
