/** The demo's planted problems, repaired over HTTP: the ways to settle each, and a plan made of those chosen. */
import { join } from 'node:path'
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import type { MultiPolygon } from 'geojson'
import { beforeAll, describe, expect, it } from 'vitest'
import { interiorPosition } from '../../server/commands/import-context.ts'
import { type ImportKind, importRecords } from '../../server/commands/import-records.ts'
import type { CheckReport } from '../../server/contract/check.ts'
import type { ProblemDetails } from '../../server/contract/errors.ts'
import type { ProblemException } from '../../server/contract/exceptions.ts'
import type { CreatedPlan, PlanChangesReport, PlanCheckReport } from '../../server/contract/plans.ts'
import type { RepairMessage, Repairs } from '../../server/contract/repairs.ts'
import { geometryFingerprint } from '../../server/core/coverage/problem-life.ts'
import { areaSquareMetres } from '../../server/core/geometry/area-square-metres.ts'
import type { AreaGeometry } from '../../server/core/values.ts'
import { fileAt } from '../../server/formats/input-file.ts'
import { demoFolder, truths } from '../demo/demo-township.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'

const county = '990427'
const town = '990427103'
const day = '2026-10-01'
const path = `/api/areas/${town}/repairs?day=${day}`
const ground: readonly [ImportKind, string][] = [
  ['areas', 'areas.geojson'],
  ['grids', 'grids.geojson'],
  ['roads', 'roads.geojson'],
  ['land', 'land.geojson'],
  ['households', 'households.csv.gz'],
]

const test = useDatabase()
let planner: Service
let repairs: readonly RepairMessage[]
beforeAll(async () => {
  for (const [kind, name] of ground) {
    const area = kind === 'areas' ? county : town
    const viewer = { name: 'test', role: 'administrator', areas: 'all' } as const
    const files = [fileAt(join(demoFolder, name))]
    const outcome = await importRecords(test.db, {
      kind,
      area,
      files,
      viewer,
      now: () => Date.parse('2026-10-31'),
    })
    if (outcome.state !== 'done') throw new Error(`${name}: ${JSON.stringify(outcome.flaws)}`)
  }
  planner = serviceOn(test.db, { viewer: `planner:${town}` })
  repairs = ((await planner.get(path)).body as Repairs).repairs
}, 240_000)

const post = (body: object) =>
  planner.send((agent) => agent.post(`/api/areas/${town}/plans`).send({ name: '修复方案', ...body }))

describe('the repairs of a division', () => {
  it('are given for every problem of its check, in its order', async () => {
    const check = (await planner.get(`/api/areas/${town}/check?day=${day}`)).body as CheckReport
    expect(repairs.map(({ problem }) => problem.id)).toEqual(check.problems.map(({ id }) => id))
  })

  it('recommend one way for each planted fault, over the ground that was planted', () => {
    for (const planted of truths.division.problems) {
      const repair = repairs.find(
        ({ problem }) => problem.code === planted.code && problem.grids.join() === planted.grids.join(),
      )
      const best = repair?.options.find(({ id }) => id === repair.recommended)
      expect(best, `${planted.code} of ${planted.grids.join()}`).toBeDefined()
      if (planted.area_m2 === undefined) continue
      // Truths are rounded to 0.01 m². An overlap is settled by whoever keeps it; the other gives it up.
      expect(Math.abs(best!.area_m2 - planted.area_m2)).toBeLessThan(0.02)
      expect(best!.households).toBe(planted.households?.length)
      expect(areaSquareMetres(best!.geometry as unknown as AreaGeometry)).toBeCloseTo(best!.area_m2, 1)
    }
  })

  it('are none, with the reason, for a household that no line can bring in', () => {
    const lost = repairs.find(({ problem }) => problem.code === 'household_in_none')
    expect(lost).toMatchObject({ options: [], recommended: null })
    expect(lost?.reason.en).toContain('a person has to decide')
  })
})

