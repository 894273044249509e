/** Positions from phones over HTTP: the requests of real clients, byte for byte, on a town with a worker who carries the phone. */
import gcoord from 'gcoord'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addDevice, bindDevice, changeDevice } from '../../server/commands/devices/manage-devices.ts'
import type { DeviceKind } from '../../server/db/devices.ts'
import { statement } from '../../server/db/sql.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { now, seedSmallTown, town } from '../support/small-town.ts'
import { addPeople } from '../support/users.ts'

const test = useDatabase()
const viewer = { name: 'li', role: 'supervisor', areas: [town] } as const

beforeAll(() => seedSmallTown(test.db))
beforeEach(async () => {
  for (const table of ['fixes', 'device_notes', 'device_bindings', 'devices', 'stale_days'])
    await test.db.system().none(statement(`delete from wangge.${table}`))
})

async function carried(
  id: string,
  {
    kind = 'osmand',
    from = 0,
    worker = 'w1',
    ...more
  }: Partial<{ kind: DeviceKind; from: number; worker: string; key: string; crs: string }> = {},
): Promise<void> {
  const request = {
    town,
    id,
    kind,
    name: null,
    coordinateSystem: more.crs ?? 'EPSG:4326',
    key: more.key ?? null,
  }
  const kept = await addDevice(test.db, viewer, request, now)
  await bindDevice(test.db, viewer, { device: kept, worker, from })
}

interface StoredFix {
  readonly worker_id: string
  readonly fixed_at: number
  readonly longitude: number
  readonly latitude: number
  readonly device_id: string | null
  readonly sent_at: number | null
  readonly received_at: number | null
  readonly marks: readonly string[] | null
}
const stored = (): Promise<StoredFix[]> =>
  test.db
    .system()
    .many(
      statement<StoredFix>(
        'select worker_id, fixed_at, longitude, latitude, device_id, sent_at, received_at, marks from wangge.fixes order by 1, 2',
      ),
    )
const notes = (): Promise<{ device_id: string; code: string; reports: number }[]> =>
  test.db
    .system()
    .many(
      statement<{ device_id: string; code: string; reports: number }>(
        'select device_id, code, reports from wangge.device_notes order by 1, 2',
      ),
    )
