/** Arbitrary valid geometries and values, for property tests. */
import fc from 'fast-check'
import type { Geometry, Position } from 'geojson'

const degree = (limit: number): fc.Arbitrary<number> =>
  fc.integer({ min: -limit * 1e7, max: limit * 1e7 }).map((one) => one / 1e7 + 0)

// 0,0 is read as "unknown" from tables.
export const position: fc.Arbitrary<Position> = fc
  .tuple(degree(180), degree(90))
  .filter(([x, y]) => x !== 0 || y !== 0)
  .map(([x, y]) => [x, y])

const line = fc.array(position, { minLength: 2, maxLength: 5 })
const ring = fc.array(position, { minLength: 3, maxLength: 6 }).map((open) => [...open, open[0]!])
const polygon = fc.array(ring, { minLength: 1, maxLength: 3 })

const simple: fc.Arbitrary<Geometry> = fc.oneof(
  position.map((coordinates): Geometry => ({ type: 'Point', coordinates })),
  line.map((coordinates): Geometry => ({ type: 'MultiPoint', coordinates })),
  line.map((coordinates): Geometry => ({ type: 'LineString', coordinates })),
  fc
    .array(line, { minLength: 1, maxLength: 3 })
    .map((coordinates): Geometry => ({ type: 'MultiLineString', coordinates })),
  polygon.map((coordinates): Geometry => ({ type: 'Polygon', coordinates })),
  fc
    .array(polygon, { minLength: 1, maxLength: 3 })
    .map((coordinates): Geometry => ({ type: 'MultiPolygon', coordinates })),
)

export const anyGeometry: fc.Arbitrary<Geometry> = fc.oneof(
  { weight: 4, arbitrary: simple },
  {
    weight: 1,
    arbitrary: fc
      .array(simple, { minLength: 1, maxLength: 3 })
      .map((geometries): Geometry => ({ type: 'GeometryCollection', geometries })),
  },
)

/** Text of the characters that break naive writers. */
export const awkwardText = fc.string({
  unit: fc.constantFrom('a', 'B', '0', '网', '格', '"', ',', ';', '\n', '\t', "'", ' ', '=', '😀'),
  maxLength: 12,
})
