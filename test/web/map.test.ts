/** The small pure parts of the map: boxes, switches, patterns, measuring, the veil over the world. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bboxOf, joinBboxes } from '../../web/map/bbox.ts'
import type { LayerDescription, Toggle } from '../../web/map/layer.ts'
import { isShown, shownLayers, switchLayer, togglesOf } from '../../web/map/layer-switch.ts'
import { areaMask } from '../../web/map/layers/area-mask.ts'
import { measured, measureLayer } from '../../web/map/measure.ts'
import { patternNames, patternPixels, patternSize } from '../../web/map/patterns.ts'

describe('boxes', () => {
  it('hold every position, however deep it lies', () => {
    expect(bboxOf({ type: 'Point', coordinates: [1, 2] })).toEqual([1, 2, 1, 2])
    expect(
      bboxOf({
        type: 'GeometryCollection',
        geometries: [
          {
            type: 'MultiPolygon',
            coordinates: [
              [
                [
                  [0, 0],
                  [3, 1],
                  [2, 5],
                  [0, 0],
                ],
              ],
            ],
          },
          {
            type: 'LineString',
            coordinates: [
              [-1, 4],
              [0, 0],
            ],
          },
        ],
      }),
    ).toEqual([-1, 0, 3, 5])
    expect(bboxOf({ type: 'MultiPoint', coordinates: [] })).toBeUndefined()
    expect(joinBboxes([[0, 0, 1, 1], undefined, [-1, 0.5, 0, 3]])).toEqual([-1, 0, 1, 3])
    expect(joinBboxes([undefined])).toBeUndefined()
  })
})

describe('the layer switch', () => {
  const toggle = (id: string, shown: boolean): Toggle => ({ id, label: id, shown })
  const layer = (id: string, entry?: Toggle): LayerDescription => ({
    id,
    kind: 'maplibre',
    source: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
    layers: [],
    ...(entry && { toggle: entry }),
  })

  it('flips a layer, and flipped twice leaves the address as it was', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.subarray(['-other', '+more']), (shown, others) => {
        const entry = toggle('names', shown)
        const once = switchLayer(entry, others)
        expect(isShown(entry, once)).toBe(!isShown(entry, others))
        expect(switchLayer(entry, once)).toEqual(others)
      }),
    )
  })

  it('shows by default what is shown by default, and always what has no entry', () => {
    const [on, off] = [toggle('on', true), toggle('off', false)]
    const layers = [layer('a', on), layer('b', off), layer('c'), layer('d', on)]
    expect(togglesOf(layers)).toEqual([on, off])
    expect(shownLayers(layers, []).map(({ id }) => id)).toEqual(['a', 'c', 'd'])
    expect(shownLayers(layers, ['-on', '+off']).map(({ id }) => id)).toEqual(['b', 'c'])
  })
})

describe('patterns', () => {
  it('tile without a seam: the ink that leaves one side enters at the other', () => {
    for (const name of patternNames.filter((one) => one !== 'hatch-overlap')) {
      const pixels = patternPixels(name)
      const ink = (x: number, y: number): number =>
        (pixels?.data[(y * patternSize + x) * 4 + 3] ?? 0) > 0 ? 1 : 0
      const places = Array.from({ length: patternSize }, (_, at) => at)
      const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0)
      const rows = places.map((y) => sum(places.map((x) => ink(x, y))))
      const columns = places.map((x) => sum(places.map((y) => ink(x, y))))
      // Every row and every column of diagonal hatching carries the same ink when it repeats exactly.
      expect(new Set([...rows, ...columns]).size).toBe(1)
      expect(rows[0]).toBeGreaterThan(0)
      expect(rows[0]).toBeLessThan(patternSize)
    }
  })

  it('of overlaps crosses both ways', () => {
    const pixels = patternPixels('hatch-overlap')
    const inked = (x: number, y: number): boolean => (pixels?.data[(y * patternSize + x) * 4 + 3] ?? 0) > 0
    expect([inked(0, 0), inked(7, 1), inked(4, 0), inked(4, 4)]).toEqual([true, true, false, true])
  })
})

describe('measuring', () => {
  it('a degree of the meridian at the equator, and a square around it', () => {
    // Meridian arc from 0° to 1° N on WGS 84: 110 574.3886 m (Karney, GeographicLib).
    expect(
      measured([
        [0, 0],
        [0, 1],
      ]).lengthMetres,
    ).toBeCloseTo(110_574.39, 0)
    const square = measured([
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ])
    expect(square.perimeterMetres ?? 0).toBeGreaterThan(square.lengthMetres)
    // 1° × 1° cell at the equator on WGS 84: 12 308.778 km² (authalic latitude formula, Snyder 1987, 3-12).
    expect((square.areaSquareMetres ?? 0) / 1e6).toBeCloseTo(12_308.78, 0)
  })

  it('of one position is nothing, of none neither', () => {
    for (const positions of [[], [[119, 30] as const]])
      expect(measured(positions)).toEqual({ lengthMetres: 0, perimeterMetres: null, areaSquareMetres: null })
  })

  it('draws corners, then a line, then an area', () => {
    const kinds = (count: number): string[] => {
      const { source } = measureLayer(
        [
          [0, 0],
          [1, 0],
          [1, 1],
        ].slice(0, count) as [number, number][],
        'light',
      )
      return source.type === 'geojson'
        ? [...new Set(source.data.features.map((one) => one.geometry.type))]
        : []
    }
    expect([1, 2, 3].map(kinds)).toEqual([
      ['Point'],
      ['Point', 'LineString'],
      ['Point', 'LineString', 'Polygon'],
    ])
  })
})

describe('the veil', () => {
  it('covers the world but for the area, and the holes in it', () => {
    const shell = [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 0],
    ]
    const hole = [
      [1, 1],
      [2, 1],
      [2, 2],
      [1, 1],
    ]
    const { source } = areaMask('plan', { type: 'MultiPolygon', coordinates: [[shell, hole]] }, 'light')
    if (source.type !== 'geojson') throw new Error('a veil is drawn from data')
    const outside = source.data.features.filter((one) => one.properties?.['kind'] === 'outside')
    expect(outside.map((one) => one.geometry.type === 'Polygon' && one.geometry.coordinates.length)).toEqual([
      2, 1,
    ])
    expect(outside[0]?.geometry).toMatchObject({ coordinates: [expect.anything(), shell] })
    expect(outside[1]?.geometry).toMatchObject({ coordinates: [hole] })
  })
})
