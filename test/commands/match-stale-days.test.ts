/** Matching again: the same on threads as here, and a mark is taken off only with the result it stands for. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { matchStaleDays } from '../../server/commands/match-stale-days.ts'
import { createMatchThreads } from '../../server/commands/matching/match-threads.ts'
import { type Matcher, matcherHere } from '../../server/commands/matching/matcher.ts'
import { takeFixes } from '../../server/commands/take-fixes.ts'
import { statement } from '../../server/db/sql.ts'
import { useDatabase } from '../support/database.ts'
import { fixes, seedSmallTown, town } from '../support/small-town.ts'

const test = useDatabase()
const dayMilliseconds = 86_400_000
const here = matcherHere(async () => {})
const threads = createMatchThreads(2)
afterAll(() => threads.close())

/** Ten days of two workers: more than one batch. */
const all = Array.from({ length: 10 }, (_, day) =>
  ['w1', 'w2'].flatMap((worker) =>
    fixes.map((fix) => ({ ...fix, worker, time: fix.time - day * dayMilliseconds })),
  ),
).flat()

const tables = ['patrol_days', 'traces', 'drawn_days', 'passes', 'ground_passes', 'day_sketches', 'evidence']
const contents = (): Promise<unknown[]> =>
  Promise.all(
    tables.map((table) =>
      test.db.system().many(statement(`select * from wangge.${table} as one order by one::text`)),
    ),
  )
const marks = async (): Promise<number> =>
  (await test.db.system().one(statement<{ n: number }>('select count(*)::int as n from wangge.stale_days'))).n
const mark = (): Promise<number> =>
  test.db.system().none(
    statement(
      `insert into wangge.stale_days (town_id, worker_id, day)
         select distinct town_id, worker_id, (fixed_at at time zone 'Asia/Shanghai')::date from wangge.fixes`,
    ),
  )

beforeAll(async () => {
  await seedSmallTown(test.db)
  await test.db.system().none(statement('delete from wangge.fixes'))
  await test.db.system().transaction((open) => takeFixes(open, town, all))
})
beforeEach(async () => {
  for (const table of [...tables, 'stale_days'])
    await test.db.system().none(statement(`delete from wangge.${table}`))
  await mark()
})

describe('matching again', () => {
  it('gives the same on threads as here', async () => {
    expect(await matchStaleDays(test.db, { matcher: here })).toBe(20)
    const expected = await contents()
    expect(expected.slice(0, 6)).not.toContainEqual([]) // only evidence there may be none
    await mark()
    expect(await matchStaleDays(test.db, { matcher: threads })).toBe(20)
    expect(await contents()).toEqual(expected)
    expect(await marks()).toBe(0)
  })

  it('leaves the mark of a day that changes while it is matched, and of one that was done meanwhile everything', async () => {
    const fixesOf = async (worker: string): Promise<number | undefined> => {
      const query = `select fixes from wangge.patrol_days where worker_id = '${worker}' and day = '2026-10-09'`
      return (await test.db.system().maybeOne(statement<{ fixes: number }>(query)))?.fixes
    }
    const late = { ...fixes[0]!, time: fixes[0]!.time + 1000, longitude: 119.6021 }
    const n = fixes.length
    const seen: (number | undefined)[] = []
    const interrupted: Matcher = {
      atOnce: 1,
      async match(shared, tasks) {
        const matched = await here.match(shared, tasks)
        const [one] = tasks
        if (one?.worker === 'w1') await test.db.system().transaction((open) => takeFixes(open, town, [late]))
        else {
          // Another process does the days of w2, and is given another fix to do.
          await matchStaleDays(test.db, { matcher: here })
          seen.push(await fixesOf('w1'), await fixesOf('w2'))
          const other = { ...late, worker: 'w2' }
          await test.db.system().transaction((open) => takeFixes(open, town, [other]))
        }
        return matched
      },
    }
    const inTurn: Matcher = { ...interrupted, atOnce: 0.5 }
    await matchStaleDays(test.db, { matcher: inTurn })
    expect(seen).toEqual([n + 1, n])
    expect([await marks(), await fixesOf('w1'), await fixesOf('w2')]).toEqual([1, n + 1, n])
    await matchStaleDays(test.db, { matcher: here })
    expect([await marks(), await fixesOf('w2')]).toEqual([0, n + 1])
    await test.db.system().none(statement(`delete from wangge.fixes where longitude = 119.6021`))
  })

  it('by two at once is done once, and neither fails', async () => {
    await matchStaleDays(test.db, { matcher: here })
    const expected = await contents()
    await mark()
    await Promise.all([
      matchStaleDays(test.db, { matcher: here }),
      matchStaleDays(test.db, { matcher: threads }),
    ])
    expect(await contents()).toEqual(expected)
    expect(await marks()).toBe(0)
  })

  it('fails with a thread that is lost, and its days stay marked', async () => {
    const dying = createMatchThreads(1, new URL('../support/dying-thread.mjs', import.meta.url))
    try {
      await expect(matchStaleDays(test.db, { matcher: dying })).rejects.toThrow('ended with code 7')
      expect(await marks()).toBe(20)
    } finally {
      await dying.close()
    }
  })

  it('stops when it is told to, with the rest marked', async () => {
    const stopping = new AbortController()
    const stopped: Matcher = {
      atOnce: 1,
      match(shared, tasks) {
        stopping.abort(new Error('enough'))
        return here.match(shared, tasks)
      },
    }
    await expect(
      matchStaleDays(test.db, { matcher: stopped, signal: stopping.signal }),
    ).rejects.toBeInstanceOf(Error)
    expect(await marks()).toBeGreaterThan(0)
  })
})
