/** Clocks and signs of what comes in. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrivalPolicy, judgeArrival } from '../../../server/core/trajectories/judge-arrival.ts'
import type { Fix } from '../../../server/core/values.ts'

const now = Date.parse('2026-10-09T12:00:00Z')
const day = 86_400_000
const box = [119.6, 29.9, 119.61, 29.91] as const
const usual = { now, box, lateMilliseconds: arrivalPolicy.lateMilliseconds }
const at = (time: number, longitude = 119.605, latitude = 29.905): Fix => ({ time, longitude, latitude })

describe('the clock', () => {
  it('may be late, and ten minutes ahead, but not a millisecond more', () => {
    for (const time of [now, now + 600_000, now - 30 * day, now - 366 * day])
      expect(judgeArrival(at(time), usual, {})).toEqual({ fix: at(time), marks: [], notes: [] })
    expect(judgeArrival(at(now + 600_001), usual, { record: 3 })).toMatchObject({
      refused: { code: 'time_in_future', place: { record: 3 }, value: '2026-10-09T12:10:00.001Z' },
    })
    expect(judgeArrival(at(now - 366 * day - 1), usual, {})).toMatchObject({
      refused: { code: 'time_too_old' },
    })
  })

  it('of a file may be of any age', () => {
    const old = at(Date.parse('2009-10-09T12:00:00Z'))
    expect(judgeArrival(old, { ...usual, lateMilliseconds: Infinity }, {})).toMatchObject({ fix: old })
  })

  // 1024 weeks are 7168 days: the receiver of 2026-10-09 says 2007-02-23.
  it('1024 weeks back is put right and marked', () => {
    const reported = Date.parse('2007-02-23T12:00:00Z')
    expect(judgeArrival(at(reported), usual, {})).toMatchObject({
      fix: { time: now },
      marks: ['week_rollover'],
      notes: [{ code: 'week_rollover', value: '2007-02-23T12:00:00.000Z' }],
    })
    // Traccar's TimeHandlerTest: 2025-08-19 less 1024 weeks becomes 2025-08-19; a week late stays.
    const theirs = Date.parse('2025-08-19T00:00:00Z')
    const judged = (time: number): unknown => judgeArrival(at(time), { ...usual, now: theirs }, {})
    expect(judged(theirs - 7168 * day)).toMatchObject({ fix: { time: theirs } })
    expect(judged(theirs - 7 * day)).toMatchObject({ fix: { time: theirs - 7 * day }, marks: [] })
    // An instant that 1024 weeks would bring into the future, or to last winter, is a clock that was never set.
    expect(judged(theirs - 7168 * day + 3_600_000)).toMatchObject({ refused: { code: 'time_too_old' } })
    expect(judged(theirs - 7168 * day - 91 * day)).toMatchObject({ refused: { code: 'time_too_old' } })
  })
})

describe('the signs', () => {
  it.each([
    [-119.605, 29.905],
    [119.605, -29.905],
    [-119.605, -29.905],
  ])('%f, %f is turned towards the township and marked', (longitude, latitude) => {
    expect(judgeArrival(at(now, longitude, latitude), usual, {})).toMatchObject({
      fix: { longitude: 119.605, latitude: 29.905 },
      marks: ['hemisphere'],
      notes: [{ code: 'hemisphere', value: `${longitude},${latitude}` }],
    })
  })

  it('of a position that is merely far away are left alone, and all where no boundary is known', () => {
    for (const fix of [at(now, 116.4, 39.9), at(now, -74, 40.7), at(now, -119.605, 31)])
      expect(judgeArrival(fix, usual, {})).toEqual({ fix, marks: [], notes: [] })
    const west = at(now, -119.605, 29.905)
    expect(judgeArrival(west, { ...usual, box: null }, {})).toMatchObject({ fix: west, marks: [] })
  })
})

describe('judging', () => {
  it('what was judged is judged the same again, and each mark has its note', () => {
    const fix = fc.record({
      time: fc.integer({ min: 0, max: now + day }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    })
    fc.assert(
      fc.property(fix, (one) => {
        const first = judgeArrival(one, usual, {})
        if ('refused' in first) return
        expect(first.notes.map((note) => note.code)).toEqual(first.marks)
        expect(judgeArrival(first.fix, usual, {})).toEqual({ fix: first.fix, marks: [], notes: [] })
      }),
    )
  })
})
