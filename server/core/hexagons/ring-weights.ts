import type { SpatialWeights } from '../statistics/weights.ts'
import { hexagonsWithin } from './hexagon.ts'

/**
 * Binary weights between hexagons at most `rings` steps apart, both in the list; the hexagon itself left out.
 * @throws RangeError when a hexagon stands in the list twice.
 */
export function ringWeights(hexagons: readonly string[], rings: number): SpatialWeights {
  const size = hexagons.length
  const index = new Map(hexagons.map((hexagon, i) => [hexagon, i]))
  if (index.size !== size) throw new RangeError('a hexagon stands in the list twice')
  const starts = new Uint32Array(size + 1)
  const places: number[] = []
  hexagons.forEach((hexagon, i) => {
    const row: number[] = []
    for (const other of hexagonsWithin(hexagon, rings)) {
      const j = index.get(other)
      if (j !== undefined && j !== i) row.push(j)
    }
    places.push(...row.sort((a, b) => a - b))
    starts[i + 1] = places.length
  })
  return {
    size,
    includesSelf: false,
    starts,
    places: Uint32Array.from(places),
    weights: new Float64Array(places.length).fill(1),
  }
}
