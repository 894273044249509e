/** Other coordinate systems of /ogc. Coordinates expected are those of PROJ 9.1: `echo 29.902 119.602 | cs2cs -f %.4f EPSG:4490 EPSG:…`. */
import type { Point } from 'geojson'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ProblemDetails } from '../../server/contract/errors.ts'
import { collectionNames, type Features } from '../../server/contract/ogc.ts'
import { offeredCrs } from '../../server/contract/ogc-crs.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { seedSmallTown, town } from '../support/small-town.ts'

const test = useDatabase()
let service: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  service = serviceOn(test.db)
})

const epsg = (code: number): string => `http://www.opengis.net/def/crs/EPSG/0/${code}`
const crs84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'
const ask = (collection: string, parameters: Readonly<Record<string, string>>) =>
  service.get(`/ogc/collections/${collection}/items?${new URLSearchParams(parameters).toString()}`)
async function found(collection: string, parameters: Readonly<Record<string, string>>): Promise<Features> {
  const { status, text } = await ask(collection, parameters)
  if (status !== 200) throw new Error(`${JSON.stringify(parameters)} → ${status} ${text}`)
  return JSON.parse(text) as Features
}
const idsOf = async (...asked: Parameters<typeof found>): Promise<string[]> =>
  (await found(...asked)).features.map(({ id }) => id.split(',')[1] ?? id)

/** The school at 119.602° E, 29.902° N, first axis first, as the EPSG registry has the axes. */
const school: readonly (readonly [string, readonly number[]])[] = [
  [crs84, [119.602, 29.902]],
  [epsg(4326), [29.902, 119.602]],
  [epsg(4490), [29.902, 119.602]],
  [epsg(3857), [13314033.7379, 3490959.0669]],
  // Zones of three degrees, with their number and without; of six degrees likewise.
  [epsg(4528), [3309316.4961, 40461560.6287]],
  [epsg(4549), [3309316.4961, 461560.6287]],
  [epsg(4498), [3312096.3578, 20751347.3797]],
  [epsg(4509), [3312096.3578, 751347.3797]],
]

describe('an answer', () => {
  it.each(school)('in %s has the coordinates PROJ gives, and says the system', async (crs, expected) => {
    for (const path of ['?', `/${encodeURIComponent(`${town},p1`)}?`]) {
      const response = await service.get(`/ogc/collections/places/items${path}crs=${encodeURIComponent(crs)}`)
      expect([response.status, response.headers['content-crs']]).toEqual([200, `<${crs}>`])
      const read = JSON.parse(response.text) as { features?: { geometry: Point }[]; geometry: Point }
      const { coordinates } = (read.features?.[0] ?? read).geometry
      expect(coordinates).toHaveLength(2)
      // A tenth of a millimetre, in degrees 1e-9.
      const digits = expected[0]! < 200 ? 9 : 3
      for (const [i, value] of expected.entries()) expect(coordinates[i]).toBeCloseTo(value, digits)
    }
  })

  it('in another system is another answer to a cache', async () => {
    const tags = await Promise.all(
      [crs84, epsg(4326)].map(async (crs) => (await ask('places', { crs })).headers['etag'] as string),
    )
    expect(tags[0]).not.toBe(tags[1])
  })

  it('in a system the collection lists can be had of every collection', async () => {
    for (const name of collectionNames) {
      const { crs, storageCrs } = JSON.parse((await service.get(`/ogc/collections/${name}`)).text) as {
        crs: string[]
        storageCrs: string
      }
      expect([crs, storageCrs]).toEqual([offeredCrs, crs84])
      expect((await ask(name, { crs: epsg(4549) })).status).toBe(200)
    }
    for (const crs of offeredCrs) expect((await ask('areas', { crs })).status).toBe(200)
    const all = JSON.parse((await service.get('/ogc/collections')).text) as { crs: string[] }
    expect(all.crs).toEqual(offeredCrs)
  })

  it('goes on in its system, box and filter from page to page', async () => {
    const asked = { crs: epsg(4549), 'bbox-crs': epsg(4490), bbox: '29.9,119.6,29.905,119.605', limit: '1' }
    const first = await found('households', { ...asked, filter: "id <> 'h12'" })
    const next = new URL(first.links.find(({ rel }) => rel === 'next')!.href)
    const response = await service.get(next.pathname + next.search)
    expect(response.headers['content-crs']).toBe(`<${epsg(4549)}>`)
    expect((JSON.parse(response.text) as Features).features.map(({ id }) => id)).toEqual([`${town},h13`])
  })
})

