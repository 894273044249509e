/** Devices at the supervisor's desk. */
import { beforeAll, describe, expect, it } from 'vitest'
import { findDevice, noteReports } from '../../server/db/devices.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { day, eastVillage, now, otherTown, seedSmallTown, town, westVillage } from '../support/small-town.ts'

const test = useDatabase()
let service: Service
const path = `/api/areas/${town}/devices`

beforeAll(async () => {
  await seedSmallTown(test.db)
  service = serviceOn(test.db, { viewer: `supervisor:${town}` })
})

const post = (to: string, body: object, of = service): Promise<{ status: number; body: unknown }> =>
  of.send((agent) => agent.post(to).send(body))

describe('devices', () => {
  it('are added, carried and given back', async () => {
    expect(await post(path, { id: 'phone', kind: 'osmand' })).toMatchObject({
      status: 201,
      body: { id: 'phone', key: null },
    })
    expect(await post(path, { id: 'phone', kind: 'owntracks' })).toMatchObject({ status: 409 })
    const binding = `${path}/phone/binding`
    expect(await post(binding, { worker: 'nobody' })).toMatchObject({ status: 404 })
    expect(await post(binding, { worker: 'w1', from: '2026-10-09T00:00:00Z' })).toMatchObject({ status: 204 })
    const flaw = { code: 'time_in_future', place: {}, message: { zh: '未来', en: 'future' } }
    await noteReports(
      test.db.system(),
      town,
      [
        { device: 'phone', day, flaw },
        { device: 'phone', day, flaw: { ...flaw, value: '2030' } },
      ],
      now,
    )
    expect((await service.get(path)).body).toMatchObject({
      devices: [
        {
          id: 'phone',
          kind: 'osmand',
          worker: 'w1',
          bound_from: '2026-10-09T00:00:00.000Z',
          has_key: false,
          notes: [{ day, code: 'time_in_future', reports: 2 }],
        },
      ],
    })
    expect((await service.send((agent) => agent.delete(binding))).status).toBe(204)
    expect((await service.send((agent) => agent.delete(binding))).status).toBe(404)
    expect((await findDevice(test.db.system(), 'osmand', 'phone'))?.bindings).toEqual([
      { worker: 'w1', from: Date.parse('2026-10-09T00:00:00Z'), to: now },
    ])
  })

  it('show a village’s supervisor those of its workers only, and nobody else any', async () => {
    await post(path, { id: 'west', kind: 'osmand' })
    await post(`${path}/west/binding`, { worker: 'w1', from: '2026-10-01T00:00:00Z' })
    const idsOf = async (viewer: string): Promise<string[]> => {
      const { status, body } = await serviceOn(test.db, { viewer }).get(path)
      return status === 200
        ? (body as { devices: { id: string }[] }).devices.map((one) => one.id)
        : [String(status)]
    }
    expect(await idsOf(`supervisor:${westVillage}`)).toEqual(['west'])
    expect(await idsOf(`supervisor:${eastVillage}`)).toEqual([])
    expect(await idsOf(`supervisor:${otherTown}`)).toEqual(['404'])
    expect(await idsOf(`analyst:${town}`)).toEqual(['403'])
    const village = serviceOn(test.db, { viewer: `supervisor:${westVillage}` })
    expect((await post(path, { id: 'another', kind: 'osmand' }, village)).status).toBe(403)
  })
})
