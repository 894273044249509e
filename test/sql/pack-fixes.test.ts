import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteReader } from '../../server/db/bytes.ts'
import { type PackedFix, packFixes, unpackFixes } from '../../server/db/pack-fixes.ts'
import { seeded } from '../core/trajectories/simulate.ts'

const instant = fc.integer({ min: 0, max: 4_102_444_800_000 })
/** A number of a few decimals, as devices send them, or any at all. */
const degrees = (most: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: -most * 1e7, max: most * 1e7 }).map((n) => n / 1e7),
    fc.double({ min: -most, max: most, noNaN: true }).map((n) => n + 0),
  )
const fix: fc.Arbitrary<PackedFix> = fc.record(
  {
    time: instant,
    longitude: degrees(180),
    latitude: degrees(90),
    accuracyMetres: fc.oneof(
      fc.float({ min: 0, max: 1000, noNaN: true }),
      fc.integer({ min: 0, max: 999 }).map((n) => n / 10),
    ),
    speedMetresPerSecond: fc.float({ min: 0, max: 100, noNaN: true }),
    sentAt: instant,
    receivedAt: instant,
    device: fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
    marks: fc.subarray(['week_rollover', 'hemisphere', 'mock'] as const, { minLength: 1 }),
  },
  { requiredKeys: ['time', 'longitude', 'latitude'] },
)

/** A zero has no sign here. */
const unsigned = (fixes: readonly PackedFix[]): unknown =>
  fixes.map((one) =>
    Object.fromEntries(Object.entries(one).map(([key, value]) => [key, value === 0 ? 0 : value])),
  )

describe('a block of fixes', () => {
  it('gives back what went in, to the last bit', () => {
    fc.assert(
      fc.property(fc.array(fix, { maxLength: 40 }), (fixes) => {
        expect(unpackFixes(packFixes(fixes))).toEqual(unsigned(fixes))
      }),
    )
  })

  it('of a walk takes at most 12 bytes a fix', () => {
    const random = seeded(5)
    let [x, y] = [119.6, 29.9]
    const walk = Array.from({ length: 2890 }, (_, i): PackedFix => {
      x += (random() - 0.5) * 3e-4
      y += (random() - 0.5) * 3e-4
      return {
        time: Date.UTC(2026, 9, 8) + i * 10_000,
        longitude: Math.round(x * 1e7) / 1e7,
        latitude: Math.round(y * 1e7) / 1e7,
        accuracyMetres: Math.round((4 + 8 * random()) * 10) / 10,
        receivedAt: Date.UTC(2026, 9, 8) + i * 10_000 + 900,
        device: '48241179',
      }
    })
    const bytes = packFixes(walk).length
    expect(bytes / walk.length).toBeLessThanOrEqual(12)
    expect(unpackFixes(packFixes(walk))).toEqual(walk)
  })

  it('that is cut off or of a later version is refused, not read as something else', () => {
    const block = packFixes([{ time: 1, longitude: 2, latitude: 3 }])
    expect(() => unpackFixes(block.subarray(0, -1))).toThrow(Error)
    expect(() => unpackFixes(Buffer.concat([Buffer.of(2), block.subarray(1)]))).toThrow('version 2')
    expect(() => new ByteReader(Buffer.of(200)).count()).toThrow('end too early')
    expect(() => new ByteReader(Buffer.of(5, 65)).text()).toThrow('end too early')
  })
})
