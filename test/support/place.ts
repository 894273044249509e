/**
 * Places for databases of tests and benches, cloned from a template with the schema in it. With DATABASE_URL set: on that
 * server (whose login may create databases); else on the embedded engine, from a folder kept under node_modules/.cache.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { loadDemo } from '../../server/commands/load-demo.ts'
import { openDatabase } from '../../server/db/database.ts'
import { engineVersions, slimBundle } from '../../server/db/embedded/bundle.ts'
import { ensureDataFolder } from '../../server/db/embedded/data-folder.ts'
import { FolderLocked, lockFolder } from '../../server/db/embedded/lock.ts'
import type { OpenOptions } from '../../server/db/engine.ts'
import { readSchema, schemaHash } from '../../server/db/migrate.ts'
import { sqlFolder } from '../../server/db/sql.ts'
import { copyPreparedDemo, demoFolder, demoKey, prepareDemo } from '../../server/prepared-demo.ts'
import { silentLog } from './silent-log.ts'

export const serverUrl = process.env['DATABASE_URL']

/** A place for one database: what to open it with, and how to be rid of it. */
export interface TestPlace {
  readonly options: OpenOptions
  remove(): Promise<void>
}

/** With the demo township, as `npm start` loads it · with the whole schema · with the extensions and nothing of ours. */
export type PlaceKind = 'demo' | 'migrated' | 'bare'

export async function testPlace(kind: PlaceKind): Promise<TestPlace> {
  return serverUrl === undefined ? embeddedPlace(kind) : nativePlace(serverUrl, kind)
}

// Places are named by the run whose workers use them, so that its end is the end of what a worker left behind.
const folderOf = (run: number): string => `wangge-test-${run}-`
const databaseOf = (run: number): string => `wangge_test_${run}_`

/** Removes what is left of the places made by the child processes of `run`. */
export async function removePlaces(run: number): Promise<void> {
  for (const name of readdirSync(tmpdir()))
    if (name.startsWith(folderOf(run))) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  if (serverUrl === undefined) return
  await onServer(serverUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [databaseOf(run)],
    )
    for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`)
  })
}

/** Name of the template: another one as soon as a migration or function differs. */
const templateName = (): string => `wangge_template_${schemaHash(readSchema(sqlFolder))}`

// --- the embedded engine

const cache = fileURLToPath(new URL('../../node_modules/.cache/wangge/', import.meta.url))

/** A place on the embedded engine, whatever DATABASE_URL says. */
export async function embeddedPlace(kind: PlaceKind): Promise<TestPlace> {
  const template = kind === 'demo' ? undefined : await embeddedTemplate(kind)
  const folder = mkdtempSync(join(tmpdir(), folderOf(process.ppid)))
  if (template !== undefined) cpSync(template, join(folder, 'pgdata'), { recursive: true })
  else
    await oneAtATime(async () => {
      await prepareDemo(() => Date.now())
      copyPreparedDemo(folder)
      slimBundle(join(cache, 'engine'))
    })
  symlinkSync(join(cache, 'engine'), join(folder, 'engine'))
  return {
    options: { folder, log: silentLog, durable: false, graceMilliseconds: 500, migrate: kind !== 'bare' },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function embeddedTemplate(kind: 'migrated' | 'bare'): Promise<string> {
  const bare = join(cache, `bare-${engineVersions()}`)
  const migrated = join(cache, `${templateName()}-${engineVersions()}`)
  const wanted = kind === 'bare' ? bare : migrated
  if (existsSync(wanted)) return wanted
  await oneAtATime(async () => {
    const bundle = slimBundle(join(cache, 'engine'))
    await ensureDataFolder(bare, bundle)
    if (!existsSync(migrated)) {
      const folder = mkdtempSync(join(cache, 'building-'))
      symlinkSync(join(cache, 'engine'), join(folder, 'engine'))
      cpSync(bare, join(folder, 'pgdata'), { recursive: true })
      await (await openDatabase({ folder, log: silentLog, durable: false })).close()
      renameSync(join(folder, 'pgdata'), migrated)
      rmSync(folder, { recursive: true })
    }
  })
  return wanted
}

/** What is made in the cache is made by one process, while others wait for it. */
async function oneAtATime(make: () => Promise<void>): Promise<void> {
  mkdirSync(cache, { recursive: true })
  const lock = await waitFor(
    () => lockFolder(join(cache, 'lock')),
    (e) => e instanceof FolderLocked,
  )
  try {
    await make()
  } finally {
    lock.release()
  }
}

// --- a server

let count = 0

async function nativePlace(url: string, kind: PlaceKind): Promise<TestPlace> {
  const name = `${databaseOf(process.ppid)}${process.pid}_${++count}`
  await onServer(url, async (client) => {
    const template = await nativeTemplate(url, client, kind)
    const inUse = (error: unknown): boolean => (error as { code?: string }).code === '55006'
    await waitFor(() => client.query(`create database ${name} template ${template}`), inUse)
  })
  return {
    options: { url: urlOf(url, name), folder: '', log: silentLog, migrate: kind !== 'bare' },
    remove: () =>
      onServer(
        url,
        async (client) => void (await client.query(`drop database if exists ${name} with (force)`)),
      ),
  }
}

async function nativeTemplate(url: string, client: pg.Client, kind: PlaceKind): Promise<string> {
  const name = nativeTemplateName(kind)
  await client.query(`select pg_advisory_lock(hashtextextended($1, 0))`, [name])
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
  if (rowCount === 0) {
    const building = `${name}_new`
    await client.query(`drop database if exists ${building} with (force)`)
    await client.query(`create database ${building}`)
    await fillTemplate(urlOf(url, building), kind)
    await client.query(`alter database ${building} rename to ${name}`)
  }
  await client.query(`select pg_advisory_unlock(hashtextextended($1, 0))`, [name])
  return name
}

const nativeTemplateName = (kind: PlaceKind): string =>
  kind === 'bare' ? 'wangge_template_bare' : kind === 'demo' ? `wangge_demo_${demoKey()}` : templateName()

async function fillTemplate(url: string, kind: PlaceKind): Promise<void> {
  if (kind === 'bare')
    return onServer(url, async (client) => {
      await client.query('create extension postgis')
      await client.query('create extension btree_gist')
    })
  const db = await openDatabase({ url, folder: '', log: silentLog })
  try {
    if (kind === 'demo') await loadDemo(db, { folder: demoFolder, now: () => Date.now() })
  } finally {
    await db.close()
  }
}

function urlOf(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}

async function onServer(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

/** Tries until it succeeds, as long as the failure is one that passes. */
async function waitFor<T>(work: () => Promise<T>, passes: (error: unknown) => boolean): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!passes(error)) throw error
      await sleep(200)
    }
  }
}
