import { beforeAll, describe, expect, it } from 'vitest'
import type { Grid, GridDetail, Grids } from '../../server/contract/grids.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { county, otherTown, seedSmallTown, town, westVillage } from '../support/small-town.ts'

const test = useDatabase()
let service: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  service = serviceOn(test.db)
})

const gridsOf = async (area: string, query = ''): Promise<Grids> =>
  (await service.get(`/api/areas/${area}/grids${query}`)).body as Grids

describe('/api/areas/{code}/grids', () => {
  it('counts what lives in each grid against the band of the nearest area upwards', async () => {
    const { band, grids, households_in_no_grid } = await gridsOf(town)
    expect(band).toEqual({ from: 4, to: 12, policy: '4–12' })
    expect(
      grids.map((one) => [one.code, one.households, one.persons, one.must_visit, one.band_status]),
    ).toEqual(
      // Five households of three persons each, one of them to be visited.
      ['101', '102', '201', '202'].map((code) => [code, 5, 15, 1, 'in_band']),
    )
    expect(grids[0]).toMatchObject({ places: 1, village_name: '西村', name: '一网格' })
    expect(households_in_no_grid).toBe(1)
  })

  it('takes counties, townships and villages alike; the band is that of the area asked about', async () => {
    const ofCounty = await gridsOf(county)
    expect(ofCounty.grids.map((one) => one.code)).toEqual(['101', '102', '201', '202', '901'])
    // 5 of 300: less than half of the lower bound.
    expect(ofCounty.grids[0]?.band_status).toBe('far_below')
    expect((await gridsOf(westVillage)).grids.map((one) => one.code)).toEqual(['101', '102'])
    expect((await gridsOf(otherTown)).grids.map((one) => one.households)).toEqual([1])
  })

  it('masks the names of the team', async () => {
    const { grids } = await gridsOf(town)
    expect(grids[0]?.team).toEqual([{ worker: 'w1', name: '李*光', role: 'full_time' }])
  })

  it('shows the versions of the day: a grid redrawn on the 1st is the new one on the 1st', async () => {
    const areaOf = async (day: string): Promise<number> =>
      (await gridsOf(town, `?day=${day}`)).grids[0]?.area_m2 ?? 0
    const [before, after] = [await areaOf('2026-05-31'), await areaOf('2026-06-01')]
    // 0.004° of 0.005° of longitude, between the same parallels.
    expect(before / after).toBeCloseTo(0.8, 4)
    // 0.005° × 0.005° at 29.9°: 482.7 m × 554.3 m.
    expect(Math.abs(after / (482.7 * 554.3) - 1)).toBeLessThan(0.001)
    expect((await gridsOf(town, '?day=2025-12-31')).grids).toEqual([])
  })
})

describe('/api/areas/{code}/grids/{grid}', () => {
  const gridOf = async (code: string): Promise<GridDetail> =>
    (await service.get(`/api/areas/${town}/grids/${code}`)).body as GridDetail

  it('has neighbours by the length of the shared edge, a corner being none', async () => {
    const { neighbours } = await gridOf('101')
    expect(neighbours.map((one) => one.code)).toEqual(['201', '102'])
    // 0.005° of latitude and of longitude at 29.905°, on the ellipsoid.
    expect(neighbours[0]?.shared_edge_m).toBeCloseTo(554.3, 0)
    expect(neighbours[1]?.shared_edge_m).toBeCloseTo(482.8, 0)
  })

  it('has its categories and history', async () => {
    const grid = await gridOf('101')
    expect(grid.categories).toEqual([{ category: 'five_guarantee', households: 1 }])
    expect(grid.history.map((one) => [one.valid_from, one.valid_to])).toEqual([
      ['2025-12-31T16:00:00.000Z', '2026-05-31T16:00:00.000Z'],
      ['2026-05-31T16:00:00.000Z', null],
    ])
  })

  it('agrees with the list', async () => {
    const [listed] = (await gridsOf(town)).grids
    const { boundary: _b, neighbours: _n, categories: _c, history: _h, ...rest } = await gridOf('101')
    expect(rest).toEqual(listed as Grid)
  })

  it('is not found elsewhere or at another time', async () => {
    expect((await service.get(`/api/areas/${otherTown}/grids/101`)).status).toBe(404)
    expect((await service.get(`/api/areas/${town}/grids/101?day=2025-01-01`)).status).toBe(404)
    expect((await service.get(`/api/areas/${town}/grids/101?day=2025-02-30`)).status).toBe(400)
  })
})

describe('/api/areas/{code}/check', () => {
  interface Report {
    readonly valid: boolean
    readonly counts: object
    readonly households: object
    readonly problems: readonly {
      readonly code: string
      readonly household?: string
      readonly site?: string
    }[]
  }
  const reportOf = async (area: string, query = ''): Promise<Report> =>
    (await service.get(`/api/areas/${area}/check${query}`)).body as Report

  it('finds the one household outside, and nothing in a village that is whole', async () => {
    const report = await reportOf(town)
    expect(report.counts).toEqual({ household_in_none: 1 })
    expect(report.problems.map((one) => one.household)).toEqual(['h99'])
    expect(await reportOf(westVillage)).toMatchObject({
      valid: true,
      households: { total: 10, in_one: 10, in_none: 0, in_several: 0 },
    })
  })

  it('finds the strip that was in no grid before the redraw', async () => {
    const before = await reportOf(town, '?day=2026-05-31')
    expect(before.problems.map((one) => one.code)).toContain('inlet')
    expect(before.valid).toBe(false)
  })

  it('answers with 304 while nothing has changed, and anew when something has', async () => {
    const path = `/api/areas/${town}/check`
    const first = await service.get(path)
    const tag = { 'if-none-match': first.headers['etag'] ?? '' }
    expect((await service.get(path, tag)).status).toBe(304)
    const columns = { town_id: 'text', household_id: 'text', position: 'geometry' } as const
    await test.db.system().insertMany('households', columns, [[town, 'h98', 'SRID=4326;POINT(119.5 29.5)']])
    const changed = await service.get(path, tag)
    expect(changed.status).toBe(200)
    expect((changed.body as Report).counts).toEqual({ household_in_none: 2 })
  })

  it('finds a natural village with households in two grids, and a building across their boundary', async () => {
    // Around the boundary of 101 and 102 at 29.905° N; the squares' households lie on both sides of it.
    const box = (south: number, north: number): string =>
      `SRID=4326;MULTIPOLYGON(((119.6 ${south},119.605 ${south},119.605 ${north},119.6 ${north},119.6 ${south})))`
    const villageColumns = {
      town_id: 'text',
      village_id: 'text',
      name: 'text',
      boundary: 'geometry',
    } as const
    const buildingColumns = { town_id: 'text', building_id: 'text', boundary: 'geometry' } as const
    const system = test.db.system()
    await system.insertMany('villages', villageColumns, [[town, 'v1', '西坑', box(29.9, 29.91)]])
    await system.insertMany('buildings', buildingColumns, [
      [town, 'across', box(29.9049, 29.9051)],
      [town, 'aside', box(29.901, 29.9012)],
    ])
    const { problems } = await reportOf(westVillage)
    expect(problems.map(({ code, site }) => [code, site])).toEqual([
      ['village_split', 'v1'],
      ['building_cut', 'across'],
    ])
  })
})
