import { describe, expect, it } from 'vitest'
import { findRepeatedTracks, fingerprint } from '../../../server/core/trajectories/find-repeated-tracks.ts'
import { dayBounds, localDayOf } from '../../../server/core/trajectories/local-day.ts'
import { orderFixes } from '../../../server/core/trajectories/order-fixes.ts'
import { Spans, settleEdges, uniteSpans } from '../../../server/core/trajectories/spans.ts'
import { wholeSeconds } from '../../../server/core/trajectories/whole-seconds.ts'
import type { Fix } from '../../../server/core/values.ts'

const fix = (time: number, longitude: number, latitude = 30, accuracyMetres?: number): Fix => ({
  time,
  longitude,
  latitude,
  ...(accuracyMetres === undefined ? {} : { accuracyMetres }),
})

describe('orderFixes', () => {
  it('keeps one fix an instant: the most accurate, then the westernmost, then the southernmost', () => {
    const ordered = orderFixes([
      fix(2, 121),
      fix(1, 120.2),
      fix(1, 120.1, 31),
      fix(1, 120.1, 30),
      fix(2, 122, 30, 50),
    ])
    expect([...ordered.time]).toEqual([1, 2])
    expect([...ordered.longitude]).toEqual([120.1, 122])
    expect([...ordered.latitude]).toEqual([30, 30])
    expect(ordered.accuracy).toEqual(Float64Array.of(Number.NaN, 50))
    expect(ordered.conflicts).toEqual([1, 2])
  })

  it('the same place twice is no conflict', () => {
    expect(orderFixes([fix(1, 120), fix(1, 120, 30, 9)])).toMatchObject({
      conflicts: [],
      accuracy: Float64Array.of(9),
    })
  })
})

describe('local days', () => {
  it('begin at 16:00 UTC', () => {
    expect(localDayOf(Date.parse('2026-10-08T15:59:59.999Z'))).toBe('2026-10-08')
    expect(localDayOf(Date.parse('2026-10-08T16:00:00Z'))).toBe('2026-10-09')
    expect(dayBounds('2026-10-09').from).toBe(Date.parse('2026-10-08T16:00:00Z'))
  })

  it.each(['2026-02-29', '2026-13-01', 'today', '2026-1-1'])('%s is no day', (text) => {
    expect(() => dayBounds(text)).toThrow(RangeError)
  })
})

describe('wholeSeconds', () => {
  it('rounds so that the sum stands', () => {
    // 0.6 + 0.6 + 0.6 + 0.2 = 2 s: rounding each would give 3.
    expect(wholeSeconds({ inside: 600, outside: 600, unobserved: 600, unreliable: 200 })).toEqual({
      inside: 1,
      outside: 1,
      unobserved: 0,
      unreliable: 0,
    })
    expect(wholeSeconds({ inside: 1000, outside: 0, unobserved: 0, unreliable: 0 }).inside).toBe(1)
  })
})

describe('spans', () => {
  const spans = (...parts: [segment: number, from: number, to: number, onEdge?: boolean][]): Spans => {
    const list = new Spans()
    for (const [segment, from, to, onEdge] of parts) list.add(segment, from, to, onEdge ?? false)
    return list
  }
  const plain = (list: Spans): [number, number, number][] =>
    Array.from({ length: list.count }, (_, i) => [list.segment[i]!, list.from[i]!, list.to[i]!])

  it('unites overlapping parts without counting twice', () => {
    const united = uniteSpans([spans([0, 0, 0.5], [2, 0.2, 0.4]), spans([0, 0.25, 0.75], [1, 0, 1])])
    expect(plain(united)).toEqual([[0, 0, 0.5], [0, 0.5, 0.75], [1, 0, 1], [2, 0.2, 0.4]]) // biome-ignore format: a table
  })

  it('leaves an edge to whom it was given first', () => {
    const taken = new Spans()
    expect(plain(settleEdges(spans([0, 0.25, 0.5, true]), taken))).toEqual([[0, 0.25, 0.5]])
    expect(plain(settleEdges(spans([0, 0, 1, true], [1, 0, 1]), taken))).toEqual([[0, 0, 0.25], [0, 0.5, 1], [1, 0, 1]]) // biome-ignore format: a table
  })

  it('grows beyond its first capacity', () => {
    const many = new Spans()
    for (let i = 0; i < 1000; i++) many.add(i, 0.25, 0.5, i % 2 === 0)
    expect(many.count).toBe(1000)
    expect([many.segment[999], many.from[0], many.to[700], many.onEdge[998]]).toEqual([999, 0.25, 0.5, 1])
  })
})

describe('findRepeatedTracks', () => {
  const track = (seed: number): Fix[] => [fix(seed, 120), fix(seed + 1, 120.001), fix(seed + 2, 120.002)]

  it('counts the tracks one worker shares with another', () => {
    const tracks = [
      { worker: '003', fixes: track(1) },
      { worker: '000', fixes: track(1) },
      { worker: '003', fixes: track(2) },
      { worker: '000', fixes: track(2) },
      { worker: '001', fixes: track(3) },
      { worker: '009', fixes: track(1) },
    ]
    expect(findRepeatedTracks(tracks)).toEqual([
      { worker: '003', of: '000', tracks: 2 },
      { worker: '009', of: '000', tracks: 1 },
    ])
  })

  it('a single fix proves nothing, and another clock is another track', () => {
    expect(
      findRepeatedTracks([
        { worker: 'a', fixes: [fix(1, 120)] },
        { worker: 'b', fixes: [fix(1, 120)] },
      ]),
    ).toEqual([])
    expect(fingerprint(track(1))).not.toBe(fingerprint(track(2)))
    expect(fingerprint(track(1))).not.toBe(fingerprint(track(1).slice(0, 2)))
  })
})
