/** Sessions on the embedded engine, spoken to as node-postgres speaks to a server, and through its bare protocol. */
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { slimBundle } from '../../server/db/embedded/bundle.ts'
import { Multiplexer } from '../../server/db/embedded/multiplexer.ts'
import { simpleQuery } from '../../server/db/embedded/protocol.ts'
import { embeddedPlace, type TestPlace } from '../support/place.ts'

let place: TestPlace
let multiplexer: Multiplexer
const lost: string[] = []
const clients: pg.Client[] = []

beforeAll(async () => {
  place = await embeddedPlace('bare')
  const { folder } = place.options
  multiplexer = new Multiplexer(
    { dataFolder: `${folder}/pgdata`, bundle: slimBundle(`${folder}/engine`), durable: true },
    { graceMilliseconds: 300, onLost: (error) => lost.push(error.message) },
  )
  const client = await connected()
  await client.query('create table t (i int primary key, text text)')
})
afterAll(async () => {
  await multiplexer.close()
  await place.remove()
})
beforeEach(() => {
  lost.length = 0
})
afterEach(async () => {
  for (const client of clients.splice(0)) await client.end().catch(() => {})
})

async function connected(): Promise<pg.Client> {
  const client = new pg.Client({ stream: () => multiplexer.stream() })
  client.on('error', () => {})
  await client.connect()
  clients.push(client)
  return client
}

const rowsOf = async (client: pg.Client): Promise<number[]> =>
  (await client.query<{ i: number }>('select i from t order by i')).rows.map((r) => r.i)

describe('a session', () => {
  it('has prepared statements of its own under the names it likes', async () => {
    const [a, b] = [await connected(), await connected()]
    const first = await a.query({ name: 'q', text: 'select $1::int as n', values: [1] })
    const second = await b.query({ name: 'q', text: 'select $1::text as n', values: ['two'] })
    const again = await a.query({ name: 'q', text: 'select $1::int as n', values: [3] })
    expect([first.rows, second.rows, again.rows]).toEqual([[{ n: 1 }], [{ n: 'two' }], [{ n: 3 }]])
  })

  it('leaves no prepared statement behind', async () => {
    const names = async (client: pg.Client): Promise<number> =>
      (await client.query<{ n: number }>('select count(*)::int as n from pg_prepared_statements')).rows[0]
        ?.n ?? -1
    const watcher = await connected()
    const before = await names(watcher)
    const a = await connected()
    await a.query({ name: 'x', text: 'select 1' })
    expect(await names(watcher)).toBe(before + 1)
    await a.end()
    await expect.poll(() => names(watcher)).toBe(before)
  })

  it('that ends within a transaction is rolled back, and the next is served', async () => {
    const [a, b] = [await connected(), await connected()]
    await a.query('begin')
    await a.query('insert into t values (100)')
    const waiting = rowsOf(b)
    await a.end()
    expect(await waiting).not.toContain(100)
  })

  it('whose socket breaks within a transaction is rolled back, at once when the engine is idle', async () => {
    const [a, b] = [await connected(), await connected()]
    await a.query('begin')
    await a.query('insert into t values (101)')
    streamOf(a).destroy()
    expect(await rowsOf(b)).not.toContain(101)
    expect(lost).toEqual([])
  })

  it('whose socket breaks under a short query does not stop the engine', async () => {
    const [a, b] = [await connected(), await connected()]
    await a.query('begin')
    await a.query('insert into t values (102)')
    const running = a.query('select pg_sleep(0.1)').catch((e: Error) => e)
    await sleep(20)
    streamOf(a).destroy()
    expect(await rowsOf(b)).not.toContain(102)
    expect(await running).toBeInstanceOf(Error)
    await sleep(400)
    expect(lost).toEqual([])
  })

  it('whose socket breaks under an endless query costs the engine a new start, and its own work only', async () => {
    const [a, b] = [await connected(), await connected()]
    await b.query('insert into t values (103)')
    await a.query('begin')
    await a.query('insert into t values (104)')
    const endless = a.query('select count(*) from generate_series(1, 1e9)').catch((e: Error) => e)
    await sleep(50)
    streamOf(a).destroy()
    expect(await endless).toBeInstanceOf(Error)
    const told = await b.query('select 1').catch((e: Error & { code?: string }) => e)
    expect(told).toMatchObject({ code: '57P02' })
    const rows = await rowsOf(await connected())
    expect(rows).toContain(103)
    expect(rows).not.toContain(104)
    expect(lost).toEqual(['the client of a running query has gone'])
  })

  it('hears nothing of channels it does not listen on, and goes on hearing when another stops', async () => {
    const [a, b, sender] = [await connected(), await connected(), await connected()]
    const heard: Record<'a' | 'b' | 'sender', string[]> = { a: [], b: [], sender: [] }
    a.on('notification', (n) => heard.a.push(`${n.channel}:${n.payload}`))
    b.on('notification', (n) => heard.b.push(`${n.channel}:${n.payload}`))
    sender.on('notification', (n) => heard.sender.push(`${n.channel}:${n.payload}`))
    await a.query('listen News')
    await a.query('listen "Wang""ge"')
    await b.query('listen news')
    await sender.query(`select pg_notify('news', '1'), pg_notify('Wang"ge', '2')`)
    await b.query('unlisten news')
    await sender.query(`notify news, '3'`)
    await a.query('select 1')
    expect(heard).toEqual({ a: ['news:1', 'Wang"ge:2', 'news:3'], b: ['news:1'], sender: [] })
  })
})

describe('the stream', () => {
  it('may cut messages anywhere, and join them', async () => {
    const answer = async (pieces: (bytes: Buffer) => Buffer[]): Promise<string> => {
      const stream = multiplexer.stream()
      const output: Buffer[] = []
      stream.on('data', (chunk: Buffer) => output.push(chunk))
      const startUp = Buffer.from('\0\0\0\x08\0\x03\0\0', 'latin1')
      for (const piece of pieces(
        Buffer.concat([startUp, simpleQuery('select 1234'), simpleQuery('select 5678')]),
      ))
        stream.write(piece)
      await expect.poll(() => Buffer.concat(output).toString('latin1')).toContain('5678')
      stream.destroy()
      return Buffer.concat(output).toString('hex')
    }
    const whole = await answer((bytes) => [bytes])
    const single = await answer((bytes) => [...bytes].map((byte) => Buffer.from([byte])))
    const threes = await answer((bytes) =>
      Array.from({ length: Math.ceil(bytes.length / 3) }, (_, i) => bytes.subarray(3 * i, 3 * i + 3)),
    )
    expect(single).toBe(whole)
    expect(threes).toBe(whole)
  })

  it('carries an answer larger than any piece', async () => {
    const client = await connected()
    const { rows } = await client.query<{ text: string }>(
      `select repeat('网格', 2000000) as text from generate_series(1, 2)`,
    )
    expect(rows.map((r) => r.text.length)).toEqual([4_000_000, 4_000_000])
  })

  it('carries COPY TO', async () => {
    const client = await connected()
    const stream = streamOf(client)
    let text = ''
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1')
    })
    await client.query(`copy (select i * 1111 from generate_series(1, 3) i) to stdout`).catch(() => {})
    expect(text).toContain('3333')
  })
})

function streamOf(client: pg.Client): import('node:stream').Duplex {
  return (client as unknown as { connection: { stream: import('node:stream').Duplex } }).connection.stream
}
