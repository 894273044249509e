/**
 * Getis–Ord Gi and Gi*: is the neighbourhood of a place richer or poorer than chance would make it?
 *
 * Ord J K, Getis A (1995) Local spatial autocorrelation statistics: distributional issues and an application.
 * Geographical Analysis 27: 286–306, in the form of R spdep's `localG`. With Wᵢ = Σⱼ wᵢⱼ and S₁ᵢ = Σⱼ wᵢⱼ²:
 *
 *     zᵢ = (Σⱼ wᵢⱼ xⱼ − Wᵢ x̄) / √(s² (m S₁ᵢ − Wᵢ²) / (m − 1))
 *
 * For Gi* the sums run over all places, i included, and x̄, s² and m are mean, variance (divisor m) and number of all
 * places; for Gi the place i is left out everywhere, so m = n − 1. Multiplying a row by a number changes nothing:
 * binary and row-standardised weights give the same z.
 */
import type { SpatialWeights } from './weights.ts'

/**
 * z of every place: Gi* when the weights include each place itself, Gi when they do not.
 *
 * `null` where the statistic is undefined: the place has no neighbour but itself (spdep answers such a Gi* with the
 * place's own standard score, which says nothing about a neighbourhood); all values are equal (for Gi: all others);
 * the neighbourhood is the whole set, equally weighted.
 * @throws RangeError when values and weights differ in number, or a value is not finite.
 */
export function getisOrd(values: ArrayLike<number>, weights: SpatialWeights): (number | null)[] {
  const n = weights.size
  if (values.length !== n) throw new RangeError(`${values.length} values for ${n} places`)
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(values[i])) throw new RangeError(`the value of place ${i} is not a finite number`)
  }
  const all = momentsWithout(values, -1)
  const squares = n * all.variance
  const m = weights.includesSelf ? n : n - 1
  const row = { entries: 0, neighbours: 0, uniform: true, sum: 0, squares: 0, product: 0 }
  const z: (number | null)[] = []
  for (let i = 0; i < n; i++) {
    let { mean, variance } = all
    if (!weights.includesSelf) {
      const own = values[i]! - all.mean
      // Taking the place out by subtraction is exact enough unless it holds most of the variation (at most one place
      // can, so the second pass runs once at most); then the others may be all equal, which must come out as 0.
      if (own * own > squares / 2) ({ mean, variance } = momentsWithout(values, i))
      else {
        mean -= own / m
        variance = (squares - own * own) / m - (own / m) ** 2
      }
    }
    sumRow(values, mean, weights, i, row)
    const undefinedHere = variance === 0 || row.neighbours === 0 || (row.entries === m && row.uniform)
    z.push(
      undefinedHere ? null : row.product / Math.sqrt((variance * (m * row.squares - row.sum ** 2)) / (m - 1)),
    )
  }
  return z
}

/** Mean and variance (divisor: their number) of the values other than the one at `left` (−1: of all); exactly 0 if equal. */
function momentsWithout(values: ArrayLike<number>, left: number): { mean: number; variance: number } {
  const m = left < 0 ? values.length : values.length - 1
  const origin = values[left === 0 ? 1 : 0] ?? 0
  let sum = 0
  for (let j = 0; j < values.length; j++) if (j !== left) sum += values[j]! - origin
  const mean = origin + sum / m
  let squares = 0
  for (let j = 0; j < values.length; j++) if (j !== left) squares += (values[j]! - mean) ** 2
  return { mean, variance: squares / m }
}

interface RowSums {
  /** Entries that weigh something; the place itself counts where included. */
  entries: number
  /** Those of them that are other places. */
  neighbours: number
  /** Whether those entries all weigh the same. */
  uniform: boolean
  sum: number
  squares: number
  /** Σ w (x − mean), the numerator: centred first, so that a large constant in the values costs no digits. */
  product: number
}

/** Sums row i into `row`: one object for all rows, because this loop is most of the work. */
function sumRow(values: ArrayLike<number>, mean: number, w: SpatialWeights, i: number, row: RowSums): void {
  const { places, weights } = w
  const end = w.starts[i + 1]!
  let entries = 0
  let neighbours = 0
  let first = 0
  let uniform = true
  let sum = 0
  let squares = 0
  let product = 0
  for (let e = w.starts[i]!; e < end; e++) {
    const weight = weights[e]!
    if (weight === 0) continue
    const place = places[e]!
    if (entries++ === 0) first = weight
    if (place !== i) neighbours++
    uniform &&= weight === first
    sum += weight
    squares += weight * weight
    product += weight * (values[place]! - mean)
  }
  row.entries = entries
  row.neighbours = neighbours
  row.uniform = uniform
  row.sum = sum
  row.squares = squares
  row.product = product
}
