/** A line drawn by hand between two vertices, laid on the streets it runs along: pure. */

import type { StreetName } from '../../../../server/core/planning/drawing/edit.ts'
import { snapToStreets } from '../../../../server/core/planning/drawing/snap-to-streets.ts'
import type { Barrier } from '../../../../server/core/planning/values.ts'
import type { LngLat } from '../../../../server/core/values.ts'

export interface AlongStreets {
  /** Between the two ends, which stay where they are. */
  readonly path: readonly LngLat[]
  /** The street that most of it follows. */
  readonly street: StreetName | null
}

/** Metres a degree of latitude takes, to a half per cent: enough for how near is near. */
const metresPerDegree = 111_000

/** @param reach how near to a street is on it, degrees of latitude */
export function alongStreets(
  [from, ...rest]: readonly [LngLat, ...LngLat[]],
  streets: readonly Barrier[],
  reach: number,
): AlongStreets {
  const drawn = [from, ...rest]
  const near = streetsNear(streets, drawn, reach)
  if (near.length === 0) return { path: rest.slice(0, -1), street: null }
  const { path, street } = snapToStreets(drawn, near, reach * metresPerDegree)
  return { path: path.slice(1, -1), street: street && { name: street.name, rank: street.rank } }
}

/** Only what passes the drawn line's box is worth measuring. */
function streetsNear(
  streets: readonly Barrier[],
  drawn: readonly LngLat[],
  reach: number,
): readonly Barrier[] {
  const wide = reach / Math.cos(((drawn[0]?.[1] ?? 0) * Math.PI) / 180)
  const [west, south, east, north] = boxOf(drawn)
  return streets.filter((street) => {
    const box = streetBox(street)
    return (
      box[0] <= east + wide && box[2] >= west - wide && box[1] <= north + reach && box[3] >= south - reach
    )
  })
}

type Box = readonly [west: number, south: number, east: number, north: number]

const boxes = new WeakMap<Barrier, Box>()

function streetBox(street: Barrier): Box {
  const known = boxes.get(street)
  if (known) return known
  const box = boxOf(street.path)
  boxes.set(street, box)
  return box
}

function boxOf(path: readonly LngLat[]): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of path) {
    west = Math.min(west, x)
    east = Math.max(east, x)
    south = Math.min(south, y)
    north = Math.max(north, y)
  }
  return [west, south, east, north]
}
