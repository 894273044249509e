import { beforeAll, describe, expect, it } from 'vitest'
import { collectionNames } from '../../server/contract/ogc.ts'
import { statement } from '../../server/db/sql.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import {
  householdInNoGrid,
  households,
  otherTown,
  secrets,
  seedSmallTown,
  town,
} from '../support/small-town.ts'

interface Items {
  readonly numberMatched: number
  readonly numberReturned: number
  readonly features: readonly {
    readonly id: string
    readonly properties: Readonly<Record<string, unknown>>
    readonly geometry: unknown
  }[]
  readonly links: readonly { readonly rel: string; readonly href: string; readonly type?: string }[]
}

const test = useDatabase()
let service: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  service = serviceOn(test.db)
})

const read = async <T>(path: string): Promise<T> => {
  const { text, status } = await service.get(path)
  if (status !== 200) throw new Error(`${path} → ${status} ${text}`)
  return JSON.parse(text) as T
}
const itemsOf = (collection: string, query = ''): Promise<Items> =>
  read(`/ogc/collections/${collection}/items${query}`)
const statusOf = async (path: string): Promise<number> => (await service.get(path)).status
const ids = (items: Items): string[] => items.features.map((feature) => feature.id)
const nextOf = (items: Items): string | undefined => items.links.find((one) => one.rel === 'next')?.href

describe('the landing page and what it links to', () => {
  it('leads to the description, the conformance classes and the collections', async () => {
    const { links } = await read<{ links: Items['links'] }>('/ogc')
    expect(links.map((one) => one.rel)).toEqual([
      'self',
      'service-desc',
      'service-doc',
      'conformance',
      'data',
      'http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector',
      'http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes',
    ])
    for (const { href } of links) expect(await statusOf(new URL(href).pathname)).toBe(200)
  })

  it('has seven collections, each with its items, in CRS84 unless asked for', async () => {
    const { collections } = await read<{
      collections: { id: string; crs: string[]; links: Items['links'] }[]
    }>('/ogc/collections')
    expect(collections.map((one) => one.id)).toEqual([
      ...['areas', 'grids', 'households', 'places', 'incidents', 'patrol-days', 'traces'],
    ])
    for (const one of collections) {
      expect(one.crs[0]).toBe('http://www.opengis.net/def/crs/OGC/1.3/CRS84')
      const items = one.links.find((link) => link.rel === 'items')
      expect(await statusOf(new URL(items?.href ?? '').pathname)).toBe(200)
    }
  })

  it('publishes each queryable as a parameter of the very path of its collection', async () => {
    const api = await read<{
      openapi: string
      paths: Record<string, { get: { parameters: { name: string }[] } }>
    }>('/ogc/api')
    expect(api.openapi).toBe('3.0.3')
    const names = api.paths['/collections/households/items']?.get.parameters.map((one) => one.name)
    expect(names).toEqual([
      ...[
        'f',
        'bbox',
        'bbox-crs',
        'crs',
        'datetime',
        'limit',
        'after',
        'filter',
        'filter-lang',
        'filter-crs',
      ],
      ...['id', 'grid', 'village', 'town', 'category', 'must_visit', 'members'],
    ])
  })
})

