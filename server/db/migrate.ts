/**
 * Brings a database to the schema of this version: sql/migrations in order, each once, in a transaction of its own;
 * then sql/functions, replayed together whenever their text changed.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type pg from 'pg'
import type { Message } from '../core/values.ts'
import { statementsOf } from './statements.ts'

interface Script {
  readonly name: string
  readonly statements: readonly string[]
}

export interface Migration extends Script {
  readonly number: number
}

export interface Schema {
  readonly migrations: readonly Migration[]
  readonly functions: readonly Script[]
}

/** The database cannot be brought to this version's schema; `detail` says why and what to do. */
export class MigrationError extends Error {
  readonly detail: Message
  constructor(detail: Message, cause?: unknown) {
    super(detail.en, cause === undefined ? undefined : { cause })
    this.name = 'MigrationError'
    this.detail = detail
  }
}

/** Reads `migrations/0001-words.sql …` and `functions/*.sql` of the folder. @throws Error when a number is missing or repeated. */
export function readSchema(folder: string): Schema {
  const scripts = (subfolder: string): Script[] =>
    (existsSync(`${folder}/${subfolder}`) ? readdirSync(`${folder}/${subfolder}`) : [])
      .filter((file) => file.endsWith('.sql'))
      .sort()
      .map((file) => ({
        name: file.slice(0, -'.sql'.length),
        statements: statementsOf(readFileSync(`${folder}/${subfolder}/${file}`, 'utf8')),
      }))
  const migrations = scripts('migrations').map((script, i) => {
    if (!script.name.startsWith(`${String(i + 1).padStart(4, '0')}-`))
      throw new Error(`sql/migrations: number ${i + 1} expected, found ${script.name}`)
    return { ...script, number: i + 1 }
  })
  return { migrations, functions: scripts('functions') }
}

/** A short name of a schema: another one as soon as any statement differs (comments between statements do not count). */
export const schemaHash = (schema: Schema): string => hashOf([...schema.migrations, ...schema.functions])

const hashOf = (scripts: readonly Script[]): string =>
  createHash('sha256').update(JSON.stringify(scripts)).digest('hex').slice(0, 16)

/** Number under which the functions stand beside the migrations. */
const functionsNumber = 0

/** Any number nothing else of this database locks. */
const lockStatement = `select pg_advisory_xact_lock(hashtextextended('wangge.migrations', 0))`

/**
 * Applies what is missing and returns its names; safe when many processes start at once.
 * @throws MigrationError when the database is newer than this version, when an applied migration reads differently now, when
 *   the server is too old or the login may not do what a statement needs.
 */
export async function migrate(client: pg.ClientBase, schema: Schema): Promise<string[]> {
  await checkServer(client)
  if (!(await isBookkept(client))) await keepBooks(client)
  const applied: string[] = []
  for (const migration of schema.migrations) {
    const done = await inLockedTransaction(client, async () => {
      const books = await read(client)
      checkNotNewer(books, schema)
      return apply(client, books, migration.number, migration, hashOf([migration]))
    })
    if (done) applied.push(migration.name)
  }
  const functions = { name: 'functions', statements: schema.functions.flatMap((f) => f.statements) }
  const replayed = await inLockedTransaction(client, async () =>
    apply(client, await read(client), functionsNumber, functions, hashOf(schema.functions)),
  )
  return replayed ? [...applied, functions.name] : applied
}

type Books = ReadonlyMap<number, { readonly name: string; readonly hash: string }>

/** Runs a script unless the books have it; false when they have. Its row comes first, so that two can never both run it. */
async function apply(
  client: pg.ClientBase,
  books: Books,
  number: number,
  script: Script,
  hash: string,
): Promise<boolean> {
  const known = books.get(number)
  if (known?.hash === hash) return false
  if (known && number !== functionsNumber)
    throw new MigrationError({
      zh: `迁移 ${script.name} 在应用之后被改动：已应用的迁移不得修改，请新增一个迁移`,
      en: `migration ${script.name} was changed after it had been applied: add a new one instead`,
    })
  await client.query(
    `insert into wangge.migrations (number, name, hash) values ($1, $2, $3)
     on conflict (number) do update set name = excluded.name, hash = excluded.hash, applied_at = now()`,
    [number, script.name, hash],
  )
  for (const statement of script.statements) {
    try {
      await client.query(statement)
    } catch (error) {
      throw failureOf(script, statement, error)
    }
  }
  return true
}

