import { locator } from '../../coverage/locate.ts'
import { ringTable } from '../../coverage/ring-table.ts'
import { squaredDegreesToSegment } from './along-path.ts'
import { type ArcIndex, arcsNear } from './arc-index.ts'
import type { Arc, AtomRecord, HouseholdTable } from './drawing.ts'
import { atomPolygon } from './ring-paths.ts'

/** A household this near an outline is on it: 0.1 mm. An outline moves by the rounding of doubles where a junction slides on it. */
const ON_LINE_DEGREES = 1e-9

export interface Ground {
  readonly arcs: readonly (Arc | null)[]
  readonly atoms: readonly (AtomRecord | null)[]
  readonly index: ArcIndex
}

/**
 * Finds the atom of each household among some atoms: the one it lies in; on a common line the one that sorts first by id; within
 * 0.1 mm outside, the one along that line.
 * @param among numbers of the atoms
 * @returns the atom's number for each household, or -1
 */
export function placeHouseholds(
  ground: Ground,
  among: readonly number[],
  table: HouseholdTable,
  households: readonly number[],
): Int32Array {
  const { arcs, atoms } = ground
  const byId = among.toSorted((a, b) => (atoms[a]!.id < atoms[b]!.id ? -1 : 1))
  const locate = locator(ringTable(byId.map((atom) => atomPolygon({ arcs }, atoms[atom]!))))
  const allowed = new Set(among)
  return Int32Array.from(households, (household) => {
    const longitude = table.longitudes[household]!
    const latitude = table.latitudes[household]!
    const { inside, on } = locate(longitude, latitude)
    const first = inside[0] ?? on[0]
    return first === undefined ? besideOutline(ground, allowed, longitude, latitude) : byId[first]!
  })
}

function besideOutline(
  { arcs, atoms, index }: Ground,
  allowed: ReadonlySet<number>,
  x: number,
  y: number,
): number {
  let found = -1
  const box = [x - ON_LINE_DEGREES, y - ON_LINE_DEGREES, x + ON_LINE_DEGREES, y + ON_LINE_DEGREES] as const
  if (!box.every(Number.isFinite)) return found
  for (const number of arcsNear(index, ...box)) {
    const { path, left, right } = arcs[number]!
    for (let i = 0; i + 3 < path.length; i += 2) {
      if (
        squaredDegreesToSegment(x, y, path[i]!, path[i + 1]!, path[i + 2]!, path[i + 3]!) >
        ON_LINE_DEGREES ** 2
      )
        continue
      for (const side of [left, right])
        if (allowed.has(side) && (found < 0 || atoms[side]!.id < atoms[found]!.id)) found = side
    }
  }
  return found
}
