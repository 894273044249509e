/** By no path does the true place of a private incident, or a household, reach a viewer who may not see where people live. */
import { beforeAll, describe, expect, it } from 'vitest'
import { showIncidents } from '../../server/commands/privacy/show-incidents.ts'
import type { GridDetail, Grids } from '../../server/contract/grids.ts'
import type { Hotspots } from '../../server/contract/hotspots.ts'
import type { Incidents } from '../../server/contract/incidents.ts'
import { pointToHexagon } from '../../server/core/hexagons/hexagon.ts'
import { statement } from '../../server/db/sql.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { day, grids, households, incidents, now, seedSmallTown, town } from '../support/small-town.ts'

const test = useDatabase()
let supervisor: Service
let analyst: Service
const interval = 'from=2026-10-01&to=2026-10-10'
/** Of grid 101. Private by the policy below; the fires are not. */
const hidden = incidents.find(({ id }) => id === 'i3')!
const [longitude, latitude] = hidden.at!

beforeAll(async () => {
  await seedSmallTown(test.db)
  const system = test.db.system()
  await system.insertMany(
    'policies',
    { area_code: 'text', kind: 'text', valid_from: 'date', name: 'text', rules: 'jsonb' },
    [[town, 'privacy', '2026-01-01', 'test', { private_categories: ['traffic'] }]],
  )
  await system.transaction((open) => showIncidents(open, now))
  supervisor = serviceOn(test.db, { viewer: `supervisor:${town}` })
  analyst = serviceOn(test.db, { viewer: `analyst:${town}` })
})

const incidentsOf = async (service: Service, query = ''): Promise<Incidents['incidents']> =>
  ((await service.get(`/api/areas/${town}/incidents?${interval}${query}`)).body as Incidents).incidents
const idsIn = (text: string): string[] =>
  (JSON.parse(text) as { features: { id: string }[] }).features.map(({ id }) => id)
const shownPlace = async (): Promise<readonly [number, number]> => {
  const one = (await incidentsOf(analyst)).find(({ id }) => id === hidden.id)!
  return [one.lon!, one.lat!]
}

describe('a private incident', () => {
  it('is shown to a supervisor where it was, to an analyst elsewhere in its grid, without words', async () => {
    const [exact] = (await incidentsOf(supervisor)).filter(({ id }) => id === hidden.id)
    expect([exact!.lon, exact!.lat, exact!.approximate]).toEqual([longitude, latitude, undefined])
    const [masked] = (await incidentsOf(analyst)).filter(({ id }) => id === hidden.id)
    expect(masked).toMatchObject({ approximate: true, grid: '101', declared_grid: null, description: null })
    const grid = grids.find(({ code }) => code === '101')!
    expect(masked!.lon).toBeGreaterThanOrEqual(grid.west)
    expect(masked!.lon).toBeLessThanOrEqual(grid.west + 0.005)
    // 30 m are 0.00031° of longitude here.
    expect(Math.hypot((masked!.lon! - longitude) * 0.867, masked!.lat! - latitude)).toBeGreaterThan(0.00026)
  })

  it('is at one place for ever: deciding again, with the same secret, gives the same', async () => {
    const before = await shownPlace()
    const system = test.db.system()
    await system.none(statement(`update wangge.incidents set shown_position = null, shown_under = null`))
    expect((await incidentsOf(analyst)).every(({ lon }) => lon === null)).toBe(true)
    await system.transaction((open) => showIncidents(open, now))
    expect(await shownPlace()).toEqual(before)
  })

  it('is found by a box or a hexagon where it is shown, not where it was', async () => {
    const [x, y] = await shownPlace()
    const has = async (lon: number, lat: number): Promise<[boolean, boolean]> => {
      const box = [lon - 1e-5, lat - 1e-5, lon + 1e-5, lat + 1e-5].join(',')
      const { text } = await analyst.get(`/ogc/collections/incidents/items?bbox=${box}`)
      const within = encodeURIComponent(`s_within(geometry, BBOX(${box}))`)
      const filtered = await analyst.get(`/ogc/collections/incidents/items?filter=${within}`)
      expect(idsIn(filtered.text)).toEqual(idsIn(text))
      const listed = await incidentsOf(analyst, `&hexagon=${pointToHexagon(lon, lat, 11)}`)
      return [text.includes(`"${hidden.id}"`), listed.some(({ id }) => id === hidden.id)]
    }
    expect(await has(x, y)).toEqual([true, true])
    expect(await has(longitude, latitude)).toEqual([false, false])
  })

  it('counts in the hexagon where it is shown, at the finest resolution too', async () => {
    const path = `/api/areas/${town}/hotspots?${interval}&category=traffic&resolution=11`
    const occupied = ((await analyst.get(path)).body as Hotspots).cells.filter(({ count }) => count > 0)
    const [x, y] = await shownPlace()
    const cells = occupied.map(({ h3 }) => h3)
    expect(cells).toContain(pointToHexagon(x, y, 11))
    expect(cells).not.toContain(pointToHexagon(longitude, latitude, 11))
    const { text } = await supervisor.get(path)
    expect(text).toContain(pointToHexagon(longitude, latitude, 11))
  })

  it('has its true place in no answer, to the fourth decimal', async () => {
    const exact = new RegExp(`${longitude}\\d*,\\s*${latitude}|"lon":${longitude}\\b`)
    for (const path of [
      `/api/areas/${town}/incidents?${interval}`,
      `/api/areas/${town}/incident-summary?${interval}`,
      '/ogc/collections/incidents/items',
      `/ogc/collections/incidents/items/${town},${hidden.id}`,
    ]) {
      expect((await analyst.get(path)).text).not.toMatch(exact)
    }
    expect((await supervisor.get('/ogc/collections/incidents/items')).text).toMatch(exact)
  })
})

