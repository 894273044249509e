import { booleanPointInPolygon, booleanValid } from '@turf/turf'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import {
  latitudeAt,
  localMetricFrame,
  longitudeAt,
} from '../../../server/core/geometry/local-metric-frame.ts'
import { contours, readableBreaks } from '../../../server/core/statistics/contours.ts'

const frame = localMetricFrame(120.6, 30.1)
const rasterOf = (columns: number, rows: number) => ({ west: 0, south: 0, cellMetres: 10, columns, rows })

describe('contours', () => {
  it('of a cone are circles, of a ring wall polygons with a hole', () => {
    const raster = rasterOf(101, 101)
    // Distance of each centre from the middle one, metres.
    const distance = Float64Array.from(
      { length: 101 * 101 },
      (_, i) => 10 * Math.hypot((i % 101) - 50, Math.floor(i / 101) - 50),
    )
    const [low, high] = contours(
      distance.map((d) => 1000 - d),
      raster,
      frame,
      [600, 800],
    )
    // Radii 400 and 200 m; a polygon inside a circle of some 40 steps a quarter loses less than 0.2 %.
    expect(areaSquareMetres(low!.geometry) / (Math.PI * 400 ** 2)).toBeCloseTo(1, 2)
    expect(areaSquareMetres(high!.geometry) / (Math.PI * 200 ** 2)).toBeCloseTo(1, 2)
    const [wall] = contours(
      distance.map((d) => -Math.abs(d - 300)),
      raster,
      frame,
      [-100],
    )
    expect(wall!.geometry.coordinates.map((rings) => rings.length)).toEqual([2])
    expect(areaSquareMetres(wall!.geometry) / (Math.PI * (400 ** 2 - 200 ** 2))).toBeCloseTo(1, 2)
  })

  it('hold exactly the centres at or above the threshold, whatever the values, NaN below all', () => {
    const size = fc.integer({ min: 1, max: 7 })
    const cases = fc.tuple(size, size).chain(([columns, rows]) =>
      fc.tuple(
        fc.constant(rasterOf(columns, rows)),
        fc.array(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(Number.NaN)), {
          minLength: columns * rows,
          maxLength: columns * rows,
        }),
      ),
    )
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 4 }), ([raster, list], threshold) => {
        const [contour] = contours(Float64Array.from(list), raster, frame, [threshold])
        expect(booleanValid(contour!.geometry)).toBe(true)
        list.forEach((value, i) => {
          const x = longitudeAt(frame, ((i % raster.columns) + 0.5) * 10)
          const y = latitudeAt(frame, (Math.floor(i / raster.columns) + 0.5) * 10)
          expect(booleanPointInPolygon([x, y], contour!.geometry)).toBe(value >= threshold)
        })
      }),
      { numRuns: 200 },
    )
  })

  it('of nothing are empty', () => {
    const [contour] = contours(new Float64Array(4), rasterOf(2, 2), frame, [1])
    expect(contour!.geometry.coordinates).toEqual([])
  })
})

describe('readable breaks', () => {
  it('are steps of 1, 2 or 5, no more than asked', () => {
    expect(readableBreaks(23, 5)).toEqual([5, 10, 15, 20])
    expect(readableBreaks(0.37, 4)).toEqual([0.1, 0.2, 0.3])
    expect(readableBreaks(900, 9)).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900])
    expect(readableBreaks(0, 5)).toEqual([])
  })
})
