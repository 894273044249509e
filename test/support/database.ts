/** A database of its own for each test file. */
import { afterAll, beforeAll } from 'vitest'
import { type Database, type OpenOptions, openDatabase } from '../../server/db/database.ts'
import { DatabaseError } from '../../server/db/sqlstate.ts'
import { type TestPlace, testPlace } from './place.ts'

/** Opened before the tests of a file and removed after them: `const test = useDatabase()`, then `test.db`. */
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

/** The DatabaseError a promise is rejected with; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<DatabaseError> {
  const error: unknown = await promise.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  )
  if (error instanceof DatabaseError) return error
  throw error
}
