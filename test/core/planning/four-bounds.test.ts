import fc from 'fast-check'
import type { Polygon, Position } from 'geojson'
import { describe, expect, it } from 'vitest'
import {
  fourBounds,
  type NamedGround,
  type SideBounds,
  sides,
} from '../../../server/core/planning/four-bounds.ts'
import type { BoundLine } from '../../../server/core/planning/four-bounds-steps.ts'
import type { LngLat } from '../../../server/core/values.ts'

/** Metres east and north of 120° E 30° N: 96,486 m and 110,852 m a degree. */
const at = (east: number, north: number): [number, number] => [120 + east / 96_486, 30 + north / 110_852]
const polygon = (...corners: [number, number][]): Polygon => ({
  type: 'Polygon',
  coordinates: [[...corners, corners[0]!].map(([x, y]) => at(x, y))],
})
const box = (west: number, south: number, east: number, north: number): Polygon =>
  polygon([west, south], [east, south], [east, north], [west, north])
const line = (name: string | null, kind: BoundLine['kind'], ...path: [number, number][]): BoundLine => ({
  name,
  kind,
  rank: 2,
  path: path.map(([x, y]): LngLat => at(x, y)),
})
const holders = ({ bounds }: SideBounds): Record<string, number> =>
  Object.fromEntries(bounds.map(({ name, share }) => [name.zh, Math.round(share * 100) / 100]))

const grid = box(0, 0, 400, 300)
const street = line('人民路', 'road', [400, -500], [400, 800])
const stream = line(null, 'water', [-500, 300], [800, 300])
const second: NamedGround = { name: '第二网格', geometry: box(0, -300, 400, 0) }

describe('the four bounds', () => {
  it('are called after named lines, then neighbours, then kinds of line, then the limit', () => {
    const { text } = fourBounds({ geometry: grid, lines: [street, stream], neighbours: [second] })
    expect(text).toEqual({
      zh: '东至人民路，南至第二网格，西至村（社区）界，北至水系。',
      en: 'East to 人民路, south to 第二网格, west to the village limit, north to water.',
    })
  })

  it('give the shares as evidence', () => {
    // The east side runs 200 m along the street, then 100 m along a lane; the south 300 m by the second grid, 100 m by the third.
    const lane = line('学前巷', 'road', [401, 200], [401, 300])
    const part = line('人民路', 'road', [400, -500], [400, 200])
    const { sides: found } = fourBounds({
      geometry: grid,
      lines: [part, lane],
      neighbours: [
        { name: '第二网格', geometry: box(0, -300, 300, 0) },
        { name: '第三网格', geometry: box(300, -300, 400, 0) },
      ],
    })
    expect(holders(found.east)).toEqual({ 人民路: 0.67, 学前巷: 0.33 })
    expect(holders(found.south)).toEqual({ 第二网格: 0.75, 第三网格: 0.25 })
    expect(found.east.metres).toBeCloseTo(300, 0)
    expect(found.south.metres).toBeCloseTo(400, 0)
  })

  it('take a street at its edge, not one across the next block or one that only crosses', () => {
    const find = (...lines: BoundLine[]): string =>
      fourBounds({ geometry: grid, lines, neighbours: [] }).text.zh
    expect(find(line('路', 'road', [414, 0], [414, 300]))).toMatch(/^东至路/)
    expect(find(line('路', 'road', [416, 0], [416, 300]))).toMatch(/^东至村/)
    expect(find(line('路', 'road', [300, 150], [800, 150]))).toMatch(/^东至村/)
    // The nearer of two; at the same place the stronger.
    expect(
      find(line('远路', 'road', [410, 0], [410, 300]), line('近路', 'road', [402, 0], [402, 300])),
    ).toMatch(/^东至近路/)
    expect(find({ ...street, name: '小路', rank: 5 }, { ...street, name: '大道', rank: 1 })).toMatch(
      /^东至大道/,
    )
  })

  it('see a neighbour across a gap in the division', () => {
    const apart: NamedGround = { name: '第二网格', geometry: box(0, -300, 400, -8) }
    expect(fourBounds({ geometry: grid, lines: [], neighbours: [apart] }).text.zh).toContain('南至第二网格')
  })

  it('name a side that nothing faces squarely', () => {
    // A wedge that points north: its sides face east and west, rising 4 to 1.
    const wedge = polygon([0, 0], [200, 0], [100, 400])
    const { sides: found } = fourBounds({
      geometry: wedge,
      lines: [line('东路', 'road', [200, 0], [100, 400])],
      neighbours: [],
      limit: { zh: '镇界', en: 'the town limit' },
      toleranceMetres: 1,
    })
    expect(holders(found.north)).toEqual({ 东路: 0.5, 镇界: 0.5 })
    expect(holders(found.west)).toEqual({ 镇界: 1 })
  })

  it('do not look into holes, and take every part', () => {
    const holed: Polygon = {
      ...grid,
      coordinates: [...grid.coordinates, box(100, 100, 200, 200).coordinates[0]!.toReversed()],
    }
    expect(fourBounds({ geometry: holed, lines: [], neighbours: [] }).sides.east.metres).toBeCloseTo(300, 0)
    const parts = {
      type: 'MultiPolygon' as const,
      coordinates: [grid.coordinates, box(1000, 0, 1100, 50).coordinates],
    }
    expect(fourBounds({ geometry: parts, lines: [], neighbours: [] }).sides.east.metres).toBeCloseTo(350, 0)
  })

  it('of nothing are unknown', () => {
    expect(
      fourBounds({ geometry: { type: 'Polygon', coordinates: [] }, lines: [], neighbours: [] }).text.zh,
    ).toBe('东至—，南至—，西至—，北至—。')
  })

  it('do not depend on the sense and start of the ring, nor on the order of lines and neighbours', () => {
    const lines = [street, stream, line('人民路', 'road', [0, 0], [400, 0])]
    const neighbours = [second, { name: '第四网格', geometry: box(-400, 0, 0, 300) }]
    const expected = fourBounds({ geometry: grid, lines, neighbours })
    fc.assert(
      fc.property(
        fc.shuffledSubarray(lines, { minLength: 3 }),
        fc.shuffledSubarray(neighbours, { minLength: 2 }),
        fc.nat(3),
        fc.boolean(),
        (someLines, some, start, isTurned) => {
          const open: Position[] = grid.coordinates[0]!.slice(0, -1)
          const turned = [...open.slice(start), ...open.slice(0, start)]
          const ring = isTurned ? turned.toReversed() : turned
          const found = fourBounds({
            geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]!]] },
            lines: someLines,
            neighbours: some,
          })
          expect(found.text).toEqual(expected.text)
          for (const side of sides) {
            expect(holders(found.sides[side])).toEqual(holders(expected.sides[side]))
            expect(found.sides[side].metres).toBeCloseTo(expected.sides[side].metres, 6)
          }
        },
      ),
    )
  })
})
