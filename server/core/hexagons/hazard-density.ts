/**
 * Hazard density on hexagons, and where it is more than chance.
 *
 * What is in n: every hexagon whose centre lies in the study area, with incidents or without (leaving out the zeros
 * would change every z), and every hexagon that holds a counted incident, so that none is lost along the edge.
 * Without a study area, the convex hull of the hexagons that hold an incident takes its place.
 *
 * Per km² divides by the whole area of that very hexagon. A hexagon that the edge of the study area cuts therefore reads
 * low, never high: half of it outside, half the density. So the densities times the areas add up to the incidents.
 */
import { evenSpreadPs, largerP } from '../statistics/even-spread.ts'
import { benjaminiHochberg } from '../statistics/false-discovery.ts'
import { getisOrd } from '../statistics/getis-ord.ts'
import { type HotSpotClass, hotSpotClass, hotSpotLevels } from '../statistics/hot-spot-class.ts'
import { twoSidedP } from '../statistics/normal.ts'
import { withSelf } from '../statistics/weights.ts'
import type { AreaGeometry } from '../values.ts'
import { membershipOf } from './area-membership.ts'
import { diskSize, hexagonAreaSquareKm, pointToHexagon } from './hexagon.ts'
import { ringWeights } from './ring-weights.ts'
import { hexagonsCovering, hullOf } from './study-area.ts'

/**
 * Pairs of neighbours that one question may ask for, some ten seconds' work: a million hexagons (10,000 km² at
 * resolution 10) with two rings, 60,000 with ten.
 */
const mostPairs = 20_000_000

/** A record with a position, or one whose position is not known. */
export interface Positioned {
  readonly longitude: number | null
  readonly latitude: number | null
}

export interface HazardDensityInput {
  readonly incidents: readonly Positioned[]
  /** Where an incident could have been reported; `null`: the hull of those that were. */
  readonly studyArea: AreaGeometry | null
  /** H3 resolution, 0–15. */
  readonly resolution: number
  /** The neighbourhood of a hexagon is what lies at most so many steps away, itself included; at least 1. */
  readonly rings: number
  /** Asked for rates; households outside the study area, or in no hexagon of it, take no part. */
  readonly households?: readonly Positioned[]
}

export interface HazardHexagon {
  readonly hexagon: string
  readonly count: number
  readonly perSquareKm: number
  /** `null` without household data. */
  readonly households: number | null
  /** `null` without household data and where no household is. */
  readonly perThousandHouseholds: number | null
  /** Gi* of the count; z, p, q and class are `null` where it is undefined ({@link getisOrd}). */
  readonly z: number | null
  /** Two-sided, normal. */
  readonly p: number | null
  /** Two-sided p of the neighbourhood's incidents under an even spread (even-spread.ts). */
  readonly pEven: number | null
  /** The larger p after Benjamini–Hochberg over all hexagons tested. */
  readonly q: number | null
  readonly class: HotSpotClass | null
}

/** What became of the records: counted + noPosition + outside are all of them. */
export interface Tally {
  readonly counted: number
  readonly noPosition: number
  readonly outside: number
}

export interface HazardDensity {
  readonly resolution: number
  readonly rings: number
  /** The q below which a hexagon is called hot or cold. */
  readonly levels: readonly number[]
  /** Ascending by H3 index, so that the same records in any order give the same answer to the last bit. */
  readonly hexagons: readonly HazardHexagon[]
  readonly studyArea: 'given' | 'hull'
  readonly areaSquareKm: number
  readonly incidents: Tally
  readonly households: Tally | null
}

/**
 * Counts, densities, rates and Gi* of incidents on hexagons.
 * @throws StudyAreaTooLarge
 * @throws RangeError for a resolution or a number of rings that is none
 */
export function hazardDensity(input: HazardDensityInput): HazardDensity {
  const { resolution, rings, studyArea } = input
  if (!(Number.isInteger(resolution) && resolution >= 0 && resolution <= 15))
    throw new RangeError(`no H3 resolution: ${resolution}`)
  if (!(Number.isInteger(rings) && rings >= 1)) throw new RangeError(`no number of rings: ${rings}`)

  const isInArea = studyArea === null ? () => true : membershipOf(studyArea)
  const incidents = countByHexagon(input.incidents, resolution, isInArea)
  const area = studyArea ?? hullOf(incidents.counts.keys())
  const inArea =
    area === null ? [] : hexagonsCovering(area, resolution, Math.floor(mostPairs / diskSize(rings)))
  const hexagons = [...new Set([...inArea, ...incidents.counts.keys()])].sort()
  const counts = hexagons.map((hexagon) => incidents.counts.get(hexagon) ?? 0)
  const households = input.households
    ? countByHexagon(input.households, resolution, isInArea, new Set(hexagons))
    : null

  const weights = withSelf(ringWeights(hexagons, rings))
  const z = getisOrd(counts, weights)
  const p = z.map((value) => (value === null ? null : twoSidedP(value)))
  const pEven = evenSpreadPs(z, { counts, base: new Uint8Array(counts.length).fill(1) }, weights)
  const q = benjaminiHochberg(largerP(p, pEven))
  let areaSquareKm = 0
  const rows = hexagons.map((hexagon, i): HazardHexagon => {
    const squareKm = hexagonAreaSquareKm(hexagon)
    areaSquareKm += squareKm
    const count = counts[i]!
    const homes = households && (households.counts.get(hexagon) ?? 0)
    return {
      hexagon,
      count,
      perSquareKm: count / squareKm,
      households: homes,
      perThousandHouseholds: homes ? (count / homes) * 1000 : null,
      z: z[i]!,
      p: p[i]!,
      pEven: pEven[i]!,
      q: q[i]!,
      class: hotSpotClass(z[i]!, q[i]!),
    }
  })
  return {
    resolution,
    rings,
    levels: hotSpotLevels,
    hexagons: rows,
    studyArea: studyArea === null ? 'hull' : 'given',
    areaSquareKm,
    incidents: incidents.tally,
    households: households && households.tally,
  }
}

/** Records a hexagon, of those in the area (a point on its edge is in) and, where given, in one of these hexagons. */
function countByHexagon(
  records: readonly Positioned[],
  resolution: number,
  isInArea: (longitude: number, latitude: number) => boolean,
  among?: ReadonlySet<string>,
): { counts: Map<string, number>; tally: Tally } {
  const counts = new Map<string, number>()
  const tally = { counted: 0, noPosition: 0, outside: 0 }
  for (const { longitude, latitude } of records) {
    if (longitude === null || latitude === null) {
      tally.noPosition++
      continue
    }
    const hexagon = pointToHexagon(longitude, latitude, resolution)
    if ((among?.has(hexagon) ?? true) && isInArea(longitude, latitude)) {
      counts.set(hexagon, (counts.get(hexagon) ?? 0) + 1)
      tally.counted++
    } else tally.outside++
  }
  return { counts, tally }
}
