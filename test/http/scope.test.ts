/** A viewer of one place sees nothing of another, on any route of the table. */
import { beforeAll, describe, expect, it } from 'vitest'
import { collectionNames } from '../../server/contract/ogc.ts'
import { insertDevice } from '../../server/db/devices.ts'
import { allRoutes } from '../../server/routes/table.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import {
  county,
  day,
  eastVillage,
  now,
  otherTown,
  secrets,
  seedSmallTown,
  town,
  westVillage,
} from '../support/small-town.ts'

const test = useDatabase()
let administrator: Service
let ofTown: Service
let ofVillage: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  await insertDevice(test.db.system(), {
    town: otherTown,
    id: 'd9',
    kind: 'osmand',
    name: 'Secret Neighbour',
    coordinateSystem: 'EPSG:4326',
    keyHash: null,
    addedAt: now,
    addedBy: 'test',
  })
  administrator = serviceOn(test.db)
  ofTown = serviceOn(test.db, { viewer: `supervisor:${town}` })
  ofVillage = serviceOn(test.db, { viewer: `planner:${westVillage}` })
})

const tile = '14/13635/6764'
const forSupervisors =
  /\/(devices|api\/live|check-in-codes|assessments|rankings|duty-records|objections|evidence|joint-patrols)/
const queries: Readonly<Record<string, string>> = {
  '/api/areas/{code}/incidents': 'from=2026-10-01&to=2026-10-10',
  '/api/areas/{code}/household-ladder': 'from=2026-10-01&to=2026-10-10',
  '/api/areas/{code}/household-ladder/missing': 'from=2026-10-01&to=2026-10-10&step=visited',
  '/api/areas/{code}/incident-summary': 'from=2026-10-01&to=2026-10-10',
  '/api/areas/{code}/hotspots': 'from=2026-10-01&to=2026-10-10',
  '/api/areas/{code}/incident-counts': 'from=2026-10-01&to=2026-10-10',
  '/api/areas/{code}/hexagon-grids': 'from=2026-10-01&to=2026-10-10',
  '/api/areas/{code}/analysis': 'from=2026-10-01&to=2026-10-10',
  '/api/areas/{code}/patrol-days': 'from=2026-10-01&to=2026-10-10',
  '/api/areas/{code}/duty-records': 'from=2026-10-01&to=2026-10-10',
  '/api/areas/{code}/objections': 'from=2026-10-01&to=2026-10-10',
  '/api/areas/{code}/accesses': 'from=2026-10-01&to=2026-10-10',
  '/api/areas/{code}/evidence': 'from=2026-10-01&to=2026-10-10',
  '/api/areas/{code}/coverage/overdue': 'kind=household',
  '/api/areas/{code}/subjects': 'kind=household&find=9',
  '/posters/check-in-codes/{code}': 'kind=place',
  '/api/areas/{code}/joint-patrols': 'from=2026-10-01&to=2026-10-10',
  '/api/areas/{code}/devices/{device}/coordinates': 'from=2026-10-09&to=2026-10-10',
  '/api/live': `area=${county}&follow=false`,
  '/tiles/traces/{z}/{x}/{y}': `day=${day}`,
  '/tiles/traces.json': `day=${day}`,
  '/tiles/hazard/{z}/{x}/{y}': `area=${county}&from=2026-10-01&to=2026-10-10`,
  '/tiles/hazard.json': `area=${county}&from=2026-10-01&to=2026-10-10`,
}

/** Every reading route with an area, a grid and so on put in. */
const readings = allRoutes
  // By the OsmAnd protocol a device reports with GET: it is told nothing.
  .filter((route) => route.method === 'get' && !/^\/(api\/docs|ingest\/)/.test(route.path))
  .map((route) => {
    const path = route.path
      .replace('{z}/{x}/{y}', tile)
      .replace('{code}', county)
      .replace('{grid}', '901')
      .replace('{worker}', 'w9')
      .replace('{device}', 'd9')
      .replace('{month}', day.slice(0, 7))
      .replace('{quarter}', '2026-Q4')
      .replace('{incident}', 'i1')
      .replace('{photo}', 'none')
      .replace('{day}', day)
      .replace('{form}', 'annex3')
      .replace('patrol-days/items/{feature}', `patrol-days/items/${otherTown},w9,${day},901`)
      .replace('traces/items/{feature}', `traces/items/${otherTown},w9,${day},inside`)
      .replace('{feature}', encodeURIComponent(`${otherTown},901`))
      .replace('{id}', 'none')
      .replace('{job}', 'none')
    const query = queries[route.path]
    return query === undefined ? path : `${path}?${query}`
  })

