import { describe, expect, it } from 'vitest'
import { readCluster } from '../../../server/core/analysis/read-result.ts'
import { distanceMetres } from '../../../server/core/geometry/distance-metres.ts'
import {
  hexagonBoundary,
  hexagonEdgeMetres,
  hexagonsWithin,
  pointToHexagon,
} from '../../../server/core/hexagons/hexagon.ts'

const hexagon = pointToHexagon(119.6, 29.93, 9)
const cluster = {
  cells: [hexagon],
  radiusMetres: 0,
  from: '2026-07-01',
  to: '2026-07-15',
  observed: 14,
  expected: 4.13,
  p: 0.002,
  recurrenceDays: 500,
}
const asked = { categories: ['fire'], unit: 'hexagon' } as const

describe('a cluster in a sentence', () => {
  it('has the ground of its only hexagon, whose radius says nothing', () => {
    // The mean of its six edges, which differ by some per cent.
    const ring = hexagonBoundary(hexagon).coordinates[0]!
    const edges = ring.slice(1).map(([x, y], i) => distanceMetres(ring[i]![0]!, ring[i]![1]!, x!, y!))
    const edge = edges.reduce((sum, one) => sum + one, 0) / 6
    expect(edges).toHaveLength(6)
    expect(Math.abs(hexagonEdgeMetres(hexagon) / edge - 1)).toBeLessThan(0.01)
    const written = Math.round(hexagonEdgeMetres(hexagon))
    expect(readCluster(cluster, asked)).toEqual({
      zh: `一个边长约 ${written} 米的六边形内，2026-07-01 至 2026-07-14 发生消防事件 14 起，预期 4.1 起；p = 0.002；偶然情况下约 500 天一遇`,
      en: `Within one hexagon, ${written} m along an edge, 14 incidents (fire) from 2026-07-01 to 2026-07-14 against 4.1 expected; p = 0.002; by chance one as strong in 500 days`,
    })
  })

  it('is called no rarer than once in a hundred years', () => {
    expect(readCluster({ ...cluster, recurrenceDays: 1e59 }, asked).zh).toMatch(/；偶然情况下百年难得一遇$/)
    expect(readCluster({ ...cluster, recurrenceDays: 36_500 }, asked).en).toMatch(
      /one as strong in 36500 days$/,
    )
    expect(readCluster({ ...cluster, recurrenceDays: null }, asked).en).toMatch(/; p = 0\.002$/)
  })

  it('has a radius where it has several cells, and a grid is a grid', () => {
    const wide = { ...cluster, cells: hexagonsWithin(hexagon, 1), radiusMetres: 343.4 }
    expect(readCluster(wide, asked).zh).toMatch(/^半径 343 米内，/)
    const ofGrids = { ...asked, unit: 'grid' } as const
    expect(readCluster({ ...cluster, cells: ['101'] }, ofGrids).en).toMatch(/^Within one grid, 14 /)
    expect(readCluster({ ...cluster, cells: ['101', '102'], radiusMetres: 700 }, ofGrids).zh).toMatch(
      /^半径 700 米内，/,
    )
  })
})
