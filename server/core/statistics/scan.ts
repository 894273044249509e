/**
 * Spatial and space-time scan statistics: is there anywhere, and in some months, more than chance would put there, all places and
 * windows having been looked at?
 *
 * Kulldorff M (1997) Communications in Statistics 26: 1481–1496 (circles); (2001) J R Stat Soc A 164: 61–72 (cylinders,
 * prospective); Kulldorff et al. (2005) PLoS Medicine 2: e59 (space-time permutation); Neill D B et al. (2005)
 * (expectation-based Poisson).
 */
import { rankP, seededRandom } from './monte-carlo.ts'
import { type RunControl, tellStep } from './run-control.ts'
import { conditionalLikelihood, expectationLikelihood } from './scan-likelihood.ts'
import { type Cylinder, scanSearch } from './scan-search.ts'
import {
  multinomialSimulation,
  permutationSimulation,
  poissonSimulation,
  type Simulation,
} from './scan-simulate.ts'
import { scanZones } from './scan-zones.ts'

/**
 * `poisson`: cases in proportion to a population (households). `permutation`: no population is known, each area's and each
 * period's total is as usual, and what is asked is whether they come together. `expectation`: expected numbers are known.
 */
export type ScanModel = 'poisson' | 'permutation' | 'expectation'

export interface ScanInput {
  /** Centres of the areas in metres of a plane; ids differ. */
  readonly areas: readonly { readonly id: string; readonly x: number; readonly y: number }[]
  /** How many periods, in order of time; 1 scans space alone. */
  readonly periods: number
  /** `cases[area × periods + period]`. */
  readonly cases: ArrayLike<number>
  /** In the same order: population (`poisson`) or expected cases (`expectation`); `permutation` has none. */
  readonly baseline?: ArrayLike<number>
}

export interface ScanOptions {
  readonly model: ScanModel
  /** Only windows that last until the end: what is there now. */
  readonly prospective?: boolean
  /** Largest share of the population (of cases or expected cases, where there is none) in a circle; 0.5 by default. */
  readonly largestShare?: number
  readonly largestRadiusMetres?: number
  /** Longest window; half of the periods by default, at least one. */
  readonly longestPeriods?: number
  /** Fewer cases are no cluster; 2 by default. */
  readonly fewestCases?: number
  /** 999 by default: the least p is 0.001. */
  readonly replications?: number
  readonly seed?: number
  /** At most as many clusters are told; 10 by default. */
  readonly mostClusters?: number
  /** Time from one such analysis to the next, for the recurrence interval. */
  readonly daysBetweenAnalyses?: number
  /**
   * Where chance shows the strongest cluster more often than once in so many days, none is told: the simulations end as soon as that is
   * certain (Besag and Clifford 1991), mostly after a handful. Clusters that are told are the same as without.
   */
  readonly leastRecurrenceDays?: number
  readonly control?: RunControl
}

export interface ScanCluster {
  /** Ids of its areas, from the centre outwards. */
  readonly areas: readonly string[]
  readonly radiusMetres: number
  /** The periods [from, to). */
  readonly from: number
  readonly to: number
  readonly observed: number
  readonly expected: number
  readonly ratio: number
  /** Risk inside over risk outside; null where nothing is outside. */
  readonly relativeRisk: number | null
  readonly logLikelihoodRatio: number
  /** (1 + simulations whose largest ratio is at least this) / (1 + simulations); for secondary clusters conservative. */
  readonly p: number
  /** From a Gumbel distribution fitted to the simulations (Abrams et al. 2010): tells p far below what ranks can show. Null where they are all alike. */
  readonly gumbelP: number | null
  /** So many days of such analyses give one cluster as strong by chance; null unless the days between are known. */
  readonly recurrenceDays: number | null
}

export interface ScanResult {
  /** The most likely cluster first; none shares an area with another. */
  readonly clusters: readonly ScanCluster[]
  readonly cases: number
  readonly replications: number
  readonly seed: number
  /** Circles looked at, and windows in each. */
  readonly circles: number
  readonly windows: number
}

