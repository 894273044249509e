/** Tiles of a server that is busy: asked for again when it says so, and never for ever. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AJAXError } from 'maplibre-gl'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadTile } from '../../web/map/load-tile.ts'

interface Answer {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: string
}

let server: Server
let origin: string
let answers: Answer[]
let asked: string[]
let waits: number[]

beforeEach(async () => {
  ;[answers, asked, waits] = [[], [], []]
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    // The last one is said for ever.
    const { status, headers, body } = (answers.length > 1 ? answers.shift() : answers[0])!
    response.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

const busy: Answer = { status: 503, headers: { 'retry-after': '2' } }
const tile: Answer = { status: 200, body: 'tile', headers: { etag: '"1"', 'cache-control': 'max-age=60' } }
const never = new AbortController().signal

/** In a page, a path is asked of its own server. */
const ask = (path: string, signal: AbortSignal) => fetch(`${origin}${path}`, { signal })

const load = (signal = never, wait = noted) =>
  loadTile({ url: 'tiles://roads/14/13000/6800?day=2026-10-01' }, signal, { ask, wait })

const noted = (seconds: number): Promise<void> => {
  waits.push(seconds)
  return Promise.resolve()
}

const failure = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error)

describe('a tile', () => {
  it('that is refused at first comes in the end, after the wait that was asked for', async () => {
    answers = [busy, busy, tile]
    const { data, etag, cacheControl } = await load()
    expect(new TextDecoder().decode(data)).toBe('tile')
    expect([etag, cacheControl]).toEqual(['"1"', 'max-age=60'])
    expect(asked).toEqual(Array.from({ length: 3 }, () => '/tiles/roads/14/13000/6800?day=2026-10-01'))
    // 2 s, and the second time twice as long.
    expect(waits).toEqual([2, 4])
  })

  it('without anything in it is an answer', async () => {
    answers = [{ status: 204 }]
    expect((await load()).data.byteLength).toBe(0)
  })

  it('is given up after six refusals', async () => {
    answers = [busy]
    const error = await failure(load())
    expect(error).toBeInstanceOf(AJAXError)
    expect(error).toMatchObject({ status: 503 })
    expect(asked).toHaveLength(6)
    expect(waits).toEqual([2, 4, 6, 8, 10])
  })

  it('of a server that asks for an hour is asked for after half a minute', async () => {
    answers = [{ status: 503, headers: { 'retry-after': '3600' } }, tile]
    await load()
    expect(waits).toEqual([30])
  })

  it.each([
    ['that does not exist', { status: 404 }],
    ['whose server is down and does not say for how long', { status: 503 }],
    ['whose making failed', { status: 500, headers: { 'retry-after': '2' } }],
  ])('%s is asked for once', async (_, answer) => {
    answers = [answer]
    expect(await failure(load())).toMatchObject({ status: answer.status })
    expect(asked).toHaveLength(1)
  })

  it('that nobody wants any more is not waited for', async () => {
    answers = [busy]
    const controller = new AbortController()
    const loading = failure(loadTile({ url: 'tiles://roads/1/0/0' }, controller.signal, { ask }))
    await expect.poll(() => asked.length).toBe(1)
    // The answer has come, or comes now; the 2 s have not passed.
    setTimeout(() => controller.abort(), 100)
    expect(await loading).toMatchObject({ name: 'AbortError' })
    expect(asked).toHaveLength(1)
  })
})
