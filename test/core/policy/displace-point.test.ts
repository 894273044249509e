import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { distanceMetres } from '../../../server/core/geometry/distance-metres.ts'
import { mulberry32 } from '../../../server/core/planning/random.ts'
import { displacePoint, householdGround } from '../../../server/core/policy/displace-point.ts'
import type { LngLat } from '../../../server/core/values.ts'
import '../../support/seed.ts'

/** As the service draws: from a keyed hash. */
const drawOf =
  (secret: string, id: string) =>
  (attempt: number): readonly [number, number] => {
    const bytes = createHmac('sha256', secret).update(`${id} ${attempt}`).digest()
    return [bytes.readUIntBE(0, 6) / 2 ** 48, bytes.readUIntBE(6, 6) / 2 ** 48]
  }
const everywhere = (): boolean => true

it('lies among at least k households that could be the one, never nearer than told, always at the same place', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 8, max: 60 }),
      fc.integer({ min: 2, max: 8 }),
      (seed, count, k) => {
        const random = mulberry32(seed)
        const homes = Array.from(
          { length: count },
          (): LngLat => [119.6 + random() / 100, 29.9 + random() / 100],
        )
        const place = homes[0]!
        const rule = { k, leastMetres: 30, isAllowed: everywhere, draw: drawOf('secret', String(seed)) }
        const shown = displacePoint(householdGround(homes), place, rule)
        if (shown === null) return
        const moved = distanceMetres(...place, ...shown)
        // The flat frame is off by less than 0.1 % within a township.
        expect(moved).toBeGreaterThan(30 * 0.999)
        const alike = homes.filter(
          (home) => distanceMetres(...home, ...shown) <= Math.max(60, 3 * moved) * 1.001,
        )
        expect(alike.length).toBeGreaterThanOrEqual(k)
        expect(displacePoint(householdGround(homes.toReversed()), place, rule)).not.toBeNull()
        expect(displacePoint(householdGround(homes), place, rule)).toEqual(shown)
      },
    ),
    { numRuns: 200 },
  )
})

it('stays on its ground, and is nowhere where no place is found', () => {
  const homes = Array.from({ length: 20 }, (_, i): LngLat => [119.6 + i / 2000, 29.9])
  const rule = { k: 5, leastMetres: 30, draw: drawOf('secret', 'i1') }
  const west = (x: number): boolean => x <= 119.604
  const shown = displacePoint(householdGround(homes), [119.602, 29.9], { ...rule, isAllowed: west })
  expect(shown![0]).toBeLessThanOrEqual(119.604)
  expect(
    displacePoint(householdGround(homes), [119.602, 29.9], { ...rule, isAllowed: () => false }),
  ).toBeNull()
  expect(
    displacePoint(householdGround(homes.slice(0, 4)), [119.602, 29.9], { ...rule, isAllowed: everywhere }),
  ).toBeNull()
})

it('tells nothing of its direction to who has not the secret: another secret, another place', () => {
  const homes = Array.from(
    { length: 50 },
    (_, i): LngLat => [119.6 + (i % 10) / 2000, 29.9 + Math.floor(i / 10) / 2000],
  )
  const places = ['a', 'b', 'c', 'd'].map((secret) =>
    displacePoint(householdGround(homes), [119.602, 29.901], {
      k: 5,
      leastMetres: 30,
      isAllowed: everywhere,
      draw: drawOf(secret, 'i1'),
    }),
  )
  expect(new Set(places.map(String)).size).toBe(4)
})
