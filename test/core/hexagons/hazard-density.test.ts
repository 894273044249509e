import fc from 'fast-check'
import type { Polygon } from 'geojson'
import { describe, expect, it } from 'vitest'
import { hazardDensity, type Positioned } from '../../../server/core/hexagons/hazard-density.ts'
import {
  hexagonAreaSquareKm,
  hexagonCentre,
  hexagonsWithin,
  pointToHexagon,
} from '../../../server/core/hexagons/hexagon.ts'
import { hexagonsCovering, StudyAreaTooLarge } from '../../../server/core/hexagons/study-area.ts'

/** About 30 km² of the lower Yangtze hills: some 340 hexagons at resolution 9. */
const area: Polygon = {
  type: 'Polygon',
  coordinates: [
    [
      [119.55, 29.88],
      [119.61, 29.88],
      [119.61, 29.93],
      [119.55, 29.93],
      [119.55, 29.88],
    ],
  ],
}
const middle = pointToHexagon(119.58, 29.905, 9)
const at = (hexagon: string): Positioned => {
  const [longitude, latitude] = hexagonCentre(hexagon)
  return { longitude, latitude }
}
const ask = (incidents: readonly Positioned[], more: Partial<Parameters<typeof hazardDensity>[0]> = {}) =>
  hazardDensity({ incidents, studyArea: area, resolution: 9, rings: 1, ...more })

/** One incident in each of 60 hexagons spread over the area, and 12 more in each of the seven in the middle. */
const background = hexagonsCovering(area, 9, 1e6)
  .sort()
  .filter((_, i) => i % 5 === 0)
  .map(at)
const planted = hexagonsWithin(middle, 1).flatMap((hexagon) => Array.from({ length: 12 }, () => at(hexagon)))

/** A point inside the eastern edge in a hexagon whose centre is outside. */
const cut = Array.from({ length: 500 }, (_, i) => ({
  longitude: 119.60999,
  latitude: 29.8801 + i * 0.0001,
})).find((p) => !hexagonsCovering(area, 9, 1e6).includes(pointToHexagon(p.longitude, p.latitude, 9)))!

const somewhere = fc.record({
  longitude: fc.double({ min: 119.54, max: 119.62, noNaN: true }),
  latitude: fc.double({ min: 29.87, max: 29.94, noNaN: true }),
})

