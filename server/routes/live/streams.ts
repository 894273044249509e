/** The live streams of a service: how many there may be, when each is written to, and when it ends. */
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LiveBoard } from '../../commands/positions/live-board.ts'
import type { LiveEnd } from '../../contract/live.ts'
import { AppError, tooMany } from '../../errors.ts'
import { type LiveThresholds, writeEvent, writeReading } from './present.ts'
import { createLiveReader, type LiveScope } from './reader.ts'

export interface LiveTimings {
  /** A reader is written to at most this often. */
  readonly flushMilliseconds: number
  /** After so long without news the reader is told that the line stands. */
  readonly pulseMilliseconds: number
  /** How often it is asked whether the reader may still read. */
  readonly recheckMilliseconds: number
  /** Who takes nothing for so long has gone. */
  readonly stuckMilliseconds: number
  readonly mostStreams: number
  readonly mostOfOneViewer: number
}

export const usualLiveTimings: LiveTimings = {
  flushMilliseconds: 1000,
  pulseMilliseconds: 15_000,
  recheckMilliseconds: 60_000,
  stuckMilliseconds: 60_000,
  mostStreams: 500,
  mostOfOneViewer: 12,
}

export interface LiveRequest {
  readonly scope: LiveScope
  readonly thresholds: LiveThresholds
  readonly lastId: string | undefined
  /** Only what is known now. */
  readonly isOnce: boolean
  /** Undefined: the viewer may still read. */
  readonly endedBy: () => Promise<LiveEnd['reason'] | undefined>
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal
}

export interface LiveStreams {
  readonly board: LiveBoard
  /**
   * Takes a place for a viewer and fills the board; what it gives writes the stream and gives the place back, and must be called.
   * @throws AppError `too_many` of one viewer, `busy` in all; DatabaseError
   */
  open(viewer: string): Promise<(sink: Writable, request: LiveRequest) => Promise<void>>
  /** How many follow it. */
  readers(): number
  /** Ends all streams and takes no more. */
  close(): void
}

export function createLiveStreams(
  board: LiveBoard,
  now: () => number,
  given: Partial<LiveTimings> = {},
): LiveStreams {
  const timings = { ...usualLiveTimings, ...given }
  const stopping = new AbortController()
  const places = new Map<string, number>()
  let taken = 0

  const takePlace = (viewer: string): (() => void) => {
    const own = places.get(viewer) ?? 0
    if (own >= timings.mostOfOneViewer) throw tooManyOfOne()
    if (stopping.signal.aborted || taken >= timings.mostStreams) throw busy()
    taken++
    places.set(viewer, own + 1)
    return () => {
      taken--
      const left = (places.get(viewer) ?? 1) - 1
      if (left > 0) places.set(viewer, left)
      else places.delete(viewer)
    }
  }

  /** Until the reader has gone, may read no more, or the service stops. */
  const follow = async (sink: Writable, request: LiveRequest): Promise<void> => {
    const { scope, thresholds, lastId, signal } = request
    const reader = createLiveReader(board, scope, lastId)
    let lastWritten = performance.now()
    let lastChecked = lastWritten
    const ending = AbortSignal.any([signal, stopping.signal])
    const write = async (text: string): Promise<void> => {
      lastWritten = performance.now()
      // While a reader does not take what it was sent, nothing more is made for it.
      if (!sink.write(text))
        await once(sink, 'drain', {
          signal: AbortSignal.any([ending, AbortSignal.timeout(timings.stuckMilliseconds)]),
        })
    }
    for (;;) {
      if (performance.now() - lastChecked >= timings.recheckMilliseconds) {
        lastChecked = performance.now()
        const reason = await request.endedBy()
        if (reason !== undefined) return void sink.write(end(reason))
      }
      const reading = reader.read()
      if (!reading.isEmpty) await write(writeReading(reading, now(), thresholds))
      else if (performance.now() - lastWritten >= timings.pulseMilliseconds)
        await write(writeEvent('pulse', JSON.stringify({ at: now() }), reading.id))
      if (request.isOnce) return
      await sleep(timings.flushMilliseconds, undefined, { signal: ending })
    }
  }

  return {
    board,
    readers: () => taken,
    async open(viewer) {
      const leave = takePlace(viewer)
      const unwatch = await board.watch().catch((error: unknown) => {
        leave()
        throw error
      })
      return async (sink, request) => {
        try {
          await follow(sink, request)
        } catch (error) {
          if (!isGone(error)) throw error
          if (stopping.signal.aborted) sink.write(end('stopping'))
          else sink.destroy()
        } finally {
          unwatch()
          leave()
        }
      }
    },
    close: () => stopping.abort(),
  }
}

const end = (reason: LiveEnd['reason']): string => writeEvent('end', JSON.stringify({ reason }))

/** The client hung up, or took nothing for too long. */
const isGone = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError'

const tooManyOfOne = (): AppError =>
  tooMany(
    {
      zh: '打开的实时地图过多，请先关掉不用的页面。',
      en: 'Too many live maps are open; close some first.',
    },
    30,
  )
const busy = (): AppError =>
  new AppError('busy', {
    zh: '打开实时地图的人过多，请稍后再试。',
    en: 'Too many people follow the live map; try again soon.',
  })
