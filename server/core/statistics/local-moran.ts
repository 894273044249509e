/**
 * Local Moran's I: which places are like their neighbours, which are outliers among them.
 *
 * Anselin L (1995) Local indicators of spatial association – LISA. Geographical Analysis 27: 93–115. With zᵢ = xᵢ − x̄ and
 * m₂ = Σ z²/n, Iᵢ = (zᵢ/m₂) Σⱼ wᵢⱼ zⱼ. Its moments are conditional: the place keeps its value, the others change places
 * (Sokal R R, Oden N L, Thomson B A (1998) Geographical Analysis 30: 331–354; R spdep's `localmoran`):
 *
 *     E Iᵢ = −zᵢ² Wᵢ / ((n−1) m₂)     Var Iᵢ = (zᵢ/m₂)² n/(n−2) (S₁ᵢ − Wᵢ²/(n−1)) (m₂ − zᵢ²/(n−1))
 *
 * Under them (Iᵢ − E)/√Var is the z of Gi, with its sign turned where zᵢ < 0: both ask whether the neighbours' sum is what
 * chance would make it.
 */
import { getisOrd } from './getis-ord.ts'
import { twoSidedP } from './normal.ts'
import type { SpatialWeights } from './weights.ts'

/** First the place, then its neighbours' mean: high or low against the mean of all. HH and LL are clusters, HL and LH outliers. */
export type MoranQuadrant = 'HH' | 'LL' | 'HL' | 'LH'

export interface LocalMoran {
  readonly statistic: number
  readonly expectation: number
  readonly variance: number
  readonly z: number
  /** Two-sided, from the normal distribution; with few neighbours or skew counts prefer {@link localMoranPermutation}. */
  readonly p: number
  /** `null` when the neighbours are together exactly at the mean. */
  readonly quadrant: MoranQuadrant | null
}

/**
 * Local Moran of every place. `null` where it is undefined: the place has no neighbours or lies exactly at the mean (then I
 * is 0 whatever the neighbours are), all values or all others are equal, or its neighbours are all others, equally weighted.
 * @throws RangeError when values and weights differ in number, a value is not finite, or weights include the place itself
 */
export function localMoran(values: ArrayLike<number>, weights: SpatialWeights): (LocalMoran | null)[] {
  const { n, z, m2, lags, flat } = deviationsOf(values, weights)
  const deviates = getisOrd(values, weights)
  return deviates.map((deviate, i): LocalMoran | null => {
    const own = z[i]!
    if (deviate === null || Math.abs(own) <= flat) return null
    let sum = 0
    let squares = 0
    for (let e = weights.starts[i]!; e < weights.starts[i + 1]!; e++) {
      sum += weights.weights[e]!
      squares += weights.weights[e]! ** 2
    }
    const scale = own / m2
    const lag = lags[i]!
    return {
      statistic: scale * lag,
      expectation: (-own * scale * sum) / (n - 1),
      variance:
        scale * scale * (n / (n - 2)) * (squares - (sum * sum) / (n - 1)) * (m2 - (own * own) / (n - 1)),
      z: Math.sign(own) * deviate,
      p: twoSidedP(deviate),
      quadrant: Math.abs(lag) <= flat * Math.abs(sum) ? null : quadrantOf(own, lag),
    }
  })
}

const quadrantOf = (own: number, lag: number): MoranQuadrant =>
  own > 0 ? (lag > 0 ? 'HH' : 'HL') : lag > 0 ? 'LH' : 'LL'

/** What both forms of the test begin with. */
export interface Deviations {
  readonly n: number
  /** Values minus their mean. */
  readonly z: Float64Array
  readonly m2: number
  /** Σⱼ wᵢⱼ zⱼ of each place. */
  readonly lags: Float64Array
  /** A deviation not larger than this is 0 but for rounding. */
  readonly flat: number
}

/** @throws RangeError as {@link localMoran} */
export function deviationsOf(values: ArrayLike<number>, weights: SpatialWeights): Deviations {
  const n = weights.size
  if (weights.includesSelf) throw new RangeError('the weights include each place itself')
  if (values.length !== n) throw new RangeError(`${values.length} values for ${n} places`)
  let total = 0
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(values[i])) throw new RangeError(`the value of place ${i} is not a finite number`)
    total += values[i]! - values[0]!
  }
  const mean = n === 0 ? 0 : values[0]! + total / n
  const z = Float64Array.from(values, (value) => value - mean)
  const m2 = z.reduce((sum, own) => sum + own * own, 0) / n
  const flat = z.reduce((most, own) => Math.max(most, Math.abs(own)), 0) * 1e-12
  const lags = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let lag = 0
    for (let e = weights.starts[i]!; e < weights.starts[i + 1]!; e++)
      lag += weights.weights[e]! * z[weights.places[e]!]!
    lags[i] = lag
  }
  return { n, z, m2, lags, flat }
}