const serviceAt = (moment: number): Service => serviceOn(test.db, { now: moment })
const postTo = (
  service: Service,
  path: string,
  body: string,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<{ status: number; body: unknown }> =>
  service.send((agent) => agent.post(path).set(headers).send(body))

describe('/ingest/osmand', () => {
  const documented =
    '{"location":{"timestamp":"2025-06-15T13:45:12.862Z","coords":{"latitude":37.4219983,"longitude":-122.084,"accuracy":5,"speed":0,"heading":-1,"altitude":5},"is_moving":false,"odometer":0,"event":"motionchange","battery":{"level":1,"is_charging":false},"activity":{"type":"still"},"extras":{},"_":"&id=48241179&lat=37.4219983&lon=-122.084&timestamp=2025-06-15T13:45:12.862Z&"},"device_id":"48241179"}'
  const sent = Date.parse('2025-06-15T13:45:12.862Z')

  it('a request of Traccar Client is stored with its three clocks; again it changes nothing', async () => {
    await carried('48241179')
    const service = serviceAt(sent + 3000)
    const answer = { status: 200, body: { taken: 1, refused: 0, flaws: [] } }
    expect(await postTo(service, '/ingest/osmand', documented)).toMatchObject(answer)
    const one = {
      worker_id: 'w1',
      fixed_at: sent,
      longitude: -122.084,
      latitude: 37.4219983,
      device_id: '48241179',
      sent_at: null,
      received_at: sent + 3000,
      marks: null,
    }
    expect(await stored()).toEqual([one])
    expect(await postTo(serviceAt(sent + 9000), '/ingest/osmand', documented)).toMatchObject(answer)
    expect(await stored()).toEqual([one])
    // The day is to be matched.
    const stale = statement<{ day: string }>('select day from wangge.stale_days')
    expect(await test.db.system().many(stale)).toEqual([{ day: '2025-06-15' }])
  })

  it('older clients send parameters, by GET, POST or as a form', async () => {
    await carried('123456')
    const service = serviceAt(Date.parse('2013-08-22T14:00:00Z'))
    const query = (seconds: number): string => `id=123456&timestamp=${seconds}&lat=60.0&lon=30.0`
    const first = 1_377_177_267
    expect((await service.get(`/ingest/osmand?${query(first)}`)).body).toMatchObject({ taken: 1 })
    expect(await postTo(service, `/ingest/osmand?${query(first + 10)}`, '', {})).toMatchObject({
      status: 200,
    })
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect(await postTo(service, '/ingest/osmand', query(first + 20), form)).toMatchObject({ status: 200 })
    expect((await stored()).map((one) => one.fixed_at / 1000 - first)).toEqual([0, 10, 20])
  })

  it('a device that is not known, or disabled, or carried by nobody is refused with 400 and the reason', async () => {
    const ask = async (id: string): Promise<[number, unknown]> => {
      const path = `/ingest/osmand?id=${id}&lat=29.905&lon=119.605&timestamp=${now / 1000}`
      const { status, text } = await serviceAt(now).get(path)
      return [status, (JSON.parse(text) as { flaws: { code: string; message: unknown }[] }).flaws[0]]
    }
    expect(await ask('x'.repeat(2000))).toMatchObject([400, { code: 'device_unknown' }])
    expect(await ask('stranger')).toMatchObject([
      400,
      {
        code: 'device_unknown',
        message: { zh: expect.stringContaining('没有登记'), en: expect.stringContaining('not known') },
      },
    ])
    await carried('phone')
    await changeDevice(test.db, viewer, 'phone', now)
    expect(await ask('phone')).toMatchObject([400, { code: 'device_disabled' }])
    const request = {
      town,
      id: 'drawer',
      kind: 'osmand',
      name: null,
      coordinateSystem: 'EPSG:4326',
      key: null,
    } as const
    await addDevice(test.db, viewer, request, now)
    expect(await ask('drawer')).toMatchObject([400, { code: 'device_unbound' }])
    expect(await stored()).toEqual([])
    expect(await notes()).toEqual([{ device_id: 'drawer', code: 'device_unbound', reports: 1 }])
  })

  it('a device with a key must show it, in the address or as a bearer token', async () => {
    await carried('phone', { key: 'a-secret-key' })
    const path = `/ingest/osmand?id=phone&lat=29.905&lon=119.605&timestamp=${now / 1000}`
    const service = serviceAt(now)
    for (const wrong of [path, `${path}&key=another-key`]) {
      const { status, text } = await service.get(wrong)
      expect([status, text]).toEqual([401, expect.stringContaining('the device phone must show its key')])
    }
    expect((await service.get(path, { authorization: 'Bearer a-secret-key' })).status).toBe(200)
    expect((await service.get(`${path}&key=a-secret-key`)).status).toBe(200)
    expect(await stored()).toHaveLength(1)
  })

  it('takes reports from phones also when people have to sign in', async () => {
    await carried('phone')
    await addPeople(test.db, [{ login: 'boss', role: 'administrator', areas: 'all' }])
    const service = serviceAt(now)
    expect((await service.get(`/api/areas/${town}/devices`)).status).toBe(401)
    const path = `/ingest/osmand?id=phone&lat=29.905&lon=119.605&timestamp=${now / 1000}`
    expect((await service.get(path)).status).toBe(200)
    await test.db.system().none(statement('delete from wangge.users'))
  })

  it('a clock that is wrong, a position that is none: refused for good, noted for the supervisor, or corrected and marked', async () => {
    await carried('phone', { from: now - 86_400_000 })
    const service = serviceAt(now)
    const at = (seconds: number, rest = 'lat=29.905&lon=119.605'): Promise<{ body: unknown }> =>
      service.get(`/ingest/osmand?id=phone&timestamp=${now / 1000 + seconds}&${rest}`)
    expect((await at(3600)).body).toMatchObject({ taken: 0, refused: 1, flaws: [{ code: 'time_in_future' }] })
    expect((await at(0, 'lat=29.905&lon=119.605&valid=false')).body).toMatchObject({ taken: 0 })
    // Before it was anybody's: the phone must not offer it for ever.
    expect((await at(-90_000)).body).toMatchObject({ taken: 0, flaws: [{ code: 'device_unbound' }] })
    expect((await at(-7168 * 86_400)).body).toMatchObject({ taken: 1 })
    expect((await at(-10, 'lat=29.905&lon=-119.605')).body).toMatchObject({ taken: 1 })
    const rows = await stored()
    expect(rows.map((one) => [one.fixed_at - now, one.longitude, one.marks])).toEqual([
      [-10_000, 119.605, ['hemisphere']],
      [0, 119.605, ['week_rollover']],
    ])
    expect(await notes()).toEqual(
      ['device_unbound', 'hemisphere', 'position_not_valid', 'time_in_future', 'week_rollover'].map(
        (code) => ({
          device_id: 'phone',
          code,
          reports: 1,
        }),
      ),
    )
  })

  it('each fix is of the worker who carried the phone at its instant, however late and out of order it comes', async () => {
    await carried('phone', { from: now - 7_200_000 })
    await bindDevice(test.db, viewer, { device: 'phone', worker: 'w2', from: now - 3_600_000 })
    const service = serviceAt(now)
    for (const seconds of [-10, -3600, -3601, -7200])
      await service.get(`/ingest/osmand?id=phone&lat=29.905&lon=119.605&timestamp=${now / 1000 + seconds}`)
    expect((await stored()).map((one) => [one.worker_id, (one.fixed_at - now) / 1000])).toEqual([
      ['w1', -7200],
      ['w1', -3601],
      ['w2', -3600],
      ['w2', -10],
    ])
  })

  it('coordinates are of the system the device is declared in, and what it makes up is marked', async () => {
    await carried('phone', { crs: 'GCJ-02' })
    const location = {
      timestamp: new Date(now).toISOString(),
      mock: true,
      coords: { latitude: 31.128366, longitude: 121.44711, accuracy: 5 },
    }
    await postTo(serviceAt(now), '/ingest/osmand', JSON.stringify({ device_id: 'phone', location }))
    const [one] = await stored()
    expect(one?.marks).toEqual(['mock'])
    expect(one?.longitude).toBeCloseTo(121.44251, 5)
    expect(one?.latitude).toBeCloseTo(31.130287, 5)
  })

  it('a wrong sign is turned before the coordinates are converted', async () => {
    await carried('phone', { crs: 'GCJ-02' })
    const place: [number, number] = [119.605, 29.905]
    const [x, y] = gcoord.transform(place, gcoord.WGS84, gcoord.GCJ02)
    await serviceAt(now).get(`/ingest/osmand?id=phone&timestamp=${now / 1000}&lat=${y}&lon=${-x}`)
    const [one] = await stored()
    expect(one?.marks).toEqual(['hemisphere'])
    expect(one?.longitude).toBeCloseTo(119.605, 5)
    expect(one?.latitude).toBeCloseTo(29.905, 5)
  })

  it('many phones at once are each answered, each stored once', async () => {
    await carried('phone')
    const service = serviceAt(now)
    const paths = Array.from({ length: 60 }, (_, i) => i % 50).map(
      (i) => `/ingest/osmand?id=phone&lat=29.905&lon=119.605&timestamp=${now / 1000 - i}`,
    )
    const answers = await Promise.all(paths.map((path) => service.get(path)))
    expect(answers.every((one) => one.status === 200)).toBe(true)
    expect(await stored()).toHaveLength(50)
  })
})

describe('/ingest/owntracks', () => {
  const payload =
    '{"_type":"location","acc":15,"alt":440,"batt":46,"conn":"w","lat":46.0681247,"lon":11.1512805,"t":"u","tid":"5t","tst":1551874878,"vac":2,"vel":0}'
  const service = (): Service => serviceAt(1_551_874_900_000)

  it('a message is stored and answered with an empty array, by user and device, basic authentication or its own letters', async () => {
    await carried('jane/phone', { kind: 'owntracks' })
    const limits = { 'content-type': 'application/json', 'x-limit-u': 'jane', 'x-limit-d': 'phone' }
    expect(await postTo(service(), '/ingest/owntracks', payload, limits)).toMatchObject({
      status: 200,
      body: [],
    })
    expect(await stored()).toMatchObject([
      { device_id: 'jane/phone', fixed_at: 1_551_874_878_000, longitude: 11.1512805, latitude: 46.0681247 },
    ])
    expect(await postTo(service(), '/ingest/owntracks?u=jane&d=phone', payload)).toMatchObject({
      status: 200,
    })
    await carried('5t', { kind: 'owntracks', worker: 'w2' })
    expect(await postTo(service(), '/ingest/owntracks', payload)).toMatchObject({ status: 200 })
    expect((await stored()).map((one) => one.device_id)).toEqual(['jane/phone', '5t'])
  })

  it('the password of the user is the key of the device', async () => {
    await carried('jane', { kind: 'owntracks', key: 'pass:word' })
    const basic = (password: string): Record<string, string> => ({
      authorization: `Basic ${Buffer.from(`jane:${password}`).toString('base64')}`,
    })
    expect(await postTo(service(), '/ingest/owntracks', payload, basic('wrong'))).toMatchObject({
      status: 401,
    })
    expect(await postTo(service(), '/ingest/owntracks', payload, basic('pass:word'))).toMatchObject({
      status: 200,
    })
  })

  it('other messages are answered too; strangers and other protocols’ devices are not', async () => {
    expect(await postTo(service(), '/ingest/owntracks', '{"_type":"lwt","tst":1}')).toMatchObject({
      body: [],
    })
    expect(await postTo(service(), '/ingest/owntracks', '')).toMatchObject({ status: 200, body: [] })
    await carried('5t', { kind: 'osmand' })
    expect(await postTo(service(), '/ingest/owntracks', payload)).toMatchObject({ status: 400 })
  })
})

describe('/ingest/gpx and /ingest/fixes', () => {
  const gpx = (name: string): string =>
    `<gpx version="1.1"><trk><name>${name}</name><trkseg><trkpt lat="29.905" lon="119.605"><time>2026-10-09T01:00:00Z</time></trkpt><trkpt lat="29.906" lon="119.605"><time>2027-01-01T00:00:00Z</time></trkpt></trkseg></trk></gpx>`
  const send = (body: string, query = ''): Promise<{ status: number; body: unknown }> =>
    postTo(serviceAt(now), `/ingest/gpx?town=${town}${query}`, body, {
      'content-type': 'application/gpx+xml',
    })

  it('a GPX is of the worker given, or of the track’s name; an instant that has not come is refused', async () => {
    expect(await send(gpx('w1'))).toMatchObject({
      status: 200,
      body: { accepted: 1, refused: 1, flaws: [{ code: 'time_in_future', place: { record: 2 } }] },
    })
    expect(await send(gpx('whatever'), '&worker=w2')).toMatchObject({ body: { accepted: 1 } })
    expect(await send(gpx('w1'))).toMatchObject({ body: { accepted: 0, known: 1 } })
    expect((await stored()).map((one) => [one.worker_id, one.received_at])).toEqual([
      ['w1', now],
      ['w2', now],
    ])
    expect(await send('<gpx>')).toMatchObject({ status: 400 })
    expect(await send(gpx('w1'), '&crs=MARS')).toMatchObject({ status: 400 })
  })

  it('a batch declares its coordinate system', async () => {
    const record = { worker: 'w1', time: '2026-10-09T01:00:00Z', lon: 121.44711, lat: 31.128366 }
    const path = `/ingest/fixes?town=${town}&crs=GCJ-02`
    expect(await postTo(serviceAt(now), path, JSON.stringify([record]))).toMatchObject({
      body: { accepted: 1 },
    })
    expect((await stored())[0]?.longitude).toBeCloseTo(121.44251, 5)
  })
})
