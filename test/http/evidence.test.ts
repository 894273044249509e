/** Evidence from the fixes to the answer: found with the matching, replaced with it, noted by people, excused by joint patrols. */
import { beforeAll, describe, expect, it } from 'vitest'
import { screenStaleDays } from '../../server/commands/evidence/keep-evidence.ts'
import { ingestFixes } from '../../server/commands/ingest-fixes.ts'
import { matchStaleDays } from '../../server/commands/match-stale-days.ts'
import { createFixWriter } from '../../server/commands/positions/fix-writer.ts'
import type { ProblemDetails } from '../../server/contract/errors.ts'
import type { EvidenceList, EvidencePiece } from '../../server/contract/evidence.ts'
import type { PatrolDays } from '../../server/contract/patrols.ts'
import { mulberry32 } from '../../server/core/planning/random.ts'
import type { Fix } from '../../server/core/values.ts'
import { statement } from '../../server/db/sql.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { observeWay, type Phone, TrueWay } from '../support/simulate-days.ts'
import { now, secrets, seedSmallTown, town, westVillage } from '../support/small-town.ts'
import { post } from './planning.ts'

const test = useDatabase()
const [first, second] = ['2026-10-07', '2026-10-08']
const phone: Phone = { everySeconds: 20, sigmaMetres: 6, isConstant: false, decimals: 7 }
let chief: Service
let worker: Service

/** Two hours from door to door. */
function round(seed: number, from: readonly [number, number]): TrueWay {
  const random = mulberry32(seed)
  const way = new TrueWay(8 * 3600, from)
  while (way.now < 10 * 3600) {
    way.along([from[0] + 80 * Math.floor(random() * 6), from[1] + 80 * Math.floor(random() * 6)], 1.1, random)
    way.stand(60 + 200 * random())
  }
  return way
}
const seen = (way: TrueWay, day: string, seed: number): Fix[] =>
  observeWay(way, day, phone, mulberry32(seed), 0)
const send = (of: string, fixes: readonly Fix[]) =>
  ingestFixes(createFixWriter(test.db, { onWritten: () => {} }), {
    town,
    batchKey: undefined,
    fixes: fixes.map((fix) => ({ ...fix, worker: of, place: {} })),
    now,
  })
const path = `/api/areas/${town}`
async function listed(query = '', service = chief): Promise<EvidencePiece[]> {
  const response = await service.get(`${path}/evidence?from=2026-10-01&to=2026-11-01${query}`)
  if (response.status !== 200) throw new Error(response.text)
  return (response.body as EvidenceList).evidence
}
const told = (list: readonly EvidencePiece[]): string[] =>
  list.map(({ day, worker: of, code, other }) => `${day} ${of} ${code} ${other?.worker} ${other?.day}`)

const walk = round(1, [0, 0])
const original = seen(walk, first, 2)
const replay = original.map((fix) => ({ ...fix, time: fix.time + 86_400_000 + 600_000 }))
const carried = seen(walk, first, 3)
const expected = [
  `${first} w1 carried_together w2 ${first}`,
  `${first} w2 carried_together w1 ${first}`,
  `${second} w1 replayed_trace w1 ${first}`,
]

beforeAll(async () => {
  await seedSmallTown(test.db)
  chief = serviceOn(test.db, { viewer: `supervisor:${town}`, now })
  worker = serviceOn(test.db, { viewer: `worker:${town}`, now })
  // The later day first: what it repeats comes in only then.
  await send('w1', replay)
  await matchStaleDays(test.db, { towns: [town] })
  if ((await listed()).length > 0) throw new Error('evidence before there is anything to compare with')
  await send('w1', original)
  await send('w2', carried)
  await matchStaleDays(test.db, { towns: [town] })
})

describe('evidence', () => {
  it('is the same in whatever order the fixes came', async () => {
    expect(told(await listed())).toEqual(expected)
    const before = await listed()
    await test.db
      .system()
      .none(
        statement('insert into wangge.stale_days select town_id, worker_id, day from wangge.day_sketches'),
      )
    await matchStaleDays(test.db, { towns: [town] })
    expect(await listed()).toEqual(before)
    expect(await screenStaleDays(test.db)).toBe(0)
  })

  it('says what was seen, what it may mean, and what harmless cause it may have; names are masked', async () => {
    const response = await chief.get(`${path}/evidence?from=${second}&to=2026-10-09`)
    const [piece] = (response.body as EvidenceList).evidence
    expect(piece).toMatchObject({
      code: 'replayed_trace',
      other: { worker: 'w1', day: first, shift_seconds: 87_000 },
      figures: { rms_metres: 0, shift_metres: 0, shift_seconds: 600 },
    })
    expect(piece!.reading.zh).toMatch(/供核实，不作结论。$/)
    expect(piece!.reading.zh).not.toMatch(/作弊|造假|违规/)
    expect(piece!.innocent.length).toBeGreaterThan(0)
    for (const secret of secrets) expect(response.text).not.toContain(secret)
  })

  it('joins the flags of the day', async () => {
    const { rows } = (await chief.get(`${path}/patrol-days?from=${first}&to=2026-10-09`)).body as PatrolDays
    expect(
      rows.map(({ day, worker: of, flags }) => [day, of, flags.filter((one) => one.includes('_t'))]),
    ).toEqual([
      [first, 'w1', ['carried_together']],
      [first, 'w2', ['carried_together']],
      [second, 'w1', ['replayed_trace']],
    ])
  })

  it('comes in pages, by worker and by kind', async () => {
    expect(told(await listed('&worker=w2'))).toEqual([expected[1]])
    expect(told(await listed('&kind=replayed_trace'))).toEqual([expected[2]])
    const pages: string[] = []
    for (let after = ''; ; ) {
      const query = `?from=2026-10-01&to=2026-11-01&limit=1${after && `&after=${after}`}`
      const { evidence, next } = (await chief.get(`${path}/evidence${query}`)).body as EvidenceList
      pages.push(...told(evidence))
      if (next === null) break
      after = next
    }
    expect(pages).toEqual(expected)
  })

  it('is read within the viewer’s scope, and the reading is noted', async () => {
    const west = serviceOn(test.db, { viewer: `supervisor:${westVillage}`, now })
    const query = '?from=2026-10-01&to=2026-11-01'
    const ofWest = (await west.get(`/api/areas/${westVillage}/evidence${query}`)).body as EvidenceList
    expect(told(ofWest.evidence)).toEqual([expected[0], expected[2]])
    const entries = await test.db
      .system()
      .many(
        statement<{ subject: string }>(
          `select distinct subject from wangge.access_log where action = 'evidence' order by 1`,
        ),
      )
    expect(entries.map((one) => one.subject)).toEqual([`area:${town}`, `area:${westVillage}`, 'worker:w2'])
  })
})

