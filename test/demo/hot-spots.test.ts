import { beforeAll, describe, expect, test } from 'vitest'
import { distanceMetres } from '../../server/core/geometry/distance-metres.ts'
import { type HazardHexagon, hazardDensity } from '../../server/core/hexagons/hazard-density.ts'
import { hexagonCentre } from '../../server/core/hexagons/hexagon.ts'
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
})

test('among all incidents of the year these two stand out, and nothing else', () => {
  const found = significant(incidents)
  const reached = found.map(spotOf)
  expect(reached.filter((names) => names.length !== 1)).toEqual([])
  expect([...new Set(reached.flat())].sort()).toEqual(spots.map(({ name }) => name).sort())
  expect(found.every(({ z }) => z! > 0)).toBe(true)
})