/**
 * Scans. The same input in any order and the same seed give the same result.
 * @throws RangeError for counts that are none, cases where nobody is at risk, ids that repeat; RunStopped when asked to end
 */
export function scan(input: ScanInput, options: ScanOptions): ScanResult {
  const { model, prospective = false, fewestCases = 2, replications = 999, seed = 1, control } = options
  const { periods } = input
  const order = sortedAreas(input)
  const areas = order.map((at) => input.areas[at]!)
  const cases = inOrder(input.cases, order, periods, 'cases')
  const total = cases.reduce((sum, count) => sum + count, 0)
  const longestPeriods = Math.max(1, Math.min(periods, options.longestPeriods ?? Math.floor(periods / 2)))
  const windows = prospective ? longestPeriods : windowsOf(periods, longestPeriods)
  const nothing = { clusters: [], cases: total, replications, seed, circles: 0, windows }
  if (total === 0) return nothing
  const expected = expectedOf(model, input, order, cases, total)
  const perArea = Float64Array.from(areas, (_, i) =>
    expected.subarray(i * periods, (i + 1) * periods).reduce((sum, value) => sum + value, 0),
  )
  const [x, y] = [Float64Array.from(areas, (area) => area.x), Float64Array.from(areas, (area) => area.y)]
  const { largestShare = 0.5, largestRadiusMetres = Number.POSITIVE_INFINITY } = options
  const zones = scanZones(x, y, perArea, largestShare, largestRadiusMetres)
  const likelihood = model === 'expectation' ? expectationLikelihood : conditionalLikelihood(total)
  const search = scanSearch(
    { periods, expected, zones, likelihood, longestPeriods, fewestCases, prospective },
    model === 'expectation' ? Number.MAX_SAFE_INTEGER : total,
  )

  const found = clustersOf(cases, search, zones.starts, zones.members, options.mostClusters ?? 10)
  const maxima = new Float64Array(replications)
  const simulate = simulationOf(model, expected, cases, periods, total)
  const random = seededRandom(seed)
  const counts = new Float64Array(cases.length)
  const { daysBetweenAnalyses, leastRecurrenceDays = 0 } = options
  const recurrence = (p: number): number | null =>
    daysBetweenAnalyses === undefined ? null : daysBetweenAnalyses / p
  let stronger = 0
  for (let run = 0; run < replications && found.length > 0; run++) {
    simulate(counts, random)
    maxima[run] = search(counts)?.ratio ?? 0
    tellStep(control, run + 1, replications)
    if (reaches(maxima[run]!, found[0]!)) stronger++
    if ((recurrence(rankP(stronger, replications)) ?? leastRecurrenceDays) < leastRecurrenceDays)
      return { ...nothing, circles: zones.members.length }
  }
  const gumbel = gumbelTail(maxima)
  const clusters = found.map((cylinder): ScanCluster => {
    const { centre, observed, expected: usual, ratio: logLikelihoodRatio } = cylinder
    const inside = zones.members.slice(zones.starts[centre], zones.starts[centre]! + cylinder.areas)
    const last = inside.at(-1)!
    const outside = (model === 'expectation' ? sumOf(expected) : total) - usual
    const p = rankP(maxima.filter((most) => reaches(most, cylinder)).length, replications)
    return {
      areas: Array.from(inside, (i) => areas[i]!.id),
      radiusMetres: Math.hypot(x[last]! - x[centre]!, y[last]! - y[centre]!),
      from: cylinder.from,
      to: cylinder.to,
      observed,
      expected: usual,
      ratio: observed / usual,
      relativeRisk: total > observed ? observed / usual / ((total - observed) / outside) : null,
      logLikelihoodRatio,
      p,
      gumbelP: gumbel(logLikelihoodRatio),
      recurrenceDays: recurrence(p),
    }
  })
  return { ...nothing, clusters, circles: zones.members.length }
}

/** Whether a simulation's largest ratio is at least the cluster's. */
const reaches = (most: number, { ratio }: Cylinder): boolean => most >= ratio * (1 - 1e-12)

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)

