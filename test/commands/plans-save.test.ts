/** Drawing on a plan: what is saved, what is refused, and two people at it at once. */
import { beforeAll, describe, expect, it } from 'vitest'
import { checkPlan } from '../../server/commands/plans/check-plan.ts'
import { createPlan, type GivenGrid } from '../../server/commands/plans/create-plan.ts'
import { loadChanges } from '../../server/commands/plans/plan-changes.ts'
import { loadPlanned } from '../../server/commands/plans/plan-grids.ts'
import type { AreaGeometry } from '../../server/core/values.ts'
import { findDrawing, listEdits, type PlanRow } from '../../server/db/plans.ts'
import { statement } from '../../server/db/sql.ts'
import type { AppError } from '../../server/errors.ts'
import { useDatabase } from '../support/database.ts'
import {
  check,
  division,
  draftOnAtoms,
  draw,
  drawingOfPlan,
  otherPlanner,
  planner,
  refusal,
  save,
  supervisor,
} from '../support/plan-steps.ts'
import { county, day, now, otherTown, seedSmallTown, town, westVillage } from '../support/small-town.ts'

const test = useDatabase()
beforeAll(() => seedSmallTown(test.db))

const mine = () => test.db.as(planner)
const bytes = async (plan: PlanRow): Promise<string> => (await findDrawing(mine(), plan)).document
const addGrid = (code: string) =>
  ({
    type: 'add-grid',
    grid: { code, name: null, kind: 'ordinary', village: westVillage, parent: null, locked: false },
  }) as const

