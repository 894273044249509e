import { type Deviations, deviationsOf } from './local-moran.ts'
import { drawIndices, lowerBound, sumSamples, sumWeightedSamples, twoSidedRankP } from './permuted-sums.ts'
import { type RunControl, tellStep } from './run-control.ts'
import type { SpatialWeights } from './weights.ts'

export interface PermutationOptions extends RunControl {
  /**
   * R, at least 1; 999 if not given. The smallest p that can be found is 2/(R + 1): for a single place among m to be called
   * significant at q < 0.05 after correction, R must be above 40 m.
   */
  readonly permutations?: number
  /** The same seed, values and weights give the same p. */
  readonly seed?: number
}

/** From so many places of one value and one number of neighbours on, sorting their common sums pays. */
const worthSorting = 8

/**
 * Local Moran's p by conditional permutation: the place keeps its value, its neighbours' values are drawn from those of all
 * other places, each at most once (without replacement), R times. Two-sided: with r₊ draws of at least the observed I and
 * r₋ of at most, p = min(1, 2 (min(r₊, r₋) + 1)/(R + 1)); so p is never 0, and ties count on both sides. spdep and esda print
 * the folded one-sided (min + 1)/(R + 1), half of it.
 *
 * All places share the R draws, as ranks among the sorted values. That makes p a function of the place's value, its
 * neighbours' and the set of all values alone: the order of the places does not show, and places of the same value with as
 * many neighbours share their sums, so that counts, mostly 0 and 1, cost little however many the permutations. Each p by
 * itself is as good as with draws of its own; the Monte Carlo errors of two places are not independent. `null` where the
 * statistic is undefined, as `localMoran` says.
 * @throws RunStopped when told to stop
 * @throws RangeError as `localMoran`, or for a number of permutations that is none
 */
export function localMoranPermutation(
  values: ArrayLike<number>,
  weights: SpatialWeights,
  { permutations = 999, seed = 0, ...control }: PermutationOptions = {},
): (number | null)[] {
  if (!(Number.isInteger(permutations) && permutations >= 1))
    throw new RangeError(`no number of permutations: ${permutations}`)
  const deviations = deviationsOf(values, weights)
  const { n, z, lags, flat } = deviations
  const rows = readRows(weights)
  const sorted = Float64Array.from(z).sort()
  const rankOf = rankDefined(deviations, sorted, rows)
  const tested = Uint32Array.from(z.keys()).filter((i) => rankOf[i]! >= 0)
  // Those that share their sums one after the other; rows of unequal weights share with none.
  tested.sort((a, b) => rankOf[a]! - rankOf[b]! || rows.shared[a]! - rows.shared[b]! || a - b)

  const p: (number | null)[] = Array.from({ length: n }, () => null)
  const draws = drawIndices(Math.max(0, n - 1), rows.longest, permutations, seed)
  const sums = new Float64Array(permutations)
  for (let from = 0, to = 0; from < tested.length; from = to) {
    const first = tested[from]!
    const rank = rankOf[first]!
    const count = rows.shared[first]!
    const shares = (i: number | undefined): boolean =>
      i !== undefined && count > 0 && rankOf[i] === rank && rows.shared[i] === count
    to = from + 1
    while (shares(tested[to])) to++
    const row = count > 0 ? null : descendingRow(weights, first)
    const sort = to - from >= worthSorting
    // Indices run over n − 1 values: the largest stands in for the own one.
    sorted[rank] = sorted[n - 1]!
    if (row === null) sumSamples(sorted, draws, count, sums)
    else sumWeightedSamples(sorted, draws, row, sums)
    sorted[rank] = z[first]!
    if (sort) sums.sort()
    for (let k = from; k < to; k++) {
      const i = tested[k]!
      const observed = row === null ? lags[i]! / rows.weight[i]! : lags[i]!
      const size = row === null ? count : row.reduce((sum, weight) => sum + Math.abs(weight), 0)
      p[i] = twoSidedRankP(sums, observed, flat * size, sort)
    }
    tellStep(control, to, tested.length)
  }
  return p
}

interface Rows {
  /** Entries of each row that weigh something, and of the longest. */
  readonly entries: Uint32Array
  readonly longest: number
  /** The entries where they all weigh `weight`, 0 where they do not. */
  readonly shared: Uint32Array
  readonly weight: Float64Array
}

function readRows({ size, starts, weights }: SpatialWeights): Rows {
  const entries = new Uint32Array(size)
  const shared = new Uint32Array(size)
  const weight = new Float64Array(size)
  let longest = 0
  for (let i = 0; i < size; i++) {
    let uniform = true
    for (let e = starts[i]!; e < starts[i + 1]!; e++) {
      if (weights[e] === 0) continue
      if (entries[i]!++ === 0) weight[i] = weights[e]!
      else uniform &&= weights[e] === weight[i]
    }
    shared[i] = uniform ? entries[i]! : 0
    longest = Math.max(longest, entries[i]!)
  }
  return { entries, longest, shared, weight }
}

/** Where each place's value first stands among the sorted ones; −1 where its p is undefined. */
function rankDefined({ n, z, flat }: Deviations, sorted: Float64Array, rows: Rows): Int32Array {
  return Int32Array.from(z, (own, i) => {
    const isWhole = rows.shared[i] === n - 1
    if (rows.entries[i] === 0 || isWhole || Math.abs(own) <= flat) return -1
    const rank = lowerBound(sorted, own)
    const [least, largest] = [sorted[rank === 0 ? 1 : 0], sorted[rank === n - 1 ? n - 2 : n - 1]]
    return least === largest ? -1 : rank
  })
}

/** A row's weights, heaviest first, so that which draw meets which weight does not depend on the places' order. */
const descendingRow = ({ starts, weights }: SpatialWeights, i: number): Float64Array =>
  weights
    .slice(starts[i], starts[i + 1])
    .filter((weight) => weight !== 0)
    .sort()
    .reverse()
