import Flatbush from 'flatbush'
import type { Position } from 'geojson'
import { polygonsOf } from '../../coverage/ring-table.ts'
import { eastMetres, localMetricFrame, northMetres } from '../../geometry/local-metric-frame.ts'
import type { AreaGeometry, LngLat } from '../../values.ts'
import type { Barrier } from '../values.ts'
import { isPlace } from './segments.ts'

const METRES_PER_DEGREE = 111_000

/**
 * Barriers led through the vertices of villages' outlines that they pass closer than `cornerMetres`. A division that is in force has
 * its lines end there, rounded, and so have the neighbouring villages': a street that crosses the outline a hand's breadth beside
 * would end every line drawn along it beside theirs. Barriers that pass no vertex are the objects given.
 */
export function meetCorners(
  outlines: readonly AreaGeometry[],
  barriers: readonly Barrier[],
  cornerMetres: number,
): readonly Barrier[] {
  const corners = outlines.flatMap((outline) => polygonsOf(outline).flat(2)).filter(isPlace)
  if (corners.length === 0 || !(cornerMetres > 0)) return barriers
  const index = new Flatbush(corners.length)
  for (const [x, y] of corners) index.add(x!, y!, x, y)
  index.finish()
  const latitude = Math.min(89, ...corners.map((corner) => Math.abs(corner[1]!)))
  const high = cornerMetres / METRES_PER_DEGREE
  // Wider than needed away from the southernmost corner at most by its cosine: what is found is measured.
  const wide = (2 * high) / Math.cos((latitude * Math.PI) / 180)

  const near = (a: LngLat, b: LngLat): Passed[] =>
    index
      .search(
        Math.min(a[0], b[0]) - wide,
        Math.min(a[1], b[1]) - 2 * high,
        Math.max(a[0], b[0]) + wide,
        Math.max(a[1], b[1]) + 2 * high,
      )
      .map((i) => passing(a, b, corners[i]!))
      .filter(({ metres }) => metres <= cornerMetres)

  const moved = (p: LngLat): LngLat => near(p, p).toSorted(nearestFirst)[0]?.corner ?? p
  const between = (a: LngLat, b: LngLat): LngLat[] =>
    near(a, b)
      .filter(({ toEndMetres }) => toEndMetres > cornerMetres)
      .toSorted((p, q) => p.part - q.part || byPlace(p.corner, q.corner))
      .map(({ corner }) => corner)

  return barriers.map((barrier) => {
    const places = barrier.path.filter(isPlace)
    if (places.length === 0) return barrier
    const met = places.map(moved)
    const path = met.flatMap((p, i) => (i === 0 ? [p] : [...between(met[i - 1]!, p), p]))
    const isSame = path.length === barrier.path.length && path.every((p, i) => p === barrier.path[i])
    return isSame ? barrier : { ...barrier, path }
  })
}

/** How a straight step passes a corner. */
interface Passed {
  readonly corner: LngLat
  readonly metres: number
  /** Where on the way it is nearest, 0 to 1. */
  readonly part: number
  /** From the corner to the nearer end of the step. */
  readonly toEndMetres: number
}

function passing(a: LngLat, b: LngLat, [x, y]: Position): Passed {
  const frame = localMetricFrame(x!, y!)
  const [ax, ay] = [eastMetres(frame, a[0]), northMetres(frame, a[1])]
  const [bx, by] = [eastMetres(frame, b[0]), northMetres(frame, b[1])]
  const [ux, uy] = [bx - ax, by - ay]
  const length2 = ux * ux + uy * uy
  const part = length2 > 0 ? Math.min(1, Math.max(0, -(ax * ux + ay * uy) / length2)) : 0
  return {
    corner: [x!, y!],
    metres: Math.hypot(ax + part * ux, ay + part * uy),
    part,
    toEndMetres: Math.min(Math.hypot(ax, ay), Math.hypot(bx, by)),
  }
}

const byPlace = (p: LngLat, q: LngLat): number => p[0] - q[0] || p[1] - q[1]

const nearestFirst = (p: Passed, q: Passed): number => p.metres - q.metres || byPlace(p.corner, q.corner)