async function inLockedTransaction<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    await client.query(lockStatement)
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function isBookkept(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query(`select to_regclass('wangge.migrations') is not null as known`)
  return rows[0]?.known === true
}

async function keepBooks(client: pg.ClientBase): Promise<void> {
  await inLockedTransaction(client, async () => {
    await client.query('create schema if not exists wangge')
    await client.query(
      `create table if not exists wangge.migrations (
         number integer not null constraint migrations_pk primary key,
         name text not null,
         hash text not null,
         applied_at timestamptz not null default now()
       )`,
    )
    await client.query(
      `comment on table wangge.migrations is 'What was applied to this schema: migrations by number, and the functions as 0.'`,
    )
  })
}

async function read(client: pg.ClientBase): Promise<Books> {
  const { rows } = await client.query<{ number: number; name: string; hash: string }>(
    'select number, name, hash from wangge.migrations',
  )
  return new Map(rows.map((row) => [row.number, row]))
}

function checkNotNewer(books: Books, schema: Schema): void {
  const newest = Math.max(...books.keys(), 0)
  if (newest <= schema.migrations.length) return
  const name = books.get(newest)?.name ?? ''
  throw new MigrationError({
    zh: `数据库比程序新：已应用到 ${name}，本程序只到 ${schema.migrations.length} 号；请升级程序`,
    en: `the database is newer than this program: it has ${name}, the program knows ${schema.migrations.length}; update the program`,
  })
}

async function checkServer(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{
    version: number
    postgis: string | null
    login: string
    may: boolean
  }>(
    `select current_setting('server_version_num')::int as version,
       (select max(version) from pg_available_extension_versions where name = 'postgis') as postgis,
       current_user::text as login,
       (select rolsuper or rolcreaterole from pg_roles where rolname = current_user)
         or (select count(*) = 2 from pg_roles where rolname in ('wangge_all', 'wangge_town')) as may`,
  )
  const server = rows[0]
  if (!server) throw new Error('the server tells nothing of itself')
  if (server.version < 150_000)
    throw new MigrationError({
      zh: `需要 PostgreSQL 15 或更高版本，此服务器为 ${Math.floor(server.version / 10_000)}`,
      en: `PostgreSQL 15 or later is needed, this server is ${Math.floor(server.version / 10_000)}`,
    })
  if (server.postgis === null)
    throw new MigrationError({
      zh: '此服务器未安装 PostGIS（Debian：apt install postgresql-NN-postgis-3）',
      en: 'PostGIS is not installed on this server (Debian: apt install postgresql-NN-postgis-3)',
    })
  if (!server.may) throw new MigrationError(roleAdvice(server.login))
}

/** What a superuser has to run once where the login may not create roles. */
const roleAdvice = (login: string): Message => {
  const name = `"${login.replaceAll('"', '""')}"`
  const commands = `create role wangge_all nologin; create role wangge_town nologin; grant wangge_all, wangge_town to ${name};`
  return {
    zh: `登录 ${login} 无权创建角色；请由超级用户执行一次：${commands}`,
    en: `login ${login} may not create roles; let a superuser run this once: ${commands}`,
  }
}

function failureOf(script: Script, statement: string, error: unknown): MigrationError {
  const reason = error instanceof Error ? error.message : String(error)
  const denied = (error as { code?: unknown }).code === '42501'
  const hint = denied
    ? { zh: '；请用有权限的登录执行 wangge migrate', en: '; run `wangge migrate` with a login that may' }
    : { zh: '', en: '' }
  const start = statement.slice(0, 60).replace(/\s+/g, ' ')
  return new MigrationError(
    {
      zh: `${script.name} 失败于 “${start}…”：${reason}${hint.zh}`,
      en: `${script.name} failed at "${start}…": ${reason}${hint.en}`,
    },
    error,
  )
}