/** What only the neighbour has: its name, and the codes of its grid and worker. */
const foreign = /Secret Neighbour|"901"|"w9"|Secret \*|S\*\*\*/

describe('what lies elsewhere', () => {
  it.each(readings)('does not show in %s', async (path) => {
    for (const service of [ofTown, ofVillage]) {
      const response = await service.get(path)
      // Devices are looked after, workers followed and codes put up by supervisors, who decide over people, too: a planner
      // is refused. The service is watched by administrators.
      const isRefused =
        /^\/metrics|\/accesses/.test(path) || (service === ofVillage && forSupervisors.test(path))
      expect(isRefused ? [403] : [200, 204, 404]).toContain(response.status)
      expect(response.text ?? '').not.toMatch(foreign)
      expect(Buffer.isBuffer(response.body) ? response.body.toString('latin1') : '').not.toMatch(foreign)
    }
  })

  it('does show to who may see it: the patterns above would be found', async () => {
    const found = await Promise.all(
      [
        '/ogc/collections/grids/items',
        '/ogc/collections/incidents/items',
        '/ogc/collections/traces/items',
        `/ogc/collections/traces/items/${otherTown},w9,${day},inside`,
        `/api/areas/${county}/grids`,
        `/api/areas/${county}/devices`,
      ].map((path) => administrator.get(path)),
    )
    for (const response of found) expect(response.text).toMatch(foreign)
  })

  it.each(collectionNames)('is found in %s by no filter and in no system', async (name) => {
    for (const filter of [
      'true',
      `town = '${otherTown}'`,
      'not s_disjoint(geometry, BBOX(119.6,29.8,119.7,30))',
    ])
      for (const service of [ofTown, ofVillage]) {
        const more = 'crs=http://www.opengis.net/def/crs/EPSG/0/4549'
        const { status, text } = await service.get(
          `/ogc/collections/${name}/items?filter=${encodeURIComponent(filter)}&${more}`,
        )
        expect(status).toBe(200)
        expect(text).not.toMatch(foreign)
      }
  })

  it('is not found as an area', async () => {
    for (const path of [
      `/api/areas/${otherTown}`,
      `/api/areas/${otherTown}/grids`,
      `/api/areas/${otherTown}/check`,
    ])
      expect((await ofTown.get(path)).status).toBe(404)
    expect((await ofVillage.get(`/api/areas/${eastVillage}/grids`)).status).toBe(404)
  })
})

describe('a viewer of a village', () => {
  it('sees its grids, households and incidents only', async () => {
    const matched = async (collection: string): Promise<number> =>
      (
        JSON.parse((await ofVillage.get(`/ogc/collections/${collection}/items`)).text) as {
          numberMatched: number
        }
      ).numberMatched
    expect(await matched('grids')).toBe(2)
    expect(await matched('households')).toBe(10)
    expect(await matched('incidents')).toBe(3)
  })
})

it('an entity tag of one viewer is not another’s', async () => {
  const path = `/tiles/grids/${tile}`
  const tags = await Promise.all(
    [administrator, ofTown, ofVillage].map(async (service) => (await service.get(path)).headers['etag']),
  )
  expect(new Set(tags).size).toBe(3)
})

it('no reading gives a name, a phone or a house number in the clear', async () => {
  for (const path of readings) {
    const response = await administrator.get(path.replace(county, town))
    const text =
      (response.text ?? '') + (Buffer.isBuffer(response.body) ? response.body.toString('utf8') : '')
    const clear = secrets.filter((secret) => secret !== 'Secret Neighbour' && text.includes(secret))
    expect([path, clear]).toEqual([path, []])
  }
})
