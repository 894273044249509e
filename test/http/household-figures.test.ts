/** Who sees what of households, per role: the figures of the grids, of areas, of patrols, and everything a plan is made of. */
import { beforeAll, describe, expect, it } from 'vitest'
import { matchStaleDays } from '../../server/commands/match-stale-days.ts'
import type { Area } from '../../server/contract/areas.ts'
import type { GridDetail, Grids } from '../../server/contract/grids.ts'
import type { HouseholdLedger } from '../../server/contract/households.ts'
import type { PatrolDays } from '../../server/contract/patrols.ts'
import type { Subjects } from '../../server/contract/subjects.ts'
import { statement } from '../../server/db/sql.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { day, fixes, seedSmallTown, town, westVillage } from '../support/small-town.ts'
import { createPlan, post } from './planning.ts'

const test = useDatabase()
const exactRoles = ['administrator', 'planner', 'supervisor', 'worker'] as const
const services = new Map<string, Service>()
const as = (role: string): Service => services.get(role)!
let plan: string
beforeAll(async () => {
  await seedSmallTown(test.db)
  for (const role of [...exactRoles, 'analyst'])
    services.set(role, serviceOn(test.db, { viewer: `${role}:${town}` }))
  const walked = fixes.map(({ worker, time, longitude: lon, latitude: lat, accuracy }) => ({
    worker,
    time: new Date(time).toISOString(),
    lon,
    lat,
    accuracy,
  }))
  const taken = await post(as('administrator'), `/ingest/fixes?town=${town}`, walked)
  if (taken.status !== 200) throw new Error(taken.text)
  await matchStaleDays(test.db)
  plan = (await createPlan(as('planner'), { from: { source: 'division' } })).id
})

const body = async <T>(role: string, path: string): Promise<T> => (await as(role).get(path)).body as T
const gridsOf = (role: string): Promise<Grids> => body(role, `/api/areas/${town}/grids?day=${day}`)
const interval = 'from=2026-10-09&to=2026-10-10'

describe.each(exactRoles)('a %s', (role) => {
  it('sees every figure: five households of three in each grid, one in none', async () => {
    const { grids, households_in_no_grid: inNone } = await gridsOf(role)
    expect(grids.map((one) => [one.households, one.persons, one.must_visit])).toEqual(
      Array(4).fill([5, 15, 1]),
    )
    expect(inNone).toBe(1)
    const { areas } = await body<{ areas: Area[] }>(role, '/api/areas')
    expect(areas.find(({ code }) => code === westVillage)?.households).toBe(10)
    expect((await as(role).get(`/api/plans/${plan}`)).status).toBe(200)
  })
})

// An account of role worker that is no worker's reads no patrols (roles.test.ts).
it.each(exactRoles.filter((role) => role !== 'worker'))('a %s sees those of patrols, too', async (role) => {
  const { rows } = await body<PatrolDays>(role, `/api/areas/${town}/patrol-days?${interval}`)
  expect(rows.find(({ grid }) => grid === '101')?.households.total).toBe(5)
})

describe('an analyst', () => {
  it('is told of the grids what the ledger tells, and no more', async () => {
    const { rows } = await body<HouseholdLedger>('analyst', `/api/areas/${town}/household-ledger?day=${day}`)
    const ledger = new Map(
      rows.flatMap((row) => (row.grid === null ? [] : [[row.grid, row.counts] as const])),
    )
    const { grids, households_in_no_grid: inNone, band } = await gridsOf('analyst')
    expect(band).not.toBeNull()
    for (const one of grids) {
      expect([one.households, one.persons]).toEqual([
        ledger.get(one.code)!['households'],
        ledger.get(one.code)!['residents'],
      ])
      expect(one.band_status === 'not_applicable').toBe(one.households === null)
      const detail = await body<GridDetail>('analyst', `/api/areas/${town}/grids/${one.code}?day=${day}`)
      expect([detail.households, detail.persons]).toEqual([one.households, one.persons])
    }
    // The one outside all grids would be betrayed by 21 less what is in grids: it is hidden, and so is as much beside it.
    expect(inNone).toBeNull()
    const told = grids.filter(({ households }) => households !== null)
    expect(told.length).toBeLessThan(4)
    expect(told.length).toBeGreaterThan(0)
  })

  it('is told it nowhere else: areas and patrols keep it back', async () => {
    const { areas } = await body<{ areas: Area[] }>('analyst', '/api/areas')
    expect(areas.map(({ households }) => households)).toEqual(areas.map(() => null))
    expect((await body<Area>('analyst', `/api/areas/${westVillage}`)).households).toBeNull()
    const { rows } = await body<PatrolDays>('analyst', `/api/areas/${town}/patrol-days?${interval}`)
    expect(rows.length).toBeGreaterThan(0)
    for (const { households } of rows) expect(households).toEqual({ passed: null, total: null })
    const detail = await body<{ results: { households: object }[]; days: { households: object }[] }>(
      'analyst',
      `/api/areas/${town}/workers/w1/days/${day}`,
    )
    for (const one of [...detail.results, ...detail.days])
      expect(one.households).toEqual({ passed: null, total: null })
  })

  it.each([
    '',
    '/drawing',
    '/grids',
    '/check',
    '/changes',
    '/codes',
    '/comparison',
    '/comparison/ground',
    '/feasibility?from=4&to=12',
    '/comments',
    '/tasks',
    '/streets',
  ])('is refused what a plan is made of: %s', async (part) => {
    expect((await as('analyst').get(`/api/plans/${plan}${part}`)).status).toBe(403)
    expect((await as('planner').get(`/api/plans/${plan}${part}`)).status).toBe(200)
  })

  it.each([`/posters/villages/${westVillage}`, `/posters/grids/101?area=${town}`])(
    'is refused what is printed with every figure: %s',
    async (path) => {
      expect((await as('analyst').get(path)).status).toBe(403)
      expect((await as('supervisor').get(path)).status).toBe(200)
    },
  )

  it('is told in a plain sentence why', async () => {
    const { detail } = await body<{ detail: { zh: string } }>('analyst', `/api/plans/${plan}`)
    expect(detail.zh).toContain('逐户信息仅限负责走访、划分和管理的人员查看')
  })
})

