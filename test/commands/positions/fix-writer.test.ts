/** Group commit: bounded, each request answered for itself. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createFixWriter, type FixBatch } from '../../../server/commands/positions/fix-writer.ts'
import type { Database } from '../../../server/db/database.ts'
import { statement } from '../../../server/db/sql.ts'
import { DatabaseError } from '../../../server/db/sqlstate.ts'
import { AppError } from '../../../server/errors.ts'
import { errorResponse } from '../../../server/routes/error-response.ts'
import { useDatabase } from '../../support/database.ts'
import { day, now, otherTown, seedSmallTown, town } from '../../support/small-town.ts'

const test = useDatabase()
beforeAll(() => seedSmallTown(test.db))
beforeEach(() => test.db.system().none(statement('delete from wangge.fixes')))

const batch = (n: number, fixes = 1, more: Partial<FixBatch> = {}): FixBatch => ({
  town,
  now,
  notes: [],
  fixes: Array.from({ length: fixes }, (_, i) => ({
    worker: 'w1',
    time: now - (n * 1000 + i) * 1000,
    longitude: 119.605,
    latitude: 29.905,
  })),
  ...more,
})
const stored = async (): Promise<number> =>
  (await test.db.system().one(statement<{ n: number }>('select count(*)::int as n from wangge.fixes'))).n

/** The database, counting its transactions. */
function counting(): { db: Database; readonly transactions: number } {
  let transactions = 0
  const db: Database = {
    ...test.db,
    system: (options) => {
      const scoped = test.db.system(options)
      return {
        ...scoped,
        transaction: (work) => {
          transactions++
          return scoped.transaction(work)
        },
      }
    },
  }
  return {
    db,
    get transactions() {
      return transactions
    },
  }
}

describe('the writer of fixes', () => {
  it('writes what waits together in one transaction a township, and tells which changed', async () => {
    const counted = counting()
    const written: string[] = []
    const writer = createFixWriter(counted.db, { onWritten: (one) => written.push(one) })
    const other = batch(0, 1, { town: otherTown })
    await Promise.all([...Array.from({ length: 50 }, (_, n) => writer.write(batch(n))), writer.write(other)])
    expect([await stored(), counted.transactions, written.toSorted()]).toEqual([51, 2, [town, otherTown]])
  })

  it('keeps groups within their size', async () => {
    const counted = counting()
    const writer = createFixWriter(counted.db, { onWritten: () => {}, mostAtOnce: 10 })
    await Promise.all(Array.from({ length: 5 }, (_, n) => writer.write(batch(n, 4))))
    // 4 + 4 fit into 10, a third does not.
    expect([await stored(), counted.transactions]).toEqual([20, 3])
  })

  it('refuses at once what would not fit, with when to try again, and takes it later', async () => {
    const writer = createFixWriter(test.db, { onWritten: () => {}, mostWaiting: 10 })
    const waiting = writer.write(batch(0, 8))
    const refusal: unknown = await writer.write(batch(1, 3)).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(AppError)
    expect(refusal).toMatchObject({ code: 'busy' })
    expect(errorResponse(refusal, 'r')).toMatchObject({ problem: { status: 503 }, retryAfterSeconds: 2 })
    expect(() => writer.reserve(3)).toThrow(AppError)
    await waiting
    await writer.write(batch(1, 3))
    // Larger than the queue, but alone.
    await writer.write(batch(2, 30))
    expect(await stored()).toBe(41)
  })

  it('gives back the room that was reserved', async () => {
    const writer = createFixWriter(test.db, { onWritten: () => {}, mostWaiting: 10 })
    const release = writer.reserve(9)
    await expect(writer.write(batch(0, 2))).rejects.toThrow(AppError)
    release()
    await writer.write(batch(0, 2))
    expect(await stored()).toBe(2)
  })

  it('one that the database refuses does not take the others with it', async () => {
    const writer = createFixWriter(test.db, { onWritten: () => {} })
    const flaw = { code: 'x', place: {}, message: { zh: '', en: '' } }
    const ofNoDevice = batch(1, 1, { notes: [{ device: 'nobody', day, flaw }] })
    const results = await Promise.allSettled([
      writer.write(batch(0)),
      writer.write(ofNoDevice),
      writer.write(batch(2)),
    ])
    expect(results.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect((results[1] as PromiseRejectedResult).reason).toBeInstanceOf(DatabaseError)
    expect(await stored()).toBe(2)
  })
})
