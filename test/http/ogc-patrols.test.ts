/** Places, patrol days and traces under /ogc: the figures of the JSON routes, as features. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { PatrolDays } from '../../server/contract/patrols.ts'
import { useDatabase } from '../support/database.ts'
import type { Service } from '../support/service.ts'
import { day, otherTown, town } from '../support/small-town.ts'
import { type People, seedRoles } from './roles-town.ts'

interface Items {
  readonly numberMatched: number
  readonly features: readonly {
    readonly id: string
    readonly properties: Readonly<Record<string, unknown>>
    readonly geometry: { readonly type: string; readonly coordinates: readonly number[] } | null
  }[]
  readonly links: readonly { readonly rel: string; readonly href: string }[]
}

const test = useDatabase()
let people: People
beforeAll(async () => {
  people = await seedRoles(test.db)
})
const as = (role: 'administrator' | 'supervisor' | 'analyst' | 'worker' | 'far'): Service => people.get(role)!

async function itemsOf(collection: string, query = '', service = as('administrator')): Promise<Items> {
  const { status, text } = await service.get(`/ogc/collections/${collection}/items${query}`)
  if (status !== 200) throw new Error(`${collection}${query} → ${status} ${text}`)
  return JSON.parse(text) as Items
}
const ids = ({ features }: Items): string[] => features.map(({ id }) => id)

describe('places', () => {
  it('carry the grid that covers them', async () => {
    const { features } = await itemsOf('places')
    expect(features).toEqual([
      {
        type: 'Feature',
        id: `${town},p1`,
        geometry: { type: 'Point', coordinates: [119.602, 29.902] },
        properties: {
          id: 'p1',
          town,
          grid: '101',
          kind: 'school',
          name: '临溪小学',
          address: null,
          is_key: true,
        },
      },
    ])
  })

  it.each([
    ['?kind=school&is_key=true&grid=101', 1],
    ['?is_key=false', 0],
    ['?grid=202', 0],
    ['?bbox=119.6,29.9,119.603,29.903', 1],
    ['?bbox=119.603,29.9,119.604,29.903', 0],
  ])('%s finds %d', async (query, count) => {
    expect((await itemsOf('places', query)).numberMatched).toBe(count)
  })
})

describe('patrol days', () => {
  it('have the figures of /api, at a point of the grid', async () => {
    const { body } = await as('supervisor').get(
      `/api/areas/${town}/patrol-days?from=${day}&to=2026-10-10&worker=w1`,
    )
    const [row] = (body as PatrolDays).rows.filter(({ grid }) => grid === '101')
    const [feature] = (await itemsOf('patrol-days', `?town=${town}&worker=w1&grid=101`, as('supervisor')))
      .features
    expect(feature?.id).toBe(`${town},w1,${day},101`)
    expect(feature?.properties).toEqual({
      town,
      worker: 'w1',
      name: row!.name,
      role: row!.role,
      day,
      grid: '101',
      fixes: row!.fixes,
      first: row!.first.replace('.000Z', 'Z'),
      last: row!.last.replace('.000Z', 'Z'),
      seconds_inside: row!.seconds.inside,
      seconds_outside: row!.seconds.outside,
      seconds_unobserved: row!.seconds.unobserved,
      seconds_unreliable: row!.seconds.unreliable,
      metres_inside: row!.metres.inside,
      metres_outside: row!.metres.outside,
      metres_raw: row!.metres.raw,
      rounds: row!.rounds,
      hexagons_visited: row!.hexagons.visited,
      hexagons_in_grid: row!.hexagons.in_grid,
      households_passed: row!.households.passed,
      households_total: 5,
      met: row!.met,
      flags: row!.flags.join(','),
    })
    const [x = 0, y = 0] = feature?.geometry?.coordinates ?? []
    expect([119.6 < x && x < 119.605, 29.9 < y && y < 29.905]).toEqual([true, true])
  })

  it('tell who may not see households neither how many there are nor how many were passed', async () => {
    const { features } = await itemsOf('patrol-days', '', as('analyst'))
    expect(features.length).toBeGreaterThan(0)
    for (const { properties } of features)
      expect([properties['households_passed'], properties['households_total']]).toEqual([null, null])
  })
})

describe('patrol days and traces', () => {
  const both = ['patrol-days', 'traces']

  it.each(both)('of %s are found by the days that a time meets', async (collection) => {
    const matched = async (datetime: string): Promise<number> =>
      (await itemsOf(collection, `?datetime=${encodeURIComponent(datetime)}`)).numberMatched
    const all = (await itemsOf(collection)).numberMatched
    expect(all).toBeGreaterThan(2)
    // 2026-10-09 in Asia/Shanghai is from 16:00 UTC of the day before.
    expect(await matched('2026-10-08T16:00:00Z')).toBe(all)
    expect(await matched('2026-10-08T15:59:59Z')).toBe(0)
    expect(await matched(`${day}/..`)).toBe(all)
    expect(await matched('2026-10-09T16:00:00Z/..')).toBe(0)
    expect((await itemsOf(collection, `?day=${day}`)).numberMatched).toBe(all)
    const { status } = await as('administrator').get(`/ogc/collections/${collection}/items?day=tomorrow`)
    expect(status).toBe(400)
  })

  it.each(both)('of %s are found where they are', async (collection) => {
    const there = await itemsOf(collection, '?bbox=119.61,29.9,119.62,29.91')
    expect(new Set(there.features.map(({ properties }) => properties['town']))).toEqual(new Set([otherTown]))
  })

  it.each(both)('of %s are paged: together all, each once', async (collection) => {
    const all = ids(await itemsOf(collection))
    const seen: string[] = []
    let query: string | undefined = '?limit=1'
    while (query !== undefined && seen.length <= all.length) {
      const page: Items = await itemsOf(collection, query)
      seen.push(...ids(page))
      const next = page.links.find(({ rel }) => rel === 'next')
      query = next && new URL(next.href).search
    }
    expect(seen).toEqual(all)
  })

  it.each(both)('of %s are a worker’s own', async (collection) => {
    const workers = async (who: 'worker' | 'far'): Promise<Set<unknown>> =>
      new Set(
        (await itemsOf(collection, '', as(who))).features.map(
          ({ properties }) => `${String(properties['town'])} ${String(properties['worker'])}`,
        ),
      )
    expect(await workers('worker')).toEqual(new Set([`${town} w1`]))
    expect(await workers('far')).toEqual(new Set([`${otherTown} w1`]))
    expect((await itemsOf(collection, `?town=${otherTown}`, as('worker'))).numberMatched).toBe(0)
  })

  it('are lines of one label each', async () => {
    const { features } = await itemsOf('traces', `?town=${town}&worker=w1&label=inside`)
    expect(features.map(({ id, geometry }) => [id, geometry?.type])).toEqual([
      [`${town},w1,${day},inside`, 'MultiLineString'],
    ])
  })
})
