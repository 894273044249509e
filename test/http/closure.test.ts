/** The closure ladder over HTTP: what the register says against what lies in the grids. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Closure } from '../../server/contract/closure.ts'
import { statement } from '../../server/db/sql.ts'
import { useDatabase } from '../support/database.ts'
import { resetSmallTown } from '../support/plan-steps.ts'
import { type Service, serviceOn } from '../support/service.ts'
import {
  county,
  day,
  householdInNoGrid,
  otherTown,
  secrets,
  town,
  westVillage,
} from '../support/small-town.ts'

const test = useDatabase()
let service: Service
beforeAll(async () => {
  await resetSmallTown(test.db)
  service = serviceOn(test.db)
})

const closureOf = async (area: string, on = day): Promise<Closure> => {
  const response = await service.get(`/api/areas/${area}/closure?day=${on}`)
  expect(response.status).toBe(200)
  return response.body as Closure
}

describe('the closure ladder', () => {
  it('of a village closes: ten households registered, five in each of its grids', async () => {
    const closure = await closureOf(westVillage)
    expect(closure).toMatchObject({ day, closes: true, first_open: null, positions: {} })
    expect(closure.steps.map((step) => [step.upper, step.lower, step.upper_total, step.lower_total])).toEqual(
      [
        ['village', 'grid', 10, 10],
        ['grid', 'household', 10, 10],
      ],
    )
  })

  it('of the town is open at once: one household is registered in no village', async () => {
    const closure = await closureOf(town)
    const { id, longitude, latitude } = householdInNoGrid
    for (const secret of secrets) expect(JSON.stringify(closure)).not.toContain(secret)
    expect(closure).toMatchObject({ closes: false, first_open: 0 })
    expect(closure.steps[0]).toMatchObject({
      upper: 'township',
      lower: 'village',
      upper_total: 21,
      lower_total: 20,
      gaps: [{ code: town, name: '临溪镇', total: 21, sum: 20, missing: [id], doubled: [], strange: [] }],
    })
    // It lies in no grid either.
    expect(closure.steps.at(-1)).toMatchObject({ lower: 'household', orphans: [{ code: id }] })
    expect(closure.positions).toEqual({ [id]: [longitude, latitude] })
    expect(closure.message.zh).toContain(id)
  })

  it('follows the grids of the day: a smaller 101 left its last household out', async () => {
    // Until 2026-06-01 it ended at 119.604; its fifth household lives at 119.6 + 0.005 · 5/6 = 119.60417.
    const closure = await closureOf(westVillage, '2026-05-31')
    expect(closure.steps[0]).toMatchObject({ closes: false, gaps: [{ code: westVillage, missing: ['h15'] }] })
  })

  it('of the county names households with their town, and what no village has', async () => {
    const closure = await closureOf(county)
    expect(closure.steps[0]).toMatchObject({
      upper: 'county',
      lower: 'township',
      closes: true,
      upper_total: 22,
    })
    const missing = closure.steps[1]?.gaps.flatMap((gap) => gap.missing)
    expect(missing).toEqual([`${town}/h99`, `${otherTown}/h1`])
  })

  it('says where register and map disagree', async () => {
    const move = (to: string) =>
      test.db
        .system()
        .none(
          statement(
            `update wangge.households set village_code = '${to}' where town_id = '${town}' and household_id = 'h11'`,
          ),
        )
    await move('990101001002')
    try {
      const { steps } = await closureOf(town)
      expect(steps.find(({ upper }) => upper === 'village')?.gaps).toMatchObject([
        { code: westVillage, total: 9, sum: 10, missing: [], strange: ['h11'] },
        { code: '990101001002', total: 11, sum: 10, missing: ['h11'], strange: [] },
      ])
    } finally {
      await move(westVillage)
    }
  })

  it('is of no area that the viewer may not see', async () => {
    const stranger = serviceOn(test.db, { viewer: `supervisor:${otherTown}` })
    expect((await stranger.get(`/api/areas/${town}/closure`)).status).toBe(404)
    expect((await service.get('/api/areas/nowhere/closure')).status).toBe(404)
    expect((await service.get(`/api/areas/${town}/closure?day=yesterday`)).status).toBe(400)
  })
})
