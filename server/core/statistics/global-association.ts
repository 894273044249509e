/**
 * Global Moran's I, Geary's c and Getis–Ord's General G: is like beside like over the whole area, or is it chance?
 *
 * Cliff A D, Ord J K (1981) Spatial processes, pp. 21, 46; Getis A, Ord J K (1992) The analysis of spatial association by
 * use of distance statistics. Geographical Analysis 24: 189–206. The moments are those of R spdep's `moran.test`,
 * `geary.test` and `globalG.test`, with n the places that have a neighbour: an island takes no part, not even in the mean
 * (spdep leaves it out of n but keeps it in the mean). p is two-sided.
 */
import { twoSidedP } from './normal.ts'
import type { SpatialWeights } from './weights.ts'

/** A variance of the statistic when place means nothing, and what the statistic is against it. */
export interface AssociationTest {
  readonly variance: number
  /** Above 0 where like is beside like (for G: high beside high). */
  readonly z: number
  readonly p: number
}

export interface GlobalAssociation {
  /** Places that took part. */
  readonly n: number
  readonly statistic: number
  readonly expectation: number
  /** Values as drawn from one normal distribution; `null` where the variance is 0, and for G. */
  readonly normality: AssociationTest | null
  /** The same values laid out in any order; `null` where the variance is 0. */
  readonly randomisation: AssociationTest | null
}

/**
 * Moran's I = (n/S₀) Σ wᵢⱼ zᵢ zⱼ / Σ zᵢ². `null` when fewer than four places have a neighbour or their values are all equal.
 * @throws RangeError when values and weights differ in number, a value is not finite, or weights include the place itself
 */
