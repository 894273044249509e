import { beforeAll, describe, expect, it } from 'vitest'
import { matchStaleDays } from '../../server/commands/match-stale-days.ts'
import type { IngestAnswer } from '../../server/contract/ingest.ts'
import type { PatrolDayDetail, PatrolDays } from '../../server/contract/patrols.ts'
import { statement } from '../../server/db/sql.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { day, fixes, otherTown, seedSmallTown, town, westVillage } from '../support/small-town.ts'

const test = useDatabase()
let service: Service

const lines = (list: readonly object[]): string => list.map((one) => JSON.stringify(one)).join('\n')
const records = fixes.map((fix) => ({
  worker: fix.worker,
  time: new Date(fix.time).toISOString(),
  lon: fix.longitude,
  lat: fix.latitude,
  accuracy: fix.accuracy,
}))
const send = async (
  body: string,
  headers: Record<string, string> = {},
  query = `?town=${town}`,
): Promise<IngestAnswer> => {
  const response = await service.send((agent) =>
    agent.post(`/ingest/fixes${query}`).set('content-type', 'application/x-ndjson').set(headers).send(body),
  )
  if (response.status !== 200) throw new Error(`${response.status} ${response.text}`)
  return response.body as IngestAnswer
}
const stored = async (): Promise<number> =>
  (await test.db.system().one(statement<{ n: number }>('select count(*)::int as n from wangge.fixes'))).n

beforeAll(async () => {
  await seedSmallTown(test.db)
  service = serviceOn(test.db)
})

describe('/ingest/fixes', () => {
  it('takes a batch in; the same again, in pieces or in another form changes nothing', async () => {
    expect(await send(lines(records))).toMatchObject({ accepted: 181, known: 0, refused: 0 })
    expect(await stored()).toBe(181)
    expect(await send(lines(records))).toMatchObject({ accepted: 0, known: 181 })
    expect(await send(JSON.stringify(records.slice(50, 100)))).toMatchObject({ accepted: 0, known: 50 })
    expect(await stored()).toBe(181)
  })

  it('does nothing for a key it knows', async () => {
    const more = [{ ...records[0], time: '2026-10-09T03:00:00Z' }]
    expect(await send(lines(more), { 'idempotency-key': 'one' })).toMatchObject({
      accepted: 1,
      repeated_batch: false,
    })
    const other = [{ ...records[0], time: '2026-10-09T03:00:20Z' }]
    expect(await send(lines(other), { 'idempotency-key': 'one' })).toMatchObject({
      accepted: 0,
      repeated_batch: true,
    })
    expect(await stored()).toBe(182)
    await test.db.system().none(statement(`delete from wangge.fixes where fixed_at = '2026-10-09T03:00:00Z'`))
  })

  it('takes the good records and names the others', async () => {
    const answer = await send(
      lines([
        { worker: 'w1', time: 'soon', lon: 119.6, lat: 29.9 },
        { worker: 'w1', time: '2026-10-08T03:00:00Z', lon: 219.6, lat: 29.9 },
        { worker: 'nobody', time: '2026-10-08T03:00:00Z', lon: 119.6, lat: 29.9 },
        { worker: 'w2', time: '2026-10-08T03:00:00Z', lon: 119.6, lat: 29.9 },
      ]),
    )
    expect(answer).toMatchObject({ accepted: 1, refused: 3 })
    expect(answer.flaws.map((flaw) => flaw.place.line ?? flaw.place.record)).toEqual([1, 2, 3])
  })

  it('refuses half a body, one too large, and a town that is not the viewer’s', async () => {
    const statusOf = async (of: Service, body: string, query = `?town=${town}`): Promise<number> =>
      (
        await of.send((agent) =>
          agent.post(`/ingest/fixes${query}`).set('content-type', 'application/json').send(body),
        )
      ).status
    expect(await statusOf(service, '[{"worker":')).toBe(400)
    expect(await statusOf(service, lines(records), '')).toBe(400)
    expect(await statusOf(serviceOn(test.db, { ingestBytes: 100 }), lines(records))).toBe(413)
    const elsewhere = serviceOn(test.db, { viewer: `worker:${otherTown}` })
    expect(await statusOf(elsewhere, lines(records))).toBe(404)
    expect(await stored()).toBe(182)
  })
})

