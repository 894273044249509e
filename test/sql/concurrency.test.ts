/** Many users of one database at once: the same on the embedded engine, which has one backend, and on a server. */
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { beginOn, type Connections } from '../../server/db/connection.ts'
import { type Query, statement } from '../../server/db/sql.ts'
import { failureOf, useDatabase } from '../support/database.ts'

const test = useDatabase()

const prepared = <Row extends object>(name: string, text: string): Query<Row> => ({
  ...statement<Row>(text),
  name,
})
const sum = prepared<{ sum: number }>('test/sum', 'select $1::int + $2::int as sum')
const echo = prepared<{ size: number; head: string }>(
  'test/echo',
  'select length($1::text) as size, left($1, 8) as head',
)
const count = prepared<{ n: number }>('test/count', 'select count(*)::int as n from wangge.tally')
const add = prepared('test/add', 'insert into wangge.tally values ($1)')
/** Minutes of work, which no test waits for. */
const long = statement('select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b')
const endOthers = statement(
  `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
)

const system = () => test.db.system()

beforeAll(async () => {
  await system().none(statement('create table wangge.tally (i int constraint tally_pk primary key)'))
})

describe('many at once', () => {
  it('500 prepared statements over a pool of 10 each get their own answer', async () => {
    const answers = await Promise.all(Array.from({ length: 500 }, (_, i) => system().one(sum, [i, 1000])))
    expect(answers.map((a) => a.sum)).toEqual(Array.from({ length: 500 }, (_, i) => i + 1000))
  })

  it('400 statements, three in four with a parameter of 400 KB, never meet another session’s row', async () => {
    const body = 'x'.repeat(400_000)
    const key = (i: number): string => String(i).padStart(8, '0')
    const answers = await Promise.all(
      Array.from({ length: 400 }, (_, i) =>
        i % 4 === 0 ? system().one(sum, [i, 0]) : system().one(echo, [key(i) + body]),
      ),
    )
    expect(answers).toEqual(
      answers.map((_, i) => (i % 4 === 0 ? { sum: i } : { size: 400_008, head: key(i) })),
    )
  })

  it('readers never see half of a transaction', async () => {
    const writers = Array.from({ length: 10 }, (_, i) =>
      system().transaction(async (t) => {
        await t.none(add, [1000 + 2 * i])
        await sleep(5)
        await t.none(add, [1001 + 2 * i])
      }),
    )
    const readers = Array.from({ length: 50 }, async () => (await system().one(count)).n % 2)
    expect(new Set(await Promise.all(readers))).toEqual(new Set([0]))
    await Promise.all(writers)
    expect((await system().one(count)).n).toBe(20)
  })
})

describe('a transaction', () => {
  it('that fails leaves nothing, and gives its connection back in order', async () => {
    const before = await system().one(count)
    for (let i = 0; i < 30; i++) {
      const work = system().transaction(async (t) => {
        await t.none(add, [1])
        throw new Error('changed my mind')
      })
      await expect(work).rejects.toThrow('changed my mind')
    }
    expect(await system().one(count)).toEqual(before)
  })

  it('within a transaction can fail alone', async () => {
    await system().transaction(async (t) => {
      await t.none(add, [1])
      const inner = t.transaction(async (s) => {
        await s.none(add, [2])
        await s.none(add, [1])
      })
      expect(await failureOf(inner)).toMatchObject({ kind: 'unique', constraint: 'tally_pk' })
      await t.none(add, [3])
    })
    const kept = await system().many(
      statement<{ i: number }>('select i from wangge.tally where i < 10 order by i'),
    )
    expect(kept.map((r) => r.i)).toEqual([1, 3])
  })

  it('whose failed statement is passed over in silence is not taken for kept', async () => {
    const work = system().transaction(async (t) => {
      await t.none(add, [4])
      await t.none(statement('select 1 / 0')).catch(() => {})
    })
    expect(await failureOf(work)).toMatchObject({ kind: 'fault' })
    expect(await system().maybeOne(statement('select from wangge.tally where i = 4'))).toBeUndefined()
  })

  it('runs statements that were started together one after another', async () => {
    const sums = await system().transaction((t) => Promise.all([1, 2, 3].map((i) => t.one(sum, [i, i]))))
    expect(sums).toEqual([{ sum: 2 }, { sum: 4 }, { sum: 6 }])
  })

  it('tells a query outside it, which would wait for it for ever', async () => {
    const work = system().transaction(() => system().one(count))
    expect(await failureOf(work)).toMatchObject({
      kind: 'fault',
      message: expect.stringContaining('outside') as string,
    })
  })
})

describe('a statement nobody waits for any longer', () => {
  it('is cancelled when the caller gives up, and the database goes on', async () => {
    const giveUp = new AbortController()
    const running = failureOf(test.db.system({ signal: giveUp.signal }).one(long))
    await sleep(300)
    giveUp.abort()
    expect((await running).kind).toBe('cancelled')
    expect(await system().one(sum, [1, 1])).toEqual({ sum: 2 })
  })

  it('is cancelled while it waits for its turn', async () => {
    const giveUp = new AbortController()
    const others = Array.from({ length: 12 }, () => system().one(statement('select pg_sleep(0.1)')))
    const waiting = failureOf(test.db.system({ signal: giveUp.signal }).one(sum, [1, 1]))
    giveUp.abort()
    expect((await waiting).kind).toBe('cancelled')
    await Promise.all(others)
  })

  it('is not begun for a caller who is already gone', async () => {
    const gone = test.db.system({ signal: AbortSignal.abort() })
    expect((await failureOf(gone.none(add, [5]))).kind).toBe('cancelled')
    expect(await system().maybeOne(statement('select from wangge.tally where i = 5'))).toBeUndefined()
  })

  it('runs out of time with everything its transaction did, while others wait and are served', async () => {
    const work = test.db.system({ timeoutMilliseconds: 500 }).transaction(async (t) => {
      await t.none(add, [6])
      await t.one(long)
    })
    const failed = failureOf(work)
    await sleep(100)
    const others = Array.from({ length: 20 }, (_, i) => system().one(sum, [i, 0]))
    expect((await failed).kind).toBe('timeout')
    expect((await Promise.all(others)).map((a) => a.sum)).toEqual(Array.from({ length: 20 }, (_, i) => i))
    expect(await system().maybeOne(statement('select from wangge.tally where i = 6'))).toBeUndefined()
  })
})

describe('a connection that is lost', () => {
  it('is replaced for a statement of its own, whose caller does not notice', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    for (let round = 0; round < 2; round++) {
      await Promise.all(names.map(() => system().one(sum, [1, 1]))) // the pool keeps these
      const giveUp = new AbortController()
      const ahead = failureOf(test.db.system({ signal: giveUp.signal }).one(long))
      await sleep(50)
      // On a server they run beside the long one: long enough to be cut off before they are committed.
      const seconds = test.db.engine === 'native' ? 0.5 : 0
      const behind = names.map((name, i) =>
        system().one(
          statement<{ name: string; n: number }>(
            'select $1::text as name, $2::int as n from pg_sleep($3::float8)',
          ),
          [name, i, seconds],
        ),
      )
      // One backend is stopped whole, with every connection; a server ends those it is told to.
      if (test.db.engine === 'native') {
        await sleep(200)
        await system().many(endOthers)
      }
      giveUp.abort()
      expect((await ahead).kind).toBe('cancelled')
      expect(await Promise.all(behind)).toEqual(names.map((name, n) => ({ name, n })))
    }
  })
})

describe('a server that goes away', () => {
  it('is told of once the connections that died with it are used up', async () => {
    const lost = (): Promise<never> => Promise.reject(Object.assign(new Error('gone'), { code: '57P01' }))
    let asked = 0
    const connect = (): Promise<unknown> => {
      asked++
      // Three idle connections that are dead, then nobody answers.
      if (asked <= 3) return Promise.resolve({ query: lost, release: () => {} })
      return Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
    }
    const connections = { pool: { connect } } as unknown as Connections
    const begun = beginOn(connections, 'begin', { signal: undefined, timeoutMilliseconds: 0 })
    expect((await failureOf(begun)).kind).toBe('connection_lost')
    expect(asked).toBe(4)
  })
})

describe('listen', () => {
  it('hears its own channel, once each, until it stops', async () => {
    const heard: string[] = []
    const others: string[] = []
    const stop = await test.db.listen('fixes', (payload) => heard.push(payload))
    const stopOther = await test.db.listen('plans', (payload) => others.push(payload))
    const notify = (channel: string, payload: string): Promise<number> =>
      system().none(statement(`select pg_notify($1, $2)`), [channel, payload])
    await notify('fixes', 'a')
    await notify('plans', 'b')
    await notify('fixes', 'c')
    await expect.poll(() => [heard, others]).toEqual([['a', 'c'], ['b']])
    await stop()
    await notify('fixes', 'd')
    await notify('plans', 'e')
    await expect.poll(() => others).toEqual(['b', 'e'])
    expect(heard).toEqual(['a', 'c'])
    await stopOther()
  })
})
