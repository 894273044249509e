import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distanceMetres } from '../../../server/core/geometry/distance-metres.ts'
import {
  eastMetres,
  latitudeAt,
  localMetricFrame,
  longitudeAt,
  northMetres,
} from '../../../server/core/geometry/local-metric-frame.ts'

const origin = fc.record({
  longitude: fc.double({ min: 73, max: 135, noNaN: true }),
  latitude: fc.double({ min: 3, max: 54, noNaN: true }),
})
const metres = fc.double({ min: -1000, max: 1000, noNaN: true })

test('within a kilometre the frame agrees with the geodesic to 0.03 %', () => {
  fc.assert(
    fc.property(origin, metres, metres, ({ longitude, latitude }, x, y) => {
      const frame = localMetricFrame(longitude, latitude)
      const exact = distanceMetres(longitude, latitude, longitudeAt(frame, x), latitudeAt(frame, y))
      expect(Math.abs(Math.hypot(x, y) - exact)).toBeLessThanOrEqual(3e-4 * exact + 1e-6)
    }),
  )
})

test('there and back', () => {
  fc.assert(
    fc.property(origin, metres, metres, ({ longitude, latitude }, x, y) => {
      const frame = localMetricFrame(longitude, latitude)
      expect(eastMetres(frame, longitudeAt(frame, x))).toBeCloseTo(x, 6)
      expect(northMetres(frame, latitudeAt(frame, y))).toBeCloseTo(y, 6)
    }),
  )
})
