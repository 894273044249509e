import fc from 'fast-check'
import geographiclib from 'geographiclib-geodesic'
import { describe, expect, it } from 'vitest'
import {
  hexagonAreaSquareKm,
  hexagonBoundary,
  hexagonCentre,
  hexagonsWithin,
  pointToHexagon,
} from '../../../server/core/hexagons/hexagon.ts'

/** A place in China. */
const anywhere = fc.tuple(
  fc.double({ min: 74, max: 134, noNaN: true }),
  fc.double({ min: 18, max: 53, noNaN: true }),
)
const resolutions = fc.integer({ min: 5, max: 12 })

describe('hexagons, longitude first', () => {
  it('knows the hexagon H3 publishes for a point', () => {
    // h3geo.org, quick start: latLngToCell(37.3615593, -122.0553238, 7) is 87283472bffffff.
    expect(pointToHexagon(-122.0553238, 37.3615593, 7)).toBe('87283472bffffff')
  })

  it('draws a closed, counterclockwise ring around its centre, longitude first', () => {
    fc.assert(
      fc.property(anywhere, resolutions, ([longitude, latitude], resolution) => {
        const hexagon = pointToHexagon(longitude, latitude, resolution)
        const ring = hexagonBoundary(hexagon).coordinates[0]!
        expect(ring.at(-1)).toEqual(ring[0])
        const [x, y] = hexagonCentre(hexagon)
        expect(pointToHexagon(x, y, resolution)).toBe(hexagon)
        ring.slice(1).forEach(([x2, y2], i) => {
          const [x1, y1] = ring[i]!
          expect((x1! - x) * (y2! - y) - (x2! - x) * (y1! - y)).toBeGreaterThan(0)
        })
      }),
    )
  })

  it('has 1 + 3k(k + 1) hexagons within k rings', () => {
    const hexagon = pointToHexagon(116.4074, 39.9042, 9)
    for (const k of [0, 1, 2, 5]) {
      const around = hexagonsWithin(hexagon, k)
      expect(new Set(around).size).toBe(1 + 3 * k * (k + 1))
      expect(around).toContain(hexagon)
    }
  })

  it('has its own area: 75,091 m² in Beijing, 102,920 m² in Shenzhen, 1.371 times as much', () => {
    const beijing = hexagonAreaSquareKm(pointToHexagon(116.4, 39.9, 9))
    const shenzhen = hexagonAreaSquareKm(pointToHexagon(114, 22.5, 9))
    expect(beijing).toBeCloseTo(0.075091, 5)
    expect(shenzhen).toBeCloseTo(0.10292, 5)
    expect(shenzhen / beijing).toBeCloseTo(1.371, 3)
  })

  it('differs from the area on the ellipsoid by what the docstring says, and no more', () => {
    const excess = (longitude: number, latitude: number): number => {
      const hexagon = pointToHexagon(longitude, latitude, 9)
      const polygon = geographiclib.Geodesic.WGS84.Polygon(false)
      for (const [x, y] of hexagonBoundary(hexagon).coordinates[0]!.slice(1)) polygon.AddPoint(y!, x!)
      return polygon.Compute(false, true).area! / 1e6 / hexagonAreaSquareKm(hexagon) - 1
    }
    expect(excess(116.4, 40)).toBeCloseTo(0.0011, 4)
    expect(excess(114, 22)).toBeCloseTo(-0.0026, 4)
    fc.assert(
      fc.property(anywhere, ([longitude, latitude]) => {
        expect(Math.abs(excess(longitude, latitude))).toBeLessThan(0.005)
      }),
    )
  })
})
