/**
 * Knox's test: do incidents that are near in space come near in time more often than chance would have it?
 *
 * Knox E G (1964) Applied Statistics 13: 25–29; by permutation, in bands, as in Johnson S D et al. (2007) J Quant Criminol 23:
 * 201–219. Bands are half-open [from, to) and their labels are made from the bounds, so that a label never says another band than
 * was counted (the Near Repeat Calculator's "1 to 100 metres" counts from 0 to 100, its "8 to 14 days" 7 to 13).
 */

import type { Message } from '../values.ts'
import { rankP, seededRandom, shuffleInPlace } from './monte-carlo.ts'
import { visitPairs } from './point-buckets.ts'
import { type RunControl, tellStep } from './run-control.ts'

/** `manhattan`: |dx| + |dy|, as along the streets of a city on a grid (what the Near Repeat Calculator measures). */
export type KnoxMetric = 'euclidean' | 'manhattan'

export interface KnoxPoints {
  /** Metres of a plane. */
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  /** Days, whole or not, from any beginning. */
  readonly days: ArrayLike<number>
}

export interface KnoxOptions {
  /** Upper bounds of the distance bands, ascending, metres; the first begins beyond the same place. */
  readonly distancesMetres: readonly number[]
  /** Upper bounds of the bands of days, ascending; the first begins at 0. A last band without end is added. */
  readonly days: readonly number[]
  readonly metric?: KnoxMetric
  /** Up to this distance, inclusive, it is the same place; 0 by default. */
  readonly samePlaceMetres?: number
  /** 999 by default: the least p is 0.001. */
  readonly replications?: number
  readonly seed?: number
  readonly control?: RunControl
}

/** A band [from, to); `to` null: without end. */
export interface KnoxBand {
  readonly from: number
  readonly to: number | null
  readonly label: Message
}

export interface KnoxCell {
  readonly observed: number
  /** Mean and median of the permutations. */
  readonly mean: number
  readonly median: number
  /** Knox ratio: observed over mean, observed over median; null where that is 0. */
  readonly ratioToMean: number | null
  readonly ratioToMedian: number | null
  /** (1 + permutations with at least as many pairs) / (1 + permutations). */
  readonly p: number
}

export interface KnoxResult {
  /** The same place, the bands asked for, and all that is farther. */
  readonly distances: readonly KnoxBand[]
  readonly days: readonly KnoxBand[]
  /** `cells[distance][days]`. */
  readonly cells: readonly (readonly KnoxCell[])[]
  readonly incidents: number
  readonly pairs: number
  readonly metric: KnoxMetric
  readonly replications: number
  readonly seed: number
}

/**
 * Counts the pairs of incidents in each band of distance and days, and compares with the same places and days put together anew.
 * The order of the incidents does not show; the same seed gives the same result.
 * @throws RangeError for bounds that do not rise or a coordinate or day that is no number; RunStopped when asked to end
 */
export function knox(points: KnoxPoints, options: KnoxOptions): KnoxResult {
  const { metric = 'euclidean', samePlaceMetres = 0, replications = 999, seed = 1, control } = options
  requireRising([samePlaceMetres, ...options.distancesMetres])
  requireRising([0, ...options.days])
  const sorted = inOrder(points)
  const n = sorted.days.length
  const rows = options.distancesMetres.length + 2
  const columns = options.days.length + 1
  const close = closePairs(sorted, options.distancesMetres, samePlaceMetres, metric)
  const bandOfDays = (gap: number): number => {
    let band = 0
    while (band < options.days.length && gap >= options.days[band]!) band++
    return band
  }
  // How many pairs lie in each band of days does not change when the days are shuffled: the far row is what the others leave.
  const byDays = pairsByDays(sorted.days, options.days)
  const tally = (days: Float64Array, into: Uint32Array): void => {
    into.fill(0)
    for (let k = 0; k < close.band.length; k++) {
      const gap = Math.abs(days[close.first[k]!]! - days[close.second[k]!]!)
      into[close.band[k]! * columns + bandOfDays(gap)]!++
    }
    for (let column = 0; column < columns; column++) {
      let left = byDays[column]!
      for (let row = 0; row < rows - 1; row++) left -= into[row * columns + column]!
      into[(rows - 1) * columns + column] = left
    }
  }

  const observed = new Uint32Array(rows * columns)
  tally(sorted.days, observed)
  const simulated = Array.from(observed, () => new Float64Array(replications))
  const random = seededRandom(seed)
  const shuffled = sorted.days.slice()
  const counts = new Uint32Array(rows * columns)
  for (let run = 0; run < replications; run++) {
    shuffleInPlace(shuffled, random)
    tally(shuffled, counts)
    counts.forEach((count, cell) => {
      simulated[cell]![run] = count
    })
    tellStep(control, run + 1, replications)
  }
  const cells = Array.from(observed, (count, cell) => judge(count, simulated[cell]!))
  return {
    distances: distanceBands(options.distancesMetres, samePlaceMetres),
    days: dayBands(options.days),
    cells: Array.from({ length: rows }, (_, row) => cells.slice(row * columns, (row + 1) * columns)),
    incidents: n,
    pairs: (n * (n - 1)) / 2,
    metric,
    replications,
    seed,
  }
}