describe('households', () => {
  it('are no features and no points of tiles for an analyst', async () => {
    const { text } = await analyst.get('/ogc/collections/households/items')
    expect(JSON.parse(text)).toMatchObject({ numberMatched: 0, features: [] })
    const one = await analyst.get(`/ogc/collections/households/items/${town},${households[0]!.id}`)
    expect(one.status).toBe(404)
    expect((await analyst.get('/tiles/households/14/13635/6764')).status).toBe(204)
    expect((await supervisor.get('/tiles/households/14/13635/6764')).status).toBe(200)
  })

  it.each([
    `household-visits?day=${day}`,
    `coverage/overdue?kind=household&day=${day}`,
    `closure?day=${day}`,
    `check?day=${day}`,
    `household-coverage?day=${day}`,
    `coverage?day=${day}`,
  ])('are not listed for an analyst: %s', async (path) => {
    expect((await analyst.get(`/api/areas/${town}/${path}`)).status).toBe(403)
    expect((await supervisor.get(`/api/areas/${town}/${path}`)).status).toBe(200)
  })

  it('that must be visited, one a grid, are told to a supervisor and not to an analyst', async () => {
    const told = async (service: Service): Promise<unknown[]> =>
      ((await service.get(`/api/areas/${town}/grids?day=${day}`)).body as Grids).grids.map(
        (one) => one.must_visit,
      )
    expect(await told(supervisor)).toEqual([1, 1, 1, 1])
    expect(await told(analyst)).toEqual([null, null, null, null])
    const { body } = await analyst.get(`/api/areas/${town}/grids/101?day=${day}`)
    expect((body as GridDetail).categories).toEqual([])
  })

  it('are no denominator of a hexagon with fewer than five of them', async () => {
    const path = `/api/areas/${town}/hotspots?${interval}&resolution=11`
    const cells = ((await analyst.get(path)).body as Hotspots).cells
    // Along a diagonal of 730 m five homes lie 120 m apart: no hexagon of 50 m has two.
    expect(cells.every(({ households: homes }) => homes === null || homes === 0)).toBe(true)
    expect(cells.filter(({ withheld }) => withheld === true).length).toBe(households.length)
    expect(cells.every(({ rate, withheld }) => rate === null || withheld === undefined)).toBe(true)
    const exact = ((await supervisor.get(path)).body as Hotspots).cells
    expect(exact.filter(({ households: homes }) => homes === 1).length).toBe(households.length)
  })
})