describe('a note', () => {
  it('is a supervisor’s, with a reason, and stays when the day is matched again', async () => {
    const [piece] = await listed('&kind=replayed_trace')
    const notes = `${path}/evidence/${piece!.id}/notes`
    expect((await post(worker, notes, { state: 'seen', reason: '看过' })).status).toBe(403)
    expect((await post(chief, notes, { state: 'explained', reason: '  ' })).status).toBe(400)
    expect((await post(chief, `${path}/evidence/none/notes`, { state: 'seen', reason: '看过' })).status).toBe(
      404,
    )
    const answer = await post(chief, notes, { state: 'explained', reason: '补传时日期写错，已核对' })
    expect(answer.status).toBe(201)
    expect((answer.body as EvidencePiece).notes).toMatchObject([
      { state: 'explained', reason: '补传时日期写错，已核对', at: new Date(now).toISOString() },
    ])
    // A late fix moves the figures, not the note.
    const last = replay.at(-1)!
    await send('w1', [{ ...last, time: last.time + 20_000 }])
    await matchStaleDays(test.db, { towns: [town] })
    expect(told(await listed('&noted=true'))).toEqual([expected[2]])
    expect(told(await listed('&noted=false'))).toEqual(expected.slice(0, 2))
  })
})

describe('a joint patrol', () => {
  const record = {
    id: 'j1',
    workers: ['w2', 'w1'],
    from: first,
    to: second,
    note: '节后联合巡查',
  }

  it('is registered by a supervisor; once is enough, another under its id is refused', async () => {
    expect((await post(worker, `${path}/joint-patrols`, record)).status).toBe(403)
    expect((await post(chief, `${path}/joint-patrols`, { ...record, workers: ['w1', 'w1'] })).status).toBe(
      422,
    )
    expect(
      (await post(chief, `${path}/joint-patrols`, { ...record, workers: ['w1', 'nobody'] })).status,
    ).toBe(404)
    for (let i = 0; i < 2; i++) {
      const answer = await post(chief, `${path}/joint-patrols`, record)
      expect([answer.status, (answer.body as { workers: string[] }).workers]).toEqual([200, ['w1', 'w2']])
    }
    const other = await post(chief, `${path}/joint-patrols`, { ...record, note: '别的' })
    expect([other.status, (other.body as ProblemDetails).code]).toEqual([409, 'conflict'])
    const list = await chief.get(`${path}/joint-patrols?from=${first}&to=${second}`)
    expect((list.body as { patrols: object[] }).patrols).toHaveLength(1)
  })

  it('excuses the two phones, and no longer once it is withdrawn', async () => {
    await screenStaleDays(test.db)
    expect(told(await listed())).toEqual([expected[2]])
    const gone = await chief.send((agent) => agent.delete(`${path}/joint-patrols/j1`))
    expect(gone.status).toBe(204)
    expect((await chief.send((agent) => agent.delete(`${path}/joint-patrols/j1`))).status).toBe(404)
    await screenStaleDays(test.db)
    expect(told(await listed())).toEqual(expected)
  })
})

it('what the phone says against itself, and its clock, are told; a policy may leave them out', async () => {
  const mark = `update wangge.fixes set marks = '{mock}', sent_at = fixed_at, received_at = fixed_at + interval '20 minutes'
    where worker_id = 'w2'`
  const again = `insert into wangge.stale_days values ('${town}', 'w2', '${first}') on conflict do nothing`
  await test.db.system().none(statement(mark))
  await test.db.system().none(statement(again))
  await matchStaleDays(test.db, { towns: [town] })
  const found = await listed('&worker=w2')
  expect(found.map(({ code, figures }) => [code, figures['fixes'] ?? figures['most_seconds']])).toEqual(
    expect.arrayContaining([
      ['mock_position', carried.length],
      ['clock_skew', 1200],
    ]),
  )
  const policy = `insert into wangge.policies (area_code, kind, valid_from, name, rules)
    values ('${town}', 'evidence', '2026-01-01', '疑点', '{"off": ["mock_position", "clock_skew", "carried_together"]}')`
  await test.db.system().none(statement(policy))
  await test.db.system().none(statement(again))
  await matchStaleDays(test.db, { towns: [town] })
  expect(await listed('&worker=w2')).toEqual([])
})