export function globalMoran(values: ArrayLike<number>, weights: SpatialWeights): GlobalAssociation | null {
  const set = gather(values, weights)
  if (set === null) return null
  const { n, s0, s1, s2, squares, kurtosis } = set
  let products = 0
  forEachLink(set, (zi, zj, w) => {
    products += w * zi * zj
  })
  const expectation = -1 / (n - 1)
  const square = n * n
  const normal = (square * s1 - n * s2 + 3 * s0 * s0) / (s0 * s0 * (square - 1)) - expectation ** 2
  const random =
    (n * ((square - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0) -
      kurtosis * ((square - n) * s1 - 2 * n * s2 + 6 * s0 * s0)) /
      ((n - 1) * (n - 2) * (n - 3) * s0 * s0) -
    expectation ** 2
  const statistic = (n / s0) * (products / squares)
  const test = (variance: number): AssociationTest | null =>
    testOf(statistic - expectation, variance, expectation ** 2)
  return { n, statistic, expectation, normality: test(normal), randomisation: test(random) }
}

/**
 * Geary's c = (n−1) Σ wᵢⱼ (xᵢ − xⱼ)² / (2 S₀ Σ zᵢ²), 1 by chance and less where like is beside like; z is (1 − c)/σ, so
 * that its sign means the same as Moran's. `null` and errors as {@link globalMoran}.
 */
export function globalGeary(values: ArrayLike<number>, weights: SpatialWeights): GlobalAssociation | null {
  const set = gather(values, weights)
  if (set === null) return null
  const { n, s0, s1, s2, squares, kurtosis: k } = set
  let differences = 0
  forEachLink(set, (zi, zj, w) => {
    differences += w * (zi - zj) ** 2
  })
  const statistic = ((n - 1) * differences) / (2 * s0 * squares)
  const normal = ((2 * s1 + s2) * (n - 1) - 4 * s0 * s0) / (2 * (n + 1) * s0 * s0)
  const random =
    ((n - 1) * s1 * (n * n - 3 * n + 3 - k * (n - 1)) -
      ((n - 1) * s2 * (n * n + 3 * n - 6 - k * (n * n - n + 2))) / 4 +
      s0 * s0 * (n * n - 3 - k * (n - 1) ** 2)) /
    (n * (n - 2) * (n - 3) * s0 * s0)
  // For c the size to hold a rounding error against is 1/n.
  const test = (variance: number): AssociationTest | null => testOf(1 - statistic, variance, 1 / n)
  return { n, statistic, expectation: 1, normality: test(normal), randomisation: test(random) }
}

/**
 * General G = Σ wᵢⱼ xᵢ xⱼ / Σ xᵢ xⱼ, i ≠ j, with binary weights as a rule: high where high values lie together, low where low ones
 * do. `null` also when fewer than two values are above 0.
 * @throws RangeError also for a value below 0
 */
export function generalG(values: ArrayLike<number>, weights: SpatialWeights): GlobalAssociation | null {
  for (let i = 0; i < values.length; i++)
    if (values[i]! < 0) throw new RangeError(`the value of place ${i} is below 0`)
  const set = gather(values, weights)
  if (set === null) return null
  const { n, s0, s1, s2, mean } = set
  let numerator = 0
  forEachLink(set, (zi, zj, w) => {
    numerator += w * (zi + mean) * (zj + mean)
  })
  const [m1, m2, m3, m4] = [1, 2, 3, 4].map((power) =>
    set.deviations.reduce((sum, z) => sum + (z + mean) ** power, 0),
  ) as [number, number, number, number]
  const pairs = m1 * m1 - m2
  if (!(pairs > 1e-12 * m2)) return null
  const square = n * n
  const w2 = s0 * s0
  const b0 = (square - 3 * n + 3) * s1 - n * s2 + 3 * w2
  const b1 = -((square - n) * s1 - 2 * n * s2 + 6 * w2)
  const b2 = -(2 * n * s1 - (n + 3) * s2 + 6 * w2)
  const b3 = 4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * w2
  const b4 = s1 - s2 + w2
  const expectation = s0 / (n * (n - 1))
  const variance =
    (b0 * m2 * m2 + b1 * m4 + b2 * m1 * m1 * m2 + b3 * m1 * m3 + b4 * m1 ** 4) /
      (pairs * pairs * n * (n - 1) * (n - 2) * (n - 3)) -
    expectation ** 2
  const statistic = numerator / pairs
  return {
    n,
    statistic,
    expectation,
    normality: null,
    randomisation: testOf(statistic - expectation, variance, expectation ** 2),
  }
}

/** A variance that is nothing but rounding, against what it is the difference of, is 0: then nothing can be tested. */
function testOf(above: number, variance: number, size: number): AssociationTest | null {
  if (!(variance > 1e-10 * size)) return null
  const z = above / Math.sqrt(variance)
  return { variance, z, p: twoSidedP(z) }
}

interface PlacesTaken {
  readonly weights: SpatialWeights
  readonly n: number
  readonly mean: number
  /** Deviation from the mean of each place; of an island 0. */
  readonly deviations: Float64Array
  readonly squares: number
  /** n Σz⁴ / (Σz²)². */
  readonly kurtosis: number
  /** Σ w; ½ Σ (wᵢⱼ + wⱼᵢ)²; Σ (wᵢ. + w.ᵢ)². */
  readonly s0: number
  readonly s1: number
  readonly s2: number
}

function gather(values: ArrayLike<number>, weights: SpatialWeights): PlacesTaken | null {
  const { size } = weights
  if (weights.includesSelf) throw new RangeError('the weights include each place itself')
  if (values.length !== size) throw new RangeError(`${values.length} values for ${size} places`)
  for (let i = 0; i < size; i++)
    if (!Number.isFinite(values[i])) throw new RangeError(`the value of place ${i} is not a finite number`)
  const { s0, s1, sums, linked } = weightSums(weights)
  let n = 0
  let total = 0
  let first: number | null = null
  let equal = true
  for (let i = 0; i < size; i++) {
    if (!linked[i]) continue
    first ??= values[i]!
    equal &&= values[i] === first
    total += values[i]! - first
    n++
  }
  if (n < 4 || equal || first === null) return null
  const mean = first + total / n
  const deviations = new Float64Array(size)
  let squares = 0
  let fourth = 0
  let s2 = 0
  for (let i = 0; i < size; i++) {
    if (!linked[i]) continue
    const z = values[i]! - mean
    deviations[i] = z
    squares += z * z
    fourth += z ** 4
    s2 += sums[i]! ** 2
  }
  // An island stays at −mean, so that it adds 0 to every power of x in the sums of G.
  for (let i = 0; i < size; i++) if (!linked[i]) deviations[i] = -mean
  return { weights, n, mean, deviations, squares, kurtosis: (n * fourth) / squares ** 2, s0, s1, s2 }
}

function weightSums(w: SpatialWeights): { s0: number; s1: number; sums: Float64Array; linked: Uint8Array } {
  const sums = new Float64Array(w.size)
  const linked = new Uint8Array(w.size)
  let s0 = 0
  let s1 = 0
  for (let i = 0; i < w.size; i++) {
    for (let e = w.starts[i]!; e < w.starts[i + 1]!; e++) {
      const [j, weight] = [w.places[e]!, w.weights[e]!]
      if (weight === 0) continue
      linked[i] = 1
      linked[j] = 1
      s0 += weight
      s1 += weight * (weight + weightBetween(w, j, i))
      sums[i]! += weight
      sums[j]! += weight
    }
  }
  return { s0, s1, sums, linked }
}

/** The entry of row i for place j, 0 without one: rows are ascending. */
function weightBetween(w: SpatialWeights, i: number, j: number): number {
  let low = w.starts[i]!
  let high = w.starts[i + 1]!
  while (low < high) {
    const middle = (low + high) >> 1
    if (w.places[middle]! < j) low = middle + 1
    else high = middle
  }
  return low < w.starts[i + 1]! && w.places[low] === j ? w.weights[low]! : 0
}

function forEachLink(set: PlacesTaken, link: (zi: number, zj: number, weight: number) => void): void {
  const { weights: w, deviations } = set
  for (let i = 0; i < w.size; i++)
    for (let e = w.starts[i]!; e < w.starts[i + 1]!; e++)
      link(deviations[i]!, deviations[w.places[e]!]!, w.weights[e]!)
}
