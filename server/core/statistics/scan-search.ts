/**
 * The most unlikely of all cylinders, found without looking at most of them: with 1,000 areas and 24 months there are 10⁸, and
 * a Monte Carlo test asks 999 times.
 *
 * A cylinder beats the best so far, of ratio L, only if its count exceeds c*(E; L), which is rising and concave in E. Over
 * an interval of E the chord a + bE lies below it, so where no window has c − bE > a, none can beat it; and the largest c − bE
 * over all windows is a maximum subarray sum, one pass over the months (Kadane). Circles that differ by a few areas are
 * judged together: counts of the largest, expectations of the smallest; first four blocks of them, then the halves of what that
 * does not decide. Only where no bound decides is each window of each circle looked at, so the result is that of looking at all.
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

/** So many blocks are judged together first: counts of their largest circle, expectations of their smallest. */
const blocksTogether = 4

/** Prepares what does not depend on the counts, of which there are at most `total`. */
export function scanSearch(space: ScanSpace, total: number): ScanSearch {
  const { periods, longestPeriods, prospective } = space
  if (!prospective || longestPeriods === periods) return searchOf(space, total)
  // No window begins earlier: of half a year of weeks four are looked at.
  const first = periods - longestPeriods
  const late = (values: Float64Array): Float64Array => {
    const kept = new Float64Array((values.length / periods) * longestPeriods)
    for (let at = 0, from = first; at < kept.length; at += longestPeriods, from += periods)
      for (let k = 0; k < longestPeriods; k++) kept[at + k] = values[from + k]!
    return kept
  }
  const search = searchOf({ ...space, periods: longestPeriods, expected: late(space.expected) }, total)
  return (counts, blocked) => {
    const found = search(late(counts), blocked)
    return found && { ...found, from: found.from + first, to: found.to + first }
  }
}

function searchOf(space: ScanSpace, total: number): ScanSearch {
  const { periods, expected, zones, likelihood, longestPeriods } = space
  const blocks = scanBlocks(zones, expected, periods, longestPeriods)
  const { ends, scale, step } = blocks
  const chordsAt = chordsFor(blocks, likelihood, longestPeriods)
  const bound = boundOf(space, blocks.shape)
  const { width, pack, unpack } = packedRows(periods, total)
  const rows = new Float64Array((expected.length / periods) * width)
  const sums = new Float64Array(width)
  /** The sums before the blocks that are being judged, for each halving of them. */
  const before = Array.from(
    { length: Math.log2(blocksTogether) + 1 },
    (): Float64Array => new Float64Array(width),
  )
  const observed = new Float64Array(periods)
  /** What is expected in the circle around the centre at hand that ends before member `usualEnd`. */
  const usual = new Float64Array(periods)
  let usualEnd = 0
  let best: Cylinder | null = null
  let chords = chordsAt(0)
  let blocked: Uint8Array | undefined

  const addRow = (into: Float64Array, area: number): void => {
    for (let k = 0, at = area * width; k < width; k++, at++) into[k]! += rows[at]!
  }
  /** The same for members, two at a time: a sum is read and written once for both. */
  const addRows = (from: number, to: number): void => {
    const { members } = zones
    let member = from
    for (; member + 1 < to; member += 2) {
      const one = members[member]! * width
      const other = members[member + 1]! * width
      for (let k = 0; k < width; k++) sums[k]! += rows[one + k]! + rows[other + k]!
    }
    if (member < to) addRow(sums, members[member]!)
  }
  const endBefore = (out: Uint8Array, from: number, last: number): number => {
    let to = from
    while (to < last && out[zones.members[to]!] === 0) to++
    return to
  }
  const lookAtAll = (centre: number, from: number, to: number, sumsBefore: Float64Array): void => {
    for (let member = from; member < to; member++) {
      addRow(sumsBefore, zones.members[member]!)
      unpack(sumsBefore, observed)
      for (; usualEnd <= member; usualEnd++)
        for (let t = 0, at = zones.members[usualEnd]! * periods; t < periods; t++, at++)
          usual[t]! += expected[at]!
      const found = bestWindow(space, observed, usual, best?.ratio ?? 0)
      if (found === null) continue
      best = { centre, areas: member - zones.starts[centre]! + 1, ...found }
      chords = chordsAt(best.ratio)
    }
  }
  /** Judges the blocks whose first member is `from`; false when a blocked area ended them. */
  const judge = (centre: number, first: number, end: number, from: number, halvings: number): boolean => {
    const sumsBefore = before[halvings]!
    for (let k = 0; k < width; k++) sumsBefore[k] = sums[k]!
    const last = ends[end - 1]!
    const to = blocked === undefined ? last : endBefore(blocked, from, last)
    addRows(from, to)
    unpack(sums, observed)
    const line = step[first]!
    if (bound(observed, chords.slope[line]! * scale[first]!) > chords.intercept[line]!) {
      if (end - first > 1) {
        for (let k = 0; k < width; k++) sums[k] = sumsBefore[k]!
        const middle = (first + end) >> 1
        return (
          judge(centre, first, middle, from, halvings + 1) &&
          judge(centre, middle, end, ends[middle - 1]!, halvings + 1)
        )
      }
      lookAtAll(centre, from, to, sumsBefore)
    }
    return to === last
  }
  return (counts, leftOut) => {
    best = null
    chords = chordsAt(0)
    blocked = leftOut
    pack(counts, rows)
    for (let centre = 0; centre + 1 < zones.starts.length; centre++) {
      sums.fill(0)
      usual.fill(0)
      usualEnd = zones.starts[centre]!
      let from = usualEnd
      const last = blocks.starts[centre + 1]!
      for (let block = blocks.starts[centre]!; block < last; block += blocksTogether) {
        const end = Math.min(last, block + blocksTogether)
        if (!judge(centre, block, end, from, 0)) break
        from = ends[end - 1]!
      }
    }
    return best
  }
}

/**
 * The largest c − s · shape over the windows; those longer than allowed may be among them, which only makes the bound weaker.
 * @param shape share of each period, of which `slope` times a block's scale is taken
 */
function boundOf(
  { periods, prospective, longestPeriods }: ScanSpace,
  shape: Float64Array,
): (counts: Float64Array, slope: number) => number {
  if (prospective)
    return (counts, slope) => {
      let sum = 0
      let most = Number.NEGATIVE_INFINITY
      for (let t = periods - 1; t >= periods - longestPeriods; t--) {
        sum += counts[t]! - slope * shape[t]!
        if (sum > most) most = sum
      }
      return most
    }
  return (counts, slope) => {
    let ending = 0
    let most = Number.NEGATIVE_INFINITY
    for (let t = 0; t < periods; t++) {
      const gain = counts[t]! - slope * shape[t]!
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
      if (c < fewestCases || c <= e || likelihood.atMost(c, e) <= best) continue
      const ratio = likelihood.ratio(c, e)
      if (ratio > best) {
        best = ratio
        found = { from, to, observed: c, expected: e, ratio }
      }
    }
  }
  return found
}
