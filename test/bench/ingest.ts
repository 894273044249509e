/**
 * Positions over HTTP, durable before the answer, against the barest thing that could take them: a multi-row insert into the
 * same table by as many connections, in the same run. The service is a process of its own, as `npm start` runs it. Needs DATABASE_URL.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { openDatabase } from '../../server/db/database.ts'
import { statement } from '../../server/db/sql.ts'
import { serverUrl, type TestPlace, testPlace } from '../support/place.ts'
import type { BenchRow } from './bench-row.ts'

const town = '330683001'
const workers = 12_110
const batchSize = 100
const batches = 4000
const singles = 15_000
const connections = 64
/** Of the raw inserts: more gain nothing. */
const rawConnections = 16
const start = Date.parse('2026-10-08T08:00:00+08:00')
const now = Date.parse('2026-10-08T20:00:00+08:00')

const workerName = (i: number): string => `w${String(i % workers).padStart(5, '0')}`

interface BatchFix {
  readonly worker: string
  readonly time: number
  readonly lon: number
  readonly lat: number
}

/** What one phone saved up: a fix every ten seconds. `round` keeps the instants of a worker apart. */
function batchOf(i: number): BatchFix[] {
  const worker = workerName(i)
  const from = start + Math.floor(i / workers) * batchSize * 10_000
  return Array.from({ length: batchSize }, (_, k) => ({
    worker,
    time: from + k * 10_000,
    lon: Math.round((120.5 + (i % 100) * 1e-3 + k * 1e-5) * 1e7) / 1e7,
    lat: Math.round((29.5 + Math.floor((i % workers) / 100) * 1e-3 + k * 1e-5) * 1e7) / 1e7,
  }))
}

/** Seconds that `count` pieces of work take, `at` of them at once. */
async function timed(count: number, at: number, work: (i: number) => Promise<void>): Promise<number> {
  let next = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: at }, async () => {
      while (next < count) await work(next++)
    }),
  )
  return (performance.now() - began) / 1000
}

async function serve(place: TestPlace): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    env: {
      ...process.env,
      DATABASE_URL: place.options.url,
      PORT: '0',
      WANGGE_DEMO: 'off',
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  for await (const line of createInterface({ input: child.stderr })) {
    const url = /http:\/\/\S+/.exec(line)?.[0]
    if (url === undefined) continue
    child.stderr.resume()
    return { url, child }
  }
  throw new Error('the service did not start')
}

/** Posts a body and resolves with the status once the answer is there. */
function post(agent: Agent, address: string, type: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      address,
      {
        method: 'POST',
        agent,
        headers: { 'content-type': type, 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        response.resume()
        response.once('end', () => resolve(response.statusCode ?? 0))
      },
    )
    sent.once('error', reject)
    sent.end(body)
  })
}

async function prepare(place: TestPlace): Promise<void> {
  const db = await openDatabase(place.options)
  const system = db.system()
  await system.many(
    statement(
      `insert into wangge.areas (area_code, town_id, level, name, lineage) values ('${town}', '${town}', 'township', 't', array['${town}'])`,
    ),
  )
  await system.many(
    statement(
      `insert into wangge.workers (town_id, worker_id, name, role) select '${town}', 'w' || lpad(n::text, 5, '0'), 'n', 'full_time' from generate_series(0, ${workers - 1}) n`,
    ),
  )
  await system.many(
    statement(
      `insert into wangge.devices (town_id, device_id, kind, coordinate_system, added_at, added_by) select '${town}', 'd' || worker_id, 'osmand', 'EPSG:4326', now(), 'bench' from wangge.workers`,
    ),
  )
  await system.many(
    statement(
      `insert into wangge.device_bindings (town_id, device_id, worker_id, valid_from, bound_by) select '${town}', 'd' || worker_id, worker_id, '2026-01-01', 'bench' from wangge.workers`,
    ),
  )
  await db.close()
}

/** Rows a second of multi-row inserts into an empty partition, each durable before the next of its connection. */
async function rawInsert(url: string): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: rawConnections })
  await pool.query(`select wangge.ensure_fix_partitions(array['2026-10-08'::date])`)
  const seconds = await timed(batches, rawConnections, async (i) => {
    const values: string[] = []
    const parameters: unknown[] = []
    const received = new Date().toISOString()
    for (const fix of batchOf(i)) {
      const n = parameters.length
      values.push(`($${n + 1}, $${n + 2}, $${n + 3}, $${n + 4}, $${n + 5}, $${n + 6})`)
      parameters.push(town, fix.worker, new Date(fix.time).toISOString(), fix.lon, fix.lat, received)
    }
    await pool.query(
      `insert into wangge.fixes (town_id, worker_id, fixed_at, longitude, latitude, received_at) values ${values.join(', ')}`,
      parameters,
    )
  })
  await pool.query('truncate wangge.fixes')
  await pool.end()
  return (batches * batchSize) / seconds
}

async function overHttp(url: string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const bodies = Array.from({ length: batches }, (_, i) =>
    batchOf(i)
      .map((fix) => JSON.stringify(fix))
      .join('\n'),
  )
  const seconds = await timed(batches, connections, async (i) => {
    const status = await post(
      agent,
      `${url}/ingest/fixes?town=${town}`,
      'application/x-ndjson',
      bodies[i] ?? '',
    )
    if (status !== 200) throw new Error(`batch ${i} was answered ${status}`)
  })
  agent.destroy()
  return (batches * batchSize) / seconds
}

async function oneByOne(url: string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const late = now - 3_600_000
  const seconds = await timed(singles, connections, async (i) => {
    const time = late + Math.floor(i / workers) * 5000
    const query = `id=d${workerName(i)}&timestamp=${time}&lat=29.5${i % 1000}&lon=120.5${i % 1000}&speed=2&accuracy=8`
    const status = await post(agent, `${url}/ingest/osmand?${query}`, 'text/plain', '')
    if (status !== 200) throw new Error(`request ${i} was answered ${status}`)
  })
  agent.destroy()
  return singles / seconds
}

export async function bench(): Promise<BenchRow[]> {
  if (serverUrl === undefined) return []
  const place = await testPlace('migrated')
  await prepare(place)
  const raw = await rawInsert(place.options.url ?? '')
  const { url, child } = await serve(place)
  try {
    const batched = await overHttp(url)
    const single = await oneByOne(url)
    return [
      {
        name: 'ingest: batches of 100 over HTTP against raw multi-row inserts',
        ours: batched,
        theirs: raw,
        ratio: batched / raw,
        target: '>= 0.3',
        unit: 'fixes/s',
        note: `${batches} batches of ${workers} workers, ${connections} connections, client and database on this machine too`,
      },
      {
        name: 'ingest: batches of 100 over HTTP against 20,000 a second',
        ours: batched,
        theirs: 20_000,
        ratio: batched / 20_000,
        target: '>= 1',
        unit: 'fixes/s',
        note: 'durable before the answer',
      },
      {
        name: 'ingest: single OsmAnd requests against 1,500 a second',
        ours: single,
        theirs: 1500,
        ratio: single / 1500,
        target: '>= 1',
        unit: 'requests/s',
        note: `${singles} requests, ${connections} connections`,
      },
    ]
  } finally {
    child.kill('SIGTERM')
    await once(child, 'exit')
    await place.remove()
  }
}
