import fc from 'fast-check'
import geographiclib from 'geographiclib-geodesic'
import { expect, test } from 'vitest'
import { distanceMetres } from '../../../server/core/geometry/distance-metres.ts'

const exact = geographiclib.Geodesic.WGS84
const latitude = fc.double({ min: -89.9, max: 89.9, noNaN: true })
const longitude = fc.double({ min: -180, max: 180, noNaN: true })

test('a degree of the equator is 111,319.491 m, a degree of the meridian there 110,574.389 m', () => {
  expect(distanceMetres(0, 0, 1, 0)).toBeCloseTo((6_378_137 * Math.PI) / 180, 6)
  expect(distanceMetres(0, 0, 0, 1)).toBeCloseTo(110_574.3886, 3)
})

test('near points: within 0.01 mm of the exact geodesic', () => {
  fc.assert(
    fc.property(
      longitude,
      fc.double({ min: -80, max: 80, noNaN: true }),
      fc.double({ min: 0, max: 360, noNaN: true }),
      fc.double({ min: 0, max: 30_000, noNaN: true }),
      (lon, lat, azimuth, metres) => {
        const end = exact.Direct(lat, lon, azimuth, metres)
        // The end's own rounding to degrees is worth some nanometres.
        expect(Math.abs(distanceMetres(lon, lat, end.lon2!, end.lat2!) - metres)).toBeLessThan(1e-5)
      },
    ),
    { numRuns: 2000 },
  )
})

test('any two points: equal to the exact geodesic, the same both ways, zero only in place', () => {
  fc.assert(
    fc.property(longitude, latitude, longitude, latitude, (lon1, lat1, lon2, lat2) => {
      const ours = distanceMetres(lon1, lat1, lon2, lat2)
      expect(Math.abs(ours - exact.Inverse(lat1, lon1, lat2, lon2).s12!)).toBeLessThan(1e-5)
      expect(distanceMetres(lon2, lat2, lon1, lat1)).toBeCloseTo(ours, 6)
      expect(distanceMetres(lon1, lat1, lon1, lat1)).toBe(0)
    }),
  )
})

test('the antimeridian is crossed the short way', () => {
  expect(distanceMetres(179.9, 0, -179.9, 0)).toBeCloseTo(0.2 * 111_319.4908, 2)
})

test('what is not a number stays so', () => {
  expect(distanceMetres(Number.NaN, 30, 120, 30)).toBeNaN()
})
