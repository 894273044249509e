/** kill -9 of the service in the middle of an import of a million fixes: it starts again, and nothing is half imported. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync, mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Job } from '../../server/contract/jobs.ts'
import { openDatabase } from '../../server/db/database.ts'
import { statement } from '../../server/db/sql.ts'
import { box } from '../support/memory-file.ts'
import { type TestPlace, testPlace } from '../support/place.ts'
import { environmentOf } from './command.ts'

/** Two starts and an import, on a machine that may be busy. */
const minutes = 400_000

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'wangge-kill-'))

let place: TestPlace
let service: ChildProcess | undefined
beforeAll(async () => {
  place = await testPlace('migrated')
  mkdirSync(join(folder, 'tmp'))
})
afterAll(async () => {
  service?.kill('SIGKILL')
  await place.remove()
  rmSync(folder, { recursive: true, force: true })
})

/** `npm start` without npm, on the test's database; resolves with its address once it listens. */
async function start(): Promise<string> {
  const env = { ...environmentOf(place), PORT: '0', WANGGE_DEMO: 'off', LOG_LEVEL: 'silent', TMPDIR: join(folder, 'tmp') } // biome-ignore format: one line
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  service = child
  const told: string[] = []
  for await (const line of createInterface({ input: child.stderr })) {
    told.push(line)
    const url = /http:\/\/\S+/.exec(line)?.[0]
    if (url === undefined) continue
    child.stderr.resume()
    return url
  }
  throw new Error(`the service did not start:\n${told.join('\n')}`)
}

/** Ends the service; returns its exit code, null after SIGKILL. */
async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  const ended = once(service!, 'exit') as Promise<[number | null]>
  service!.kill(signal)
  const [code] = await ended
  service = undefined
  return code
}

async function upload(url: string, kind: string, file: string): Promise<string> {
  const form = new FormData()
  form.append('files', await openAsBlob(file), basename(file))
  const newWorkers = kind === 'traces' ? '?new_workers=true' : ''
  const response = await fetch(`${url}/api/areas/t1/imports/${kind}${newWorkers}`, {
    method: 'POST',
    body: form,
  })
  expect(response.status).toBe(202)
  return ((await response.json()) as Job).id
}

async function waitFor(url: string, id: string, enough: (job: Job) => boolean): Promise<Job> {
  for (;;) {
    const job = (await (await fetch(`${url}/api/jobs/${id}`)).json()) as Job
    if (enough(job) || job.ended_at !== null) return job
    await sleep(50)
  }
}
const toItsEnd = (): boolean => false

async function importWhole(url: string, kind: string, file: string, added: number): Promise<void> {
  const job = await waitFor(url, await upload(url, kind, file), toItsEnd)
  expect(job).toMatchObject({ state: 'done', counts: { added, refused: 0 } })
}

/** A CSV of fixes: each worker one every 20 s from 08:00 (Asia/Shanghai) on `day`, on a line through the grid. */
async function traceFile(
  name: string,
  day: string,
  workers: readonly string[],
  each: number,
): Promise<string> {
  const path = join(folder, name)
  const out = createWriteStream(path)
  const from = Date.parse(`${day}T08:00:00+08:00`)
  out.write('worker,time,lon,lat,accuracy\n')
  for (const worker of workers) {
    let text = ''
    for (let i = 0; i < each; i++) {
      const along = (i % 1000) / 1e5
      text += `${worker},${new Date(from + i * 20_000).toISOString()},${(119.6 + along).toFixed(5)},${(29.9 + along).toFixed(5)},8\n`
    }
    if (!out.write(text)) await once(out, 'drain')
  }
  out.end()
  await finished(out)
  return path
}

it(
  'after kill -9 the database opens with what was there before, nothing of the import, and takes imports again',
  async () => {
    const grids = join(folder, 'grids.geojson')
    const ring = box(119.6, 29.9, 119.61, 29.91)
    writeFileSync(
      grids,
      JSON.stringify({
        type: 'Feature',
        properties: { code: 't1001101' },
        geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]]] },
      }),
    )
    const before = await traceFile('before.csv', '2026-10-01', ['kept'], 100)
    // A hundred workers, two days and a third of fixes each: days that no other fix touches.
    const crew = Array.from({ length: 100 }, (_, i) => `lost${i}`)
    const million = await traceFile('million.csv', '2026-10-12', crew, 10_000)
    const after = await traceFile('after.csv', '2026-10-13', ['kept', 'late'], 50)

    const first = await start()
    await importWhole(first, 'grids', grids, 1)
    await importWhole(first, 'traces', before, 100)
    const id = await upload(first, 'traces', million)
    const job = await waitFor(first, id, ({ done, total }) => (done ?? 0) > 0.2 * (total ?? Infinity))
    expect(job.state).toBe('running')
    expect(job.done).toBeLessThan(job.total!)
    expect(await end('SIGKILL')).toBeNull()

    const second = await start()
    expect((await fetch(`${second}/readyz`)).status).toBe(200)
    await importWhole(second, 'traces', after, 100)
    expect(await end('SIGTERM')).toBe(0)

    const db = await openDatabase(place.options)
    try {
      const system = db.system()
      const read = <Row extends object>(text: string): Promise<Row[]> => system.many(statement<Row>(text))
      expect(
        // The service packs those of days gone by.
        await read(`
          select worker_id, sum(n)::int as fixes from (
            select worker_id, count(*) as n from wangge.fixes group by 1
            union all
            select worker_id, sum(fixes) from wangge.fix_blocks group by 1) as there
          group by 1 order by 1`),
      ).toEqual([
        { worker_id: 'kept', fixes: 150 },
        { worker_id: 'late', fixes: 50 },
      ])
      expect(await read(`select worker_id from wangge.workers order by 1`)).toEqual([
        { worker_id: 'kept' },
        { worker_id: 'late' },
      ])
      const days = `
        select distinct right(relname, 8) as day from pg_inherits join pg_class on pg_class.oid = inhrelid
        where inhparent in ('wangge.fixes'::regclass, 'wangge.fix_blocks'::regclass)`
      expect(await read(`${days} order by 1`)).toEqual([{ day: '20261001' }, { day: '20261013' }])
      // A partition that was made but not attached would be such a table.
      const tables = `select oid::regclass::text from pg_class where relkind = 'r' and relname ~ '^(fixes|fix_blocks)_'`
      expect(await read(`${tables} and oid not in (select inhrelid from pg_inherits)`)).toEqual([])
      expect(
        await read(`select kind, (counts->>'added')::int as added from wangge.imports order by imported_at`),
      ).toEqual([
        { kind: 'grids', added: 1 },
        { kind: 'traces', added: 100 },
        { kind: 'traces', added: 100 },
      ])
      expect(await read(`select worker_id, day from wangge.stale_days`)).toEqual([])
      await db.maintain()
    } finally {
      await db.close()
    }
  },
  minutes,
)