describe('finding a household or place', () => {
  const find = (role: string, query: string): Promise<Subjects> =>
    body(role, `/api/areas/${town}/subjects?${query}`)
  const noted = async (action: string): Promise<string[]> =>
    (
      await test.db
        .system()
        .many(
          statement<{ subject: string }>(
            'select subject from wangge.access_log where action = $1 order by happened_at, entry_id',
          ),
          [action],
        )
    ).map(({ subject }) => subject)

  it('by grid and whole house number, masked, and noted', async () => {
    const found = await find('worker', `kind=household&find=${encodeURIComponent('101 12号')}`)
    expect(found.subjects.map(({ id }) => id)).toEqual(['h11', 'h12', 'h13', 'h14', 'h15'])
    expect(found.subjects[0]).toMatchObject({ name: '王*明', address: '临溪镇桥头***', grid: '101', town })
    expect(found.more).toBe(false)
    expect(await noted('search')).toEqual(['household:h11,h12,h13,h14,h15'])
    // 12 is no part of 120, nor 2 of 12.
    expect((await find('worker', `kind=household&find=${encodeURIComponent('2号')}`)).subjects).toEqual([])
    expect((await find('worker', 'kind=household&find=h9')).subjects.map(({ id }) => id)).toEqual(['h99'])
    const few = await find('worker', `kind=household&find=${encodeURIComponent('桥头')}&limit=3`)
    expect([few.subjects.length, few.more]).toEqual([3, true])
  })

  it('in the clear for a supervisor who asks, which is noted as such; not for a worker', async () => {
    const query = `kind=household&find=h11&reveal=true`
    expect((await find('supervisor', query)).subjects[0]).toMatchObject({
      name: '王小明',
      address: '临溪镇桥头12号',
    })
    expect(await noted('reveal')).toEqual(['household:h11'])
    expect((await as('worker').get(`/api/areas/${town}/subjects?${query}`)).status).toBe(403)
  })

  it('not for an analyst, who may look for places', async () => {
    expect((await as('analyst').get(`/api/areas/${town}/subjects?kind=household&find=h11`)).status).toBe(403)
    const { subjects } = await find('analyst', `kind=place&find=p`)
    expect(subjects.length).toBeGreaterThan(0)
    expect(subjects.every(({ name }) => name !== null)).toBe(true)
  })

  it('of places by name in either case, whole number of the address, number, grid, and all of them together', async () => {
    await test.db.system().none(
      statement(`insert into wangge.places (town_id, place_id, kind, name, address, position) values
        ('${town}', 'p2', 'shop', 'Corner Shop', '桥头12号', st_setsrid(st_makepoint(119.602, 29.902), 4326)),
        ('${town}', 'q3', 'shop', 'Shop 101', null, st_setsrid(st_makepoint(118, 28), 4326))`),
    )
    const found = async (typed: string, more = ''): Promise<string[]> =>
      (await find('worker', `kind=place&find=${encodeURIComponent(typed)}${more}`)).subjects.map(
        ({ id }) => id,
      )
    expect(await found('p')).toEqual(['p2', 'q3', 'p1'])
    expect(await found('SHOP')).toEqual(['p2', 'q3'])
    expect(await found('corner 12号')).toEqual(['p2'])
    expect(await found('2号')).toEqual([])
    expect(await found('小学')).toEqual(['p1'])
    const { grid } = (await find('worker', 'kind=place&find=p1')).subjects[0]!
    expect(grid).not.toBeNull()
    // By the grid it stands in, or by its own words.
    expect(await found(`${grid} 小学`)).toEqual(['p1'])
    expect(await found('101')).toEqual(grid === '101' ? ['p2', 'q3', 'p1'] : ['q3'])
    expect(await found('p', `&grid=${grid}`)).toEqual(['p2', 'p1'])
  })

  it('takes what is typed as words, not as a pattern', async () => {
    for (const typed of ['(', '[', '\\', '.*', '%', "'"])
      expect((await find('worker', `kind=household&find=${encodeURIComponent(typed)}`)).subjects).toEqual([])
  })
})