describe('a draft', () => {
  it('on atoms has the ground of its village, cut by the street and the river, nothing assigned', async () => {
    const plan = await draftOnAtoms(test.db)
    expect(plan).toMatchObject({ status: 'draft', source: 'atoms', revision: 1, created_by: '陈规划' })
    const drawing = await drawingOfPlan(mine(), plan)
    const atoms = drawing.atoms.filter((atom) => atom !== null)
    // South of the street, up to the river, and beyond it; the water goes to one of its sides.
    expect(atoms.length).toBeGreaterThanOrEqual(3)
    expect(atoms.every((atom) => atom.grid === null)).toBe(true)
    expect(atoms.reduce((sum, atom) => sum + atom.households.length, 0)).toBe(10)
    // 0.005° × 0.010° at 29.905°: 482.7 m × 1108.6 m.
    const area = atoms.reduce((sum, atom) => sum + atom.areaSquareMetres, 0)
    expect(Math.abs(area / (482.7 * 1108.6) - 1)).toBeLessThan(0.001)
  })

  it('is copied from another plan of the same area, to the byte', async () => {
    const plan = await draftOnAtoms(test.db)
    const origin = { source: 'plan', plan: plan.plan_id } as const
    const request = { area: westVillage, name: '副本', note: null, origin, now }
    const copy = (await createPlan(mine(), request, draw)).plan
    expect(copy).toMatchObject({ source: 'plan', based_on_plan: plan.plan_id, revision: 1 })
    expect(await bytes(copy)).toBe(await bytes(plan))
    const elsewhere = createPlan(mine(), { ...request, area: town }, draw)
    expect((await refusal(elsewhere)).code).toBe('bad_request')
  })

  it('takes a proposal on the atoms of another plan', async () => {
    const plan = await draftOnAtoms(test.db)
    const atoms = (await drawingOfPlan(mine(), plan)).atoms.flatMap((atom) => (atom ? [atom.id] : []))
    const propose = (assignment: Record<string, string>) =>
      createPlan(
        mine(),
        {
          area: westVillage,
          name: '建议方案',
          note: null,
          origin: {
            source: 'proposal',
            plan: plan.plan_id,
            proposed: { grids: [addGrid('n1').grid], assignment },
          },
          now,
        },
        draw,
      )
    const { plan: proposal } = await propose(Object.fromEntries(atoms.map((atom) => [atom, 'n1'])))
    const drawing = await drawingOfPlan(mine(), proposal)
    expect(drawing.figures.get('n1')).toMatchObject({ households: 10, parts: 1 })
    expect(await refusal(propose({ 'no-such-atom': 'n1' }))).toMatchObject({
      code: 'bad_input',
      flaws: [{ code: 'unknown_atom' }],
    })
  })

  it('on the division in force has its grids, whose lines off the streets cut the atoms', async () => {
    const origin = { source: 'division', day } as const
    const request = { area: westVillage, name: '沿用', note: null, origin, now }
    const { plan, residue } = await createPlan(mine(), request, draw)
    expect(plan).toMatchObject({ source: 'division', based_on_day: day })
    expect(residue).toEqual([])
    const drawing = await drawingOfPlan(mine(), plan)
    expect([...drawing.figures].map(([code, one]) => [code, one.households, one.parts])).toEqual([
      ['101', 5, 1],
      ['102', 5, 1],
    ])
    expect(drawing.atoms.every((atom) => atom === null || atom.grid !== null)).toBe(true)
    // Nothing of the ground moves: half of 482.7 m × 1108.6 m each.
    for (const { areaSquareMetres } of drawing.figures.values())
      expect(Math.abs(areaSquareMetres / (482.7 * 554.3) - 1)).toBeLessThan(0.001)
    const { planned, groups } = await loadChanges(mine(), plan, now)
    expect(planned.unassigned).toEqual([])
    expect(groups).toEqual([])
    expect((await checkPlan(mine(), plan, check, now)).judged.filter((one) => one.blocks)).toEqual([])
  })

  it('on grids of a file lists what they overlap and leave open, and stores neither', async () => {
    const box = (west: number, south: number, east: number, north: number): AreaGeometry => ({
      type: 'Polygon',
      coordinates: [
        [
          [west, south],
          [east, south],
          [east, north],
          [west, north],
          [west, south],
        ],
      ],
    })
    const grid = (code: string, geometry: AreaGeometry): GivenGrid => ({
      code,
      name: null,
      kind: 'ordinary',
      village: null,
      parent: null,
      geometry,
    })
    // 0.001° of overlap about 29.904, 0.001° left open in the north: 482.7 m × 110.9 m each.
    const grids = [
      grid('a', box(119.6, 29.9, 119.605, 29.9045)),
      grid('b', box(119.6, 29.9035, 119.605, 29.909)),
    ]
    const request = {
      area: westVillage,
      name: '文件',
      note: null,
      origin: { source: 'import', grids },
      now,
    } as const
    const { plan, residue } = await createPlan(mine(), request, draw)
    expect(
      residue
        .toSorted((a, b) => (a.kind < b.kind ? -1 : 1))
        .map((one) => [one.kind, one.grids, Math.round(one.areaSquareMetres / (482.7 * 110.9))]),
    ).toEqual([
      ['gap', [], 1],
      ['overlap', ['a', 'b'], 1],
    ])
    const { grids: stored, unassigned } = await loadPlanned(mine(), plan)
    expect(stored.map((one) => [one.code, one.village])).toEqual([
      ['a', westVillage],
      ['b', westVillage],
    ])
    expect(unassigned).toHaveLength(1)
    const { judged } = await checkPlan(mine(), plan, check, now)
    expect(judged.filter((one) => one.blocks).map((one) => one.problem.code)).toEqual(['inlet'])
  })

  it('is made by planners, of villages and townships, where they may see them', async () => {
    const request = { area: town, name: '方案', note: null, origin: { source: 'atoms' }, now } as const
    const byViewer = (viewer: typeof planner, area: string) =>
      refusal(createPlan(test.db.as(viewer), { ...request, area }, draw))
    expect((await byViewer(supervisor, town)).code).toBe('forbidden')
    expect((await byViewer({ ...planner, areas: 'all' }, county)).code).toBe('bad_request')
    expect((await byViewer(planner, otherTown)).code).toBe('not_found')
    // The other township has no villages to divide.
    expect((await byViewer({ ...planner, areas: 'all' }, otherTown)).code).toBe('bad_input')
  })
})

