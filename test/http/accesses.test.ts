/** Who looked at where a worker went is written down, and told to administrators and to the worker. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Accesses } from '../../server/contract/accesses.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { day, now, town, westVillage } from '../support/small-town.ts'
import { type People, type Role, seedRoles } from './roles-town.ts'

const test = useDatabase()
let people: People
const as = (role: Role): Service => people.get(role)!
const path = `/api/areas/${town}/accesses?from=${day}&to=2026-10-10`
const listed = async (service: Service, query = ''): Promise<Accesses> => {
  const { status, body } = await service.get(`${path}${query}`)
  expect(status).toBe(200)
  return body as Accesses
}
const traces = async (query = ''): Promise<string[]> =>
  (await listed(as('administrator'), `&action=trace${query}`)).accesses
    .map(({ by, subject }) => `${by} ${subject}`)
    .sort()

beforeAll(async () => {
  people = await seedRoles(test.db)
})

describe('a trace that is read', () => {
  it('is noted with the account and whose it was, once an hour', async () => {
    const supervisor = as('supervisor')
    for (const address of [`days/${day}`, `days/${day}/lanes`, `days/${day}`])
      expect((await supervisor.get(`/api/areas/${town}/workers/w1/${address}`)).status).toBe(200)
    const entries = await traces()
    expect(entries).toHaveLength(1)
    expect(entries[0]).toMatch(new RegExp(`supervisor.* worker:w1/${day}$`))
    const later = serviceOn(test.db, { viewer: `supervisor:${town}`, now: now + 3_600_000 })
    await later.get(`/api/areas/${town}/workers/w1/days/${day}`)
    expect(await traces()).toHaveLength(2)
  })

  it('is noted of a tile, kept or new, in the towns it shows', async () => {
    const tile = `/tiles/traces/14/13635/6764?day=${day}`
    const before = await traces()
    for (const service of [as('analyst'), as('planner'), as('analyst')])
      expect((await service.get(tile)).status).toBe(200)
    const added = (await traces()).filter((entry) => !before.includes(entry))
    expect(added.map((entry) => entry.split(' ')[1])).toEqual([`workers/${day}`, `workers/${day}`])
    expect((await as('analyst').get(`/tiles/traces/14/0/0?day=${day}`)).status).toBe(204)
    expect(await traces()).toHaveLength(before.length + 2)
  })

  it('is noted of features, of one worker where they are one’s, and of a feature', async () => {
    const items = '/ogc/collections/traces/items'
    const before = await traces()
    const planner = as('planner')
    for (const address of [items, `${items}?worker=w1`, `${items}/${town},w1,${day},inside`])
      expect((await planner.get(address)).status).toBe(200)
    expect((await planner.get(`${items}?worker=nobody`)).status).toBe(200)
    const added = (await traces()).filter((entry) => !before.includes(entry))
    expect(added.map((entry) => entry.split(' ')[1])).toEqual([`worker:w1/${day}`])
    // All of that day the planner had looked at on the map within the hour.
    expect(before.filter((entry) => entry.startsWith('local-planner'))).toHaveLength(1)
  })

  it('is noted of a count alone: of a page after the last', async () => {
    const before = await traces()
    const items = `/ogc/collections/traces/items?worker=w1&after=${town},zzz,${day},x`
    const { body } = await as('analyst').get(items)
    expect(body).toMatchObject({ numberReturned: 0 })
    expect((body as { numberMatched: number }).numberMatched).toBeGreaterThan(0)
    expect((await traces()).length).toBe(before.length + 1)
  })

  it('is not noted of the worker who walked it', async () => {
    const before = await traces()
    expect((await as('worker').get(`/api/areas/${town}/workers/w1/days/${day}`)).status).toBe(200)
    expect((await as('worker').get(`/tiles/traces/14/13635/6764?day=${day}`)).status).toBe(200)
    expect(await traces()).toEqual(before)
  })
})

describe('the ledger', () => {
  it('tells a worker who read what is the worker’s, alone or with everybody’s, and nothing else', async () => {
    await as('supervisor').get(`/api/areas/${town}/workers/w2/days/${day}?reveal=true`)
    const own = await listed(as('worker'))
    expect(own.accesses.length).toBeGreaterThan(0)
    expect(own.accesses.filter(({ subject }) => !/^(worker:w1|workers|area:.*)(\/|$)/.test(subject))).toEqual(
      [],
    )
    expect(own.accesses.map(({ subject }) => subject)).toContain(`workers/${day}`)
    expect((await as('worker').get(`${path}&worker=w2`)).status).toBe(403)
  })

  it('gives pages, newest first, that together are the whole', async () => {
    const whole = await listed(as('administrator'))
    const pages: Accesses['accesses'] = []
    let after = ''
    do {
      const page = await listed(as('administrator'), `&limit=1${after}`)
      pages.push(...page.accesses)
      after = page.next === null ? '' : `&after=${page.next}`
    } while (after !== '')
    expect(pages).toEqual(whole.accesses)
    const times = pages.map(({ at }) => at)
    expect(times).toEqual([...times].sort().reverse())
  })

  it('takes no cursor that is not its own', async () => {
    for (const key of [['yesterday', 'x'], ['2026-10-09T00:00:00.000Z', 'x'], ['a']]) {
      const after = Buffer.from(JSON.stringify(key)).toString('base64url')
      const { status, text } = await as('administrator').get(`${path}&after=${after}`)
      expect(status).toBe(400)
      expect(text).toContain('malformed_parameter')
    }
  })

  it('is of towns: who sees only a village reads none of it', async () => {
    const ofVillage = serviceOn(test.db, { viewer: `administrator:${westVillage}` })
    const { body } = await ofVillage.get(path.replace(town, westVillage))
    expect((body as Accesses).accesses).toEqual([])
  })
})
