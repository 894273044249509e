import { beforeAll, describe, expect, test } from 'vitest'
import { distanceMetres } from '../../server/core/geometry/distance-metres.ts'
import { type HazardHexagon, hazardDensity } from '../../server/core/hexagons/hazard-density.ts'
import { hexagonCentre, pointToHexagon } from '../../server/core/hexagons/hexagon.ts'
import { ringWeights } from '../../server/core/hexagons/ring-weights.ts'
import { emergingHotSpots } from '../../server/core/statistics/emerging.ts'
import { correct } from '../../server/core/statistics/false-discovery.ts'
import { localMoran } from '../../server/core/statistics/local-moran.ts'
import { localMoranPermutation } from '../../server/core/statistics/local-moran-permutation.ts'
import { withSelf } from '../../server/core/statistics/weights.ts'
import type { AreaGeometry } from '../../server/core/values.ts'
import type { IncidentRow } from '../../server/formats/kinds/incidents.ts'
import { demoRows, midnight, truths } from './demo-township.ts'

const spots = truths.hot_spots
type Spot = (typeof spots)[number]

let incidents: IncidentRow[]
let township: AreaGeometry
beforeAll(async () => {
  incidents = await demoRows('incidents')
  township = (await demoRows('areas')).find(({ level }) => level === 'township')!.boundary!
})
const isOf = ({ category, from, to }: Spot, incident: IncidentRow): boolean =>
  incident.category === category &&
  incident.occurredAt >= midnight(from) &&
  incident.occurredAt < midnight(to)
const metresFrom = ({ lon, lat }: Spot, longitude: number, latitude: number): number =>
  distanceMetres(lon, lat, longitude, latitude)

/** Hexagons hotter (or colder) than chance: q < 0.05. */
const significant = (some: readonly IncidentRow[]): HazardHexagon[] =>
  hazardDensity({ incidents: some, studyArea: township, resolution: 9, rings: 1 }).hexagons.filter(
    ({ q }) => q !== null && q < 0.05,
  )

/**
 * The spot whose neighbourhood reaches a hexagon. Centres of neighbours at resolution 9 are about 340 m apart here, and an
 * incident may lie 200 m from the centre of its own: beyond radius + 540 m nothing of the spot is in the sum.
 */
const spotOf = (hexagon: HazardHexagon): string[] => {
  const [longitude, latitude] = hexagonCentre(hexagon.hexagon)
  return spots
    .filter((spot) => metresFrom(spot, longitude, latitude) <= spot.radius_m + 540)
    .map(({ name }) => name)
}

describe.each(spots.map((spot) => [spot.name, spot] as const))('%s', (name, spot) => {
  test('has its incidents within its radius, of its category and in its period', () => {
    const there = incidents.filter(
      (i) => isOf(spot, i) && metresFrom(spot, i.longitude!, i.latitude!) <= spot.radius_m * 1.01,
    )
    expect(there.length).toBeGreaterThanOrEqual(spot.incidents)
    expect(there.length).toBeLessThanOrEqual(spot.incidents + 5) // what the background adds
  })

  test('is the only hot spot among incidents of its category and period', () => {
    const found = significant(incidents.filter((incident) => isOf(spot, incident)))
    expect(found.length).toBeGreaterThan(0)
    expect(found.map(spotOf)).toEqual(found.map(() => [name]))
    expect(found.every(({ z }) => z! > 0)).toBe(true)
  })

  test('is the only cluster of local Moran: high beside high', () => {
    // At resolution 10, where a spot covers several hexagons: at 9 it is one, and one has nobody like it beside it.
    const { hexagons } = hazardDensity({
      incidents: incidents.filter((incident) => isOf(spot, incident)),
      studyArea: township,
      resolution: 10,
      rings: 1,
    })
    const counts = hexagons.map(({ count }) => count)
    const weights = ringWeights(
      hexagons.map(({ hexagon }) => hexagon),
      1,
    )
    const q = correct(localMoranPermutation(counts, weights, { permutations: 29_999, seed: 1 }), 'bh')
    const places = localMoran(counts, weights)
    const found = hexagons.flatMap(({ hexagon }, i) =>
      q[i] !== null && q[i]! < 0.05
        ? [{ quadrant: places[i]!.quadrant, metres: metresFrom(spot, ...hexagonCentre(hexagon)) }]
        : [],
    )
    expect(found.length).toBeGreaterThan(5)
    expect(new Set(found.map(({ quadrant }) => quadrant))).toEqual(new Set(['HH']))
    // A hexagon reaches 80 m from its centre here, to the nearest of the next 130 m.
    expect(Math.max(...found.map(({ metres }) => metres))).toBeLessThan(spot.radius_m + 130)
  })

  test('emerges in the months it was planted in, and nothing else of its category does', () => {
    // Ten months that end with the spot's, each 30 days.
    const month = 30 * 86_400_000
    const ends = Array.from({ length: 10 }, (_, t) => midnight(spot.to) - (9 - t) * month)
    const some = incidents.filter(({ category }) => category === spot.category)
    const ground = hazardDensity({ incidents: some, studyArea: township, resolution: 9, rings: 1 })
    const hexagons = ground.hexagons.map(({ hexagon }) => hexagon)
    const places = emergingHotSpots({
      steps: ends.map((end) => {
        const counts = new Map<string, number>()
        for (const { occurredAt, longitude, latitude } of some) {
          if (occurredAt < end - month || occurredAt >= end) continue
          const hexagon = pointToHexagon(longitude!, latitude!, 9)
          counts.set(hexagon, (counts.get(hexagon) ?? 0) + 1)
        }
        return hexagons.map((hexagon) => counts.get(hexagon) ?? 0)
      }),
      weights: withSelf(ringWeights(hexagons, 1)),
      stepsBack: 0,
      areIncidents: true,
    })
    const found = places.flatMap((place, i) =>
      place.class === 'none'
        ? []
        : [
            {
              class: place.class,
              steps: place.hotSteps,
              metres: metresFrom(spot, ...hexagonCentre(hexagons[i]!)),
            },
          ],
    )
    const months = Math.round((midnight(spot.to) - midnight(spot.from)) / month)
    expect(found.length).toBeGreaterThan(0)
    expect(new Set(found.map((place) => place.class))).toEqual(new Set(['consecutive_hot']))
    // Where only the edge of a spot reaches a neighbourhood a month may be too few; none has more.
    expect(Math.max(...found.map(({ steps }) => steps))).toBe(months)
    expect(Math.max(...found.map(({ metres }) => metres))).toBeLessThan(spot.radius_m + 540)
  })
})

test('among all incidents of the year these two stand out, and nothing else', () => {
  const found = significant(incidents)
  const reached = found.map(spotOf)
  expect(reached.filter((names) => names.length !== 1)).toEqual([])
  expect([...new Set(reached.flat())].sort()).toEqual(spots.map(({ name }) => name).sort())
  expect(found.every(({ z }) => z! > 0)).toBe(true)
})
