import { beforeAll, describe, expect, it } from 'vitest'
import { addDevice, bindDevice } from '../../server/commands/devices/manage-devices.ts'
import { matchStaleDays } from '../../server/commands/match-stale-days.ts'
import type { Coverage, Obstacles, Overdue } from '../../server/contract/coverage.ts'
import type { HouseholdCoverage } from '../../server/contract/incidents.ts'
import type { HouseholdVisits } from '../../server/contract/patrols.ts'
import { statement } from '../../server/db/sql.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { day, fixes, secrets, seedSmallTown, town, westVillage } from '../support/small-town.ts'

const test = useDatabase()
let service: Service
const run = (text: string): Promise<unknown> => test.db.system().none(statement(text))
const read = async <T>(path: string, of = service): Promise<T> => {
  const response = await of.get(path)
  if (response.status !== 200) throw new Error(`${response.status} ${response.text}`)
  for (const secret of secrets) expect(response.text).not.toContain(secret)
  return response.body as T
}
const coverage = (of = service, area = town): Promise<Coverage> =>
  read(`/api/areas/${area}/coverage?day=${day}`, of)
const overdue = (query: string, of = service): Promise<Overdue> =>
  read(`/api/areas/${town}/coverage/overdue?day=${day}&${query}`, of)

/** Households of grid 102 reached on the day, and for how many days nobody was at h22. */
async function reachedOn(): Promise<{ count: number; h22: number | null | undefined }> {
  const counted = await read<HouseholdCoverage>(`/api/areas/${town}/household-coverage?day=${day}&days=1`)
  const listed = await read<HouseholdVisits>(`/api/areas/${town}/household-visits?day=${day}`)
  return {
    count: counted.grids.find(({ grid }) => grid === '102')!.reached,
    h22: listed.households.find(({ id }) => id === 'h22')?.days_since,
  }
}

beforeAll(async () => {
  await seedSmallTown(test.db)
  // A lane along w1's walk; the street r1 of the small town crosses it.
  await run(`insert into wangge.roads (town_id, road_id, name, class, path) values ('${town}', 'r2', '斜巷', 'residential',
    'SRID=4326;MULTILINESTRING((119.60125 29.90125, 119.60375 29.90375))')`)
  await run(`insert into wangge.policies (area_code, kind, valid_from, name, rules)
    values ('${town}', 'obligation', '2026-01-01', '每周一遍', '{"preset": "001.5"}')`)
  // Around h22, the second household of grid 102.
  await run(`insert into wangge.buildings (town_id, building_id, boundary) values ('${town}', 'b2',
    'SRID=4326;MULTIPOLYGON(((119.6016 29.9066,119.6018 29.9066,119.6018 29.9068,119.6016 29.9068,119.6016 29.9066)))')`)
  service = serviceOn(test.db)
  const body = fixes
    .map((fix) => JSON.stringify({ ...fix, time: new Date(fix.time).toISOString(), lon: fix.longitude, lat: fix.latitude, longitude: undefined, latitude: undefined })) // biome-ignore format: one line
    .join('\n')
  const sent = await service.send((agent) =>
    agent.post(`/ingest/fixes?town=${town}`).set('content-type', 'application/x-ndjson').send(body),
  )
  if (sent.status !== 200) throw new Error(sent.text)
  await matchStaleDays(test.db)
})

describe('the coverage of an area', () => {
  it('counts households, places and lanes by grid, with ages and what the week asks', async () => {
    const { totals, grids, policy } = await coverage()
    expect(policy.name).toBe('每周一遍')
    expect(grids.map((one) => [one.grid, one.passed_days, one.round_status])).toEqual([
      ['101', 0, 'done'],
      ['102', null, 'pending'],
      ['201', null, 'pending'],
      ['202', null, 'pending'],
    ])
    // Of grid 101: h12, h13 and h14 lie on the walk, h11 was visited on the day, h15 on Monday. h41 was visited in September, h99 is in no grid.
    expect(totals.households).toMatchObject({
      total: 21,
      asked: 21,
      done: 5,
      pending: 16,
      never: 15,
      overdue: 1,
    })
    expect(totals.households).toMatchObject({ oldest_days: 38, median_days: null })
    expect(grids[0]!.households).toMatchObject({
      total: 5,
      done: 5,
      share: 1,
      oldest_days: 4,
      median_days: 0,
    })
    expect(totals.places).toMatchObject({ total: 1, done: 1 })
    // r1, 0.012° of longitude or 1,158 m, is 12 lanes of 0.001°: five in each of 101 and 201. r2 is 367 m: four lanes, walked.
    expect(grids.map(({ lanes }) => [lanes.total, lanes.done])).toEqual([[9, 4], [0, 0], [5, 0], [0, 0]]) // biome-ignore format: one line
    expect(grids[0]!.lanes.metres_done).toBeGreaterThan(360)
    expect(grids[0]!.lanes.metres_done).toBeLessThan(372)
    expect(totals.lanes).toMatchObject({ total: 14, never: 10 })
  })

  it('shows a viewer of a village its own grids, and nobody what is not theirs', async () => {
    const west = serviceOn(test.db, { viewer: `supervisor:${westVillage}` })
    const { grids, totals } = await coverage(west, westVillage)
    expect(grids.map(({ grid }) => grid)).toEqual(['101', '102'])
    expect(totals.households.total).toBe(10)
    const neighbour = serviceOn(test.db, { viewer: 'supervisor:990101002' })
    expect((await neighbour.get(`/api/areas/${town}/coverage`)).status).toBe(404)
  })

  it('is not sent again while nothing changed', async () => {
    const { headers } = await service.get(`/api/areas/${town}/coverage?day=${day}`)
    const again = await service.get(`/api/areas/${town}/coverage?day=${day}`, {
      'if-none-match': headers['etag'] ?? '',
    })
    expect(again.status).toBe(304)
  })
})

