/** Feasibility and proposals over HTTP, found by the real search in its thread, and one of them adopted. */
import type { Response } from 'supertest'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Job } from '../../server/contract/jobs.ts'
import type { CreatedPlan, PlanCheckReport } from '../../server/contract/plans.ts'
import type { PlanFeasibility, Proposals, ProposeRequest } from '../../server/contract/proposals.ts'
import { fromJson } from '../../server/core/planning/drawing/drawing-json.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { eastVillage, otherTown, seedSmallTown, town, westVillage } from '../support/small-town.ts'

const test = useDatabase()
let planner: Service
let supervisor: Service
let neighbour: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  planner = serviceOn(test.db, { viewer: `planner:${town}` })
  supervisor = serviceOn(test.db, { viewer: `supervisor:${town}` })
  neighbour = serviceOn(test.db, { viewer: `planner:${otherTown}` })
})

const post = (service: Service, path: string, body: object): Promise<Response> =>
  service.send((agent) => agent.post(path).send(body))
async function planOf(area: string, source: 'atoms' | 'division'): Promise<string> {
  const made = await post(planner, `/api/areas/${area}/plans`, { name: '方案', from: { source } })
  expect(made.status).toBe(201)
  return (made.body as CreatedPlan).id
}
const ascending = (a = 0, b = 0): number => a - b
const usual: ProposeRequest = { plans: 3, seed: 7, keep_current: false, sizes: { from: 2, to: 6 } }
async function ask(plan: string, request: Partial<ProposeRequest> = {}): Promise<Job> {
  const response = await post(planner, `/api/plans/${plan}/proposals`, { ...usual, ...request })
  expect(response.status).toBe(202)
  return response.body as Job
}
async function ended(job: Job): Promise<Proposals> {
  const path = `/api/proposals/${job.id}`
  await expect
    .poll(async () => ((await planner.get(path)).body as Proposals).job.state, { timeout: 60_000 })
    .not.toMatch(/queued|running/)
  return (await planner.get(path)).body as Proposals
}
async function found(plan: string, request: Partial<ProposeRequest> = {}) {
  const { job, found: proposals } = await ended(await ask(plan, request))
  expect(job).toMatchObject({ kind: 'proposals', state: 'done', error: null })
  if (!proposals) throw new Error('the job is done without proposals')
  return { job, ...proposals }
}

describe('feasibility', () => {
  it('is judged by the policy, or for sizes asked for, with proof and ways out', async () => {
    const path = `/api/plans/${await planOf(westVillage, 'atoms')}/feasibility`
    const byPolicy = (await planner.get(path)).body as PlanFeasibility
    expect(byPolicy).toMatchObject({ revision: 1, sizes: { from: 4, to: 12 } })
    // The river has no bridge: five households on either side, and 5 / 12 … 5 / 4 is one grid.
    const side = { village: westVillage, households: 5, verdict: 'feasible', grids: { from: 1, to: 1 } }
    expect(byPolicy.components).toMatchObject([side, side])

    const asked = (await planner.get(`${path}?from=6&to=9`)).body as PlanFeasibility
    for (const one of asked.components) {
      expect(one).toMatchObject({ verdict: 'impossible', grids: null, fewest_out_of_band: 1 })
      expect(one.proofs.map((proof) => proof.code)).toEqual(['too_few_households'])
      expect(one.relaxations.map((way) => way.message.zh)).toContain('户数范围改为 5–9')
    }
    expect((await planner.get(`${path}?from=9&to=6`)).status).toBe(400)
    expect((await planner.get(`${path}?from=9`)).status).toBe(400)
    expect((await neighbour.get(path)).status).toBe(404)
  })
})

