/** What of a drawing lies under the pointer. */

import { distanceMetres } from '../../geometry/distance-metres.ts'
import { localMetricFrame } from '../../geometry/local-metric-frame.ts'
import { orientation } from '../../geometry/orientation.ts'
import type { LngLat } from '../../values.ts'
import { type NearestPlace, nearestOnPath } from './along-path.ts'
import { arcsNear } from './arc-index.ts'
import { type Drawing, OUTSIDE } from './drawing.ts'
import type { VertexPlace } from './edit.ts'

/** Arcs that may come within a distance of a place. */
function arcsWithin(drawing: Drawing, [longitude, latitude]: LngLat, metres: number): readonly number[] {
  const frame = localMetricFrame(longitude, latitude)
  const dx = metres / frame.metresPerDegreeLongitude
  const dy = metres / frame.metresPerDegreeLatitude
  return arcsNear(drawing.index, longitude - dx, latitude - dy, longitude + dx, latitude + dy)
}

export interface NearestVertex extends VertexPlace {
  readonly place: LngLat
  readonly distanceMetres: number
}

/** The vertex nearest to a place, if there is one within a distance. */
export function nearestVertex(drawing: Drawing, at: LngLat, withinMetres: number): NearestVertex | null {
  let best: NearestVertex | null = null
  let least = withinMetres
  for (const arc of arcsWithin(drawing, at, withinMetres)) {
    const { path } = drawing.arcs[arc]!
    for (let i = 0; i < path.length; i += 2) {
      const place: LngLat = [path[i]!, path[i + 1]!]
      const metres = distanceMetres(at[0], at[1], place[0], place[1])
      if (metres > least || (best && metres === least)) continue
      least = metres
      best = { arc, vertex: i / 2, place, distanceMetres: metres }
    }
  }
  return best
}

/** The place of a line nearest to a place, if there is one within a distance. */
export function nearestOnLines(
  drawing: Drawing,
  at: LngLat,
  withinMetres: number,
): (NearestPlace & { readonly arc: number }) | null {
  let best: ReturnType<typeof nearestOnLines> = null
  for (const arc of arcsWithin(drawing, at, withinMetres)) {
    const nearest = nearestOnPath(drawing.arcs[arc]!.path, at[0], at[1])
    if (nearest.distanceMetres > withinMetres) continue
    if (!best || nearest.distanceMetres < best.distanceMetres) best = { ...nearest, arc }
  }
  return best
}

/** The atom at a place, by number; one of several on their common line; null where there is none. */
export function atomAt(drawing: Drawing, [x, y]: LngLat): number | null {
  // The first line east of the place has the atom on its western side. Eastward one column of buckets after another.
  const { index } = drawing
  const east = index.west + index.columns / index.perLongitude
  const step = 1 / index.perLongitude
  for (let from = Math.max(x, index.west); from <= east + step; from += step) {
    const to = from + step
    let nearest = Number.POSITIVE_INFINITY
    let found = OUTSIDE
    for (const number of arcsNear(index, from, y, to, y)) {
      const { path, left, right } = drawing.arcs[number]!
      for (let i = 0; i + 3 < path.length; i += 2) {
        const [ax, ay, bx, by] = [path[i]!, path[i + 1]!, path[i + 2]!, path[i + 3]!]
        if (ay > y === by > y) continue
        const isUp = by > ay
        // The place is west of the line, or on it.
        if (isUp ? orientation(ax, ay, bx, by, x, y) < 0 : orientation(ax, ay, bx, by, x, y) > 0) continue
        const crossing = ax + ((y - ay) / (by - ay)) * (bx - ax)
        if (crossing >= nearest) continue
        nearest = crossing
        found = isUp ? left : right
      }
    }
    if (nearest <= to) return found === OUTSIDE ? null : found
  }
  return null
}
