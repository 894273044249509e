import { beforeAll, describe, expect, it } from 'vitest'
import type { HouseholdCoverage, IncidentSummary, Incidents } from '../../server/contract/incidents.ts'
import type { HouseholdVisits } from '../../server/contract/patrols.ts'
import { pointToHexagon } from '../../server/core/hexagons/hexagon.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { day, eastVillage, seedSmallTown, town, westVillage } from '../support/small-town.ts'

const test = useDatabase()
let service: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  service = serviceOn(test.db)
})

const interval = 'from=2026-10-01&to=2026-10-10'
const incidentsOf = async (area: string, query: string): Promise<Incidents> =>
  (await service.get(`/api/areas/${area}/incidents?${query}`)).body as Incidents
const ids = ({ incidents }: Incidents): string[] => incidents.map((one) => one.id)

describe('/api/areas/{code}/incidents', () => {
  it('are newest first, each with the grid of its moment', async () => {
    const all = await incidentsOf(town, interval)
    expect(all.incidents.map((one) => [one.id, one.grid])).toEqual([
      ['i6', null],
      ['i5', null],
      ['i4', '202'],
      ['i3', '101'],
      ['i2', '101'],
      ['i1', '101'],
    ])
    expect(all.next).toBeNull()
  })

  it('take days half-open in Asia/Shanghai: midnight belongs to the day it begins', async () => {
    expect(ids(await incidentsOf(town, 'from=2026-10-01&to=2026-10-09'))).toEqual(['i3', 'i2', 'i1'])
    expect(ids(await incidentsOf(town, 'from=2026-10-09&to=2026-10-10'))).toEqual(['i6', 'i5', 'i4'])
  })

  it('are filtered by category, grid, village and hexagon', async () => {
    expect(ids(await incidentsOf(town, `${interval}&category=fire`))).toEqual(['i2', 'i1'])
    expect(ids(await incidentsOf(town, `${interval}&grid=101`))).toEqual(['i3', 'i2', 'i1'])
    expect(ids(await incidentsOf(westVillage, interval))).toEqual(['i3', 'i2', 'i1'])
    expect(ids(await incidentsOf(eastVillage, interval))).toEqual(['i4'])
    const hexagon = pointToHexagon(119.601, 29.901, 11)
    expect(ids(await incidentsOf(town, `${interval}&hexagon=${hexagon}`))).toEqual(['i2', 'i1'])
  })

  it.each([1, 2, 4])('come in pages of %i that together are all of them', async (limit) => {
    const seen: string[] = []
    let after = ''
    do {
      const page = await incidentsOf(town, `${interval}&limit=${limit}${after}`)
      expect(page.incidents.length).toBeLessThanOrEqual(limit)
      seen.push(...ids(page))
      after = page.next === null ? '' : `&after=${page.next}`
    } while (after !== '')
    expect(seen).toEqual(['i6', 'i5', 'i4', 'i3', 'i2', 'i1'])
  })

  it.each([
    '',
    'from=2026-10-10&to=2026-10-01',
    `${interval}&after=nonsense`,
    `${interval}&limit=1001`,
    'from=2026-10-01',
  ])('refuse ?%s', async (query) => {
    expect((await service.get(`/api/areas/${town}/incidents?${query}`)).status).toBe(400)
  })
})

it('/incident-summary counts them by category and by local day', async () => {
  const { body } = await service.get(`/api/areas/${town}/incident-summary?${interval}`)
  expect(body as IncidentSummary).toEqual({
    from: '2026-10-01',
    to: '2026-10-10',
    total: 6,
    without_position: 1,
    in_no_grid: 1,
    bbox: [119.601, 29.901, 119.609, 29.912],
    categories: [
      { category: 'fire', count: 2 },
      { category: 'noise', count: 2 },
      { category: 'traffic', count: 2 },
    ],
    days: [
      { day: '2026-10-01', count: 1 },
      { day: '2026-10-02', count: 2 },
      { day: '2026-10-09', count: 3 },
    ],
  })
})

describe('/household-visits', () => {
  it('says how many days ago each household was visited', async () => {
    const { body } = await service.get(`/api/areas/${town}/household-visits?day=${day}`)
    const visited = (body as HouseholdVisits).households.filter((one) => one.days_since !== null)
    expect(visited.map((one) => [one.id, one.grid, one.days_since])).toEqual([
      ['h11', '101', 0],
      ['h15', '101', 4],
      ['h41', '202', 38],
    ])
    expect((body as HouseholdVisits).households).toHaveLength(21)
  })

  it('knows nothing of later visits', async () => {
    const { body } = await service.get(`/api/areas/${town}/household-visits?day=2026-10-04`)
    const visited = (body as HouseholdVisits).households.filter((one) => one.days_since !== null)
    expect(visited.map((one) => one.id)).toEqual(['h41'])
  })

  it('pages when asked to', async () => {
    const first = (await service.get(`/api/areas/${town}/household-visits?day=${day}&limit=20`))
      .body as HouseholdVisits
    const rest = (
      await service.get(`/api/areas/${town}/household-visits?day=${day}&limit=20&after=${first.next}`)
    ).body as HouseholdVisits
    expect([first.households.length, rest.households.length, rest.next]).toEqual([20, 1, null])
  })
})

it('/household-coverage counts who was reached within the days', async () => {
  const coverageOf = async (days: number): Promise<HouseholdCoverage> =>
    (await service.get(`/api/areas/${town}/household-coverage?day=${day}&days=${days}`))
      .body as HouseholdCoverage
  // Five days end on the 9th: the visit of 5 October 23:59:59 is within, in four it is not.
  expect((await coverageOf(5)).grids[0]).toMatchObject({
    grid: '101',
    households: 5,
    reached: 2,
    must_visit_reached: 1,
  })
  expect((await coverageOf(4)).grids[0]).toMatchObject({ reached: 1, must_visit_reached: 0 })
  expect((await coverageOf(60)).totals).toEqual({
    households: 20,
    reached: 3,
    must_visit: 4,
    must_visit_reached: 1,
  })
})

it('/hotspots needs an interval, and says when the question is too large', async () => {
  expect((await service.get(`/api/areas/${town}/hotspots`)).status).toBe(400)
  const { body } = await service.get(`/api/areas/${town}/hotspots?${interval}&category=fire&resolution=8`)
  expect(body).toMatchObject({ resolution: 8, totals: { counted: 2 }, parameters: { categories: ['fire'] } })
})
