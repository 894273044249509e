/** A plan beside the division in force and beside another plan, as JSON, page, PDF and workbook. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import ExcelJS from 'exceljs'
import type { Response } from 'supertest'
import { beforeAll, describe, expect, it } from 'vitest'
import { createPlan } from '../../server/commands/plans/create-plan.ts'
import type { ComparisonGround, PlanComparisonReport } from '../../server/contract/plan-comparison.ts'
import type { PlanRow } from '../../server/db/plans.ts'
import { useDatabase } from '../support/database.ts'
import { draftOfThree, draw, planner, resetSmallTown } from '../support/plan-steps.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { day, now, otherTown, secrets, town, westVillage } from '../support/small-town.ts'

const test = useDatabase()
let service: Service
let plan: PlanRow
let asBefore: PlanRow
let ofTown: PlanRow
beforeAll(async () => {
  await resetSmallTown(test.db)
  service = serviceOn(test.db, { viewer: `planner:${town}` })
  plan = await draftOfThree(test.db)
  const standing = async (area: string, name: string): Promise<PlanRow> => {
    const request = { area, name, note: null, origin: { source: 'division', day }, now } as const
    return (await createPlan(test.db.as(planner), request, draw)).plan
  }
  asBefore = await standing(westVillage, '原样')
  ofTown = await standing(town, '全镇')
})

const bytesOf = async (path: string): Promise<Buffer> => {
  const response = await service.send((agent) =>
    agent
      .get(path)
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
const compared = async (query = ''): Promise<PlanComparisonReport> => {
  const response: Response = await service.get(`/api/plans/${plan.plan_id}/comparison${query}`)
  expect(response.status).toBe(200)
  return response.body as PlanComparisonReport
}

describe('a comparison', () => {
  it('with the grids in force has the figures of both, the flows, the codes and the workers', async () => {
    const report = await compared()
    // The two northern households of 101 go to the new 103.
    expect(report.households).toEqual({ total: 10, kept: 8, moved: 2, entered: 0, left: 0, in_none: 0 })
    expect(report.codes).toEqual({ kept: ['101', '102'], created: ['103'], retired: [] })
    // Three persons in each household.
    const peopled = report.moves.filter(({ households }) => households.length > 0)
    expect(peopled).toMatchObject([{ from: '101', to: '103', households: ['h14', 'h15'], persons: 6 }])
    expect(report.before).toMatchObject({
      plan: null,
      figures: { grids: 2, households: 10, mean_households: 5, top_to_bottom: 0 },
    })
    // Of 3, 5 and 2 households: (5 − 2) / (10 / 3).
    expect(report.after.plan).toEqual({ id: plan.plan_id, name: '西村调整方案', revision: 2 })
    expect(report.after.figures).toMatchObject({
      grids: 3,
      counted: 3,
      households: 10,
      households_in_none: 0,
    })
    expect(report.after.figures.top_to_bottom).toBeCloseTo(0.9)
    expect(report.workers.map((one) => [one.worker, one.roster_leaving, one.roster_staying])).toEqual([
      ['w1', 2, 3],
    ])
  })

  it('with another plan of the same ground is the same where that is as the grids in force', async () => {
    const report = await compared(`?with=${asBefore.plan_id}`)
    expect(report.before.plan).toEqual({ id: asBefore.plan_id, name: '原样', revision: 1 })
    expect(report.moves).toEqual((await compared('?with=in_force')).moves)
    const { polsby_popper: compactness, ...figures } = (await compared()).before.figures
    // The plan's lines have vertices that those of the grids in force do not: the last digits differ.
    expect(report.before.figures).toEqual({ ...figures, polsby_popper: expect.closeTo(compactness ?? 0, 6) })
  })

  it('is refused for a plan of another ground, and not found for one nobody may see', async () => {
    const path = `/api/plans/${plan.plan_id}/comparison`
    expect((await service.get(`${path}?with=${ofTown.plan_id}`)).status).toBe(400)
    expect((await service.get(`${path}?with=nobodys`)).status).toBe(404)
    const stranger = serviceOn(test.db, { viewer: `supervisor:${otherTown}` })
    for (const address of [
      path,
      `${path}/ground`,
      `/reports/plans/${plan.plan_id}`,
      `/reports/plans/${plan.plan_id}.xlsx`,
    ])
      expect((await stranger.get(address)).status).toBe(404)
  })
})

describe('the ground of a comparison', () => {
  it('has the grids of both sides with their households, and the homes that move', async () => {
    const response = await service.get(`/api/plans/${plan.plan_id}/comparison/ground`)
    expect(response.status).toBe(200)
    const { before, after, moved, revision } = response.body as ComparisonGround
    expect(revision).toBe(2)
    const told = (grids: ComparisonGround['before']): unknown[] =>
      grids.map(({ code, households, band_status, changed }) => [code, households, band_status, changed])
    // The band of the town is 4 to 12; 102 keeps its ground but for what lies between street and river.
    expect(told(before)).toEqual([
      ['101', 5, 'in_band', true],
      ['102', 5, 'in_band', true],
    ])
    expect(told(after)).toEqual([
      ['101', 3, 'below', true],
      ['102', 5, 'in_band', true],
      ['103', 2, 'below', true],
    ])
    for (const {
      label_point: [longitude, latitude],
    } of [...before, ...after]) {
      expect(longitude).toBeGreaterThan(119.6)
      expect(longitude).toBeLessThan(119.605)
      expect(latitude).toBeGreaterThan(29.9)
      expect(latitude).toBeLessThan(29.91)
    }
    expect(moved.map(({ household, from, to }) => [household, from, to])).toEqual([
      ['h14', '101', '103'],
      ['h15', '101', '103'],
    ])
    // As seeded: the fourth household at 4/6 of the diagonal.
    expect(moved[0]?.position[0]).toBeCloseTo(119.6 + (0.005 * 4) / 6, 5)
  })

  it('of a plan beside itself changes nothing', async () => {
    const { body } = await service.get(`/api/plans/${plan.plan_id}/comparison/ground?with=${plan.plan_id}`)
    const { before, after, moved } = body as ComparisonGround
    expect([...before, ...after].filter(({ changed }) => changed)).toEqual([])
    expect(moved).toEqual([])
  })
})

describe('the report of it', () => {
  it('is a page with all its parts, and tells nobody’s name or address', async () => {
    const { text } = await service.get(`/reports/plans/${plan.plan_id}?with=in_force&day=${day}`)
    for (const said of [
      '西村网格划分对比报告',
      '云岭县临溪镇西村',
      `${day} 的现行网格`,
      '西村调整方案（修订 2）',
      '陈规划',
      '更换网格 2 户',
      '<th>编制</th>',
      '<th>审核</th>',
      '<th>批准</th>',
      `.pdf?with=in_force&amp;day=${day}`,
    ])
      expect(text).toContain(said)
    for (const secret of secrets) expect(text).not.toContain(secret)
    expect(text).not.toMatch(/<script|<img|<link|@import|url\((?!#)/)
  })

  it('is a workbook with every household that moves', async () => {
    const workbook = new ExcelJS.Workbook()
    const bytes = await bytesOf(`/reports/plans/${plan.plan_id}.xlsx`)
    await workbook.xlsx.load(Uint8Array.from(bytes).buffer)
    const moved: unknown[] = []
    workbook
      .getWorksheet('变动农户')
      ?.eachRow((row) => moved.push([1, 2, 4, 6].map((i) => row.getCell(i).value)))
    expect(moved.slice(1)).toEqual([
      ['h14', '101', '103', 'w1'],
      ['h15', '101', '103', 'w1'],
    ])
  })

  const isPrinted = existsSync('/usr/bin/chromium') && existsSync('/usr/bin/pdftotext')
  it.skipIf(!isPrinted)('is a PDF with numbered pages (skipped without Chromium and pdftotext)', async () => {
    const pdf = await bytesOf(`/reports/plans/${plan.plan_id}.pdf`)
    const said = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' })
    const pages = said.split('\f').slice(0, -1)
    expect(pages.length).toBeGreaterThan(1)
    for (const [i, page] of pages.entries())
      expect(page.replace(/\s/g, '')).toContain(`第${i + 1}页，共${pages.length}页`)
    for (const one of ['西村网格划分对比报告', '户数变动矩阵', '批准']) expect(said).toContain(one)
  })
})
