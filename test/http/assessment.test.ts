/** A month of worker w1 of the small town: judged, excused, objected to, closed, taken up again. */
import { beforeAll, describe, expect, it } from 'vitest'
import { assess } from '../../server/cli/assess.ts'
import { ingestFixes } from '../../server/commands/ingest-fixes.ts'
import { matchStaleDays } from '../../server/commands/match-stale-days.ts'
import { createFixWriter } from '../../server/commands/positions/fix-writer.ts'
import type {
  Assessments,
  DutyRecords,
  MonthSheetAnswer,
  Objection,
  Objections,
  Ranking,
} from '../../server/contract/assessment.ts'
import type { ProblemDetails } from '../../server/contract/errors.ts'
import { statement } from '../../server/db/sql.ts'
import { lending, runWith } from '../cli/run-verb.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { county, fixes, now, seedSmallTown, town, westVillage } from '../support/small-town.ts'
import { addPeople, signedIn } from '../support/users.ts'
import { post } from './planning.ts'

/** 2 November 2026: October is over. */
const later = Date.parse('2026-11-02T12:00:00+08:00')
const test = useDatabase()
let chief: Service
let worker: Service
let today: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  const policy = `insert into wangge.policies (area_code, kind, valid_from, name, rules)
    values ('${town}', 'assessment', '2026-01-01', '004', '{"preset": "004", "dayTargets": [{"target": "online"}, {"target": "hours", "required": 1}]}')`
  await test.db.system().none(statement(policy))
  await ingestFixes(createFixWriter(test.db, { onWritten: () => {} }), {
    town,
    batchKey: undefined,
    fixes: fixes.map((fix) => ({ ...fix, place: {} })),
    now,
  })
  await matchStaleDays(test.db, { towns: [town] })
  chief = serviceOn(test.db, { viewer: `supervisor:${town}`, now: later })
  await addPeople(test.db, [{ login: 'li', role: 'worker', areas: [town], worker: 'w1' }], now)
  worker = await signedIn(serviceOn(test.db, { now: later }), 'li')
  today = serviceOn(test.db, { viewer: `supervisor:${town}`, now })
})

const path = `/api/areas/${town}`
async function sheetOf(service: Service, id = 'w1', month = '2026-10'): Promise<MonthSheetAnswer> {
  const { sheets } = (await service.get(`${path}/assessments/${month}?worker=${id}`)).body as Assessments
  expect(sheets.map((sheet) => sheet.worker)).toEqual([id])
  return sheets[0]!
}
const statusOf = (sheet: MonthSheetAnswer, day: string): string | undefined =>
  sheet.days.find((one) => one.day === day)?.status
const enter = (service: Service, record: object) =>
  post(service, `${path}/duty-records`, {
    worker: 'w1',
    from: '2026-10-12',
    to: '2026-10-13',
    note: '病假条',
    ...record,
  })

describe('a month that still runs', () => {
  it('is judged up to yesterday, and cannot be closed', async () => {
    const sheet = await sheetOf(today)
    expect(sheet).toMatchObject({ is_over: false, name: expect.not.stringContaining('王小明') as string })
    expect([statusOf(sheet, '2026-10-08'), statusOf(sheet, '2026-10-09')]).toEqual(['not_met', 'ahead'])
    const refused = await post(today, `${path}/assessments/2026-10/close`, {})
    expect([refused.status, (refused.body as ProblemDetails).code]).toEqual([409, 'conflict'])
  })
})

