/** What no cylinder of a block of circles can exceed: see scan-search. Made once, used for every simulation. */
import type { ScanLikelihood } from './scan-likelihood.ts'
import type { ScanZones } from './scan-zones.ts'

/** Circles around one centre that are judged together; those of centre i are the blocks `starts[i]` … `starts[i + 1] − 1`. */
export interface ScanBlocks {
  readonly starts: Uint32Array
  /** Where in the zones' members the block ends; it begins where the one before ends. */
  readonly ends: Uint32Array
  /** Expected cases of the block's smallest circle, period by period. */
  readonly expected: Float64Array
  /** The least and the largest expectation of a window of that circle. */
  readonly least: Float64Array
  readonly largest: Float64Array
}

/** Lines intercept + slope · E below c*(E; level), one a block. */
export interface Chords {
  readonly intercept: Float64Array
  readonly slope: Float64Array
}

/**
 * A block ends before its largest circle would expect half a standard deviation more in its longest window than its smallest:
 * then the bound is nearly as sharp as for a single circle.
 */
export function scanBlocks(
  zones: ScanZones,
  expected: Float64Array,
  periods: number,
  longestPeriods: number,
): ScanBlocks {
  const centres = zones.starts.length - 1
  const starts = new Uint32Array(centres + 1)
  const ends: number[] = []
  const vectors: number[] = []
  const least: number[] = []
  const largest: number[] = []
  const perArea = new Float64Array(expected.length / periods)
  expected.forEach((value, at) => {
    perArea[Math.floor(at / periods)]! += (value * longestPeriods) / periods
  })
  const sums = new Float64Array(periods)
  for (let centre = 0; centre < centres; centre++) {
    sums.fill(0)
    let end = zones.starts[centre]!
    const last = zones.starts[centre + 1]!
    for (let member = end; member < last; member++) {
      const area = zones.members[member]!
      for (let t = 0; t < periods; t++) sums[t]! += expected[area * periods + t]!
      if (member < end) continue
      const window = largestWindow(sums, longestPeriods)
      let more = 0
      for (end = member + 1; end < last; end++) {
        more += perArea[zones.members[end]!]!
        if (more > Math.sqrt(window) / 2) break
      }
      ends.push(end)
      for (const value of sums) vectors.push(value)
      least.push(Math.min(...sums))
      largest.push(window)
    }
    starts[centre + 1] = ends.length
  }
  return {
    starts,
    ends: Uint32Array.from(ends),
    expected: Float64Array.from(vectors),
    least: Float64Array.from(least),
    largest: Float64Array.from(largest),
  }
}

function largestWindow(sums: Float64Array, length: number): number {
  let most = 0
  for (let from = 0; from + length <= sums.length; from++) {
    let sum = 0
    for (let t = from; t < from + length; t++) sum += sums[t]!
    most = Math.max(most, sum)
  }
  return most
}

/** Chords are made for ratios in these steps, up to this many, when first needed. */
const levelStep = 0.5
const mostLevels = 60
/** c* is computed at so many expectations to a doubling; between them a straight line lies below it, too. */
const nodesPerDoubling = 16

/** The chords for a ratio: for the level at or below it, since what does not beat the lower does not beat the higher. */
export function chordsFor(blocks: ScanBlocks, { limit }: ScanLikelihood): (ratio: number) => Chords {
  const made: Chords[] = []
  const [least, largest] = positiveRange(blocks)
  const nodes = Float64Array.from(
    { length: Math.ceil(Math.log2(largest / least) * nodesPerDoubling) + 2 },
    (_, k) => least * 2 ** ((k - 0.5) / nodesPerDoubling),
  )
  return (ratio) => {
    const step = Math.min(mostLevels, Math.floor(ratio / levelStep))
    const known = made[step]
    if (known !== undefined) return known
    const limits = nodes.map((e) => limit(e, step * levelStep))
    const limitAt = (e: number): number => {
      if (e <= 0) return 0
      const k = Math.floor(Math.log2(e / least) * nodesPerDoubling + 0.5)
      const share = (e - nodes[k]!) / (nodes[k + 1]! - nodes[k]!)
      return limits[k]! + (limits[k + 1]! - limits[k]!) * share
    }
    const slope = new Float64Array(blocks.ends.length)
    const intercept = blocks.least.map((from, block) => {
      const to = blocks.largest[block]!
      const low = limitAt(from)
      slope[block] = to > from ? (limitAt(to) - low) / (to - from) : 0
      // Sums are rounded: a hair's breadth lower, so that what equals the bound is looked at.
      return low - slope[block] * from - 1e-7 * (1 + to)
    })
    made[step] = { intercept, slope }
    return made[step]
  }
}

/** The least and the largest expectation above 0; a month in which nothing is expected anywhere has none. */
function positiveRange({ least, largest }: ScanBlocks): [least: number, largest: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, 0]
  for (const values of [least, largest])
    for (const value of values)
      if (value > 0) {
        low = Math.min(low, value)
        high = Math.max(high, value)
      }
  return high > 0 ? [low, high] : [1, 1]
}
