/** From any state a database may be found in to the schema of this version, or a clear no. */
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../server/db/database.ts'
import { slimBundle } from '../../server/db/embedded/bundle.ts'
import { Multiplexer } from '../../server/db/embedded/multiplexer.ts'
import {
  type Migration,
  MigrationError,
  migrate,
  readSchema,
  type Schema,
  schemaHash,
} from '../../server/db/migrate.ts'
import { schemaDump } from '../../server/db/schema-dump.ts'
import { sqlFolder, statement } from '../../server/db/sql.ts'
import { embeddedPlace, type TestPlace, testPlace } from '../support/place.ts'
import { seedSmallTown, town } from '../support/small-town.ts'

const schema = readSchema(sqlFolder)
const names = [...schema.migrations.map((m) => m.name), 'functions']
const first = (n: number): Schema => ({ migrations: schema.migrations.slice(0, n), functions: [] })
const withMigration = (...statements: string[]): Schema => {
  const number = schema.migrations.length + 1
  const migration: Migration = { number, name: `${String(number).padStart(4, '0')}-later`, statements }
  return { ...schema, migrations: [...schema.migrations, migration] }
}

let place: TestPlace
let db: Database

const refusal = async (work: Promise<unknown>): Promise<MigrationError> => {
  const error: unknown = await work.catch((reason: unknown) => reason)
  if (error instanceof MigrationError) return error
  throw error
}
const applied = async (): Promise<string[]> =>
  (
    await db.system().many(statement<{ name: string }>('select name from wangge.migrations order by number'))
  ).map((r) => r.name)
const exists = async (relation: string): Promise<boolean> =>
  (
    await db
      .system()
      .one(statement<{ there: boolean }>(`select to_regclass('${relation}') is not null as there`))
  ).there

describe('migrate', () => {
  beforeAll(async () => {
    place = await testPlace('bare')
    db = await openDatabase(place.options)
  })
  beforeEach(async () => {
    await db.system().none(statement('drop schema if exists wangge cascade'))
  })
  afterAll(async () => {
    await db.close()
    await place.remove()
  })

  it('makes the schema of sql/schema.sql from nothing, and does nothing the second time', async () => {
    expect(await db.migrate()).toEqual(names)
    expect(await db.migrate()).toEqual([])
    await expect(await schemaDump(db.system())).toMatchFileSnapshot(`${sqlFolder}schema.sql`)
  })

  it('is done once when twenty start at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => db.migrate()))
    expect(all.flat().toSorted()).toEqual(names.toSorted())
  })

  it('goes on where another stopped, to the same schema', async () => {
    await db.migrate(first(3))
    expect(await applied()).toEqual(['functions', ...names.slice(0, 3)])
    expect(await db.migrate()).toEqual(names.slice(3))
    await expect(await schemaDump(db.system())).toMatchFileSnapshot(`${sqlFolder}schema.sql`)
  })

  it('tells of visits that are there who entered them for somebody else', async () => {
    await db.migrate(first(25))
    await seedSmallTown(db)
    const run = (text: string): Promise<number> => db.system().none(statement(text))
    await run(`insert into wangge.users (login, role, areas, password_hash, created_at, worker_town, worker_id)
      values ('li', 'worker', '{${town}}', '', now(), '${town}', 'w1'), ('chief', 'supervisor', '{${town}}', '', now(), null, null)`)
    await run(`insert into wangge.visits (town_id, visit_id, worker_id, household_id, visited_from, evidence, marks, entered_by, entered_at)
      select '${town}', author || worker, worker, 'h11', now(), 'form', marks, author, now()
      from (values ('li', 'w1', null), ('li', 'w2', null), ('chief', 'w1', '{far}'::text[]), ('device:7', 'w1', null)) v (author, worker, marks)`)
    await db.migrate()
    const marked = statement<{ id: string; marks: string[] }>(
      `select visit_id as id, marks from wangge.visits where 'on_behalf' = any (marks) order by 1`,
    )
    // v1 to v3 came from a file, and nobody entered them.
    expect(await db.system().many(marked)).toEqual([
      { id: 'chiefw1', marks: ['far', 'on_behalf'] },
      { id: 'liw2', marks: ['on_behalf'] },
    ])
  })

  it('leaves nothing of a migration that fails, and says where it failed', async () => {
    const broken = withMigration('create table wangge.half (i int)', 'create table wangge.half (i int)')
    const error = await refusal(db.migrate(broken))
    expect(error.detail.en).toContain('later failed at "create table wangge.half (i int)…"')
    expect(error.detail.zh).toContain('失败')
    expect(await exists('wangge.half')).toBe(false)
    expect(await applied()).toEqual(names.filter((n) => n !== 'functions'))
    expect(await db.migrate()).toEqual(['functions'])
  })

  it('refuses a database that is newer than the program', async () => {
    await db.migrate(withMigration('create table wangge.later (i int)'))
    const error = await refusal(db.migrate())
    expect(error.detail.en).toContain('newer')
    expect(error.detail.zh).toContain('升级程序')
  })

  it('refuses a migration that was edited after it had been applied', async () => {
    await db.migrate(withMigration('create table wangge.later (i int)'))
    const error = await refusal(db.migrate(withMigration('create table wangge.later (i bigint)')))
    expect(error.detail.en).toContain('-later was changed')
  })

  it('replays the functions when one differs, and only then', async () => {
    await db.migrate()
    const text = (n: number): string =>
      `create or replace function wangge.answer() returns int language sql as 'select ${n}'`
    const answering = (n: number): Schema => ({
      ...schema,
      functions: [{ name: 'answer', statements: [text(n)] }],
    })
    expect(await db.migrate(answering(1))).toEqual(['functions'])
    expect(await db.migrate(answering(1))).toEqual([])
    expect(await db.migrate(answering(2))).toEqual(['functions'])
    expect(await db.system().one(statement('select wangge.answer() as n'))).toEqual({ n: 2 })
  })
})