describe('October, over', () => {
  it('has the 9th, an hour of patrol, as the only day met; the rest of 18 is not', async () => {
    const sheet = await sheetOf(chief)
    expect(sheet.counts).toEqual({ met: 1, not_met: 17, excused: 0, off: 13, unassigned: 0, ahead: 0 })
    expect(sheet.days[8]).toMatchObject({
      status: 'met',
      targets: [
        { target: 'online', met: true },
        { target: 'hours', required: 1, actual: 1, met: true },
      ],
    })
    // No reports, no tasks: 200 − 20 × 10; nothing was dispatched, so nothing is open.
    expect(sheet).toMatchObject({
      patrol: { amount: 0, lost: { reason: 'days_running' } },
      information: { amount: 0 },
      tasks: { amount: 200 },
      total: 200,
      card: 'yellow',
      notes: ['few_tasks_dispatched'],
    })
    expect(((await chief.get(`${path}/assessments/2026-10`)).body as Assessments).sheets).toHaveLength(2)
    const village = (await chief.get(`/api/areas/${westVillage}/assessments/2026-10`)).body as Assessments
    expect(village.sheets.map((one) => one.worker)).toEqual(['w1'])
  })

  it('says that the 9th hangs on the error, where two minutes of the hour lie beside the boundary', async () => {
    const write = (milliseconds: string) =>
      test.db.system().none(
        statement(`update wangge.patrol_days set result = jsonb_set(result, '{boundaryMilliseconds}', '${milliseconds}')
          where worker_id = 'w1' and day = '2026-10-09'`),
      )
    await write('120000')
    const sheet = await sheetOf(chief)
    expect(sheet).toMatchObject({ days_within_error: 1, counts: { met: 1, not_met: 17 }, total: 200 })
    // 120 s are 0.0333 h, shown as 0.04.
    expect(sheet.days[8]).toMatchObject({
      status: 'met',
      within_error: true,
      targets: [
        { target: 'online', error: null, within_error: null },
        { target: 'hours', error: 0.04, within_error: true },
      ],
    })
    // A day that was matched before this was kept.
    await write('null')
    expect(await sheetOf(chief)).toMatchObject({ days_within_error: 0 })
    expect((await sheetOf(chief)).days[8]).toMatchObject({ within_error: null })
    await write('0')
  })

  it('is asked less of by a leave; entered twice it is one, withdrawn it is none', async () => {
    const leave = { id: 'leave-1', kind: 'leave', state: 'granted', to: '2026-10-17' }
    expect((await enter(chief, leave)).status).toBe(200)
    expect((await enter(chief, leave)).status).toBe(200)
    expect((await sheetOf(chief)).counts).toMatchObject({ met: 1, not_met: 12, excused: 5 })
    const listed = (await chief.get(`${path}/duty-records?from=2026-10-01&to=2026-11-01`)).body as DutyRecords
    expect(listed.records).toMatchObject([{ id: 'leave-1', entered_by: 'local-supervisor' }])
    const withdrawn = await chief.send((agent) => agent.delete(`${path}/duty-records/leave-1`))
    expect(withdrawn.status).toBe(204)
    expect((await sheetOf(chief)).counts.excused).toBe(0)
  })

  it('counts meetings, reports, tasks and findings', async () => {
    await enter(chief, { id: 'm1', kind: 'meeting', state: 'missed', note: '例会' })
    await enter(chief, { id: 't1', kind: 'task', state: 'open', note: '排查出租房' })
    for (const id of ['r1', 'r2'])
      await enter(chief, { id, kind: 'report', state: 'valid', note: '路灯不亮' })
    await enter(chief, { id: 'r3', kind: 'report', state: 'invalid', note: '重复' })
    expect(await sheetOf(chief)).toMatchObject({
      patrol: {
        deductions: [{ reason: 'day_not_met' }, { reason: 'meeting_missed', amount: 50, evidence: ['m1'] }],
      },
      information: { amount: 20, deductions: [{ reason: 'report_short', count: 18 }] },
      tasks: { amount: 0, lost: { reason: 'task_open', evidence: ['t1'] } },
    })
    await enter(chief, { id: 't1', kind: 'task', state: 'done', note: '排查出租房' })
    await enter(chief, { id: 'f1', kind: 'finding', state: 'missed', note: '违建' })
    expect(await sheetOf(chief)).toMatchObject({
      information: { amount: 0, lost: { reason: 'finding_missed', evidence: ['f1'] } },
      tasks: { amount: 200 },
    })
  })

  it('refuses records that make no sense, and workers to enter any', async () => {
    const wrong = await enter(chief, { id: 'x', kind: 'meeting', state: 'granted', to: '2026-10-12' })
    expect([wrong.status, (wrong.body as ProblemDetails).flaws?.map(({ code }) => code)]).toEqual([
      422,
      ['interval_empty', 'value_unknown'],
    ])
    expect((await enter(chief, { id: 'x', kind: 'leave', state: 'granted', worker: 'w9' })).status).toBe(404)
    expect((await enter(worker, { id: 'x', kind: 'leave', state: 'granted' })).status).toBe(403)
    expect((await chief.send((agent) => agent.delete(`${path}/duty-records/x`))).status).toBe(404)
  })
})

