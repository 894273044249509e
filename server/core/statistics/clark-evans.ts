/** Are points closer together than chance would put them? Clark P J, Evans F C (1954) Ecology 35: 445–453. */
import { twoSidedP } from './normal.ts'
import {
  type PlanarArea,
  type PlanarPoints,
  planarAreaSquareMetres,
  planarPerimeterMetres,
} from './planar.ts'
import { bucketPoints, visitNear } from './point-buckets.ts'

/**
 * `none`: as published, for a study area without an end; near an edge neighbours beyond it are missed, so R comes out too large.
 * `donnelly`: expected distance and variance corrected by the length of the outline (Donnelly 1978), for areas of simple shape.
 */
export type ClarkEvansEdge = 'none' | 'donnelly'

export interface ClarkEvans {
  readonly n: number
  readonly edge: ClarkEvansEdge
  readonly meanNearestMetres: number
  readonly expectedMetres: number
  /** Observed over expected: below 1 clustered, above 1 spaced out. */
  readonly ratio: number
  readonly z: number
  /** Two-sided, of the normal approximation. */
  readonly p: number
}

/**
 * The aggregation index of points in an area; null with fewer than two points.
 *
 * none      expected ½ √(A/n), standard error 0.26136 √A / n
 * donnelly  expected ½ √(A/n) + (0.0514 + 0.0412/√n) L/n, standard error √(0.0703 A + 0.037 L √(A/n)) / n
 */
export function clarkEvans(
  points: PlanarPoints,
  area: PlanarArea,
  edge: ClarkEvansEdge = 'none',
): ClarkEvans | null {
  const n = points.x.length
  if (n < 2) return null
  const squareMetres = planarAreaSquareMetres(area)
  const outline = planarPerimeterMetres(area)
  const spacing = Math.sqrt(squareMetres / n)
  const meanNearestMetres = nearestDistances(points).reduce((sum, distance) => sum + distance, 0) / n
  const donnelly = edge === 'donnelly'
  const expectedMetres = spacing / 2 + (donnelly ? ((0.0514 + 0.0412 / Math.sqrt(n)) * outline) / n : 0)
  const error = donnelly
    ? Math.sqrt(0.0703 * squareMetres + 0.037 * outline * spacing) / n
    : (0.26136 * Math.sqrt(squareMetres)) / n
  const z = (meanNearestMetres - expectedMetres) / error
  return {
    n,
    edge,
    meanNearestMetres,
    expectedMetres,
    ratio: meanNearestMetres / expectedMetres,
    z,
    p: twoSidedP(z),
  }
}

/** Distance of each point to its nearest other, in ascending order; the buckets grow around a point until one is found. */
function nearestDistances(points: PlanarPoints): Float64Array {
  const { x, y } = points
  const buckets = bucketPoints(points, 0)
  return Float64Array.from(x.keys(), (i) => {
    let best = Number.POSITIVE_INFINITY
    for (let reach = buckets.side; ; reach *= 2) {
      visitNear(buckets, x[i]!, y[i]!, reach, (j) => {
        if (j !== i) best = Math.min(best, Math.hypot(x[j]! - x[i]!, y[j]! - y[i]!))
      })
      if (best <= reach) return best
    }
  }).sort()
}