describe('a login that is no superuser', () => {
  let embedded: TestPlace
  let multiplexer: Multiplexer
  let client: pg.Client

  beforeAll(async () => {
    embedded = await embeddedPlace('bare')
    const { folder } = embedded.options
    const bundle = slimBundle(`${folder}/engine`)
    multiplexer = new Multiplexer(
      { dataFolder: `${folder}/pgdata`, bundle, durable: false },
      { graceMilliseconds: 0, onLost: () => {} },
    )
    client = new pg.Client({ stream: () => multiplexer.stream() })
    await client.connect()
  })
  beforeEach(async () => {
    await client.query('create role app createrole login')
    await client.query('create role plain login')
    await client.query('grant create on database postgres to app, plain')
  })
  afterEach(async () => {
    await client.query('set session authorization postgres')
    await client.query('drop schema if exists wangge cascade')
    await client.query('drop owned by app, plain, wangge_all, wangge_town')
    await client.query('drop role app, plain, wangge_all, wangge_town')
  })
  afterAll(async () => {
    await client.end()
    await multiplexer.close()
    await embedded.remove()
  })

  it('but may create roles migrates, and may take the roles it made', async () => {
    await client.query('set session authorization app')
    expect(await migrate(client, schema)).toEqual(names)
    await client.query('set role wangge_all')
    await client.query('set role wangge_town')
  })

  it('and may not create roles is told what somebody else has to run, after which it migrates', async () => {
    await client.query('set session authorization plain')
    const { en } = (await refusal(migrate(client, schema))).detail
    expect(en).toContain('login plain may not create roles')
    await client.query('set session authorization postgres')
    for (const command of en.slice(en.indexOf('create role wangge_all')).split('; '))
      await client.query(command)
    await client.query('set session authorization plain')
    expect(await migrate(client, schema)).toEqual(names)
  })
})

describe('readSchema', () => {
  it('names a schema by what it does, not by its comments', () => {
    expect(schemaHash(schema)).toBe(schemaHash(readSchema(sqlFolder)))
    expect(schemaHash(first(2))).not.toBe(schemaHash(first(3)))
  })
})
