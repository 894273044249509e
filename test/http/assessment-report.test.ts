/** The monthly sheet as it is filed: the workbook says what the API says, names stay masked until somebody who assesses asks. */

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS, { type Worksheet } from 'exceljs'
import { beforeAll, describe, expect, it } from 'vitest'
import { assess } from '../../server/cli/assess.ts'
import { ingestFixes } from '../../server/commands/ingest-fixes.ts'
import { matchStaleDays } from '../../server/commands/match-stale-days.ts'
import { createFixWriter } from '../../server/commands/positions/fix-writer.ts'
import type { Assessments, Objection } from '../../server/contract/assessment.ts'
import { statement } from '../../server/db/sql.ts'
import { lending, runWith } from '../cli/run-verb.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import {
  county,
  fixes,
  now,
  otherTown,
  secrets,
  seedSmallTown,
  town,
  westVillage,
} from '../support/small-town.ts'
import { addPeople, signedIn } from '../support/users.ts'
import { post } from './planning.ts'

/** 2 November 2026: October is over. */
const later = Date.parse('2026-11-02T12:00:00+08:00')
const test = useDatabase()
let chief: Service
let worker: Service
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
})

const report = `/reports/assessments/${town}/2026-10`

async function bytesOf(service: Service, path: string): Promise<Buffer> {
  const response = await service.send((agent) =>
    agent
      .get(path)
      .set('host', 'wangge.test')
      .buffer(true)
      .parse((stream, done) => {
        const parts: Buffer[] = []
        stream
          .on('data', (part: Buffer) => parts.push(part))
          .on('end', () => done(null, Buffer.concat(parts)))
      }),
  )
  expect(response.status).toBe(200)
  return response.body as Buffer
}

async function openBook(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(new Uint8Array(bytes).buffer)
  return workbook
}

/** Rows below the header that begins with `first`, by header. */
function records(sheet: Worksheet | undefined, first: string): Record<string, unknown>[] {
  const rows: unknown[][] = []
  sheet!.eachRow((row) => {
    rows.push(Array.from({ length: sheet!.columnCount }, (_, i) => row.getCell(i + 1).value))
  })
  const at = rows.findIndex(([one]) => one === first)
  return rows.slice(at + 1).map((row) => Object.fromEntries(row.map((value, i) => [rows[at]![i], value])))
}

const revealed = async (): Promise<string[]> => {
  const rows = await test.db.system().many<{ subject: string }>({
    text: `select subject from wangge.access_log where action = 'reveal' order by subject`,
    scoped: false,
    types: [],
  })
  return rows.map((row) => row.subject)
}

describe('.xlsx', () => {
  it('says what the API says, of every worker and every day', async () => {
    const objection = (
      await post(worker, `/api/areas/${town}/objections`, {
        worker: 'w1',
        from: '2026-10-08T01:00:00Z',
        to: '2026-10-08T02:00:00Z',
        claim: '在楼内走访',
      })
    ).body as Objection
    const decision = { verdict: 'upheld', credited_seconds: 1800, credited_metres: 120, reason: '有登记' }
    await post(chief, `/api/areas/${town}/objections/${objection.id}/decide`, decision)
    const workbook = await openBook(await bytesOf(chief, `${report}.xlsx`))
    const { sheets } = (await chief.get(`/api/areas/${town}/assessments/2026-10`)).body as Assessments
    const rows = records(workbook.getWorksheet('考核表'), '序号').slice(0, sheets.length)
    expect(
      rows.map((row) => [
        row['编号'],
        row['姓名'],
        row['应巡日（天）'],
        row['达标日（天）'],
        row['合计（元）'],
        row['黄/红牌'],
      ]),
    ).toEqual(
      sheets.map(({ worker: id, name, counts, total }) => [
        id,
        name,
        counts.met + counts.not_met,
        counts.met,
        total,
        '黄牌',
      ]),
    )
    expect(rows[0]!['网格']).toBe('一网格')
    const days = records(workbook.getWorksheet('逐日明细'), '姓名')
    expect(
      days.map((row) => [
        row['编号'],
        (row['日期'] as Date).toISOString().slice(0, 10),
        row['网格内时长（小时）'] ?? undefined,
      ]),
    ).toEqual(
      sheets.flatMap((sheet) =>
        sheet.days.map(({ day, targets }) => [
          sheet.worker,
          day,
          targets.find(({ target }) => target === 'hours')?.actual,
        ]),
      ),
    )
    expect(days[7]).toMatchObject({
      '网格内时长（小时）': 0.5,
      '申诉计入（分钟）': 30,
      '申诉计入（公里）': 0.12,
    })
    expect(workbook.getWorksheet('考核表')!.getCell('A1').value).toBe(
      '云岭县临溪镇2026年10月网格员考核表（未定稿）',
    )
  })

  it('has the words in English, and of a county each township by its own rules', async () => {
    const all = serviceOn(test.db, { viewer: 'administrator', now: later })
    const workbook = await openBook(await bytesOf(all, `/reports/assessments/${county}/2026-10.xlsx?lang=en`))
    // Every day of every worker is the townships’ to file.
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['Sheet', 'Visits', 'Rules'])
    const rows = records(workbook.getWorksheet('Sheet'), 'No.')
    expect(rows.slice(0, 3).map((row) => [row['Township'], row['Id'], row['Total (yuan)']])).toEqual([
      ['临溪镇', 'w1', 200],
      ['临溪镇', 'w2', 200],
      [expect.not.stringContaining('临溪') as string, 'w9', null],
    ])
    const rules = records(workbook.getWorksheet('Rules'), 'Rules').map((row) => String(row['Rules']))
    expect(new Set(rules)).toHaveLength(2)
  })

  it('of the command line is the same workbook', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assess-'))
    const path = join(folder, 'october.xlsx')
    const io = { ...lending(test.db), now: () => later }
    const asked = ['--month', '2026-10', '--area', westVillage, '--format', 'xlsx']
    expect((await runWith(io, assess, ...asked, '-o', path)).code).toBe(1)
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.readFile(path)
    expect(records(workbook.getWorksheet('考核表'), '序号')[0]).toMatchObject({
      编号: 'w1',
      '合计（元）': 200,
    })
    rmSync(folder, { recursive: true })
    await expect(runWith(io, assess, ...asked)).rejects.toThrow('-o')
  })
})

