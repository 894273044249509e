/**
 * The live map of a county: 12,110 workers, each reporting every 5 s in batches of a gateway, durable before the answer, and a
 * browser's worth of readers. How old is a position when a reader has it, and what does it cost? The clients' own work is counted
 * with the service's: it is an upper bound.
 */
import { once } from 'node:events'
import { Agent, createServer, get, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { buildApp } from '../../server/app.ts'
import { createJobRegister } from '../../server/commands/jobs.ts'
import { readConfig } from '../../server/config.ts'
import { type Database, openDatabase } from '../../server/db/database.ts'
import { createReceiving } from '../../server/routes/positions/receive.ts'
import { embeddedPlace, serverUrl, type TestPlace, testPlace } from '../support/place.ts'
import type { BenchRow } from './bench-row.ts'

const log = pino({ level: 'silent' })
export const county = '990101'
/** On a server a county, 12,110 workers in 35 towns; on the embedded engine a town of it. */
export const perTown = 346
export const townsOfCounty = 35
const perGrid = 5
export const updateSeconds = 5
const warmSeconds = 6
const measuredSeconds = 20
/** Readers of the whole county beside the one that measures. */
const otherReaders = 4
const vertices = 60

export const townOf = (index: number): string =>
  `${county}${String(1 + Math.floor(index / perTown)).padStart(3, '0')}`
const since = Date.parse('2026-01-01T00:00:00+08:00')
const [west, south, side] = [119.5, 29.7, 0.004]

/** Middle of the grid of a worker. */
export function middleOf(index: number): [number, number] {
  const grid = Math.floor(index / perGrid)
  return [west + (grid % 50) * 2 * side, south + Math.floor(grid / 50) * 2 * side]
}

export async function seed(db: Database, towns: number): Promise<void> {
  const system = db.system()
  const areas = {
    area_code: 'text',
    parent_code: 'text',
    level: 'text',
    name: 'text',
    town_id: 'text',
    lineage: 'text[]',
  } as const
  const codes = Array.from({ length: towns }, (_, t) => townOf(t * perTown))
  await system.insertMany('areas', areas, [
    [county, null, 'county', 'bench', null, [county]],
    ...codes.map((code) => [code, county, 'township', code, code, [county, code]]),
  ])
  const indices = Array.from({ length: towns * perTown }, (_, i) => i)
  const grids = indices.filter((i) => i % perGrid === 0)
  const gridColumns = {
    town_id: 'text',
    grid_code: 'text',
    valid_from: 'timestamptz',
    kind: 'text',
    boundary: 'geometry',
  } as const
  await system.insertMany(
    'grids',
    gridColumns,
    grids.map((i) => {
      const [x, y] = middleOf(i)
      const ring = Array.from({ length: vertices + 1 }, (_, v) => {
        const turn = ((v % vertices) / vertices) * 2 * Math.PI
        return `${(x + side * Math.cos(turn)).toFixed(7)} ${(y + side * Math.sin(turn)).toFixed(7)}`
      })
      return [
        townOf(i),
        `g${i / perGrid}`,
        since,
        'ordinary',
        `SRID=4326;MULTIPOLYGON(((${ring.join(',')})))`,
      ]
    }),
  )
  await system.insertMany(
    'workers',
    { town_id: 'text', worker_id: 'text', name: 'text', role: 'text' },
    indices.map((i) => [townOf(i), `w${i}`, '王小明', 'full_time']),
  )
  await system.insertMany(
    'assignments',
    { town_id: 'text', worker_id: 'text', grid_code: 'text', role: 'text', valid_from: 'timestamptz' },
    // A grid at the border of two towns is the first one's; its other workers have none.
    indices
      .filter((i) => townOf(i) === townOf(i - (i % perGrid)))
      .map((i) => [townOf(i), `w${i}`, `g${Math.floor(i / perGrid)}`, 'full_time', since]),
  )
  await db.maintain()
}

interface Reader {
  /** Positions as they arrived: `worker time`, and the moments they were measured and arrived, epoch milliseconds. */
  readonly arrivals: { readonly key: string; readonly measured: number; readonly at: number }[]
  bytes: number
  readonly snapshotMilliseconds: Promise<number>
  isMeasuring: boolean
  close(): void
}

function openReader(port: number): Reader {
  const started = performance.now()
  let rest = ''
  let known: (milliseconds: number) => void = () => {}
  const reader: Reader = {
    arrivals: [],
    bytes: 0,
    isMeasuring: false,
    snapshotMilliseconds: new Promise((resolve) => {
      known = resolve
    }),
    close: () => call.destroy(),
  }
  const call = get({ port, path: `/api/live?area=${county}`, agent: false }, (response) => {
    response.setEncoding('utf8').on('error', () => {})
    response.on('data', (text: string) => {
      reader.bytes += text.length
      const parts = (rest + text).split('\n\n')
      rest = parts.pop() ?? ''
      for (const part of parts) {
        if (part.startsWith('event: snapshot')) known(performance.now() - started)
        if (!reader.isMeasuring || !part.startsWith('event: positions')) continue
        const { positions } = JSON.parse(part.slice(part.indexOf('data: ') + 6)) as {
          positions: Record<string, [string, string, number, number, number][]>
        }
        const now = Date.now()
        for (const list of Object.values(positions))
          for (const [worker, , , , measured] of list)
            reader.arrivals.push({ key: `${worker} ${measured}`, measured, at: now })
      }
    })
  }).on('error', () => {})
  return reader
}

/** When a position was answered as durable, by `worker time`. */
type Answered = Map<string, number>

/** One batch of a town: its workers of one second, all measured just now. @returns whether it was taken */
function post(
  port: number,
  agent: Agent,
  indices: readonly number[],
  step: number,
  answered: Answered,
): Promise<boolean> {
  const measured = Date.now()
  const time = new Date(measured).toISOString()
  const body = indices
    .map((i) => {
      const [x, y] = middleOf(i)
      return JSON.stringify({
        worker: `w${i}`,
        time,
        lon: x + 1e-5 * (step % 7),
        lat: y,
        accuracy: 8,
        speed: 1,
      })
    })
    .join('\n')
  return new Promise((resolve, reject) => {
    const path = `/ingest/fixes?town=${townOf(indices[0] ?? 0)}`
    const headers = { 'content-type': 'application/x-ndjson' }
    const call = request({ port, agent, path, method: 'POST', headers }, (response) => {
      response.resume().on('end', () => {
        for (const i of indices) answered.set(`w${i} ${measured}`, Date.now())
        resolve(response.statusCode === 200)
      })
    })
    call.on('error', reject).end(body)
  })
}

/** Each second a fifth of every town; waits for nobody, as phones do not. @returns batches sent, and refused */
async function report(
  port: number,
  towns: number,
  seconds: number,
  answered: Answered = new Map(),
): Promise<{ sent: number; refused: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const open: Promise<boolean>[] = []
  const began = performance.now()
  for (let second = 0; second < seconds; second++)
    for (let t = 0; t < towns; t++) {
      const indices = Array.from({ length: perTown }, (_, i) => t * perTown + i).filter(
        (i) => i % updateSeconds === second % updateSeconds,
      )
      const due = began + 1000 * (second + t / towns)
      await sleep(Math.max(0, due - performance.now()))
      open.push(post(port, agent, indices, second, answered))
    }
  const taken = await Promise.all(open)
  agent.destroy()
  return { sent: taken.length, refused: taken.filter((one) => !one).length }
}

const share = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN

async function on(place: TestPlace, towns: number): Promise<BenchRow[]> {
  const db = await openDatabase(place.options)
  const now = (): number => Date.now()
  const receiving = createReceiving(db, now, log)
  const server = createServer(
    buildApp({
      receiving,
      db,
      jobs: createJobRegister(now, () => {}),
      now,
      config: readConfig({}),
      log: log,
    }),
  )
  try {
    await seed(db, towns)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const reader = openReader(port)
    await reader.snapshotMilliseconds
    const others = Array.from({ length: otherReaders }, () => openReader(port))
    await report(port, towns, warmSeconds)
    // Everybody is on the map: what a newcomer waits for.
    const newcomer = openReader(port)
    const snapshot = await newcomer.snapshotMilliseconds
    const snapshotBytes = newcomer.bytes
    newcomer.close()

    reader.isMeasuring = true
    const answered: Answered = new Map()
    const [cpu, bytes, started] = [process.cpuUsage(), reader.bytes, performance.now()]
    const { sent, refused } = await report(port, towns, measuredSeconds, answered)
    const { user, system } = process.cpuUsage(cpu)
    const seconds = (performance.now() - started) / 1000
    await sleep(1500)
    const sorted = (of: readonly number[]): number[] => of.toSorted((a, b) => a - b)
    const ages = sorted(reader.arrivals.map(({ at, measured }) => at - measured))
    // What a reader had before the phone was answered is not late.
    const delays = sorted(
      reader.arrivals.flatMap(({ key, at }) => {
        const durable = answered.get(key)
        return durable === undefined ? [] : [Math.max(0, at - durable)]
      }),
    )
    for (const one of [reader, ...others]) one.close()
    const expected = (towns * perTown * measuredSeconds) / updateSeconds
    const row = (name: string, ours: number, theirs: number, unit: string, note: string): BenchRow => ({
      name: `live map of ${towns * perTown}, ${db.engine}: ${name}`,
      ours,
      theirs,
      ratio: ours / theirs,
      target: '<= 1',
      unit,
      note,
    })
    return [
      row(
        'age of a position at the reader, p99',
        share(ages, 0.99) / 1000,
        2,
        's',
        `median ${share(ages, 0.5)} ms, worst ${ages.at(-1)} ms; ${ages.length} of ${expected} updates read, ${refused} of ${sent} batches refused, ${otherReaders} more readers`,
      ),
      row(
        'of which after the phone was answered, p99',
        share(delays, 0.99) / 1000,
        2,
        's',
        `median ${share(delays, 0.5)} ms, worst ${delays.at(-1)} ms`,
      ),
      row(
        'time of the processor, service and clients',
        (user + system) / 1e6 / seconds,
        1,
        'cores',
        `${Math.round((reader.bytes - bytes) / 1000 / seconds)} kB/s a reader`,
      ),
      row('first picture of everybody', snapshot / 1000, 2, 's', `${Math.round(snapshotBytes / 1000)} kB`),
    ]
  } finally {
    receiving.live.close()
    server.closeAllConnections()
    server.close()
    await db.close()
    await place.remove()
  }
}

export async function bench(): Promise<BenchRow[]> {
  const native = serverUrl === undefined ? [] : await on(await testPlace('migrated'), townsOfCounty)
  return [...native, ...(await on(await embeddedPlace('migrated'), 1))]
}
