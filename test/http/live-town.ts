/** A town whose workers carry phones, on services that share one live board: what the tests of the live stream begin with. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterEach, beforeAll, beforeEach } from 'vitest'
import { addDevice, bindDevice } from '../../server/commands/devices/manage-devices.ts'
import type { Database } from '../../server/db/database.ts'
import type { DeviceKind } from '../../server/db/devices.ts'
import { statement } from '../../server/db/sql.ts'
import { createReceiving, type Receiving } from '../../server/routes/positions/receive.ts'
import { EventStream, type StreamEvent } from '../support/event-stream.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { now, otherTown, seedSmallTown, town } from '../support/small-town.ts'

const viewer = { name: 'li', role: 'supervisor', areas: [town, otherTown] } as const
/** id, worker, town, protocol; the terminal has the code `a-code`. */
const phones = [
  ['phone-1', 'w1', town, 'osmand'],
  ['phone-2', 'w2', town, 'owntracks'],
  ['13567777777', 'w1', town, 'jt808'],
  ['phone-9', 'w9', otherTown, 'osmand'],
] as const
const silent = pino({ level: 'silent' })

export class LiveTown {
  readonly #db: () => Database
  readonly #servers: Server[] = []
  readonly #streams: EventStream[] = []
  /** Epoch milliseconds; a test may move it. */
  clock = now
  #receiving: Receiving | undefined
  #service: Service | undefined
  #origin = ''

  /** Call it in a test file's top level, where `useDatabase` is. */
  constructor(test: { readonly db: Database }) {
    this.#db = () => test.db
    beforeAll(async () => {
      await seedSmallTown(test.db)
      for (const [id, worker, of, kind] of phones) await this.#carry(id, worker, of, kind)
    })
    beforeEach(async () => {
      this.clock = now
      await test.db.system().none(statement('delete from wangge.fixes'))
      this.#receiving = createReceiving(test.db, () => this.clock, silent, {
        flushMilliseconds: 20,
        recheckMilliseconds: 50,
        pulseMilliseconds: 200,
      })
      this.#service = this.serviceAs(undefined)
      this.#origin = await this.listen(this.serviceAs('administrator'))
    })
    afterEach(() => {
      this.receiving.live.close()
      for (const one of this.#streams.splice(0)) one.close()
      for (const one of this.#servers.splice(0)) {
        one.closeAllConnections()
        one.close()
      }
    })
  }

  get receiving(): Receiving {
    if (!this.#receiving) throw new Error('within tests only')
    return this.#receiving
  }

  async #carry(id: string, worker: string, of: string, kind: DeviceKind): Promise<void> {
    const key = kind === 'jt808' ? 'a-code' : null
    const request = { town: of, id, kind, name: null, coordinateSystem: 'EPSG:4326', key }
    const device = await addDevice(this.#db(), viewer, request, now)
    await bindDevice(this.#db(), viewer, { device, worker, from: 0 })
  }

  serviceAs(role: string | undefined): Service {
    const { receiving } = this
    const as = role === undefined ? {} : { viewer: role }
    return serviceOn(this.#db(), { clock: () => this.clock, receiving, ...as })
  }

  async listen(service: Service): Promise<string> {
    const server = createServer(service.app).listen(0, '127.0.0.1')
    this.#servers.push(server)
    await once(server, 'listening')
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  /** The stream as the administrator sees it, or as another origin's viewer. */
  async follow(
    query = `area=${town}`,
    headers: Record<string, string> = {},
    origin = this.#origin,
  ): Promise<EventStream> {
    const stream = await EventStream.open(`${origin}/api/live?${query}`, headers)
    this.#streams.push(stream)
    return stream
  }

  get phones(): Service {
    if (!this.#service) throw new Error('within tests only')
    return this.#service
  }

  /** Seconds from `now`; the middle of grid 101 unless said otherwise. */
  osmand(id: string, seconds: number, lon = 119.6025, lat = 29.9025, rest = ''): Promise<unknown> {
    const timestamp = (now + seconds * 1000) / 1000
    return this.phones.get(`/ingest/osmand?id=${id}&lat=${lat}&lon=${lon}&timestamp=${timestamp}${rest}`)
  }

  owntracks(seconds: number, lon: number, lat: number): Promise<unknown> {
    return this.phones.send((agent) =>
      agent
        .post('/ingest/owntracks?u=phone-2')
        .set({ 'content-type': 'application/json' })
        .send({ _type: 'location', tst: now / 1000 + seconds, lon, lat, acc: 12, vel: 36 }),
    )
  }
}

type Wire = readonly [string, string, number, number, number, ...unknown[]]
export const positionsOf = ({ data }: StreamEvent, of = town): readonly Wire[] =>
  (data['positions'] as Record<string, Wire[]>)[of] ?? []
/** Worker, longitude and seconds from `now`. */
export const brief = (event: StreamEvent, of = town): unknown[] =>
  positionsOf(event, of).map(([worker, , lon, , at]) => [worker, lon, (at - now) / 1000])