const windowsOf = (periods: number, longest: number): number =>
  Array.from({ length: longest }, (_, k) => periods - k).reduce((sum, count) => sum + count, 0)

function sortedAreas({ areas, periods, cases }: ScanInput): number[] {
  if (!(Number.isInteger(periods) && periods > 0)) throw new RangeError(`${periods} periods`)
  if (cases.length !== areas.length * periods)
    throw new RangeError(`${cases.length} counts for ${areas.length} areas × ${periods} periods`)
  if (new Set(areas.map(({ id }) => id)).size < areas.length) throw new RangeError('an id repeats')
  for (const { id, x, y } of areas)
    if (!Number.isFinite(x + y)) throw new RangeError(`area ${id} has no centre`)
  return [...areas.keys()].sort((a, b) => (areas[a]!.id < areas[b]!.id ? -1 : 1))
}

function inOrder(
  values: ArrayLike<number>,
  order: readonly number[],
  periods: number,
  what: string,
): Float64Array {
  if (values.length !== order.length * periods)
    throw new RangeError(`${values.length} ${what} for ${order.length} areas × ${periods} periods`)
  return Float64Array.from({ length: values.length }, (_, k) => {
    const value = values[order[Math.floor(k / periods)]! * periods + (k % periods)]!
    const valid = what === 'cases' ? Number.isInteger(value) : Number.isFinite(value)
    if (!(valid && value >= 0)) throw new RangeError(`${value} among the ${what}`)
    return value
  })
}

function expectedOf(
  model: ScanModel,
  { periods, baseline }: ScanInput,
  order: readonly number[],
  cases: Float64Array,
  total: number,
): Float64Array {
  if (model === 'permutation') {
    const [byArea, byPeriod] = [new Float64Array(order.length), new Float64Array(periods)]
    cases.forEach((count, at) => {
      byArea[Math.floor(at / periods)]! += count
      byPeriod[at % periods]! += count
    })
    return cases.map((_, at) => (byArea[Math.floor(at / periods)]! * byPeriod[at % periods]!) / total)
  }
  if (baseline === undefined) throw new RangeError(`the ${model} model needs a baseline`)
  const given = inOrder(baseline, order, periods, 'baselines')
  const at = cases.findIndex((count, i) => count > 0 && given[i] === 0)
  if (at >= 0) throw new RangeError(`there are cases where the baseline is 0 (period ${at % periods})`)
  const all = sumOf(given)
  return model === 'poisson' ? given.map((people) => (total * people) / all) : given
}

function simulationOf(
  model: ScanModel,
  expected: Float64Array,
  cases: Float64Array,
  periods: number,
  total: number,
): Simulation {
  if (model === 'permutation') return permutationSimulation(cases, periods)
  return model === 'poisson' ? multinomialSimulation(expected, total) : poissonSimulation(expected)
}

/** The best cylinder, the best that shares no area with it, and so on. */
function clustersOf(
  cases: Float64Array,
  search: (counts: Float64Array, blocked: Uint8Array) => Cylinder | null,
  starts: Uint32Array,
  members: Uint32Array,
  most: number,
): Cylinder[] {
  const blocked = new Uint8Array(starts.length - 1)
  const found: Cylinder[] = []
  while (found.length < most) {
    const next = search(cases, blocked)
    if (next === null) break
    found.push(next)
    const first = starts[next.centre]!
    for (const area of members.subarray(first, first + next.areas)) blocked[area] = 1
  }
  return found
}

/** Tail of the Gumbel distribution with the mean and variance of the maxima: 1 − exp(−exp(−(x − μ)/β)); never 0. */
function gumbelTail(maxima: Float64Array): (x: number) => number | null {
  const mean = sumOf(maxima) / maxima.length
  const variance = maxima.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (maxima.length - 1)
  const beta = Math.sqrt(6 * variance) / Math.PI
  const mode = mean - 0.577_215_664_901_532_9 * beta
  if (!(beta > 0)) return () => null
  return (x) => Math.max(-Math.expm1(-Math.exp(-(x - mode) / beta)), Number.MIN_VALUE)
}