describe('an objection', () => {
  const claim = {
    worker: 'w1',
    from: '2026-10-08T01:00:00Z',
    to: '2026-10-08T02:00:00Z',
    claim: '在楼内走访，没有信号',
  }
  let objection: Objection

  it('is entered by the worker and stays open until somebody else decides', async () => {
    const entered = await post(worker, `${path}/objections`, claim)
    expect(entered.status).toBe(201)
    objection = entered.body as Objection
    expect(objection).toMatchObject({ day: '2026-10-08', verdict: null, credited_seconds: 0 })
    const decision = { verdict: 'upheld', credited_seconds: null, credited_metres: 0, reason: '有走访登记' }
    const deciding = `${path}/objections/${objection.id}/decide`
    expect((await post(worker, deciding, decision)).status).toBe(403)
    const tooMuch = await post(chief, deciding, { ...decision, credited_seconds: 3601 })
    expect((tooMuch.body as ProblemDetails).flaws?.[0]?.code).toBe('credit_too_large')
    expect((await post(chief, deciding, decision)).body).toMatchObject({
      verdict: 'upheld',
      credited_seconds: 3600,
      decided_by: 'local-supervisor',
    })
    expect((await post(chief, deciding, decision)).status).toBe(409)
    expect(
      ((await chief.get(`${path}/objections?from=2026-10-01&to=2026-11-01`)).body as Objections).objections,
    ).toHaveLength(1)
  })

  it('credits minutes, not a phone: without one fix the day stays not met', async () => {
    const day = (await sheetOf(chief)).days.find((one) => one.day === '2026-10-08')
    expect(day).toMatchObject({
      status: 'not_met',
      targets: [
        { target: 'online', met: false },
        { target: 'hours', actual: 1, met: true },
      ],
    })
  })

  it('is about one day that has passed', async () => {
    const codes = async (change: object): Promise<string[] | undefined> =>
      ((await post(worker, `${path}/objections`, { ...claim, ...change })).body as ProblemDetails).flaws?.map(
        ({ code }) => code,
      )
    expect(await codes({ to: '2026-10-08T01:00:00Z' })).toEqual(['interval_empty'])
    expect(await codes({ to: '2026-10-08T16:00:01Z' })).toEqual(['interval_across_days'])
    expect(await codes({ from: '2026-11-02T03:30:00Z', to: '2026-11-02T04:30:00Z' })).toEqual(['time_ahead'])
  })

  it('may not be decided by whoever entered it', async () => {
    const own = (await post(chief, `${path}/objections`, claim)).body as Objection
    const decision = { verdict: 'rejected', credited_seconds: null, credited_metres: 0, reason: '不实' }
    expect((await post(chief, `${path}/objections/${own.id}/decide`, decision)).status).toBe(403)
  })
})

