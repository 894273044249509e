/**
 * Places for databases of tests and benches, cloned from a template with the schema in it. With DATABASE_URL set: on that
 * server (whose login may create databases); else on the embedded engine, from a folder kept under node_modules/.cache.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { type OpenOptions, openDatabase } from '../../server/db/database.ts'
import { engineVersions, slimBundle } from '../../server/db/embedded/bundle.ts'
import { ensureDataFolder } from '../../server/db/embedded/data-folder.ts'
import { FolderLocked, lockFolder } from '../../server/db/embedded/lock.ts'
import { readSchema, schemaHash } from '../../server/db/migrate.ts'
import { sqlFolder } from '../../server/db/sql.ts'
import { silentLog } from './silent-log.ts'

export const serverUrl = process.env['DATABASE_URL']

/** A place for one database: what to open it with, and how to be rid of it. */
export interface TestPlace {
  readonly options: OpenOptions
  remove(): Promise<void>
}

/** `migrated`: with the whole schema; `bare`: with the extensions and nothing of ours. */
export async function testPlace(kind: 'migrated' | 'bare'): Promise<TestPlace> {
  return serverUrl === undefined ? embeddedPlace(kind) : nativePlace(serverUrl, kind)
}

/** Name of the template: another one as soon as a migration or function differs. */
const templateName = (): string => `wangge_template_${schemaHash(readSchema(sqlFolder))}`

// --- the embedded engine

const cache = fileURLToPath(new URL('../../node_modules/.cache/wangge/', import.meta.url))

/** A place on the embedded engine, whatever DATABASE_URL says. */
export async function embeddedPlace(kind: 'migrated' | 'bare'): Promise<TestPlace> {
  const template = await embeddedTemplate(kind)
  const folder = mkdtempSync(join(tmpdir(), 'wangge-test-'))
  symlinkSync(join(cache, 'engine'), join(folder, 'engine'))
  cpSync(template, join(folder, 'pgdata'), { recursive: true })
  return {
    options: { folder, log: silentLog, durable: false, graceMilliseconds: 500, migrate: kind === 'migrated' },
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
    const template = await nativeTemplate(url, client, kind)
    const inUse = (error: unknown): boolean => (error as { code?: string }).code === '55006'
    await waitFor(() => client.query(`create database ${name} template ${template}`), inUse)
  })
  return {
    options: { url: urlOf(url, name), folder: '', log: silentLog, migrate: kind === 'migrated' },
    remove: () =>
      onServer(
        url,
        async (client) => void (await client.query(`drop database if exists ${name} with (force)`)),
      ),
  }
}

async function nativeTemplate(url: string, client: pg.Client, kind: 'migrated' | 'bare'): Promise<string> {
  const name = kind === 'bare' ? 'wangge_template_bare' : templateName()
  await client.query(`select pg_advisory_lock(hashtextextended($1, 0))`, [name])
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
  if (rowCount === 0) {
    const building = `${name}_new`
    await client.query(`drop database if exists ${building} with (force)`)
    await client.query(`create database ${building}`)
    if (kind === 'migrated')
      await (await openDatabase({ url: urlOf(url, building), folder: '', log: silentLog })).close()
    else
      await onServer(urlOf(url, building), async (fresh) => {
        await fresh.query('create extension postgis')
        await fresh.query('create extension btree_gist')
      })
    await client.query(`alter database ${building} rename to ${name}`)
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
