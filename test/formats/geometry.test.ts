/** Geometry from outside: polygons out of rings, positions out of anything. */
import { area } from '@turf/turf'
import fc from 'fast-check'
import type { Position } from 'geojson'
import { describe, expect, it } from 'vitest'
import { wgs84 } from '../../server/formats/coordinate-systems.ts'
import { normaliseGeometry } from '../../server/formats/normalise-geometry.ts'
import { assemblePolygons } from '../../server/formats/shapefile/assemble-polygons.ts'
import { anyGeometry } from './arbitraries.ts'
import { brief } from './collect.ts'

const rules = { crs: wgs84, closeRings: false }

/** A square with its south-west corner at x, y; clockwise as shapefiles have outer rings, else as they have holes. */
const square = (x: number, y: number, size: number, clockwise: boolean): Position[] => {
  const ring = [
    [x, y],
    [x, y + size],
    [x + size, y + size],
    [x + size, y],
    [x, y],
  ]
  return clockwise ? ring : ring.toReversed()
}

describe('polygons out of the rings of a shapefile', () => {
  const outer = square(0, 0, 10, true)

  it('gives a hole to the smallest ring around it: an island in a lake has its own', () => {
    const found = assemblePolygons([
      outer,
      square(1, 1, 8, false),
      square(2, 2, 6, true),
      square(3, 3, 1, false),
    ])
    expect(
      found.type === 'MultiPolygon' && found.coordinates.map((polygon) => polygon.map((ring) => ring[0])),
    ).toEqual([
      [
        [0, 0],
        [1, 1],
      ],
      [
        [2, 2],
        [3, 3],
      ],
    ])
  })

  it('gives a hole that touches its outer ring to it, and keeps the order of the file', () => {
    const touching = [
      [0, 0],
      [5, 1],
      [5, 5],
      [0, 0],
    ]
    const found = assemblePolygons([square(20, 0, 30, true), outer, touching])
    expect(found.type === 'MultiPolygon' && found.coordinates.map((polygon) => polygon.length)).toEqual([
      1, 2,
    ])
  })

  it('makes a polygon of a hole that lies in nothing, as writers that ignore direction mean it', () => {
    expect(assemblePolygons([outer.toReversed()])).toEqual({
      type: 'Polygon',
      coordinates: [outer.toReversed()],
    })
    expect(assemblePolygons([outer.toReversed(), square(20, 20, 1, false)]).type).toBe('MultiPolygon')
  })

  it('turns outer rings counter-clockwise and keeps the area, whatever the order of the rings', () => {
    const rings = [
      square(0, 0, 10, true),
      square(1, 1, 2, false),
      square(5, 5, 3, false),
      square(20, 0, 5, true),
    ]
    const expected =
      area({ type: 'Polygon', coordinates: [rings[0]!, rings[1]!, rings[2]!] }) +
      area({ type: 'Polygon', coordinates: [rings[3]!] })
    fc.assert(
      fc.property(fc.shuffledSubarray(rings, { minLength: 4 }), (shuffled) => {
        const found = assemblePolygons(shuffled)
        expect(area(found)).toBeCloseTo(expected, 0)
        const polygons = found.type === 'Polygon' ? [found.coordinates] : found.coordinates
        for (const [first] of polygons) expect(first![1]![1]).toBe(first![0]![1])
      }),
    )
  })
})

describe('geometry of unknown content', () => {
  it('passes every valid geometry unchanged, cutting altitude', () => {
    fc.assert(
      fc.property(anyGeometry, (geometry) => {
        expect(normaliseGeometry(geometry, rules, {})).toEqual({ geometry })
        const raised = JSON.parse(JSON.stringify(geometry), (_, value: unknown) =>
          Array.isArray(value) && typeof value[0] === 'number' ? [...(value as number[]), 12.5] : value,
        ) as unknown
        expect(normaliseGeometry(raised, rules, {})).toEqual({ geometry })
      }),
    )
  })

  it('never throws, and either gives a geometry or says why not', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (type, coordinates) => {
        for (const value of [
          type,
          { type, coordinates },
          { type: 'Polygon', coordinates },
          { type: 'MultiPoint', coordinates: [coordinates] },
        ]) {
          const found = normaliseGeometry(value, rules, {})
          expect('geometry' in found || found.flaws.length > 0).toBe(true)
        }
      }),
    )
  })

  it('reports each ring with its place, and a wrong range once', () => {
    const open = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ]
    const far = [
      [500, 0],
      [600, 0],
      [600, 1],
      [500, 0],
    ]
    const found = normaliseGeometry(
      {
        type: 'MultiPolygon',
        coordinates: [
          [open, far],
          [far, open],
        ],
      },
      rules,
      { record: 3 },
    )
    expect('flaws' in found && found.flaws.map(brief)).toEqual([
      'ring_unclosed record 3 part 1 ring 1 vertex 4 = [0,1]',
      'coordinates_out_of_range record 3 part 1 ring 2 vertex 1 = [500,0]',
      'ring_unclosed record 3 part 2 ring 2 vertex 4 = [0,1]',
    ])
  })

  it('stays linear where every position is bad', () => {
    const coordinates = [Array.from({ length: 200_000 }, () => ['a', 'b'])]
    const found = normaliseGeometry({ type: 'Polygon', coordinates }, rules, {})
    expect('flaws' in found && found.flaws).toHaveLength(1)
  })
})