describe('items', () => {
  it('say how many there are, and which system the coordinates are in', async () => {
    const response = await service.get('/ogc/collections/grids/items')
    expect(response.headers['content-crs']).toBe('<http://www.opengis.net/def/crs/OGC/1.3/CRS84>')
    expect(response.headers['content-type']).toMatch(/^application\/geo\+json/)
    const grids = JSON.parse(response.text) as Items
    expect([grids.numberMatched, grids.numberReturned]).toEqual([5, 5])
  })

  it('are paged by key: together exactly all, each once, also while rows are inserted', async () => {
    const seen: string[] = []
    let address: string | undefined = '/ogc/collections/households/items?limit=4'
    for (let page = 0; address !== undefined; page++) {
      const items: Items = await read(address)
      expect(items.numberReturned).toBe(items.features.length)
      seen.push(...ids(items))
      const next = nextOf(items)
      address = next && next.slice(new URL(next).origin.length)
      const columns = { town_id: 'text', household_id: 'text', position: 'geometry' } as const
      await test.db.system().insertMany('households', columns, [
        // One that sorts before what was read, one that sorts after everything.
        [town, `a${page}`, 'SRID=4326;POINT(119.601 29.901)'],
        [otherTown, `z${page}`, 'SRID=4326;POINT(119.611 29.901)'],
      ])
      expect(page).toBeLessThan(40)
    }
    expect(new Set(seen).size).toBe(seen.length)
    const stood = [
      ...households.map((one) => `${town},${one.id}`),
      `${town},${householdInNoGrid.id}`,
      `${otherTown},h1`,
    ]
    expect(stood.filter((id) => !seen.includes(id))).toEqual([])
    await removeInserted()
  })

  it('carry the grid that covers them; a point on a shared edge has the smaller code, one in none has null', async () => {
    const columns = { town_id: 'text', household_id: 'text', position: 'geometry' } as const
    // The corner where 101, 102, 201 and 202 meet.
    await test.db
      .system()
      .insertMany('households', columns, [[town, 'a-corner', 'SRID=4326;POINT(119.605 29.905)']])
    const grids = (await itemsOf('households', `?town=${town}`)).features.map((one) => [
      one.properties['id'],
      one.properties['grid'],
    ])
    expect(grids).toEqual([
      ['a-corner', '101'],
      ...households.map((one) => [one.id, one.grid]),
      [householdInNoGrid.id, null],
    ])
    await removeInserted()
  })

  it('of incidents carry the grid of their moment', async () => {
    const { features } = await itemsOf('incidents', `?town=${town}`)
    const grids = Object.fromEntries(features.map((one) => [one.properties['id'], one.properties['grid']]))
    expect(grids).toEqual({ i1: '101', i2: '101', i3: '101', i4: '202', i5: null, i6: null })
    expect(features.find((one) => one.properties['id'] === 'i6')?.geometry).toBeNull()
  })

  it('are filtered by equality of each queryable', async () => {
    expect(ids(await itemsOf('households', '?grid=202'))).toEqual(
      households.filter((one) => one.grid === '202').map((one) => `${town},${one.id}`),
    )
    expect((await itemsOf('households', '?must_visit=true')).numberMatched).toBe(4)
    expect((await itemsOf('households', '?category=five_guarantee&grid=101')).numberMatched).toBe(1)
    expect((await itemsOf('incidents', '?category=fire')).numberMatched).toBe(2)
    expect((await itemsOf('areas', '?level=village')).numberMatched).toBe(2)
  })

  it('mask names and house numbers', async () => {
    const { features } = await itemsOf('households', '?id=h11')
    expect(features[0]?.properties).toMatchObject({ head: '王*明', address: '临溪镇桥头***' })
  })
})

describe('bbox', () => {
  it('takes four numbers, or six with heights', async () => {
    // The lower left half of grid 101 holds its first three households.
    const four = await itemsOf('households', '?bbox=119.6,29.9,119.6026,29.9026')
    expect(ids(four)).toEqual([`${town},h11`, `${town},h12`, `${town},h13`])
    expect(ids(await itemsOf('households', '?bbox=119.6,29.9,-50,119.6026,29.9026,9000'))).toEqual(ids(four))
  })

  it('across the antimeridian is both sides of it', async () => {
    expect((await itemsOf('households', '?bbox=119.6,29.8,-170,30')).numberMatched).toBe(22)
    expect((await itemsOf('households', '?bbox=170,29.8,119.6001,30')).numberMatched).toBe(0)
    expect((await itemsOf('households', '?bbox=170,29.8,119.601,30')).numberMatched).toBe(2)
  })

  it('ends where it says: a point a tenth of a metre beyond is not in it', async () => {
    // h11 lies at 119.600833, 29.900833; 1e-6° of longitude are 0.1 m.
    expect(ids(await itemsOf('households', '?bbox=119.6,29.9,119.600833,29.901'))).toEqual([`${town},h11`])
    expect(ids(await itemsOf('households', '?bbox=119.6,29.9,119.600832,29.901'))).toEqual([])
  })

  it('finds polygons that meet the box, not those whose own boxes do', async () => {
    expect((await itemsOf('grids', '?bbox=119.601,29.901,119.602,29.902')).numberMatched).toBe(1)
  })
})

