/** The four bounds of the township's grids, against what the generator drew them along. */
import { expect, test } from 'vitest'
import { areaSquareMetres } from '../../server/core/geometry/area-square-metres.ts'
import { fourBounds, sides } from '../../server/core/planning/four-bounds.ts'
import type { BoundLine } from '../../server/core/planning/four-bounds-steps.ts'
import type { LngLat } from '../../server/core/values.ts'
import { demoRows, gridsOn } from './demo-township.ts'

test('every grid is bounded on four sides by what is there', async () => {
  const grids = await gridsOn('2026-10-01')
  const lines = (await demoRows('roads')).flatMap(({ name, path }) =>
    path.coordinates.map(
      (positions): BoundLine => ({
        kind: 'road',
        name: name ?? null,
        rank: 3,
        path: positions.map((p): LngLat => [p[0]!, p[1]!]),
      }),
    ),
  )
  const names = new Set(lines.map(({ name }) => name))
  const texts = grids.map(({ code, boundary }) => {
    const neighbours = grids
      .filter((other) => other.code !== code)
      .map((other) => ({ name: other.name!, geometry: other.boundary }))
    const found = fourBounds({ geometry: boundary, lines, neighbours })
    for (const side of sides) {
      const { bounds, metres } = found.sides[side]
      expect(bounds.reduce((sum, one) => sum + one.share, 0)).toBeCloseTo(1, 9)
      // A side of a compact figure is not much shorter than that of the square of its area.
      expect(metres).toBeGreaterThan(Math.sqrt(areaSquareMetres(boundary)) / 4)
      const streets = bounds.filter(({ kind }) => kind === 'line').map(({ name }) => name.zh)
      expect(streets.filter((name) => name !== '道路' && !names.has(name))).toEqual([])
    }
    return found.text.zh
  })
  // Main streets in the town; a school in its village's fields; a village grid on the highway.
  expect(texts).toEqual(
    expect.arrayContaining([
      '东至青石街，南至滨溪路，西至学前街，北至枕石公路。',
      '东至茶坪村第三网格，南至茶坪村第三网格，西至茶坪村第三网格，北至茶坪村第三网格。',
      '东至上畈村第三网格，南至枕石公路，西至竹坞村第三网格，北至竹坞村第一网格。',
    ]),
  )
  for (const text of texts) expect(text).toMatch(/^东至.+，南至.+，西至.+，北至[^—]+。$/)
})
