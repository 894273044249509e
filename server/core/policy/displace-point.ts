/**
 * A place moved far enough that it could be any of k households', and never back (donut geomasking; Allshouse et al. 2010,
 * Geospatial Health 4: 227–240). The draws come from a keyed hash, so that the place is the same whenever and wherever it is shown:
 * a new draw at each reading would be averaged away.
 */
import Flatbush from 'flatbush'
import {
  eastMetres,
  type LocalMetricFrame,
  latitudeAt,
  localMetricFrame,
  longitudeAt,
  northMetres,
} from '../geometry/local-metric-frame.ts'
import type { LngLat } from '../values.ts'

/** Households of a township, to be asked who is near. */
export interface HouseholdGround {
  readonly frame: LocalMetricFrame
  readonly index: Flatbush | null
  /** x, y in metres of the frame. */
  readonly points: Float64Array
}

/** @param households longitude and latitude of each */
export function householdGround(households: readonly LngLat[]): HouseholdGround {
  const middle = (axis: 0 | 1): number =>
    households.reduce((sum, one) => sum + one[axis], 0) / Math.max(1, households.length)
  const frame = localMetricFrame(middle(0), middle(1))
  const points = Float64Array.from(
    households.flatMap(([x, y]) => [eastMetres(frame, x), northMetres(frame, y)]),
  )
  if (households.length === 0) return { frame, index: null, points }
  const index = new Flatbush(households.length)
  for (let p = 0; p < points.length; p += 2) index.add(points[p]!, points[p + 1]!)
  index.finish()
  return { frame, index, points }
}

export interface DisplacementRule {
  /** Households among which the place is hidden. */
  readonly k: number
  readonly leastMetres: number
  /** Whether a place may be shown there: the ground that the true one lies in. */
  readonly isAllowed: (longitude: number, latitude: number) => boolean
  /** Two numbers in [0, 1) for each try, the same whenever asked. */
  readonly draw: (attempt: number) => readonly [direction: number, distance: number]
}

/** Tries with one radius before it grows by half, and how often it grows. */
const triesEach = 8
const widenings = 10

/**
 * The place to be shown: not nearer than `leastMetres`, on allowed ground, and with at least k households as far from it as the true
 * place may be. Null where none is found; it is shown nowhere then.
 */
export function displacePoint(
  ground: HouseholdGround,
  [longitude, latitude]: LngLat,
  rule: DisplacementRule,
): LngLat | null {
  const { frame, index } = ground
  if (!index) return null
  const [x, y] = [eastMetres(frame, longitude), northMetres(frame, latitude)]
  const nearest = index.neighbors(x, y, rule.k)
  if (nearest.length < rule.k) return null
  let most = Math.max(2 * rule.leastMetres, distance(ground, nearest.at(-1)!, x, y))
  for (let attempt = 0; attempt < triesEach * widenings; attempt++) {
    if (attempt > 0 && attempt % triesEach === 0) most *= 1.5
    const least = Math.max(rule.leastMetres, most / 3)
    const [direction, far] = rule.draw(attempt)
    // Even over the ring's area, not its radius.
    const radius = Math.sqrt(least ** 2 + far * (most ** 2 - least ** 2))
    const east = x + radius * Math.cos(2 * Math.PI * direction)
    const north = y + radius * Math.sin(2 * Math.PI * direction)
    const shown: LngLat = [longitudeAt(frame, east), latitudeAt(frame, north)]
    if (!rule.isAllowed(shown[0], shown[1])) continue
    const alike = householdsBetween(ground, east, north, least, most, rule.k)
    if (alike >= rule.k) return shown
  }
  return null
}

/** Households between two distances of a place; counted up to `enough`. */
function householdsBetween(
  ground: HouseholdGround,
  x: number,
  y: number,
  least: number,
  most: number,
  enough: number,
): number {
  let found = 0
  for (const at of ground.index!.search(x - most, y - most, x + most, y + most)) {
    const metres = distance(ground, at, x, y)
    if (metres >= least && metres <= most && ++found >= enough) break
  }
  return found
}

const distance = ({ points }: HouseholdGround, at: number, x: number, y: number): number =>
  Math.hypot(points[2 * at]! - x, points[2 * at + 1]! - y)