describe('patrol days', () => {
  beforeAll(async () => {
    await matchStaleDays(test.db)
  })

  const daysOf = async (area: string, query: string): Promise<PatrolDays> =>
    (await service.get(`/api/areas/${area}/patrol-days?${query}`)).body as PatrolDays

  it('are rows of worker, grid and day with their strip', async () => {
    const { rows } = await daysOf(town, 'from=2026-10-09&to=2026-10-10')
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      worker: 'w1',
      name: '李*光',
      grid: '101',
      fixes: 181,
      first: '2026-10-09T01:00:00.000Z',
      last: '2026-10-09T02:00:00.000Z',
      seconds: { inside: 3600, outside: 0, unobserved: 0, unreliable: 0 },
      met: false,
      // Surely short of 4 h: that the kilometres are right to 60 m does not matter.
      rules: [
        { rule: 'hours', error: 0, within_error: false },
        { rule: 'kilometres', actual: 3.3, error: 0.06, within_error: false },
      ],
      within_error: false,
    })
    const { strip = [] } = rows[0] ?? {}
    // 09:00 to 10:00, without a gap between the stretches.
    expect([strip[0]?.from, strip.at(-1)?.to]).toEqual([32_400, 36_000])
    expect(strip.slice(1).map((piece) => piece.from)).toEqual(strip.slice(0, -1).map((piece) => piece.to))
  })

  it('say who was absent on working days that have ended', async () => {
    const { absent } = await daysOf(town, 'from=2026-10-01&to=2026-10-10')
    // 1 to 7 October are holidays in 2026; the 8th is a working day; the 9th still runs. w2 sent a fix on the 8th.
    expect(absent.map((one) => [one.worker, one.day])).toEqual([['w1', '2026-10-08']])
  })

  it('come in pages', async () => {
    const first = await daysOf(town, 'from=2026-10-01&to=2026-10-10&limit=1')
    const second = await daysOf(town, `from=2026-10-01&to=2026-10-10&limit=1&after=${first.next}`)
    expect([...first.rows, ...second.rows].map((row) => [row.day, row.worker])).toEqual([
      ['2026-10-08', 'w2'],
      [day, 'w1'],
    ])
    expect(second.next).toBeNull()
  })

  it('of a village are those of its grids', async () => {
    expect(
      (await daysOf(westVillage, 'from=2026-10-01&to=2026-10-10')).rows.map((row) => row.worker),
    ).toEqual(['w1'])
  })

  it('explain themselves: trace, hexagons, households passed and missed, the numbers in force', async () => {
    const path = `/api/areas/${town}/workers/w1/days/${day}`
    const detail = (await service.get(path)).body as PatrolDayDetail
    expect(detail).toMatchObject({
      worker: 'w1',
      name: '李*光',
      days: [{ grid: '101' }],
      policy: { gap_seconds: 900 },
    })
    expect(detail.trace.map((piece) => piece.label)).toContain('inside')
    expect(detail.hexagons.length).toBe(detail.days[0]?.hexagons.visited)
    // The walk covers the diagonal from 25 % to 75 %: the households at 2/6, 3/6 and 4/6 of it; those at 1/6 and 5/6
    // are 8 % of 735 m away.
    expect(detail.households_passed.map((one) => one.id)).toEqual(['h12', 'h13', 'h14'])
    // At h11 a check-in stands for that morning.
    expect(detail.households_missed).toMatchObject([{ id: 'h15', must_visit: true }])
  })

  it('show a name in the clear only when asked, and note it', async () => {
    const path = `/api/areas/${town}/workers/w1/days/${day}`
    const noted = async (): Promise<object[]> =>
      test.db.system().many(statement<object>('select viewer, action, subject from wangge.access_log'))
    expect((await service.get(path)).text).not.toContain('李四光')
    const trace = { viewer: 'local-administrator', action: 'trace', subject: `worker:w1/${day}` }
    expect(await noted()).toEqual([trace])
    expect((await service.get(`${path}?reveal=true`)).text).toContain('李四光')
    expect(await noted()).toEqual([trace, { ...trace, action: 'reveal', subject: 'worker:w1' }])
    // Even then the log of requests has neither the name nor the query.
    expect(service.log.join('')).not.toMatch(/李四光|reveal=/)
  })

  it('that are not there are 404', async () => {
    expect((await service.get(`/api/areas/${town}/workers/w1/days/2026-10-07`)).status).toBe(404)
    expect((await service.get(`/api/areas/${town}/workers/nobody/days/${day}`)).status).toBe(404)
  })
})