describe('proposals', () => {
  it('come from a job, with figures that add up, the same for the same seed', async () => {
    const plan = await planOf(westVillage, 'atoms')
    const first = await found(plan)
    expect(first).toMatchObject({ plan, revision: 1, sizes: usual.sizes, seed: 7, not_found: [] })
    expect(first.job.done).toBe(first.job.total)
    const drawing = fromJson((await planner.get(`/api/plans/${plan}/drawing`)).text)
    expect(first.atoms).toEqual([...drawing.atomNumber.keys()].toSorted())
    expect(first.proposals.length).toBeGreaterThan(0)
    for (const { grids, assignment, figures } of first.proposals) {
      expect(figures).toMatchObject({ grids: grids.length, out_of_band: 0, moved_households: null })
      const counted = grids.map(() => 0)
      for (const [i, grid] of assignment.entries()) {
        const atom = drawing.atoms[drawing.atomNumber.get(first.atoms[i] ?? '') ?? -1]
        counted[grid ?? -1]! += atom?.households.length ?? Number.NaN
      }
      expect(counted).toEqual(grids.map((grid) => grid.households))
      expect(counted.reduce((sum, one) => sum + one, 0)).toBe(10)
      expect(grids.every((grid) => grid.is_new && grid.in_band)).toBe(true)
    }
    expect(new Set(first.proposals.map((one) => one.assignment.join())).size).toBe(first.proposals.length)
    const { job: _first, ...same } = first
    const { job: _again, ...again } = await found(plan)
    expect(again).toEqual(same)
  })

  it('keep what is in the band, with its codes', async () => {
    const plan = await planOf(westVillage, 'division')
    const { proposals } = await found(plan, { keep_current: true, sizes: { from: 4, to: 12 }, plans: 1 })
    // Both grids have five households; what the river cuts off of 102 has none.
    expect(proposals[0]).toMatchObject({ figures: { grids: 2, out_of_band: 0, moved_households: 0 } })
    expect(proposals[0]?.grids.map((grid) => [grid.code, grid.is_new])).toEqual([
      ['101', false],
      ['102', false],
    ])
    const anew = await found(plan, { sizes: { from: 4, to: 12 }, plans: 1 })
    // Drawn anew, and yet the same people live under the same codes.
    expect(anew.proposals[0]).toMatchObject({ figures: { moved_households: 0 } })
  })

  it('remember which natural villages may be divided, and divide none that need not be', async () => {
    const plan = await planOf(westVillage, 'atoms')
    const drawing = fromJson((await planner.get(`/api/plans/${plan}/drawing`)).text)
    expect(drawing.atoms.some((atom) => atom?.group === 'n1')).toBe(true)
    const asked = await found(plan, { may_cut: ['n1'], plans: 1 })
    expect(asked.may_cut).toEqual(['n1'])
    expect(asked.proposals[0]?.figures.groups_split).toBe(0)
    expect((await found(plan, { plans: 1 })).may_cut).toEqual([])
  })

  it('say what is impossible beside the best there is', async () => {
    const { proposals, components } = await found(await planOf(westVillage, 'atoms'), {
      sizes: { from: 2, to: 3 },
      plans: 1,
    })
    const north = components.find((one) => one.verdict === 'impossible')
    expect(north?.proofs.map((proof) => proof.code)).toContain('unit_too_large')
    expect(proposals[0]?.figures).toMatchObject({ out_of_band: north?.fewest_out_of_band })
  })

  it('are cancelled, and are nobody else’s', async () => {
    const plan = await planOf(westVillage, 'atoms')
    const job = await ask(plan)
    await planner.send((agent) => agent.delete(`/api/jobs/${job.id}`))
    expect(await ended(job)).toMatchObject({ job: { state: 'cancelled' }, found: null })
    // The service of each viewer has jobs of its own here; the planner's are in the planner's service.
    expect((await neighbour.get(`/api/proposals/${job.id}`)).status).toBe(404)
    expect((await post(neighbour, `/api/plans/${plan}/proposals`, usual)).status).toBe(404)
    expect((await post(supervisor, `/api/plans/${plan}/proposals`, usual)).status).toBe(403)
  })

  it('are refused for a village the plan does not have, and for sizes that are none', async () => {
    const path = `/api/plans/${await planOf(westVillage, 'atoms')}/proposals`
    const strange = await post(planner, path, { ...usual, villages: [westVillage, eastVillage] })
    expect(strange.status).toBe(400)
    expect(strange.body).toMatchObject({ detail: { en: `the plan has no village ${eastVillage}` } })
    expect((await post(planner, path, { ...usual, sizes: { from: 6, to: 2 } })).status).toBe(400)
    expect((await post(planner, path, { ...usual, plans: 0 })).status).toBe(400)
  })
})

describe('an adopted proposal', () => {
  it('is a draft of its own, whole, with codes by the policy', async () => {
    const plan = await planOf(westVillage, 'atoms')
    const { job, proposals } = await found(plan, { plans: 1 })
    const adopt = { number: 1, name: '采用的方案' }
    const made = await post(planner, `/api/proposals/${job.id}/plans`, adopt)
    expect(made.status).toBe(201)
    const adopted = made.body as CreatedPlan
    expect(adopted).toMatchObject({
      name: adopt.name,
      status: 'draft',
      source: 'proposal',
      based_on_plan: plan,
    })
    const drawing = fromJson((await planner.get(`/api/plans/${adopted.id}/drawing`)).text)
    // From north to south: the village's twelve digits, 1 for an ordinary grid, the number.
    const codes = [...drawing.grids.keys()]
    expect(codes).toEqual(codes.map((_, i) => `${westVillage}1${String(i + 1).padStart(2, '0')}`))
    expect(codes.map((code) => drawing.figures.get(code)?.households).toSorted(ascending)).toEqual(
      proposals[0]?.grids.map((grid) => grid.households).toSorted(ascending),
    )
    const report = (await planner.get(`/api/plans/${adopted.id}/check`)).body as PlanCheckReport
    expect(report).toMatchObject({ unassigned: [], submittable: true })
    expect((await post(planner, `/api/proposals/${job.id}/plans`, { ...adopt, number: 9 })).status).toBe(404)
  })

  it('leaves the villages it is not about as they are', async () => {
    const plan = await planOf(town, 'division')
    const { job, proposals } = await found(plan, { villages: [westVillage], plans: 1 })
    expect(proposals[0]?.grids.every((grid) => grid.village === westVillage)).toBe(true)
    const made = await post(planner, `/api/proposals/${job.id}/plans`, { number: 1, name: '西村' })
    expect(made.status).toBe(201)
    const path = (id: string): string => `/api/plans/${id}/drawing`
    const before = fromJson((await planner.get(path(plan))).text)
    const after = fromJson((await planner.get(path((made.body as CreatedPlan).id))).text)
    for (const code of ['201', '202']) {
      expect(after.members.get(code)?.length).toBeGreaterThan(0)
      expect(after.members.get(code)).toEqual(before.members.get(code))
    }
    expect(after.atoms.every((atom) => atom === null || atom.grid !== null)).toBe(true)
  })

  it('is refused once its plan was edited', async () => {
    const plan = await planOf(westVillage, 'division')
    const { job } = await found(plan, { plans: 1 })
    const operations = [{ op: 'edit', edit: { type: 'rename', grid: '101', name: '甲' } }]
    const saved = await post(planner, `/api/plans/${plan}/edits`, {
      revision: 1,
      batch: 'renamed-1',
      operations,
    })
    expect(saved.status).toBe(200)
    const late = await post(planner, `/api/proposals/${job.id}/plans`, { number: 1, name: '晚了' })
    expect(late.status).toBe(409)
    expect(late.body).toMatchObject({ code: 'conflict' })
  })
})
