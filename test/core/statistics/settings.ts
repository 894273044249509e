/** Arbitrary places with values and links, for the property tests of this folder. */
import fc from 'fast-check'
import { type SpatialWeights, weightsFromNeighbours } from '../../../server/core/statistics/weights.ts'

export interface Setting {
  readonly values: readonly number[]
  /** Both ways; a link of a place with itself is none. */
  readonly links: readonly (readonly [number, number])[]
  /** A shuffle of the places: where each stands after relabelling. */
  readonly order: readonly number[]
}

export const settings: fc.Arbitrary<Setting> = fc.integer({ min: 4, max: 25 }).chain((n) =>
  fc.record({
    values: fc.array(fc.integer({ min: -500, max: 500 }), { minLength: n, maxLength: n }),
    links: fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 3 * n }),
    order: fc.shuffledSubarray(
      Array.from({ length: n }, (_, i) => i),
      { minLength: n },
    ),
  }),
)

export function weightsOf({ values, links }: Setting): SpatialWeights {
  const lists: number[][] = values.map(() => [])
  for (const [a, b] of links) {
    if (a === b) continue
    lists[a]!.push(b)
    lists[b]!.push(a)
  }
  return weightsFromNeighbours(lists)
}

/** The same setting with place `order[k]` standing at k. */
export function relabelled({ values, links, order }: Setting): Setting {
  const place = new Map(order.map((from, to) => [from, to]))
  return {
    values: order.map((i) => values[i]!),
    links: links.map(([a, b]) => [place.get(a)!, place.get(b)!] as const),
    order,
  }
}

/** The Kolmogorov–Smirnov distance of a sample from the uniform distribution, and its critical value at 1 %. */
export function farFromUniform(sample: readonly number[]): { distance: number; critical: number } {
  const n = sample.length
  const sorted = sample.toSorted((a, b) => a - b)
  return {
    distance: Math.max(...sorted.map((p, i) => Math.max(p - i / n, (i + 1) / n - p))),
    critical: 1.628 / Math.sqrt(n),
  }
}
