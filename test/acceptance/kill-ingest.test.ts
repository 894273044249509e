/**
 * kill -9 of the service and of PostgreSQL while positions stream in: what was acknowledged is there once, what was not is sent again as a
 * phone would, and the figures are those of a database that took everything in at leisure.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { matchStaleDays } from '../../server/commands/match-stale-days.ts'
import { createFixWriter } from '../../server/commands/positions/fix-writer.ts'
import { type Database, openDatabase } from '../../server/db/database.ts'
import type { OpenOptions } from '../../server/db/engine.ts'
import { listFixes } from '../../server/db/fixes.ts'
import { statement } from '../../server/db/sql.ts'
import { type OwnPostgres, ownPostgres, postgresBin } from '../support/own-postgres.ts'
import { serverUrl, type TestPlace, testPlace } from '../support/place.ts'
import { silentLog } from '../support/silent-log.ts'
import { seedSmallTown, town } from '../support/small-town.ts'

const minutes = 300_000
const root = fileURLToPath(new URL('../../', import.meta.url))
const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const one of cleanUp.splice(0).reverse()) await one()
})

// --- what is sent

interface Sent {
  readonly worker: string
  readonly time: number
  readonly longitude: number
  readonly latitude: number
}

/** Sixty batches of fifty, overlapping by ten, each fix walking its worker's grid; then single ones of a phone. */
const batches: Sent[][] = Array.from({ length: 60 }, (_batch, n) =>
  Array.from({ length: 50 }, (_fix, k): Sent => {
    const worker = n % 2 === 0 ? 'w1' : 'w2'
    const i = Math.floor(n / 2) * 40 + k
    const along = 0.25 + 0.5 * Math.abs(((i / 20) % 2) - 1)
    const [west, south] = worker === 'w1' ? [119.6, 29.9] : [119.605, 29.905]
    const longitude = Number((west + 0.005 * along).toFixed(7))
    const latitude = Number((south + 0.005 * along).toFixed(7))
    return { worker, time: Date.parse('2026-10-12T08:00:00+08:00') + i * 10_000, longitude, latitude }
  }),
)
const startOfSingles = Math.floor(Date.now() / 1000 - 7200) * 1000
const singles: Sent[] = Array.from({ length: 300 }, (_, i) => ({
  worker: 'w1',
  time: startOfSingles + i * 10_000,
  longitude: Number((119.601 + (i % 30) * 1e-4).toFixed(7)),
  latitude: 29.901,
}))
const everything = [...batches.flat(), ...singles]

const requests: ((url: string) => Promise<Response>)[] = [
  ...batches.map(
    (fixes, n) => (url: string) =>
      fetch(`${url}/ingest/fixes?town=${town}`, {
        method: 'POST',
        headers: { 'idempotency-key': `batch-${n}` },
        body: fixes
          .map(({ worker, time, longitude: lon, latitude: lat }) =>
            JSON.stringify({ worker, time, lon, lat, accuracy: 8 }),
          )
          .join('\n'),
      }),
  ),
  ...singles.map(
    ({ time, longitude, latitude }) =>
      (url: string) =>
        fetch(
          `${url}/ingest/osmand?id=phone&timestamp=${time / 1000}&lat=${latitude}&lon=${longitude}&accuracy=8`,
        ),
  ),
]
const fixesOfRequest: Sent[][] = [...batches, ...singles.map((one) => [one])]

/** Sends what is not acknowledged yet, eight at a time, until all is or `stop` says so; returns how many were this time. */
async function send(url: string, acknowledged: Set<number>, stop: () => boolean): Promise<void> {
  const left = requests.map((_, i) => i).filter((i) => !acknowledged.has(i))
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let i = left.shift(); i !== undefined && !stop(); i = left.shift()) {
        const response = await requests[i]!(url).catch(() => undefined)
        if (response?.status === 200) acknowledged.add(i)
        else if (response === undefined || response.status >= 500) {
          left.push(i) // as a phone does
          await sleep(50)
        } else throw new Error(`refused: ${response.status} ${await response.text()}`)
      }
    }),
  )
}

// --- the service

async function seed(options: OpenOptions): Promise<void> {
  await withDatabase(options, async (db) => {
    await seedSmallTown(db)
    for (const text of [
      `delete from wangge.fixes`,
      `insert into wangge.devices (town_id, device_id, kind, coordinate_system, added_at, added_by) values ('${town}', 'phone', 'osmand', 'EPSG:4326', now(), 'test')`,
      `insert into wangge.device_bindings (town_id, device_id, worker_id, valid_from, bound_by) values ('${town}', 'phone', 'w1', '2026-01-01', 'test')`,
    ])
      await db.system().none(statement(text))
  })
}

