/** Devices at the supervisor's desk. */
import gcoord from 'gcoord'
import { beforeAll, describe, expect, it } from 'vitest'
import { findDevice, noteReports } from '../../server/db/devices.ts'
import { statement } from '../../server/db/sql.ts'
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

  it('in another coordinate system than declared are suspected, with the evidence; nothing is changed', async () => {
    // Ten rows of ten places within grid 101, as a phone writes them whose map library gives GCJ-02.
    const places = Array.from({ length: 100 }, (_, i): [number, number] => [
      119.6003 + 0.00048 * (i % 10),
      29.9003 + 0.00048 * Math.floor(i / 10),
    ])
    const reports = places.map((place, i) => {
      const [longitude, latitude] = gcoord.transform(place, gcoord.WGS84, gcoord.GCJ02)
      return { timestamp: new Date(now - i * 10_000).toISOString(), coords: { longitude, latitude } }
    })
    const check = async (id: string, crs: string): Promise<unknown> => {
      await post(path, { id, kind: 'osmand', crs })
      await post(`${path}/${id}/binding`, { worker: 'w1', from: '2026-10-09T00:00:00Z' })
      await post('/ingest/osmand', { device_id: id, location: reports })
      const answer = await service.get(`${path}/${id}/coordinates?from=${day}&to=2026-10-10`)
      await test.db.system().none(statement('delete from wangge.fixes'))
      return answer.body
    }
    expect(await check('wrong', 'EPSG:4326')).toMatchObject({
      fixes: 100,
      suspicion: {
        declared: 'EPSG:4326',
        fits: 'GCJ-02',
        places: 100,
        evidence: [
          { system: 'EPSG:4326' },
          { system: 'GCJ-02', inside_share: 1, step_m: null },
          { system: 'BD-09' },
        ],
      },
    })
    expect(await check('right', 'GCJ-02')).toEqual({ fixes: 100, suspicion: null })
    for (const id of ['wrong', 'right'])
      expect((await service.send((agent) => agent.delete(`${path}/${id}/binding`))).status).toBe(204)
    expect((await service.get(`${path}/nobody/coordinates?from=${day}&to=2026-10-10`)).status).toBe(404)
    expect((await service.get(`${path}/right/coordinates?from=2026-09-01&to=2026-10-10`)).status).toBe(400)
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
