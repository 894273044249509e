/** The playback's clock, and the trace as something that moves. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advanced, spanOfDay, speeds, startAt } from '../../web/screens/patrol/playback/clock.ts'
import { playbackLayers } from '../../web/screens/patrol/playback/layers.ts'
import { tripsOf } from '../../web/screens/patrol/playback/trip.ts'
import { positionAt } from '../../web/screens/patrol/trace-time.ts'
import { detail } from './patrol-day.ts'

describe('the clock', () => {
  const span = { from: 28_800, to: 43_800 }

  it('runs so many times as fast, to the end and no further', () => {
    // 16 ms at 60× are 0.96 s.
    expect(advanced(30_000, 16, 60, span)).toEqual({ second: 30_000.96, isOver: false })
    expect(advanced(43_799.5, 16, 60, span)).toEqual({ second: 43_800, isOver: true })
    // The page was hidden for an hour: at most a second of it counts.
    expect(advanced(30_000, 3_600_000, 10, span)).toEqual({ second: 30_010, isOver: false })
  })

  it('begins at the cursor, or from the start where there is nothing after it', () => {
    expect([startAt(null, span), startAt(30_000, span), startAt(10, span), startAt(43_800, span)]).toEqual([
      28_800, 30_000, 28_800, 28_800,
    ])
  })

  it('in frames however long comes to the same second', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...speeds),
        fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 30 }),
        (speed, frames) => {
          const wide = { from: 0, to: 1e9 }
          const total = frames.reduce((sum, one) => sum + one, 0)
          const end = frames.reduce((second, one) => advanced(second, one, speed, wide).second, 0)
          expect(end).toBeCloseTo((total / 1000) * speed, 5)
        },
      ),
    )
  })
})

describe('the trip', () => {
  it('has what was walked, by the second of the day; stays and silences stand still', () => {
    const trips = tripsOf(detail)
    expect(trips.map(({ label, from, to }) => [label, from, to])).toEqual([
      ['inside', 28_800, 32_400],
      ['outside', 36_000, 36_600],
    ])
    // Half of the way at half of the hour.
    expect([...(trips[0]?.timestamps ?? [])]).toEqual([28_800, 30_600, 32_400])
    expect(spanOfDay(detail)?.from).toBe(28_800)
    expect(spanOfDay({ ...detail, trace: [] })).toBeNull()
  })

  it('is where the timeline’s cursor is', () => {
    for (const { path, timestamps } of tripsOf(detail))
      for (const [i, position] of path.slice(0, -1).entries()) {
        const [x, y] = positionAt(detail, timestamps[i] ?? 0) ?? [0, 0]
        expect([x.toFixed(9), y.toFixed(9)]).toEqual(position.map((value) => value.toFixed(9)))
      }
  })

  it('keeps a pause in the middle of a walk, where the length alone would smooth it', () => {
    const [piece] = detail.trace
    const paused = { ...piece!, seconds: [0, 600, 3600] }
    const [trip] = tripsOf({ ...detail, trace: [paused] })
    expect([...(trip?.timestamps ?? [])]).toEqual([28_800, 29_400, 32_400])
  })

  it('without motion has no trail; before the first fix there is no point', () => {
    const layers = (head: [number, number] | null, hasTrail: boolean) =>
      playbackLayers(tripsOf(detail), 30_000, head, { theme: 'light', hasTrail }).map(({ id, props }) => [
        id,
        (props.data as unknown[]).length,
      ])
    expect(layers([119.6, 29.9], true)).toEqual([
      ['patrol-playback-trail', 2],
      ['patrol-playback-head', 1],
    ])
    expect(layers(null, false)).toEqual([['patrol-playback-head', 0]])
  })
})