async function withDatabase<T>(options: OpenOptions, work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase(options)
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

async function start(options: OpenOptions): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const { DATABASE_URL: _url, ...rest } = process.env
  const database = options.url === undefined ? { WANGGE_DATA: options.folder } : { DATABASE_URL: options.url }
  const env = { ...rest, ...database, PORT: '0', WANGGE_DEMO: 'off', LOG_LEVEL: 'silent' }
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  cleanUp.push(() => child.kill('SIGKILL'))
  const told: string[] = []
  for await (const line of createInterface({ input: child.stderr })) {
    told.push(line)
    const url = /http:\/\/\S+/.exec(line)?.[0]
    if (url === undefined) continue
    child.stderr.resume()
    return { url, child }
  }
  throw new Error(`the service did not start:\n${told.join('\n')}`)
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

// --- what is there in the end

const keyOf = ({ worker, time, longitude, latitude }: Sent): string =>
  `${worker} ${time} ${longitude} ${latitude}`

/** As they are read: the service packs those of days gone by. */
async function stored(db: Database): Promise<string[]> {
  const ofWorker = async (worker: string): Promise<string[]> =>
    (await listFixes(db.system(), town, worker, 0, Date.now())).map((fix) => keyOf({ ...fix, worker }))
  return [...(await ofWorker('w1')), ...(await ofWorker('w2'))].sort()
}

async function figures(db: Database): Promise<unknown[]> {
  await matchStaleDays(db)
  return db.system().many(statement('select * from wangge.patrol_days order by day, worker_id, grid_code'))
}

/** The same fixes written at once, in another order, by nothing that was ever killed. */
async function cleanFigures(): Promise<unknown[]> {
  const place = await testPlace('migrated')
  cleanUp.push(() => place.remove())
  await seed(place.options)
  return withDatabase(place.options, async (db) => {
    const writer = createFixWriter(db, { onWritten: () => {} })
    const fixes = everything.toReversed().map((fix) => ({ ...fix, accuracyMetres: 8 }))
    await writer.write({ town, fixes, notes: [], now: Date.now() })
    return figures(db)
  })
}

async function expectWhole(options: OpenOptions, acknowledged: ReadonlySet<number>): Promise<void> {
  expect(acknowledged.size).toBe(requests.length)
  await withDatabase(options, async (db) => {
    expect(await stored(db)).toEqual([...new Set(everything.map(keyOf))].sort())
    const mine = await figures(db)
    expect(mine.length).toBeGreaterThan(1)
    expect(mine).toEqual(await cleanFigures())
  })
}

it(
  'kill -9 of the service: every acknowledged fix is there once, and the figures are those of a clean run',
  async () => {
    const place: TestPlace = await testPlace('migrated')
    cleanUp.push(() => place.remove())
    // A commit of the embedded engine must have been handed to the operating system.
    const options = { ...place.options, durable: true }
    await seed(options)
    const acknowledged = new Set<number>()
    {
      const enough = 120
      const { url, child } = await start(options)
      const isEnough = (): boolean => acknowledged.size >= enough
      const sending = send(url, acknowledged, isEnough)
      while (!isEnough()) await sleep(5)
      await end(child, 'SIGKILL')
      await sending
      expect(acknowledged.size).toBeLessThan(requests.length)
      const known = [...acknowledged].flatMap((i) => fixesOfRequest[i]!.map(keyOf))
      const there = new Set(await withDatabase(options, stored))
      expect(known.filter((key) => !there.has(key))).toEqual([])
    }
    const { url, child } = await start(options)
    await send(url, acknowledged, () => false)
    await end(child, 'SIGTERM')
    await expectWhole(options, acknowledged)
  },
  minutes,
)

const bin = postgresBin()
it.skipIf(bin === undefined || (serverUrl === undefined && process.getuid?.() !== 0))(
  'kill -9 of PostgreSQL: the service goes on when it is back, and nothing acknowledged is lost (needs an installed PostgreSQL)',
  async () => {
    const postgres: OwnPostgres = await ownPostgres(bin!)
    cleanUp.push(() => postgres.remove())
    const options: OpenOptions = { url: postgres.url, folder: '', log: silentLog }
    await seed(options)
    const { url, child } = await start(options)
    const acknowledged = new Set<number>()
    let isOver = false
    const sending = send(url, acknowledged, () => isOver)
    for (const enough of [60, 200]) {
      while (acknowledged.size < enough) await sleep(5)
      await postgres.kill()
      const known = [...acknowledged].flatMap((i) => fixesOfRequest[i]!.map(keyOf))
      await sleep(300)
      postgres.start()
      const there = new Set(await withDatabase(options, stored))
      expect(known.filter((key) => !there.has(key))).toEqual([])
    }
    await sending
    isOver = true
    await end(child, 'SIGTERM')
    await expectWhole(options, acknowledged)
  },
  minutes,
)
