import { beforeAll, describe, expect, it } from 'vitest'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { seedSmallTown, town, westVillage } from '../support/small-town.ts'

const test = useDatabase()
let service: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  service = serviceOn(test.db)
})

describe('/api/areas', () => {
  it('is a tree with what lies in each area', async () => {
    const { body } = await service.get('/api/areas')
    const rows = (body as { areas: Record<string, unknown>[] }).areas.map((one) => [
      one['code'],
      one['grids'],
      one['households'],
      one['last_incident_day'],
    ])
    expect(rows).toEqual([
      // 5 grids and 4 × 5 + 1 + 1 households in both towns together.
      ['990101', 5, 22, '2026-10-09'],
      ['990101001', 4, 21, '2026-10-09'],
      ['990101002', 1, 1, '2026-10-01'],
      ['990101001001', 2, 10, '2026-10-02'],
      ['990101001002', 2, 10, '2026-10-09'],
    ])
  })

  it('gives one area with its boundary', async () => {
    const { body } = await service.get(`/api/areas/${westVillage}`)
    expect(body).toMatchObject({
      code: westVillage,
      parent_code: town,
      bbox: [119.6, 29.9, 119.605, 29.91],
      boundary: { type: 'MultiPolygon' },
    })
  })

  it('refuses an area that is not there, and a parameter that is not', async () => {
    expect((await service.get('/api/areas/nowhere')).status).toBe(404)
    const refused = await service.get('/api/areas?area=1&x=2')
    expect(refused.status).toBe(400)
    expect((refused.body as { flaws: { place: unknown }[] }).flaws.map((flaw) => flaw.place)).toEqual([
      { field: 'area' },
      { field: 'x' },
    ])
  })
})
