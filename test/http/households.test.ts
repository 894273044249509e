import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { HouseholdLadder, HouseholdLedger, MissingHouseholds } from '../../server/contract/households.ts'
import { statement } from '../../server/db/sql.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { county, day, seedSmallTown, town, westVillage } from '../support/small-town.ts'

const test = useDatabase()
let supervisor: Service
let analyst: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  // w1 keeps contact with the five households of 101, w2 with one of 202.
  await test.db.system().insertMany(
    'roster',
    {
      town_id: 'text',
      household_id: 'text',
      worker_id: 'text',
      valid_from: 'timestamptz',
      valid_to: 'timestamptz',
    },
    [
      ...['h11', 'h12', 'h13', 'h14', 'h15'].map((id) => [town, id, 'w1', Date.parse('2026-01-01'), null]),
      [town, 'h41', 'w2', Date.parse('2026-01-01'), null],
    ],
  )
  supervisor = serviceOn(test.db, { viewer: `supervisor:${town}` })
  analyst = serviceOn(test.db, { viewer: `analyst:${town}` })
})

const interval = 'from=2026-10-01&to=2026-10-10'
const ladderOf = async (service: Service, area: string, query = ''): Promise<HouseholdLadder> =>
  (await service.get(`/api/areas/${area}/household-ladder?${interval}${query}`)).body as HouseholdLadder
const steps = (row: HouseholdLadder['rows'][number] | undefined): unknown =>
  row && [row.registered, row.located, row.assigned, row.visited, row.remaining]

describe('the ladder', () => {
  it('counts 21 registered, 20 in grids, 6 in a roster, 2 of them visited (v1, v2; v3 was in September)', async () => {
    const { rows } = await ladderOf(supervisor, town)
    expect(steps(rows[0])).toEqual([21, 20, 6, 2, 19])
    expect(
      rows.filter(({ level }) => level !== 'township').map((row) => [row.grid ?? row.code, steps(row)]),
    ).toEqual([
      [`${town}/`, [1, 0, 0, 0, 1]],
      [westVillage, [10, 10, 5, 2, 8]],
      ['101', [5, 5, 5, 2, 3]],
      ['102', [5, 5, 0, 0, 5]],
      ['990101001002', [10, 10, 1, 0, 10]],
      ['201', [5, 5, 0, 0, 5]],
      ['202', [5, 5, 1, 0, 5]],
    ])
  })

  it('of those that must be visited: one a grid, that of 101 was', async () => {
    const { rows, categories } = await ladderOf(supervisor, town, '&category=must_visit')
    expect(steps(rows[0])).toEqual([4, 4, 1, 1, 3])
    expect(categories.map(({ category, registered }) => [category, registered])).toEqual([
      ['must_visit', 4],
      ['five_guarantee', 4],
    ])
  })

  it('lists who is missing at a step, masked, and as many as the step lacks', async () => {
    const path = `/api/areas/${town}/household-ladder/missing?${interval}&step=visited&limit=3`
    const { body, text } = await supervisor.get(path)
    const { total, households, next } = body as MissingHouseholds
    expect([total, households.map(({ id }) => id)]).toEqual([4, ['h12', 'h13', 'h14']])
    expect(households[0]).toMatchObject({ head: '王*明', address: '临溪镇桥头***', worker: 'w1' })
    expect(text).not.toMatch(/王小明|12号/)
    const rest = (await supervisor.get(`${path}&after=${next}`)).body as MissingHouseholds
    expect(rest.households.map(({ id }) => id)).toEqual(['h41'])
    expect((await analyst.get(path)).status).toBe(403)
  })

  it('tells an analyst no number below five, nor one that would betray it', async () => {
    const { rows } = await ladderOf(analyst, town)
    for (const { registered, located, assigned, visited } of rows)
      for (const n of [registered, located, assigned, visited])
        expect(n === null || n === 0 || n >= 5).toBe(true)
    // Of the village alone the same rows are hidden as of the township.
    const alone = await ladderOf(analyst, westVillage)
    const within = rows.filter(({ code, parent }) => [code, parent].includes(westVillage))
    expect(alone.rows.map(({ code, hidden }) => [code, hidden])).toEqual(
      within.map(({ code, hidden }) => [code, hidden]),
    )
    expect((await supervisor.get(`/api/areas/${county}/household-ladder?${interval}`)).status).toBe(200)
  })
})

describe('the ledger', () => {
  it('adds up: 20 households of 3 and one alone are 61 residents; what is not recorded is not 0', async () => {
    const { rows } = (await supervisor.get(`/api/areas/${town}/household-ledger?day=${day}`))
      .body as HouseholdLedger
    expect(rows[0]!.counts).toMatchObject({
      households: 21,
      residents: 61,
      five_guarantee: 4,
      disabled: null,
    })
    const grids = rows.filter(({ level }) => level === 'grid' || level === 'none')
    expect(grids.reduce((sum, { counts }) => sum + counts['residents']!, 0)).toBe(61)
  })
})

const bytesOf = async (service: Service, path: string): Promise<Uint8Array> => {
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
  return new Uint8Array(response.body as Buffer)
}
const formOf = async (service: Service, form: string, query = ''): Promise<ExcelJS.Workbook> => {
  const bytes = await bytesOf(service, `/reports/households/${town}/${form}.xlsx?day=${day}${query}`)
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(bytes.buffer as ArrayBuffer)
  return workbook
}
const headerOf = (workbook: ExcelJS.Workbook, sheet: number, row: number): unknown[] => {
  const cells: unknown[] = []
  workbook.worksheets[sheet]!.getRow(row).eachCell((cell) => cells.push(cell.text.replace('\n', '')))
  return cells
}