describe('closing October', () => {
  it('keeps the sheets as they are; what touches them is refused until the month is taken up again', async () => {
    const before = await sheetOf(chief)
    expect((await post(worker, `${path}/assessments/2026-10/close`, {})).status).toBe(403)
    const blank = await post(chief, `${path}/assessments/2026-10/close`, { remark: ' ' })
    expect(blank.status).toBe(400)
    const remark = { remark: '国庆值班已核' }
    expect((await post(chief, `${path}/assessments/2026-10/close`, remark)).body).toEqual({ closed: 2 })
    expect((await post(chief, `${path}/assessments/2026-10/close`, {})).body).toEqual({ closed: 0 })
    const closed = await sheetOf(chief)
    expect(closed).toEqual({
      ...before,
      closed_by: 'local-supervisor',
      closed_at: new Date(later).toISOString(),
      closings: [
        {
          closed_at: new Date(later).toISOString(),
          closed_by: 'local-supervisor',
          remark: '国庆值班已核',
          reopened_at: null,
          reopened_by: null,
          reopen_reason: null,
        },
      ],
    })
    expect((await enter(chief, { id: 'late', kind: 'leave', state: 'granted' })).status).toBe(409)
    expect((await chief.send((agent) => agent.delete(`${path}/duty-records/m1`))).status).toBe(409)

    // A sheet that was closed before errors were kept differs in nothing that was decided.
    await test.db.system().none(
      statement(`update wangge.closed_months set sheet = jsonb_set(sheet, '{days}', (
        select jsonb_agg(jsonb_set(one - 'withinError', '{targets}', coalesce(
          (select jsonb_agg(target - 'error' - 'withinError') from jsonb_array_elements(one->'targets') target), '[]')))
        from jsonb_array_elements(sheet->'days') one))`),
    )
    const old = await sheetOf(chief)
    expect(old).toMatchObject({ differs: false, days_within_error: 0 })
    expect(old.days[8]).toMatchObject({
      within_error: null,
      targets: [{}, { error: null, within_error: null }],
    })

    // A rule that is changed afterwards does not reach back into it, but is seen.
    await test.db
      .system()
      .none(statement(`update wangge.policies set rules = '{"preset": "002"}' where kind = 'assessment'`))
    expect(await sheetOf(chief)).toEqual({ ...old, differs: true })

    const reason = { worker: 'w1', reason: '补登请假' }
    expect((await post(chief, `${path}/assessments/2026-10/reopen`, reason)).body).toEqual({ reopened: 1 })
    expect((await post(chief, `${path}/assessments/2026-10/reopen`, reason)).status).toBe(404)
    expect(await sheetOf(chief)).toMatchObject({ closed_by: null, patrol: null, total: null })
    expect((await sheetOf(chief, 'w2')).closed_by).toBe('local-supervisor')
    // What was said stays, however the month goes on.
    expect((await sheetOf(chief)).closings).toMatchObject([
      { remark: '国庆值班已核', reopened_by: 'local-supervisor', reopen_reason: '补登请假' },
    ])
    expect(
      (await post(chief, `${path}/assessments/2026-10/reopen`, { worker: 'w2', reason: ' ' })).status,
    ).toBe(400)
    expect((await enter(chief, { id: 'late', kind: 'leave', state: 'granted' })).status).toBe(200)
  })
})

describe('cards and stars', () => {
  it('a second month below in a row is red, once the first is closed', async () => {
    await test.db
      .system()
      .none(statement(`update wangge.policies set rules = '{"preset": "004"}' where kind = 'assessment'`))
    expect((await sheetOf(chief, 'w2', '2026-10')).card).toBe('yellow')
    const november = serviceOn(test.db, {
      viewer: `supervisor:${town}`,
      now: Date.parse('2026-12-01T12:00:00+08:00'),
    })
    expect((await sheetOf(november, 'w2', '2026-11')).card).toBe('red')
    expect((await sheetOf(november, 'w1', '2026-11')).card).toBe('yellow')
  })

  it('ranks a quarter by the mean of its months', async () => {
    const { places } = (await chief.get(`${path}/rankings/2026-Q4`)).body as Ranking
    expect(places.map(({ worker: id, place, stars }) => [id, place, stars])).toEqual([
      ['w1', 1, 3],
      ['w2', 2, 3],
    ])
  })
})

describe('wangge assess', () => {
  it('prints the same sheets, and exits 1 where a day was not met', async () => {
    const io = { ...lending(test.db), now: () => later, env: { WANGGE_VIEWER: `supervisor:${town}` } }
    const text = await runWith(io, assess, '--month', '2026-10', '--area', town)
    expect(text.code).toBe(1)
    expect(text.out.split('\n')[1]).toMatch(/^w1 +0 +17 +1 /)
    const json = await runWith(io, assess, '--month', '2026-10', '--area', westVillage, '--format', 'json')
    const [sheet, ...others] = JSON.parse(json.out) as MonthSheetAnswer[]
    expect(others).toEqual([])
    expect(await sheetOf(chief)).toMatchObject(sheet!)
  })

  it('of a county has each township by its own policy', async () => {
    const io = { ...lending(test.db), now: () => later }
    const { out } = await runWith(io, assess, '--month', '2026-10', '--area', county, '--format', 'json')
    const sheets = JSON.parse(out) as MonthSheetAnswer[]
    // The other town has said nothing: places first, which pays nothing.
    expect(sheets.map(({ worker: id, total }) => [id, total === null])).toEqual([
      ['w1', false],
      ['w2', false],
      ['w9', true],
    ])
  })

  it('wants a month and an area there is', async () => {
    await expect(runWith(lending(test.db), assess, '--month', '2026-13')).rejects.toThrow('--month')
    await expect(runWith(lending(test.db), assess, '--month', '2026-10', '--area', '1')).rejects.toThrow(
      'no area',
    )
  })
})
