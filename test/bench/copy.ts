/**
 * Import of a million fixes by `insertMany` (values in, encoded and checked on the way) against raw COPY of text that was made
 * before the clock started: on a server when DATABASE_URL is set, and on the embedded engine against PGlite's own COPY.
 */
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { openDatabase } from '../../server/db/database.ts'
import type { OpenOptions } from '../../server/db/engine.ts'
import type { ColumnTypes } from '../../server/db/insert-many.ts'
import { statement } from '../../server/db/sql.ts'
import { embeddedPlace, serverUrl, testPlace } from '../support/place.ts'
import type { BenchRow } from './bench-row.ts'

const columns: ColumnTypes = {
  town_id: 'text',
  worker_id: 'text',
  fixed_at: 'timestamptz',
  longitude: 'double precision',
  latitude: 'double precision',
  accuracy_metres: 'real',
  speed_metres_per_second: 'real',
}
const copyText = `copy wangge.fixes (${Object.keys(columns).join(', ')}) from `
const day = '2026-10-08'
const start = Date.UTC(2026, 9, 7, 16)

/** A day's fixes of as many workers as it takes, one every five seconds. */
function* fixes(count: number): Generator<readonly unknown[]> {
  for (let i = 0; i < count; i++) {
    const second = (i % 10_000) * 5
    yield [
      '330683001',
      `w${Math.floor(i / 10_000)}`,
      start + second * 1000,
      120.5 + i / 1e7,
      29.5 + second / 1e6,
      8.5,
      1.25,
    ]
  }
}

/** The same as COPY's text, in pieces of about a megabyte. */
function piecesOf(count: number): Buffer[] {
  const pieces: Buffer[] = []
  let lines: string[] = []
  for (const [town, worker, time, ...rest] of fixes(count)) {
    lines.push(`${[town, worker, new Date(time as number).toISOString(), ...rest].join('\t')}\n`)
    if (lines.length === 10_000) {
      pieces.push(Buffer.from(lines.join('')))
      lines = []
    }
  }
  if (lines.length > 0) pieces.push(Buffer.from(lines.join('')))
  return pieces
}

interface Measured {
  readonly seconds: number
  /** Highest resident memory above what was held before. */
  readonly megabytes: number
}

async function measured(work: () => Promise<unknown>): Promise<Measured> {
  const before = process.memoryUsage.rss()
  let peak = before
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 20)
  const began = performance.now()
  await work()
  clearInterval(timer)
  return { seconds: (performance.now() - began) / 1000, megabytes: (peak - before) / 2 ** 20 }
}

/** insertMany into an empty table, twice; the quicker one. */
async function insertManyTwice(options: OpenOptions, count: number): Promise<Measured> {
  const db = await openDatabase(options)
  try {
    const runs: Measured[] = []
    for (let run = 0; run < 2; run++) {
      await db.system().many(statement(`select wangge.ensure_fix_partitions(array['${day}'::date])`))
      await db.system().none(statement('truncate wangge.fixes'))
      runs.push(await measured(() => db.system().insertMany('fixes', columns, fixes(count))))
    }
    return {
      seconds: Math.min(...runs.map((r) => r.seconds)),
      megabytes: Math.max(...runs.map((r) => r.megabytes)),
    }
  } finally {
    await db.close()
  }
}

async function rawOnServer(url: string, pieces: readonly Buffer[]): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const seconds: number[] = []
  for (let run = 0; run < 2; run++) {
    await client.query('truncate wangge.fixes')
    seconds.push((await measured(() => rawCopy(client, pieces))).seconds)
  }
  await client.end()
  return Math.min(...seconds)
}

function rawCopy(client: pg.Client, pieces: readonly Buffer[]): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query({
      submit: (connection: { query(text: string): void }) => connection.query(`${copyText} stdin`),
      handleCopyInResponse: (connection: { sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void }) => {
        for (const piece of pieces) connection.sendCopyFromChunk(piece)
        connection.endCopyFrom()
      },
      handleCommandComplete: () => {},
      handleError: reject,
      handleReadyForQuery: () => resolve(),
    } as pg.Submittable)
  })
}

async function rawOnPGlite(folder: string, pieces: readonly Buffer[]): Promise<number> {
  const engine = await PGlite.create({ dataDir: `${folder}/pgdata` })
  const seconds: number[] = []
  const blob = new Blob(pieces as Buffer<ArrayBuffer>[])
  for (let run = 0; run < 2; run++) {
    await engine.exec('truncate wangge.fixes')
    seconds.push((await measured(() => engine.query(`${copyText} '/dev/blob'`, [], { blob }))).seconds)
  }
  await engine.close()
  return Math.min(...seconds)
}

/** @returns a row a server (when DATABASE_URL is set) and its memory, and one for the embedded engine. */
export async function bench(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  if (serverUrl !== undefined) {
    const count = 1_000_000
    const place = await testPlace('migrated')
    const mine = await insertManyTwice(place.options, count)
    const raw = await rawOnServer(place.options.url ?? '', piecesOf(count))
    rows.push(
      timeRow('copy/native', mine.seconds, raw, 3, `${count} fixes into a partition with its primary key`),
    )
    rows.push({
      name: 'copy/native memory',
      ours: Math.round(mine.megabytes),
      theirs: 400,
      ratio: mine.megabytes / 400,
      target: '<= 1',
      unit: 'MB',
      note: 'resident memory above that of the idle process, against the limit of 400 MB',
    })
    await place.remove()
  }
  const count = 300_000
  const place = await embeddedPlace('migrated')
  const mine = await insertManyTwice(place.options, count)
  const raw = await rawOnPGlite(place.options.folder, piecesOf(count))
  rows.push(
    timeRow(
      'copy/embedded',
      mine.seconds,
      raw,
      3,
      `${count} fixes; raw is PGlite's own COPY from /dev/blob in this thread`,
    ),
  )
  await place.remove()
  return rows
}

const timeRow = (name: string, ours: number, theirs: number, limit: number, note: string): BenchRow => ({
  name,
  ours: Number(ours.toFixed(2)),
  theirs: Number(theirs.toFixed(2)),
  ratio: ours / theirs,
  target: `<= ${limit}`,
  unit: 's',
  note,
})
