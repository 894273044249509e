import { VectorTile } from '@mapbox/vector-tile'
import fc from 'fast-check'
import { PbfReader } from 'pbf'
import { describe, expect, it } from 'vitest'
import { extent, tileFrame, toTileUnits } from '../../../server/formats/mvt/tile-frame.ts'
import {
  geometryFromWkb,
  polygonGeometry,
  type TileGeometry,
} from '../../../server/formats/mvt/tile-geometry.ts'
import { writeTile } from '../../../server/formats/mvt/write-tile.ts'

type Point = readonly [number, number]

/** Little-endian WKB of a polygon or multipolygon. */
function wkbOf(polygons: readonly (readonly (readonly Point[])[])[]): Uint8Array {
  const bytes: number[] = []
  const view = new DataView(new ArrayBuffer(8))
  const count = (n: number): void => {
    view.setUint32(0, n, true)
    bytes.push(...new Uint8Array(view.buffer, 0, 4))
  }
  const double = (n: number): void => {
    view.setFloat64(0, n, true)
    bytes.push(...new Uint8Array(view.buffer))
  }
  bytes.push(1)
  count(6)
  count(polygons.length)
  for (const rings of polygons) {
    bytes.push(1)
    count(3)
    count(rings.length)
    for (const ring of rings) {
      count(ring.length)
      for (const [x, y] of ring) {
        double(x)
        double(y)
      }
    }
  }
  return Uint8Array.from(bytes)
}

const drawn = (geometry: TileGeometry | null): Point[][] => {
  if (!geometry) return []
  const tile = writeTile([{ name: 'one', features: [{ geometry, properties: {} }] }])
  const feature = new VectorTile(new PbfReader(tile)).layers['one']?.feature(0)
  return (feature?.loadGeometry() ?? []).map((ring) => ring.map(({ x, y }): Point => [x, y]))
}
/** Positive when clockwise on screen. */
const areaOf = (ring: readonly Point[]): number =>
  ring.reduce((sum, [x, y], i) => {
    const [px, py] = ring.at(i - 1) ?? [x, y]
    return sum + px * y - x * py
  }, 0) / 2

const square = (x: number, y: number, side: number): Point[] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y],
]

describe('polygons of a tile', () => {
  it('wind outer rings clockwise on screen and holes against, whichever way they come', () => {
    for (const flipOuter of [false, true]) {
      for (const flipHole of [false, true]) {
        const outer = flipOuter ? square(0, 0, 100).toReversed() : square(0, 0, 100)
        const hole = flipHole ? square(10, 10, 50).toReversed() : square(10, 10, 50)
        expect(drawn(geometryFromWkb(wkbOf([[outer, hole]]))).map(areaOf)).toEqual([10_000, -2500])
      }
    }
  })

  it('leave out what has shrunk to nothing, with its holes', () => {
    const flat: Point[] = [
      [0, 0],
      [10, 0],
      [5, 0],
      [0, 0],
    ]
    const rest = drawn(geometryFromWkb(wkbOf([[flat, square(1, 1, 2)], [square(20, 20, 5)]])))
    expect(rest.map(areaOf)).toEqual([25])
    expect(geometryFromWkb(wkbOf([[flat]]))).toBeNull()
    expect(geometryFromWkb(wkbOf([]))).toBeNull()
  })

  it('come back as they went in: any ring of whole numbers', () => {
    const coordinate = fc.integer({ min: -64, max: 4160 })
    const ring = fc.uniqueArray(fc.tuple(coordinate, coordinate), {
      minLength: 3,
      maxLength: 40,
      selector: ([x, y]) => `${x} ${y}`,
    })
    fc.assert(
      fc.property(ring, (points) => {
        fc.pre(areaOf(points) !== 0)
        const [back = []] = drawn(polygonGeometry([[points.flat()]]))
        const open = back.slice(0, -1).map(String)
        const expected = (areaOf(points) > 0 ? points : points.toReversed()).map(String)
        expect(open).toEqual(expected)
      }),
    )
  })
})

it('values keep their type; null is left out', () => {
  const geometry = polygonGeometry([[[0, 0, 9, 0, 9, 9]]])
  if (!geometry) throw new Error('no geometry')
  const properties = {
    text: '桥头',
    whole: -3,
    large: 2 ** 40,
    real: 0.1,
    yes: true,
    none: null,
    one: '1',
    number: 1,
  }
  const tile = new VectorTile(
    new PbfReader(writeTile([{ name: 'layer', features: [{ geometry, properties }] }])),
  )
  const { none: _, ...kept } = properties
  expect(tile.layers['layer']?.feature(0).properties).toEqual(kept)
  expect(tile.layers['layer']?.extent).toBe(4096)
  expect(writeTile([{ name: 'layer', features: [] }])).toHaveLength(0)
})

describe('where a tile lies', () => {
  it('tile 0/0/0 is the world', () => {
    const { degrees } = tileFrame({ z: 0, x: 0, y: 0 })
    // 85.0511287798° is where EPSG:3857 is square; the buffer reaches a little beyond, but not beyond ±180.
    expect([degrees[0], degrees[2]]).toEqual([-180, 180])
    expect(degrees[3]).toBeGreaterThan(85.0511)
    expect(degrees[3]).toBeLessThan(85.6)
  })

  it('its corner and middle are 0 and half the extent', () => {
    const frame = tileFrame({ z: 1, x: 1, y: 0 })
    expect(toTileUnits(frame, 0, 0)).toEqual([0, extent])
    expect(toTileUnits(frame, 90, 66.51326044311186)).toEqual([extent / 2, extent / 2])
  })
})
