/** A reader that is slow, or gone without a word: it gets fewer positions, never older ones, and costs nothing meanwhile. */
import { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { createLiveBoard, type LiveBoard } from '../../../server/commands/positions/live-board.ts'
import type { WorkerFix } from '../../../server/db/worker-fix.ts'
import { createLiveStreams, type LiveStreams } from '../../../server/routes/live/streams.ts'
import { useDatabase } from '../../support/database.ts'
import { now, seedSmallTown, town } from '../../support/small-town.ts'

const test = useDatabase()
beforeAll(() => seedSmallTown(test.db))

/** Takes one event at a time, when it is told to. */
class SlowSink extends Writable {
  readonly taken: string[] = []
  #done: (() => void) | undefined

  constructor() {
    super({ highWaterMark: 1, decodeStrings: false })
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    this.taken.push(chunk)
    this.#done = done
  }

  take(): void {
    const done = this.#done
    this.#done = undefined
    done?.()
  }
}

const timings = { flushMilliseconds: 5, stuckMilliseconds: 60_000 }
const fix = (seconds: number, longitude = 119.6025): WorkerFix => ({
  worker: 'w1',
  time: now + seconds * 1000,
  longitude,
  latitude: 29.9025,
})

/** A stream whose snapshot is on its way and not taken yet. */
async function open(
  streams: LiveStreams,
): Promise<{ sink: SlowSink; over: Promise<void>; hangUp: () => void }> {
  const sink = new SlowSink()
  const gone = new AbortController()
  const follow = await streams.open('li')
  const over = follow(sink, {
    scope: { towns: [town], villages: null, bbox: null },
    thresholds: { liveStaleSeconds: 600, liveOfflineSeconds: 3600 },
    lastId: undefined,
    isOnce: false,
    endedBy: async () => undefined,
    signal: gone.signal,
  })
  await vi.waitUntil(() => sink.taken.length === 1)
  return { sink, over, hangUp: () => gone.abort() }
}
const newBoard = (): LiveBoard =>
  createLiveBoard(test.db, {
    now: () => now,
    onError: (error) => {
      throw error
    },
  })

describe('a slow reader', () => {
  it('gets the latest position of many, once', async () => {
    const board = newBoard()
    const { sink, over, hangUp } = await open(createLiveStreams(board, () => now, timings))
    for (let i = 0; i < 1000; i++) {
      board.note(town, [fix(i - 1000, 119.6 + i * 1e-6)])
      if (i % 250 === 0) await sleep(timings.flushMilliseconds)
    }
    expect(sink.taken).toHaveLength(1)
    sink.take()
    await vi.waitUntil(() => sink.taken.length === 2)
    // 119.6 + 999 × 0.000001
    expect(sink.taken[1]).toContain('["w1","李*光",119.600999,29.9025,')
    expect(sink.taken[1]?.match(/"w1"/g)).toHaveLength(1)
    sink.take()
    await sleep(5 * timings.flushMilliseconds)
    expect(sink.taken).toHaveLength(2)
    hangUp()
    await over
  })

  it('that takes nothing for long is cut off', async () => {
    const streams = createLiveStreams(newBoard(), () => now, { ...timings, stuckMilliseconds: 30 })
    const { sink, over } = await open(streams)
    await over
    expect(sink.destroyed).toBe(true)
  })
})

describe('the board', () => {
  it('does not ask the database while nobody watches', async () => {
    let asked = 0
    const counted: typeof test.db = {
      ...test.db,
      system: (...scope) => {
        asked++
        return test.db.system(...scope)
      },
    }
    const board = createLiveBoard(counted, { now: () => now, onError: () => {}, refreshMilliseconds: 10 })
    board.note(town, [fix(-10)])
    expect([asked, board.sequence]).toEqual([0, 0])
    const unwatch = await board.watch()
    await vi.waitUntil(() => asked >= 3)
    unwatch()
    await sleep(100)
    const before = asked
    await sleep(100)
    expect(asked).toBe(before)
  })

  it('tells changes with the newest first, each worker once', async () => {
    const board = newBoard()
    const unwatch = await board.watch()
    board.note(town, [fix(-30), { ...fix(-30), worker: 'w2' }])
    board.note(town, [fix(-20)])
    const changed = [...board.changesSince(0)].map(({ position, sequence }) => [
      position.duty.worker,
      sequence,
    ])
    expect(changed).toEqual([
      ['w1', 3],
      ['w2', 2],
    ])
    expect([...board.changesSince(2)]).toHaveLength(1)
    // A stranger is nobody's marker.
    board.note(town, [{ ...fix(-10), worker: 'nobody' }])
    expect(board.sequence).toBe(3)
    unwatch()
  })
})