describe('a plan of chosen repairs', () => {
  it('has no fault of topology left, and leaves the division in force as it is', async () => {
    const before = (await planner.get(`/api/areas/${town}/check?day=${day}`)).body as CheckReport
    const chosen = repairs.flatMap(({ recommended }) => recommended ?? [])
    const made = await post({ from: { source: 'division', day, repairs: chosen } })
    expect(made.status).toBe(201)
    const plan = made.body as CreatedPlan
    expect(plan).toMatchObject({ status: 'draft', source: 'division', based_on_day: day })
    // Every overlap and opening was settled as chosen, and the lines that stand are the plan's: nothing was left to decide.
    expect(plan.residue).toEqual([])
    const check = (await planner.get(`/api/plans/${plan.id}/check`)).body as PlanCheckReport
    expect(check.problems.filter(({ blocks }) => blocks)).toEqual([])
    expect(check.submittable).toBe(true)
    expect((await planner.get(`/api/areas/${town}/check?day=${day}`)).body).toEqual(before)
  })

  it('changes what it settles: an overlap given to one grid is ground that the other loses, to be approved', async () => {
    // A plan has no overlap, chosen to be settled or not.
    const overlaps = repairs.filter(({ problem }) => problem.code === 'overlap')
    const made = await post({ from: { source: 'division', day, repairs: [overlaps[0]!.recommended] } })
    const { id } = made.body as CreatedPlan
    const { groups } = (await planner.get(`/api/plans/${id}/changes?day=${day}`)).body as PlanChangesReport
    // Groups come in the order of their first code, as problems do not.
    const inOrder = overlaps
      .map(({ problem }) => problem.grids)
      .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))
    expect(groups.map(({ grids }) => grids)).toEqual(inOrder)
  })

  it('gives contested ground to the one chosen, not only to the one recommended', async () => {
    const overlap = repairs.find(({ problem }) => problem.code === 'overlap')!
    const other = overlap.options.find((one) => one.action === 'give' && one.id !== overlap.recommended)!
    const made = await post({ from: { source: 'division', day, repairs: [other.id] } })
    const { id, residue } = made.body as CreatedPlan
    const grids = JSON.parse((await planner.get(`/api/plans/${id}/grids`)).text) as {
      features: { id: string; geometry: AreaGeometry }[]
    }
    const holder = grids.features.filter(({ geometry }) =>
      booleanPointInPolygon(interiorPosition(overlap.problem.geometry as unknown as MultiPolygon), geometry),
    )
    expect(holder.map((one) => one.id)).toEqual([other.grid])
    // The other overlap was not repaired, so the drawing had to decide.
    const decided = residue.filter(({ kind }) => kind === 'overlap').map((one) => one.grids.join())
    const planted = truths.division.problems.filter(({ code }) => code === 'overlap')
    expect(decided).toEqual(
      planted.map((one) => one.grids.join()).filter((codes) => codes !== overlap.problem.grids.join()),
    )
  })

  it('is refused when a repair is no longer one of the division', async () => {
    const made = await post({ from: { source: 'division', day, repairs: ['gap-of-yesterday'] } })
    expect(made.status).toBe(409)
    expect((made.body as ProblemDetails).flaws?.[0]).toMatchObject({
      code: 'repair_unknown',
      place: { id: 'gap-of-yesterday' },
    })
  })
})

describe('a problem that may stay', () => {
  it('is accepted for the town, and known to whoever looks at one of its villages', async () => {
    const [{ problem }] = repairs.filter((one) => one.problem.code === 'inlet') as [RepairMessage]
    const accepted = { problem: problem.id, reason: '水库，无住户', expires_on: null }
    const made = await planner.send((agent) =>
      agent.post(`/api/areas/${town}/exceptions?day=${day}`).send(accepted),
    )
    expect(made.status).toBe(201)
    const { exceptions } = (await planner.get(`/api/areas/${town}001/exceptions`)).body as {
      exceptions: ProblemException[]
    }
    // With its fingerprint the browser knows it again.
    const fingerprint = geometryFingerprint(problem.geometry as unknown as MultiPolygon)
    expect(exceptions).toMatchObject([{ problem: problem.id, area_code: town, fingerprint }])
  })
})
