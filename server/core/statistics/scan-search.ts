/**
 * The most unlikely of all cylinders, found without looking at most of them: with 1,000 areas and 24 months there are 10⁸, and
 * a Monte Carlo test asks 999 times.
 *
 * A cylinder beats the best so far, of ratio L, only if its count exceeds c*(E; L), which is rising and concave in E. Over
 * an interval of E the chord a + bE lies below it, so where no window has c − bE > a, none can beat it; and the largest c − bE
 * over all windows is a maximum subarray sum, one pass over the months (Kadane). Circles that differ by a few areas are
 * judged together: counts of the largest, expectations of the smallest. Only where the bound does not decide is each window of
 * each circle looked at, so the result is that of looking at all.
 */
import { packedRows } from './packed-counts.ts'
import { chordsFor, scanBlocks } from './scan-bounds.ts'
import type { ScanLikelihood } from './scan-likelihood.ts'
import type { ScanZones } from './scan-zones.ts'

export interface Cylinder {
  /** The circle: index of its centre and how many areas it takes in. */
  readonly centre: number
  readonly areas: number
  /** The periods [from, to). */
  readonly from: number
  readonly to: number
  readonly observed: number
  readonly expected: number
  readonly ratio: number
}

export interface ScanSpace {
  readonly periods: number
  /** Area by area, period by period. */
  readonly expected: Float64Array
  readonly zones: ScanZones
  readonly likelihood: ScanLikelihood
  readonly longestPeriods: number
  readonly fewestCases: number
  /** Only windows that end with the last period. */
  readonly prospective: boolean
}

/** Finds the best cylinder of any counts (area by area, period by period) that shares no area with those `blocked`; null: none. */
export type ScanSearch = (counts: Float64Array, blocked?: Uint8Array) => Cylinder | null

/** Prepares what does not depend on the counts, of which there are at most `total`. */
export function scanSearch(space: ScanSpace, total: number): ScanSearch {
  const { periods, expected, zones, likelihood, longestPeriods } = space
  const blocks = scanBlocks(zones, expected, periods, longestPeriods)
  const chordsAt = chordsFor(blocks, likelihood)
  const bound = boundOf(space)
  const { width, pack, unpack } = packedRows(periods, total)
  const rows = new Float64Array((expected.length / periods) * width)
  const sums = new Float64Array(width)
  const before = new Float64Array(width)
  const observed = new Float64Array(periods)
  const usual = new Float64Array(periods)

  const addRow = (into: Float64Array, area: number): void => {
    for (let k = 0, at = area * width; k < width; k++, at++) into[k]! += rows[at]!
  }
  return (counts, blocked) => {
    let best: Cylinder | null = null
    let chords = chordsAt(0)
    pack(counts, rows)
    const lookAtAll = (centre: number, from: number, to: number, block: number): void => {
      // The block's expectations have its first circle in them.
      usual.set(blocks.expected.subarray(block * periods, (block + 1) * periods))
      for (let member = from; member < to; member++) {
        const area = zones.members[member]!
        addRow(before, area)
        unpack(before, observed)
        if (member > from) for (let t = 0; t < periods; t++) usual[t]! += expected[area * periods + t]!
        const found = bestWindow(space, observed, usual, best?.ratio ?? 0)
        if (found === null) continue
        best = { centre, areas: member - zones.starts[centre]! + 1, ...found }
        chords = chordsAt(best.ratio)
      }
    }
    for (let centre = 0; centre + 1 < zones.starts.length; centre++) {
      sums.fill(0)
      let from = zones.starts[centre]!
      for (let block = blocks.starts[centre]!; block < blocks.starts[centre + 1]!; block++) {
        const end = blocks.ends[block]!
        let to = from
        for (let k = 0; k < width; k++) before[k] = sums[k]!
        for (; to < end; to++) {
          const area = zones.members[to]!
          if (blocked?.[area]) break
          addRow(sums, area)
        }
        unpack(sums, observed)
        if (
          bound(observed, blocks.expected, block * periods, chords.slope[block]!) > chords.intercept[block]!
        )
          lookAtAll(centre, from, to, block)
        if (to < end) break
        from = end
      }
    }
    return best
  }
}

/** The largest c − bE over the windows; those longer than allowed may be among them, which only makes the bound weaker. */
function boundOf({
  periods,
  prospective,
  longestPeriods,
}: ScanSpace): (counts: Float64Array, expected: Float64Array, at: number, slope: number) => number {
  if (prospective)
    return (counts, expected, at, slope) => {
      let sum = 0
      let most = Number.NEGATIVE_INFINITY
      for (let t = periods - 1; t >= periods - longestPeriods; t--) {
        sum += counts[t]! - slope * expected[at + t]!
        if (sum > most) most = sum
      }
      return most
    }
  return (counts, expected, at, slope) => {
    let ending = 0
    let most = Number.NEGATIVE_INFINITY
    for (let t = 0; t < periods; t++) {
      const gain = counts[t]! - slope * expected[at + t]!
      ending = ending > 0 ? ending + gain : gain
      if (ending > most) most = ending
    }
    return most
  }
}

/** The best window of one circle if it beats `least`. */
function bestWindow(
  { periods, prospective, longestPeriods, fewestCases, likelihood }: ScanSpace,
  counts: Float64Array,
  expected: Float64Array,
  least: number,
): Omit<Cylinder, 'centre' | 'areas'> | null {
  let found: Omit<Cylinder, 'centre' | 'areas'> | null = null
  let best = least
  for (let to = prospective ? periods : 1; to <= periods; to++) {
    let c = 0
    let e = 0
    for (let from = to - 1; from >= Math.max(0, to - longestPeriods); from--) {
      c += counts[from]!
      e += expected[from]!
      if (c < fewestCases || c <= e) continue
      const ratio = likelihood.ratio(c, e)
      if (ratio > best) {
        best = ratio
        found = { from, to, observed: c, expected: e, ratio }
      }
    }
  }
  return found
}