describe('a save', () => {
  it('keeps the drawing that its edits lead to, and every edit', async () => {
    const plan = await draftOnAtoms(test.db)
    const drawing = await drawingOfPlan(mine(), plan)
    const edits = division(drawing, ['1', '2'], (latitude) => (latitude < 29.9045 ? '1' : '2'))
    expect(await save(mine(), plan, 1, edits)).toEqual({ revision: 2, repeated: false })
    const saved = await drawingOfPlan(mine(), plan)
    expect(saved.figures.get('1')?.households).toBe(5)
    expect(saved.figures.get('2')?.households).toBe(5)
    const kept = await listEdits(mine(), plan, { revision: 0, seq: 0 }, 100)
    expect(kept.map((one) => [one.revision, one.seq, one.op, one.grids])).toEqual([
      [2, 1, 'edit', ['1']],
      [2, 2, 'edit', ['1']],
      [2, 3, 'edit', ['2']],
      [2, 4, 'edit', ['1', '2']],
    ])
    expect(kept.map((one) => JSON.parse(one.edit) as unknown)).toEqual(edits)
  })

  it('with one edit that is refused keeps none of them', async () => {
    const plan = await draftOnAtoms(test.db)
    const before = await bytes(plan)
    const assign = { type: 'assign', atoms: ['no-such-atom'], grid: '1' } as const
    const error = await refusal(save(mine(), plan, 1, [addGrid('1'), assign]))
    expect(error).toMatchObject({
      code: 'bad_input',
      flaws: [{ code: 'unknown_atom', place: { record: 2 } }],
    })
    expect(await bytes(plan)).toBe(before)
    expect(await listEdits(mine(), plan, { revision: 0, seq: 0 }, 100)).toEqual([])
  })

  it('sent twice is done once', async () => {
    const plan = await draftOnAtoms(test.db)
    const send = () => save(mine(), plan, 1, [addGrid('1')], { batch: 'b1' })
    expect(await send()).toEqual({ revision: 2, repeated: false })
    expect(await send()).toEqual({ revision: 2, repeated: true })
    const together = await Promise.all(
      [1, 2, 3].map(() => save(mine(), plan, 2, [addGrid('2')], { batch: 'b2' })),
    )
    expect(together.map((one) => one.revision)).toEqual([3, 3, 3])
    expect(together.filter((one) => !one.repeated)).toHaveLength(1)
    expect([...(await drawingOfPlan(mine(), plan)).grids.keys()]).toEqual(['1', '2'])
  })

  it('undoes and redoes across saves, to the byte', async () => {
    const plan = await draftOnAtoms(test.db)
    const [atom] = (await drawingOfPlan(mine(), plan)).atoms.flatMap((one) => (one ? [one.id] : []))
    const states = [await bytes(plan)]
    const rename = { type: 'rename', grid: '1', name: '一' } as const
    for (const [i, edit] of [
      addGrid('1'),
      { type: 'assign', atoms: [atom ?? ''], grid: '1' } as const,
      rename,
    ].entries()) {
      await save(mine(), plan, i + 1, [edit])
      states.push(await bytes(plan))
    }
    await save(mine(), plan, 4, ['undo', 'undo'])
    expect(await bytes(plan)).toBe(states[1])
    await save(mine(), plan, 5, ['redo', 'redo', 'undo'])
    expect(await bytes(plan)).toBe(states[2])
    await save(mine(), plan, 6, ['undo', 'undo'])
    expect(await bytes(plan)).toBe(states[0])
    expect(await refusal(save(mine(), plan, 7, ['undo']))).toMatchObject({
      code: 'bad_input',
      flaws: [{ code: 'nothing_to_undo' }],
    })
    await save(mine(), plan, 7, ['redo', 'redo', 'redo'])
    expect(await bytes(plan)).toBe(states[3])
    // Something new takes the place of what was undone.
    await save(mine(), plan, 8, ['undo', { ...rename, name: '甲' }])
    expect((await refusal(save(mine(), plan, 9, ['redo']))).flaws[0]?.code).toBe('nothing_to_redo')
  })

  it('of the second of two on one revision is refused with what the first did', async () => {
    const plan = await draftOnAtoms(test.db)
    const saving = [
      save(mine(), plan, 1, [addGrid('1'), addGrid('3')]),
      save(test.db.as(otherPlanner), plan, 1, [addGrid('2')]),
    ]
    const outcomes = await Promise.allSettled(saving)
    const lost = outcomes.filter((one) => one.status === 'rejected')
    expect(lost).toHaveLength(1)
    const error = lost[0]?.reason as AppError
    const [winner, word] =
      outcomes[0]?.status === 'fulfilled' ? ['陈规划', '新增网格 ×2'] : ['周规划', '新增网格 ×1']
    expect(error.code).toBe('conflict')
    // 12:00 UTC is 20:00 in Shanghai.
    expect(error.detail.zh).toContain(`${winner} 于 2026-10-09 20:00 保存为第 2 版`)
    expect(error.flaws).toHaveLength(1)
    expect(error.flaws[0]).toMatchObject({ code: 'saved_meanwhile', place: { id: '2' } })
    expect(error.flaws[0]?.message.zh).toContain(word)
    expect((await drawingOfPlan(mine(), plan)).grids.size).toBe(winner === '陈规划' ? 2 : 1)
  })

  it('that fails half way leaves nothing', async () => {
    const plan = await draftOnAtoms(test.db)
    const before = await bytes(plan)
    // The edits are written last, and here they cannot be.
    await test.db
      .system()
      .none(statement(`alter table wangge.plan_edits add constraint never check (op <> 'edit') not valid`))
    await expect(save(mine(), plan, 1, [addGrid('1')])).rejects.toMatchObject({ kind: 'check' })
    await test.db.system().none(statement('alter table wangge.plan_edits drop constraint never'))
    expect(await bytes(plan)).toBe(before)
    expect(await save(mine(), plan, 1, [addGrid('1')])).toEqual({ revision: 2, repeated: false })
  })
})