describe('names', () => {
  it('are masked, until somebody who assesses asks; each is noted', async () => {
    const masked = await chief.get(report)
    for (const secret of secrets) expect(masked.text).not.toContain(secret)
    expect(await revealed()).toEqual([])
    for (const path of [report, `${report}?reveal=true`, `${report}.xlsx`, `${report}.pdf`])
      expect((await worker.get(path)).status).toBe(403)
    expect(await revealed()).toEqual([])
    expect((await chief.get(`${report}?reveal=true`)).text).toContain('李四光')
    expect(await revealed()).toEqual(['worker:w1', 'worker:w2'])
  })

  it('of another town are nobody’s business', async () => {
    const stranger = serviceOn(test.db, { viewer: `supervisor:${otherTown}`, now: later })
    for (const ending of ['', '.xlsx', '.pdf'])
      expect((await stranger.get(`${report}${ending}`)).status).toBe(404)
  })
})

describe('a month', () => {
  it('that is closed is filed as it was kept, with the rules it was kept by', async () => {
    await post(chief, `/api/areas/${town}/assessments/2026-10/close`, { remark: '国庆值班已核' })
    await test.db
      .system()
      .none(statement(`update wangge.policies set rules = '{"preset": "002"}' where kind = 'assessment'`))
    const { text } = await chief.get(report)
    expect(text).toContain('<h1>云岭县临溪镇2026年10月网格员考核表</h1>')
    expect(text).toContain('已结账：local-supervisor，2026-11-02 12:00')
    expect(text).toContain('巡查补贴每月 800 元')
    expect(text).toContain('<td>结账</td><td>local-supervisor</td><td>国庆值班已核</td><td>全部 2 人</td>')
    expect(text).toContain('结账后数据有变')
    expect(text).not.toContain('未定稿')
    const reopened = { worker: 'w1', reason: '补登请假' }
    await post(chief, `/api/areas/${town}/assessments/2026-10/reopen`, reopened)
    const half = (await chief.get(report)).text
    expect(half).toContain('考核表（未定稿）</h1>')
    expect(half).toContain('未结账')
    expect(half).toMatch(/<td>重开<\/td><td>local-supervisor<\/td><td>补登请假<\/td><td>李\S+ w1<\/td>/)
  })

  it('that ends a quarter has its stars, the others say where they stand', async () => {
    await test.db
      .system()
      .none(statement(`update wangge.policies set rules = '{"preset": "004"}' where kind = 'assessment'`))
    expect((await chief.get(report)).text).toContain('星级按季度评定')
    const january = serviceOn(test.db, {
      viewer: `supervisor:${town}`,
      now: Date.parse('2027-01-04T12:00:00+08:00'),
    })
    const { text } = await january.get(`/reports/assessments/${town}/2026-12`)
    expect(text).toContain('<td>★★★</td>')
    expect(text).toContain('合计不含季度星级奖励')
  })
})

const chromium = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
)

describe('.pdf', () => {
  it.skipIf(!chromium)('is pages of A4 lying (skipped without a Chromium of the system)', async () => {
    const pdf = (await bytesOf(chief, `${report}.pdf`)).toString('latin1')
    expect(pdf.slice(0, 5)).toBe('%PDF-')
    // The sheet, the days, the rules.
    expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)!.length).toBeGreaterThanOrEqual(3)
    const [, width] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf) ?? []
    expect(Math.abs(Number(width) - 841.9)).toBeLessThan(1.5)
  })
})