describe('the lists that drive work', () => {
  it('households whose due day has passed, with whom to ask', async () => {
    const { rows, total } = await overdue('kind=household')
    expect(total).toBe(1)
    // Visited on Tuesday 1 September: due again by Sunday the 13th, 26 days before 9 October.
    expect(rows).toMatchObject([
      {
        id: 'h41',
        grid: '202',
        age_days: 38,
        last_day: '2026-09-01',
        due_day: '2026-09-13',
        overdue_days: 26,
        status: 'pending',
        contact: { worker: 'w2', name: '王*明' },
      },
    ])
  })

  it('lanes never walked, page by page, each with its line', async () => {
    const first = await overdue('kind=lane&which=never&limit=4')
    expect(first).toMatchObject({ total: 10 })
    const second = await overdue(`kind=lane&which=never&limit=4&after=${first.next}`)
    const third = await overdue(`kind=lane&which=never&limit=4&after=${second.next}`)
    expect(third.next).toBeNull()
    const all = [...first.rows, ...second.rows, ...third.rows]
    expect(all.map(({ id, grid }) => `${grid} ${id}`).toSorted()).toEqual(
      ['2', '3', '4', '5', '6']
        .map((n) => `101 r1-${n}`)
        .concat(['10', '11', '7', '8', '9'].map((n) => `201 r1-${n}`)),
    )
    const inWest = all.find(({ id }) => id === 'r1-2')
    expect(inWest).toMatchObject({ name: '临溪街', contact: { worker: 'w1', name: '李*光' }, age_days: null })
    expect(all.find(({ grid }) => grid === '201')!.contact).toBeNull()
    expect(all[0]!.metres).toBeGreaterThan(93)
    expect(all[0]!.path).toHaveLength(1)
    expect((await overdue('kind=lane&which=never&grid=201')).total).toBe(5)
  })

  it('the lanes of a worker’s day, walked and not', async () => {
    const { lanes } = await read<{ lanes: { id: string; walked: boolean }[] }>(
      `/api/areas/${town}/workers/w1/days/${day}/lanes`,
    )
    expect(lanes.filter(({ walked }) => walked).map(({ id }) => id)).toEqual(['r2-1', 'r2-2', 'r2-3', 'r2-4'])
    expect(lanes).toHaveLength(9)
    const detail = await read<{ results: unknown[] }>(`/api/areas/${town}/workers/w1/days/${day}`)
    expect(detail.results[0]).toMatchObject({ places: { passed: 1, total: 1 } })
    expect((await service.get(`/api/areas/${town}/workers/w2/days/${day}/lanes`)).status).toBe(404)
  })

  it('workers whose grids are behind and had something in their way, without names in the clear', async () => {
    // w2 sent nothing in the week, and one of its five households is overdue.
    const { workers } = await read<Obstacles>(`/api/areas/${town}/coverage/obstacles?day=${day}`)
    expect(workers).toMatchObject([
      { worker: 'w2', name: '王*明', overdue: 1, obstacles: ['no_positions'], households: 5, days: 0 },
    ])
  })

  it('refuses what it does not know', async () => {
    for (const query of ['kind=street', 'kind=lane&after=x', 'kind=lane&limit=0', 'kind=lane&sort=up'])
      expect((await service.get(`/api/areas/${town}/coverage/overdue?${query}`)).status).toBe(400)
  })
})