describe('a box', () => {
  /** Around the school, ten metres or a ten-thousandth of a degree each way. */
  it.each(school)('in %s finds what lies in it', async (crs, [a = 0, b = 0]) => {
    const reach = a < 200 ? 1e-4 : 10
    const box = (shift: number): string =>
      [a - reach + shift, b - reach, a + reach + shift, b + reach].join(',')
    const asked = { 'bbox-crs': crs, ...(crs !== crs84 && { crs: epsg(4549) }) }
    expect(await idsOf('places', { ...asked, bbox: box(0) })).toEqual(['p1'])
    expect(await idsOf('places', { ...asked, bbox: box(2 * reach) })).toEqual([])
  })

  it('of Gauss–Krüger is a box there, not the one around it in degrees', async () => {
    // In zone 45 (135° E), 15° off its meridian, north is turned by 15° · sin 30° = 7.6°: a strip of 20 m by 2 km along grid north.
    const school45 = (await found('places', { crs: epsg(4533) })).features[0]!.geometry as unknown as Point
    const [north = 0, east = 0] = school45.coordinates
    const strip = [north - 1000, east - 10, north + 1000, east + 10].join(',')
    expect(await idsOf('places', { bbox: strip, 'bbox-crs': epsg(4533) })).toEqual(['p1'])
    // Household h12 lies 32 m to the west of the school and 37 m to the south: the strip passes it by, its hull in degrees would not.
    const homes = await idsOf('households', { bbox: strip, 'bbox-crs': epsg(4533) })
    expect(homes).not.toContain('h12')
  })

  it.each([
    ['upside down', { bbox: '29.91,119.6,29.9,119.61', 'bbox-crs': epsg(4490) }],
    ['with its axes turned', { bbox: '119.6,29.9,119.61,29.91', 'bbox-crs': epsg(4490) }],
    ['of metres upside down', { bbox: '3309316,461560,3309300,461570', 'bbox-crs': epsg(4549) }],
    ['with easting first', { bbox: '40461560,3309316,40461570,3309326', 'bbox-crs': epsg(4528) }],
    ['beyond all numbers', { bbox: '1e999,0,1e999,1' }],
  ])('%s is 400', async (_, parameters) => {
    const { status, text } = await ask('places', parameters)
    expect(status).toBe(400)
    expect((JSON.parse(text) as ProblemDetails).flaws).toMatchObject([{ place: { field: 'bbox' } }])
  })
})

describe('a filter', () => {
  it.each(school)('has its geometries in %s', async (crs, [a = 0, b = 0]) => {
    const reach = a < 200 ? 1e-4 : 10
    const asked = (filter: string) => idsOf('places', { filter, 'filter-crs': crs })
    expect(
      await asked(`s_intersects(geometry, BBOX(${a - reach},${b - reach},${a + reach},${b + reach}))`),
    ).toEqual(['p1'])
    const ring = [
      [a - reach, b - reach],
      [a + 3 * reach, b - reach],
      [a - reach, b + 3 * reach],
      [a - reach, b - reach],
    ]
    const polygon = `POLYGON((${ring.map((one) => one.join(' ')).join(', ')}))`
    expect(await asked(`s_within(geometry, ${polygon})`)).toEqual(['p1'])
    expect(await asked(`s_disjoint(geometry, ${polygon})`)).toEqual([])
  })

  it('is taken in CRS84 without a word, and in no other by mistake', async () => {
    expect(
      await idsOf('places', {
        filter: 's_intersects(geometry, BBOX(119.6,29.9,119.61,29.91))',
        crs: epsg(4490),
      }),
    ).toEqual(['p1'])
  })
})

it.each(['crs', 'bbox-crs', 'filter-crs'])(
  '%s of a system not offered is 400 and says where the list is',
  async (name) => {
    for (const uri of [epsg(2000), 'EPSG:4326', 'http://www.opengis.net/def/crs/OGC/0/CRS84h', '4490']) {
      const { status, text } = await ask('places', { [name]: uri, bbox: '0,0,1,1', filter: 'true' })
      expect(status).toBe(400)
      const [flaw] = (JSON.parse(text) as ProblemDetails).flaws ?? []
      expect(flaw).toMatchObject({ place: { field: name }, value: uri })
      expect(flaw?.message.zh).toContain('/ogc/collections/places')
      expect(flaw?.message.en).toContain('/ogc/collections/places')
    }
  },
)
