/**
 * A database of its own for each test file, cloned from a template with the schema in it. With DATABASE_URL set: on that
 * server (whose login may create databases); else on the embedded engine, from a folder kept under node_modules/.cache.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { type Database, type Log, type OpenOptions, openDatabase } from '../../server/db/database.ts'
import { engineVersions, slimBundle } from '../../server/db/embedded/bundle.ts'
import { ensureDataFolder } from '../../server/db/embedded/data-folder.ts'
import { FolderLocked, lockFolder } from '../../server/db/embedded/lock.ts'
import { readSchema, schemaHash } from '../../server/db/migrate.ts'
import { sqlFolder } from '../../server/db/sql.ts'

export const silentLog: Log = { info: () => {}, warn: () => {} }

export const serverUrl = process.env['DATABASE_URL']

/** A place for one database: what to open it with, and how to be rid of it. */
export interface TestPlace {
  readonly options: OpenOptions
  remove(): Promise<void>
}

/** A database for the tests of one file, opened before them and removed after them: `const test = useDatabase()`, `test.db`. */
export function useDatabase(): { readonly db: Database; readonly options: OpenOptions } {
  let place: TestPlace | undefined
  let db: Database | undefined
  beforeAll(async () => {
    place = await testPlace('migrated')
    db = await openDatabase(place.options)
  })
  afterAll(async () => {
    await db?.close()
    await place?.remove()
  })
  const opened = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('the database is open within tests and hooks only')
    return value
  }
  return {
    get db() {
      return opened(db)
    },
    get options() {
      return opened(place).options
    },
  }
}

/** `migrated`: with the whole schema; `bare`: with the extensions and nothing of ours. */
export async function testPlace(kind: 'migrated' | 'bare'): Promise<TestPlace> {
  return serverUrl === undefined ? embeddedPlace(kind) : nativePlace(serverUrl, kind)
}

/** Name of the template: another one as soon as a migration or function differs. */
const templateName = (): string => `wangge_template_${schemaHash(readSchema(sqlFolder))}`

// --- the embedded engine

const cache = fileURLToPath(new URL('../../node_modules/.cache/wangge/', import.meta.url))

async function embeddedPlace(kind: 'migrated' | 'bare'): Promise<TestPlace> {
  const template = await embeddedTemplate(kind)
  const folder = mkdtempSync(join(tmpdir(), 'wangge-test-'))
  symlinkSync(join(cache, 'engine'), join(folder, 'engine'))
  cpSync(template, join(folder, 'pgdata'), { recursive: true })
  return {
    options: { folder, log: silentLog, durable: false, migrate: kind === 'migrated' },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function embeddedTemplate(kind: 'migrated' | 'bare'): Promise<string> {
  const bare = join(cache, `bare-${engineVersions()}`)
  const migrated = join(cache, `${templateName()}-${engineVersions()}`)
  const wanted = kind === 'bare' ? bare : migrated
  if (existsSync(wanted)) return wanted
  mkdirSync(cache, { recursive: true })
  const lock = await waitFor(
    () => lockFolder(join(cache, 'lock')),
    (e) => e instanceof FolderLocked,
  )
  try {
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
  } finally {
    lock.release()
  }
  return wanted
}

// --- a server

let count = 0

async function nativePlace(url: string, kind: 'migrated' | 'bare'): Promise<TestPlace> {
  const name = `wangge_test_${process.pid}_${++count}`
  await onServer(url, async (client) => {
    const template = kind === 'bare' ? 'template1' : await nativeTemplate(url, client)
    const inUse = (error: unknown): boolean => (error as { code?: string }).code === '55006'
    await waitFor(() => client.query(`create database ${name} template ${template}`), inUse)
  })
  return {
    options: { url: urlOf(url, name), folder: tmpdir(), log: silentLog, migrate: kind === 'migrated' },
    remove: () =>
      onServer(
        url,
        async (client) => void (await client.query(`drop database if exists ${name} with (force)`)),
      ),
  }
}

async function nativeTemplate(url: string, client: pg.Client): Promise<string> {
  const name = templateName()
  await client.query(`select pg_advisory_lock(hashtextextended($1, 0))`, [name])
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
  if (rowCount === 0) {
    await client.query(`drop database if exists ${name}_new with (force)`)
    await client.query(`create database ${name}_new`)
    await (await openDatabase({ url: urlOf(url, `${name}_new`), folder: tmpdir(), log: silentLog })).close()
    await client.query(`alter database ${name}_new rename to ${name}`)
  }
  await client.query(`select pg_advisory_unlock(hashtextextended($1, 0))`, [name])
  return name
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