describe('datetime', () => {
  const matched = async (datetime: string): Promise<number> =>
    (await itemsOf('incidents', `?town=${town}&datetime=${encodeURIComponent(datetime)}`)).numberMatched

  it('takes instants and intervals, open at either end', async () => {
    expect(await matched('2026-10-01T00:00:00Z')).toBe(1)
    expect(await matched('2026-10-01T00:00:01Z')).toBe(0)
    expect(await matched('../2026-10-02T01:00:00Z')).toBe(3)
    expect(await matched('2026-10-02T01:00:00Z/..')).toBe(4)
    expect(await matched('2026-10-02T01:00:00Z/')).toBe(4)
    expect(await matched('2026-10-09')).toBe(3)
  })

  it('of grids chooses versions: now without it, then every version in force', async () => {
    const now = await itemsOf('grids', '?code=101')
    expect(now.features.map((one) => one.properties['valid_from'])).toEqual(['2026-05-31T16:00:00Z'])
    const all = await itemsOf('grids', '?code=101&datetime=../..')
    expect(all.features.map((one) => one.properties['valid_to'])).toEqual(['2026-05-31T16:00:00Z', null])
    const before = await itemsOf('grids', '?code=101&datetime=2026-05-31T15:59:59Z')
    expect(before.features.map((one) => one.properties['valid_to'])).toEqual(['2026-05-31T16:00:00Z'])
  })
})

describe('one feature', () => {
  it('is found by the id its collection gives it', async () => {
    for (const collection of collectionNames) {
      const { features } = await itemsOf(collection)
      for (const { id } of features) {
        const one = await read<{ id: string }>(
          `/ogc/collections/${collection}/items/${encodeURIComponent(id)}`,
        )
        expect(one.id).toBe(id)
      }
    }
  })

  it('of a grid without a start is the version in force now', async () => {
    const one = await read<{ properties: object }>(`/ogc/collections/grids/items/${town},101`)
    expect(one.properties).toMatchObject({ valid_from: '2026-05-31T16:00:00Z', valid_to: null })
    expect(await statusOf(`/ogc/collections/grids/items/${town},nowhere`)).toBe(404)
  })
})

describe('refusals', () => {
  it.each([
    ['an unknown parameter', '?foo=1'],
    ['a queryable of another collection', '?severity=1'],
    ['a box of three numbers', '?bbox=1,2,3'],
    ['a box of words', '?bbox=a,b,c,d'],
    ['a box upside down', '?bbox=1,3,2,2'],
    ['a limit of none', '?limit=0'],
    ['a limit of a word', '?limit=abc'],
    ['a negative limit', '?limit=-1'],
    ['no instant', '?datetime=yesterday'],
    ['an interval backwards', '?datetime=2026-02-01T00:00:00Z/2026-01-01T00:00:00Z'],
    ['a day that is not', '?datetime=2026-02-31'],
  ])('%s is 400', async (_, query) => {
    expect(await statusOf(`/ogc/collections/households/items${query}`)).toBe(400)
  })

  it('a limit beyond the most is cut to it, not refused', async () => {
    expect(await statusOf('/ogc/collections/households/items?limit=1000000')).toBe(200)
  })
})

it('nothing that should be masked leaves in the clear', async () => {
  for (const collection of collectionNames.filter((one) => one !== 'grids')) {
    const { text } = await service.get(`/ogc/collections/${collection}/items`)
    const clear = secrets.filter((secret) => secret !== 'Secret Neighbour' && text.includes(secret))
    expect(clear).toEqual([])
  }
})

async function removeInserted(): Promise<void> {
  await test.db.system().none(statement("delete from wangge.households where household_id ~ '^[az]'"))
}