describe('hazard density', () => {
  it('counts, divides by the area of that hexagon, and finds what is planted and nothing else', () => {
    const result = ask([...background, ...planted])
    const row = result.hexagons.find((one) => one.hexagon === middle)!
    expect(row.count).toBeGreaterThanOrEqual(12)
    expect(row.perSquareKm).toBe(row.count / hexagonAreaSquareKm(middle))
    expect(row.class).toBe('hot_0.01')
    const hot = result.hexagons.filter((one) => one.class?.startsWith('hot'))
    const near = new Set(hexagonsWithin(middle, 2))
    expect(hot.length).toBeGreaterThanOrEqual(7)
    expect(hot.filter((one) => !near.has(one.hexagon))).toEqual([])
    expect(result.hexagons.filter((one) => one.class?.startsWith('cold'))).toEqual([])
  })

  it('keeps the hexagons without incidents in n, and adds those that hold one at the edge', () => {
    const covering = hexagonsCovering(area, 9, 1e6)
    expect(ask([]).hexagons.map((one) => one.hexagon)).toEqual(covering.toSorted())
    const result = ask([cut])
    expect(result.hexagons.length).toBe(covering.length + 1)
    expect(result.incidents.counted).toBe(1)
    // A household there is in the area too, but no reason for one more hexagon.
    const elsewhere = ask([], { households: [cut, at(middle)] })
    expect(elsewhere.hexagons.length).toBe(covering.length)
    expect(elsewhere.households).toEqual({ counted: 1, noPosition: 0, outside: 1 })
  })

  it('is null, not zero, where nothing can be said', () => {
    const row = ask([]).hexagons[0]!
    expect(row).toMatchObject({ count: 0, perSquareKm: 0, households: null, perThousandHouseholds: null })
    expect(row).toMatchObject({ z: null, p: null, q: null, class: null })
  })

  it('gives rates per 1,000 households, null where there are none', () => {
    const households = Array.from({ length: 40 }, () => at(middle))
    const far = { longitude: 119.7, latitude: 29.9 }
    const result = ask([...planted, far], {
      households: [...households, far, { longitude: null, latitude: null }],
    })
    const rates = new Map(result.hexagons.map((one) => [one.hexagon, one]))
    // 12 incidents, 40 households.
    expect(rates.get(middle)).toMatchObject({ households: 40, perThousandHouseholds: 300 })
    const neighbour = hexagonsWithin(middle, 1).find((hexagon) => hexagon !== middle)!
    expect(rates.get(neighbour)).toMatchObject({ households: 0, perThousandHouseholds: null })
    expect(result.households).toEqual({ counted: 40, noPosition: 1, outside: 1 })
  })

  it('does not let households change the study area or z', () => {
    const without = ask([...background, ...planted])
    const withHouseholds = ask([...background, ...planted], { households: background })
    expect(withHouseholds.hexagons.map((one) => [one.hexagon, one.z])).toEqual(
      without.hexagons.map((one) => [one.hexagon, one.z]),
    )
  })

  it('accounts for every record', () => {
    const result = ask([
      ...planted,
      { longitude: null, latitude: null },
      { longitude: 119.58, latitude: null },
      { longitude: 119.7, latitude: 29.9 },
    ])
    expect(result.incidents).toEqual({ counted: 84, noPosition: 2, outside: 1 })
  })

  it('densities times areas add up to the incidents, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(somewhere, { maxLength: 60 }), fc.boolean(), (incidents, given) => {
        const result = ask(incidents, { studyArea: given ? area : null })
        const total = result.hexagons.reduce(
          (sum, one) => sum + one.perSquareKm * hexagonAreaSquareKm(one.hexagon),
          0,
        )
        expect(total).toBeCloseTo(result.incidents.counted, 9)
        expect(result.incidents.counted + result.incidents.outside).toBe(incidents.length)
      }),
      { numRuns: 50 },
    )
  })

  it('is the same to the last bit whatever the order of the records', () => {
    const shuffled = fc
      .array(somewhere, { maxLength: 40 })
      .chain((incidents) =>
        fc.tuple(fc.constant(incidents), fc.shuffledSubarray(incidents, { minLength: incidents.length })),
      )
    fc.assert(
      fc.property(shuffled, fc.boolean(), ([incidents, other], given) => {
        const more = { studyArea: given ? area : null }
        expect(ask(other, more)).toEqual(ask(incidents, more))
      }),
      { numRuns: 30 },
    )
  })
})

describe('without a study area', () => {
  it('takes the hull of the hexagons that hold an incident', () => {
    const ring = hexagonsWithin(middle, 4).filter((hexagon) => !hexagonsWithin(middle, 3).includes(hexagon))
    const result = ask(ring.map(at), { studyArea: null })
    expect(result.studyArea).toBe('hull')
    // The hull of a hexagonal ring of hexagons is all that it encloses: 61 of them.
    expect(result.hexagons.length).toBe(61)
    expect(result.incidents).toEqual({ counted: 24, noPosition: 0, outside: 0 })
  })

  it('is the occupied hexagons when these span no area, and empty without any', () => {
    const one = ask([at(middle), at(middle)], { studyArea: null })
    expect(one.hexagons).toMatchObject([{ hexagon: middle, count: 2, z: null }])
    expect(ask([], { studyArea: null }).hexagons).toEqual([])
  })
})

describe('what cannot be asked', () => {
  it('is what would never end: hexagons times neighbours', () => {
    expect(() => ask([], { resolution: 14 })).toThrow(StudyAreaTooLarge)
    expect(() => ask([], { rings: 200 })).toThrow(StudyAreaTooLarge)
  })

  it.each([{ resolution: 16 }, { resolution: 8.5 }, { resolution: -1 }, { rings: 0 }, { rings: 1.5 }])(
    '%j',
    (more) => {
      expect(() => ask([], more)).toThrow(RangeError)
    },
  )
})