describe('check-ins', () => {
  const enter = (body: object, key?: string, of = service) =>
    of.send((agent) => {
      const post = agent.post('device' in body ? '/ingest/visits' : '/api/visits')
      return (key === undefined ? post : post.set('authorization', `Bearer ${key}`)).send(body)
    })
  const codeOf = async (kind: string): Promise<string> => {
    const page = await service.get(`/posters/check-in-codes/${town}?kind=${kind}`)
    expect(page.status).toBe(200)
    return /data-code="([^"]+)"/.exec(page.text)?.[1] ?? ''
  }
  const during = '2026-10-09T01:10:00Z' // w1 is on the diagonal of grid 101

  it('by a printed code are taken once, however often they are sent', async () => {
    const code = await codeOf('place')
    expect(code).toMatch(/^wangge:990101001:place:p1:[\w-]{16}$/)
    const visit = { id: 'c1', time: during, code, worker: 'w1' }
    const first = await enter(visit)
    expect(first.body).toMatchObject({
      kind: 'place',
      subject: 'p1',
      evidence: 'check_in',
      marks: ['on_behalf'],
      known: false,
    })
    expect(first.body.distance_metres).toBeLessThan(200)
    expect((await enter(visit)).body).toMatchObject({ known: true, evidence: 'check_in' })
    expect((await enter({ ...visit, time: '2026-10-09T01:20:00Z' })).status).toBe(409)
  })

  it('by a code that was made up, or is another’s with a changed id, are refused aloud', async () => {
    const code = await codeOf('place')
    for (const wrong of [
      code.replace(':p1:', ':p2:'),
      `${code.slice(0, -1)}~`,
      'wangge:990101001:place:p1',
      'hello',
    ]) {
      const answer = await enter({ id: 'c2', time: during, code: wrong, worker: 'w1' })
      expect(answer.body.errors ?? answer.body.flaws).toMatchObject([{ code: 'check_in_code_invalid' }])
    }
  })

  it('far from the worker’s positions, or without any, or in a grid that is not the worker’s, are kept with a mark', async () => {
    const form = (id: string, subject: object, time = during) =>
      enter({ id, time, worker: 'w1', subject: { town, ...subject }, note: '入户' })
    // h41 lies 1 km north-east of the walk, in grid 202.
    expect((await form('c3', { kind: 'household', id: 'h41' })).body).toMatchObject({
      evidence: 'form',
      marks: ['far', 'unassigned', 'on_behalf'],
    })
    const night = await form('c4', { kind: 'household', id: 'h12' }, '2026-10-08T20:00:00Z')
    expect(night.body).toMatchObject({ marks: ['no_position', 'on_behalf'], distance_metres: null })
    expect((await form('c5', { kind: 'household', id: 'h000' })).status).toBe(404)
    expect((await form('c6', { kind: 'household', id: 'h12' }, '2026-10-10T20:00:00Z')).status).toBe(422)
  })

  it('in a stairwell reach its households, and count as no visit to any one of them', async () => {
    const before = (await coverage()).grids[1]!.households.never
    const reached = await reachedOn()
    const answer = await enter({
      id: 'c7',
      time: during,
      worker: 'w1',
      subject: { town, kind: 'building', id: 'b2' },
    })
    expect(answer.body).toMatchObject({ kind: 'building' })
    expect((await coverage()).grids[1]!.households.never).toBe(before - 1)
    // Grid 102 in the reach of the day, h22 with its last visit: everywhere the same.
    expect(await reachedOn()).toEqual({ count: reached.count + 1, h22: 0 })
    await run(`update wangge.policies set rules = '{"preset": "004"}' where kind = 'obligation'`)
    await run(`update wangge.households set must_visit = true where household_id = 'h22'`)
    const { grids } = await coverage()
    expect(grids[1]!.households).toMatchObject({ asked: 2, done: 0 })
  })

  it('from a phone are its carrier’s, with the phone’s key', async () => {
    const viewer = { name: 'test', role: 'administrator', areas: 'all' } as const
    const code = await codeOf('place')
    const request = { town, id: 'phone', kind: 'osmand', name: null, coordinateSystem: 'EPSG:4326', key: 'secret1' } as const // biome-ignore format: one line
    await addDevice(test.db, viewer, request, Date.parse('2026-10-01T00:00:00Z'))
    await bindDevice(test.db, viewer, {
      device: 'phone',
      worker: 'w1',
      from: Date.parse('2026-10-01T00:00:00Z'),
    })
    const visit = { id: 'c8', time: during, code, device: { kind: 'osmand', id: 'phone' } }
    expect((await enter(visit)).status).toBe(401)
    expect((await enter(visit, 'secret1')).body).toMatchObject({ worker: 'w1', marks: [] })
    expect((await enter({ ...visit, id: 'c9', worker: 'w2' }, 'secret1')).status).toBe(400)
    expect((await enter({ ...visit, id: 'c10', time: '2026-09-01T01:00:00Z' }, 'secret1')).status).toBe(400)
  })

  it('are for those who may: nobody else enters visits or prints codes', async () => {
    const analyst = serviceOn(test.db, { viewer: `analyst:${town}` })
    const visit = { id: 'c11', time: during, worker: 'w1', subject: { town, kind: 'household', id: 'h12' } }
    expect((await enter(visit, undefined, analyst)).status).toBe(403)
    expect((await analyst.get(`/posters/check-in-codes/${town}`)).status).toBe(403)
    const neighbour = serviceOn(test.db, { viewer: 'supervisor:990101002' })
    expect((await enter(visit, undefined, neighbour)).status).toBe(404)
  })
})
