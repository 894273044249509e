import type { LngLat } from '../../values.ts'
import type { Barrier } from '../values.ts'
import { type NearestPlace, nearestOnPath, pathLengthMetres } from './along-path.ts'

export interface SnappedPath {
  readonly path: readonly LngLat[]
  /** The street that most of the path follows; null when most of it follows none. */
  readonly street: Barrier | null
}

/**
 * A line drawn by hand along streets, laid on them: vertices near a street go onto the nearest one, and between two on
 * the same street the line takes the street's own vertices. What is near no street stays as drawn.
 * @param toleranceMetres how near is near
 */
export function snapToStreets(
  drawn: readonly LngLat[],
  streets: readonly Barrier[],
  toleranceMetres: number,
): SnappedPath {
  const sorted = streets.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const paths = sorted.map((street) => street.path.flat())
  const path: LngLat[] = []
  const metres = sorted.map(() => 0)
  let freeMetres = 0
  let before: { street: number; place: NearestPlace } | null = null
  for (const vertex of drawn) {
    const snapped = nearestStreet(paths, vertex, toleranceMetres)
    const onStreet: LngLat = snapped ? [snapped.place.longitude, snapped.place.latitude] : vertex
    const along = before && before.street === snapped?.street ? snapped.street : null
    const between =
      before && snapped && along !== null ? verticesBetween(paths[along]!, before.place, snapped.place) : []
    const start = path.at(-1)
    for (const place of [...between, onStreet]) {
      const last = path.at(-1)
      if (!last || last[0] !== place[0] || last[1] !== place[1]) path.push(place)
    }
    if (start) {
      const length = pathLengthMetres([start, ...between, onStreet].flat())
      if (along === null) freeMetres += length
      else metres[along]! += length
    }
    before = snapped
  }
  const most = metres.indexOf(Math.max(0, ...metres))
  const street = most >= 0 && metres[most]! > 0 && metres[most]! >= freeMetres ? sorted[most]! : null
  return { path, street }
}

function nearestStreet(
  paths: readonly (readonly number[])[],
  [x, y]: LngLat,
  toleranceMetres: number,
): { street: number; place: NearestPlace } | null {
  let best: ReturnType<typeof nearestStreet> = null
  for (const [street, path] of paths.entries()) {
    if (path.length < 4) continue
    const place = nearestOnPath(path, x, y)
    if (place.distanceMetres > toleranceMetres) continue
    if (!best || place.distanceMetres < best.place.distanceMetres) best = { street, place }
  }
  return best
}

/** Vertices of a path strictly between two places on it, in the order from one to the other. */
function verticesBetween(path: readonly number[], from: NearestPlace, to: NearestPlace): LngLat[] {
  const isForward = from.after + from.along <= to.after + to.along
  const [start, end] = isForward ? [from, to] : [to, from]
  const between: LngLat[] = []
  for (let v = start.after + 1; v <= (end.along === 0 ? end.after - 1 : end.after); v++)
    between.push([path[2 * v]!, path[2 * v + 1]!])
  return isForward ? between : between.toReversed()
}
