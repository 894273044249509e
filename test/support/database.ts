/**
 * An empty database with the schema for each test file. Opening one takes seconds on the embedded engine, so a worker keeps one,
 * and empties it before the next file gets it.
 */
import { afterAll, beforeAll } from 'vitest'
import { type Database, openDatabase } from '../../server/db/database.ts'
import { statement } from '../../server/db/sql.ts'
import { DatabaseError } from '../../server/db/sqlstate.ts'
import { type TestPlace, testPlace } from './place.ts'

/** Empty before the tests of a file: `const test = useDatabase()`, then `test.db`. */
export function useDatabase(): { readonly db: Database } {
  let lent: Database | undefined
  beforeAll(async () => {
    lent = whileUsed((await emptyDatabase()).db, () => lent !== undefined)
  })
  afterAll(() => {
    lent = undefined
  })
  return {
    get db() {
      if (lent === undefined) throw new Error('the database is open within tests and hooks only')
      return lent
    },
  }
}

/** What is still at work when a file ends must not write into the next file's database. */
const whileUsed = (db: Database, isUsed: () => boolean): Database => {
  const used = <T>(value: () => T): T => {
    if (!isUsed()) throw new Error('a test file has ended, and something it started still asks its database')
    return value()
  }
  return {
    ...db,
    as: (...viewer) => used(() => db.as(...viewer)),
    system: (...scope) => used(() => db.system(...scope)),
    close: () => Promise.reject(new Error('this database is opened and closed by test/support/database.ts')),
  }
}

interface Kept {
  readonly place: TestPlace
  readonly db: Database
  /** The schema's state before any test. */
  readonly schema: string
}

/** Of this worker. Its end closes the database; what is left of the place goes with the run (global-setup.ts). */
let kept: Kept | undefined

async function emptyDatabase(): Promise<Kept> {
  if (kept) {
    await kept.db.system().transaction(async (t) => {
      await t.none(dropPartitions)
      await t.none(emptyTables)
      await t.none(forgetStatistics)
    })
    if ((await schemaOf(kept.db)) === kept.schema) return kept
    // A file that changed the schema leaves nothing that another could use.
    const { db, place } = kept
    kept = undefined
    await db.close()
    await place.remove()
  }
  const place = await testPlace('migrated')
  const db = await openDatabase(place.options)
  kept = { place, db, schema: await schemaOf(db) }
  return kept
}

const dropPartitions = statement(`
  do $$ declare part regclass; begin
    for part in
      select oid from pg_class where relnamespace = 'wangge'::regnamespace and relispartition and relkind = 'r'
    loop execute format('drop table %s', part); end loop;
  end $$`)

const emptyTables = statement(`
  do $$ declare written text; begin
    select string_agg(oid::regclass::text, ', ') into written from pg_class
    where relnamespace = 'wangge'::regnamespace and relkind = 'r' and relname <> 'migrations' and pg_relation_size(oid) > 0;
    if written is not null then execute 'truncate ' || written || ' restart identity cascade'; end if;
  end $$`)

/** Of rows that are gone: the planner would take the next file's tables for what they were. */
const forgetStatistics = statement(
  `delete from pg_statistic where starelid in (select oid from pg_class where relnamespace = 'wangge'::regnamespace)`,
)

/** One word for all that is defined in the schema, and who may use it. */
const schemaOf = async (db: Database): Promise<string> =>
  (
    await db.system().one(
      statement<{ hash: string }>(`
        select md5(string_agg(thing, '; ' order by thing)) as hash from (
          select format('%s %s %s %s', oid::int, relname, relacl, relnatts) as thing from pg_class where relnamespace = 'wangge'::regnamespace
          union all select format('%s %s', oid::int, conname) from pg_constraint where connamespace = 'wangge'::regnamespace
          union all select format('%s %s %s', oid::int, xmin, proname) from pg_proc where pronamespace = 'wangge'::regnamespace
          union all select format('%s %s', polrelid::int, polname) from pg_policy
          union all select format('%s %s', tgrelid::int, tgname) from pg_trigger where not tgisinternal
        ) things`),
    )
  ).hash

/** The DatabaseError a promise is rejected with; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<DatabaseError> {
  const error: unknown = await promise.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  )
  if (error instanceof DatabaseError) return error
  throw error
}