describe('the annexes', () => {
  it('have the columns of the document', async () => {
    expect(headerOf(await formOf(supervisor, 'annex1'), 0, 3)).toEqual([
      '序号',
      '管辖范围',
      '基础网格长及联系方式',
      '基础网格信息员及联系方式',
    ])
    expect(headerOf(await formOf(supervisor, 'annex2'), 0, 2)).toEqual([
      '序号',
      '管辖范围',
      '基础网格长',
      '村级网格指导员及联系方式',
      '基础网格指导员及联系方式',
      '基础网格信息员及联系方式',
      '网格员姓名',
      '性别',
      '年龄',
      '文化程度',
      '联系方式',
      '联系农户数',
    ])
    const roster = await formOf(supervisor, 'annex3')
    expect(roster.worksheets.map(({ name }) => name)).toEqual(['101 w1', '202 w2'])
    const [sheet] = roster.worksheets
    expect(sheet!.getCell('A1').value).toBe('临溪镇西村网格员联系农户名册')
    expect(headerOf(roster, 0, 3)).toEqual([
      '联系农户户主姓名',
      '农户联系方式',
      '农户家庭基本情况',
      '是否加入微信群',
    ])
    expect([sheet!.getCell('A4').value, sheet!.getCell('C8').value]).toEqual(['王*明', '3 人；五保户'])
    expect((await formOf(supervisor, 'annex4')).worksheets[0]!.getCell('A1').value).toBe(
      '临溪镇西村网格综合志愿服务队花名册',
    )
    const ledger = await formOf(supervisor, 'ledger')
    expect(ledger.worksheets[0]!.getCell('F4').value).toBe('户数：5\n人口：15')
    expect([ledger.worksheets[1]!.getCell('A4').value, ledger.worksheets[1]!.getCell('B4').value]).toEqual([
      '临溪镇',
      21,
    ])
  })

  it.each([
    ['annex1', false],
    ['ledger', true],
  ])('%s lies on the paper (%s) as a page as it does as a workbook', async (form, isLying) => {
    const page = await supervisor.get(`/reports/households/${town}/${form}?day=${day}`)
    const sections = page.text.match(/<section[^>]*>/g) ?? []
    const { worksheets } = await formOf(supervisor, form)
    expect(sections).toHaveLength(worksheets.length)
    expect(sections.every((one) => one.includes('is-lying') === isLying)).toBe(true)
    expect(new Set(worksheets.map(({ pageSetup }) => pageSetup.orientation))).toEqual(
      new Set([isLying ? 'landscape' : 'portrait']),
    )
  })

  it('have names in the clear only for who may ask, each reading noted', async () => {
    const clear = await formOf(supervisor, 'annex3', '&reveal=true')
    expect([clear.worksheets[0]!.getCell('A4').value, clear.worksheets[0]!.getCell('B4').value]).toEqual([
      '王小明',
      '13812345678',
    ])
    const noted = await test.db
      .system()
      .many(statement<{ subject: string }>(`select subject from wangge.access_log where town_id = '${town}'`))
    const subjects = noted.map(({ subject }) => subject)
    expect(subjects).toEqual(expect.arrayContaining(['worker:w1', 'household:h11', 'household:h41']))
    const planner = serviceOn(test.db, { viewer: `planner:${town}` })
    expect((await planner.get(`/reports/households/${town}/annex3?reveal=true`)).status).toBe(403)
    expect((await analyst.get(`/reports/households/${town}/annex3`)).status).toBe(403)
  })

  const chromium = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
    (path) => path && existsSync(path),
  )
  it.skipIf(!chromium)(
    'are printed without the structure that takes as long as the pages (skipped without a Chromium)',
    async () => {
      const bytes = await bytesOf(supervisor, `/reports/households/${town}/annex3.pdf?day=${day}`)
      const pdf = Buffer.from(bytes).toString('latin1')
      expect(pdf.slice(0, 5)).toBe('%PDF-')
      expect(pdf).not.toContain('/StructTreeRoot')
    },
  )

  const soffice = '/usr/bin/soffice'
  it.skipIf(!existsSync(soffice))(
    'open in LibreOffice with their Chinese whole (skipped without it)',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'wangge-forms-'))
      try {
        const bytes = await bytesOf(supervisor, `/reports/households/${town}/annex3.xlsx?day=${day}`)
        writeFileSync(join(folder, 'annex3.xlsx'), bytes)
        const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
        execFileSync(
          soffice,
          [
            profile,
            '--headless',
            '--convert-to',
            'csv:Text - txt - csv (StarCalc):44,34,76',
            '--outdir',
            folder,
            join(folder, 'annex3.xlsx'),
          ],
          {
            stdio: 'ignore',
            timeout: 60_000,
          },
        )
        const csv = readFileSync(join(folder, 'annex3.csv'), 'utf8')
        expect(csv).toContain('临溪镇西村网格员联系农户名册')
        expect(csv).toMatch(/"联系农户\n户主姓名",农户联系方式,农户家庭基本情况,是否加入微信群/)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
    90_000,
  )
})