function judge(observed: number, simulated: Float64Array): KnoxCell {
  const sorted = simulated.toSorted()
  const runs = sorted.length
  const mean = sorted.reduce((sum, value) => sum + value, 0) / runs
  const median = (sorted[(runs - 1) >> 1]! + sorted[runs >> 1]!) / 2
  return {
    observed,
    mean,
    median,
    ratioToMean: mean > 0 ? observed / mean : null,
    ratioToMedian: median > 0 ? observed / median : null,
    p: rankP(sorted.filter((value) => value >= observed).length, runs),
  }
}

interface Sorted {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly days: Float64Array
}

function inOrder({ x, y, days }: KnoxPoints): Sorted {
  const n = days.length
  if (x.length !== n || y.length !== n) throw new RangeError('places and days differ in number')
  for (let i = 0; i < n; i++)
    if (!Number.isFinite(x[i]! + y[i]! + days[i]!)) throw new RangeError(`incident ${i} has no place or day`)
  const order = Array.from({ length: n }, (_, i) => i)
  order.sort((a, b) => x[a]! - x[b]! || y[a]! - y[b]! || days[a]! - days[b]!)
  const take = (values: ArrayLike<number>): Float64Array => Float64Array.from(order, (i) => values[i]!)
  return { x: take(x), y: take(y), days: take(days) }
}

function requireRising(bounds: readonly number[]): void {
  for (const [i, bound] of bounds.entries())
    if (!(Number.isFinite(bound) && bound >= 0 && (i === 0 || bound > bounds[i - 1]!)))
      throw new RangeError(`bounds of bands must rise: ${bounds.join(', ')}`)
}

interface ClosePairs {
  readonly first: Uint32Array
  readonly second: Uint32Array
  readonly band: Uint8Array
}

function closePairs(
  { x, y }: Sorted,
  bounds: readonly number[],
  samePlaceMetres: number,
  metric: KnoxMetric,
): ClosePairs {
  const first: number[] = []
  const second: number[] = []
  const band: number[] = []
  visitPairs({ x, y }, bounds.at(-1) ?? samePlaceMetres, (i, j) => {
    const [dx, dy] = [Math.abs(x[i]! - x[j]!), Math.abs(y[i]! - y[j]!)]
    const distance = metric === 'manhattan' ? dx + dy : Math.hypot(dx, dy)
    const above = bounds.findIndex((bound) => distance < bound)
    if (distance > samePlaceMetres && above < 0) return
    first.push(i)
    second.push(j)
    band.push(distance <= samePlaceMetres ? 0 : above + 1)
  })
  return { first: Uint32Array.from(first), second: Uint32Array.from(second), band: Uint8Array.from(band) }
}

/** Pairs in each band of days, near or far: with the days in order, those closer than a bound follow one another. */
function pairsByDays(days: Float64Array, bounds: readonly number[]): number[] {
  const sorted = days.toSorted()
  const n = sorted.length
  const below = bounds.map((bound) => {
    let pairs = 0
    for (let from = 0, to = 0; to < n; to++) {
      while (sorted[to]! - sorted[from]! >= bound) from++
      pairs += to - from
    }
    return pairs
  })
  return [...below, (n * (n - 1)) / 2].map((pairs, band) => pairs - (below[band - 1] ?? 0))
}

const bandsOf = (
  bounds: readonly number[],
  label: (from: number, to: number | null) => Message,
): KnoxBand[] =>
  bounds.map((from, k) => {
    const to = bounds[k + 1] ?? null
    return { from, to, label: label(from, to) }
  })

function distanceBands(bounds: readonly number[], samePlaceMetres: number): KnoxBand[] {
  const same: KnoxBand = {
    from: 0,
    to: samePlaceMetres,
    label:
      samePlaceMetres === 0
        ? { zh: '同一地点', en: 'same place' }
        : { zh: `同一地点（${samePlaceMetres} 米以内，含）`, en: `same place (up to ${samePlaceMetres} m)` },
  }
  return [
    same,
    ...bandsOf([samePlaceMetres, ...bounds], (from, to) =>
      withUnit(from, to, '米', metresInEnglish, from === samePlaceMetres),
    ),
  ]
}

const dayBands = (bounds: readonly number[]): KnoxBand[] =>
  bandsOf([0, ...bounds], (from, to) => withUnit(from, to, '天', daysInEnglish, false))

const plural = new Intl.PluralRules('en')
const metresInEnglish = (metres: number): string => `${metres} m`
const daysInEnglish = (days: number): string => `${days} ${plural.select(days) === 'one' ? 'day' : 'days'}`

/** The lower bound belongs to a band, the upper does not; but beyond the same place "more than" it. */
function withUnit(
  from: number,
  to: number | null,
  zh: string,
  en: (amount: number) => string,
  apart: boolean,
): Message {
  if (to === null)
    return apart
      ? { zh: `超过 ${from} ${zh}`, en: `more than ${en(from)}` }
      : { zh: `${from} ${zh}及以上`, en: `${en(from)} or more` }
  if (!apart && from === 0) return { zh: `不足 ${to} ${zh}`, en: `less than ${en(to)}` }
  if (!apart) return { zh: `${from} 至不足 ${to} ${zh}`, en: `${en(from)} to less than ${en(to)}` }
  return from === 0
    ? { zh: `不足 ${to} ${zh}（不含同一地点）`, en: `less than ${en(to)}, not the same place` }
    : { zh: `超过 ${from} ${zh}、不足 ${to} ${zh}`, en: `more than ${en(from)}, less than ${en(to)}` }
}
