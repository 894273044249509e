import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findMeetings } from '../../../server/core/evidence/find-meetings.ts'
import { findRepeats } from '../../../server/core/evidence/find-repeats.ts'
import { type ScreenedDay, screenDays } from '../../../server/core/evidence/screen-days.ts'
import { sketchOf } from '../../../server/core/evidence/sketch.ts'
import { trackOf } from '../../../server/core/evidence/track.ts'
import { type Evidence, evidenceId } from '../../../server/core/evidence/values.ts'
import { mulberry32 } from '../../../server/core/planning/random.ts'
import { type EvidencePolicy, usualEvidence } from '../../../server/core/policy/evidence-policy.ts'
import type { Fix } from '../../../server/core/values.ts'
import {
  honestTown,
  normal,
  observeWay,
  type Phone,
  type Point,
  readFixes,
  TrueWay,
} from '../../support/simulate-days.ts'
import { at } from '../trajectories/simulate.ts'

const day = '2026-10-08'
const next = '2026-10-09'
const phone: Phone = { everySeconds: 20, sigmaMetres: 8, isConstant: false, decimals: 7 }
const hour = 3600

/** Three hours from door to door about a grid at a place of its own. */
function round(seed: number, [west, south]: Point = [0, 0], hours = 3): TrueWay {
  const random = mulberry32(seed)
  const way = new TrueWay(8 * hour, [west, south])
  while (way.now < (8 + hours) * hour) {
    way.along([west + 80 * Math.floor(random() * 6), south + 80 * Math.floor(random() * 6)], 1.1, random)
    way.stand(60 + 300 * random())
  }
  return way
}
const seenBy = (way: TrueWay, seed: number, own: Partial<Phone> = {}, on = day): Fix[] =>
  observeWay(way, on, { ...phone, ...own }, mulberry32(seed), 0)
const screen = (days: ScreenedDay[], policy: EvidencePolicy = usualEvidence): Promise<Evidence[]> =>
  screenDays(days, () => () => false, policy)
const told = (evidence: Evidence[]): string[] =>
  evidence.map(({ code, worker, day: of, other }) => [code, worker, of, other?.worker, other?.day].join(' '))

describe('two phones on one person', () => {
  const way = round(1)
  test.each([5, 10, 20])('are found at an error of %i m', async (sigmaMetres) => {
    const found = await screen([
      readFixes('a', day, seenBy(way, 2, { sigmaMetres })),
      readFixes('b', day, seenBy(way, 3, { sigmaMetres, everySeconds: 13 })),
    ])
    expect(told(found)).toEqual([`carried_together a ${day} b ${day}`, `carried_together b ${day} a ${day}`])
    const [{ figures, stretches, from, to }] = found as [Evidence]
    expect(figures['together_seconds']! / figures['moving_seconds']!).toBeGreaterThanOrEqual(0.6)
    expect(figures['longest_seconds']).toBeGreaterThanOrEqual(1200)
    expect([stretches[0]!.from, stretches.at(-1)!.to]).toEqual([from, to])
  })

  test('are excused where the two are registered as patrolling together', async () => {
    const days = [readFixes('a', day, seenBy(way, 2)), readFixes('b', day, seenBy(way, 3))]
    const isJoint = (on: string) => (one: string, other: string) =>
      on === day && [one, other].sort().join() === 'a,b'
    expect(await screenDays(days, isJoint, usualEvidence)).toEqual([])
    expect(
      await screenDays(days, () => () => false, { ...usualEvidence, off: ['carried_together'] }),
    ).toEqual([])
  })

  test('thirty phones in one bag hang together, whatever their number costs', async () => {
    const bag = Array.from({ length: 30 }, (_, i) =>
      readFixes(`w${String(i).padStart(2, '0')}`, day, seenBy(way, 10 + i, { sigmaMetres: 6 })),
    )
    const found = await screen(bag)
    expect(new Set(found.map(({ worker }) => worker)).size).toBe(30)
    expect(new Set(found.map(({ code }) => code))).toEqual(new Set(['carried_together']))
  })

  test('a walk of ten minutes together is none, nor is an hour at one table', async () => {
    const together = (seed: number, home: Point): TrueWay => {
      const random = mulberry32(seed)
      const own = new TrueWay(8 * hour, home)
      for (let i = 0; i < 40 && own.now < 9.4 * hour; i++)
        own.along(
          [home[0] + 80 * Math.floor(random() * 6), home[1] + 80 * Math.floor(random() * 6)],
          1.1,
          random,
        )
      own.to([500, 0], 1.2)
      own.stand(9.75 * hour - own.now)
      own.stand(hour)
      for (const point of [
        [740, 0],
        [740, 240],
        [500, 240],
      ] as const)
        own.to(point, 1.2)
      for (let i = 0; i < 10; i++)
        own.along(
          [home[0] + 80 * Math.floor(random() * 6), home[1] + 80 * Math.floor(random() * 6)],
          1.1,
          random,
        )
      return own
    }
    const found = await screen([
      readFixes('a', day, seenBy(together(4, [0, 0]), 5)),
      readFixes('b', day, seenBy(together(6, [1000, 0]), 7)),
    ])
    expect(found).toEqual([])
  })
})

describe('a replayed trace', () => {
  const original = seenBy(round(21), 22)
  const again = (seconds: number, [east, north]: Point, jitterMetres: number, from = 0, to = 9e15): Fix[] => {
    const random = mulberry32(23)
    const [x0, y0] = at(0, 0)
    return original
      .filter(({ time }) => time >= from && time < to)
      .map(({ time, longitude, latitude, ...rest }) => {
        const [x, y] = at(east + jitterMetres * normal(random), north + jitterMetres * normal(random))
        return {
          time: time + seconds * 1000,
          longitude: longitude + x - x0,
          latitude: latitude + y - y0,
          ...rest,
        }
      })
  }
  const dayLater = 86_400

  test.each<[string, string, number, Point, number]>([
    ['as it was, the next day', 'a', dayLater, [0, 0], 0],
    ['an hour and 7 s later', 'a', dayLater + 3607, [0, 0], 0],
    ['moved 900 m', 'a', dayLater - 1234, [900, -200], 0],
    ['by somebody else, with 2 m of jitter', 'b', dayLater + 11, [0, 0], 2],
  ])('is found: %s', async (_, worker, seconds, moved, jitter) => {
    const found = await screen([
      readFixes('a', day, original),
      readFixes(worker, next, again(seconds, moved, jitter)),
    ])
    expect(told(found)).toEqual([`replayed_trace ${worker} ${next} a ${day}`])
    const [{ figures, other }] = found as [Evidence]
    // Seconds are sought in steps of one; the shift of place is known as well as the jitter averages out.
    expect(Math.abs(figures['shift_seconds']! - (seconds - dayLater))).toBeLessThanOrEqual(2)
    expect(Math.abs(other!.shift / 1000 - seconds)).toBeLessThanOrEqual(2)
    expect(Math.abs(figures['shift_metres']! - Math.hypot(...moved))).toBeLessThan(3)
    expect(figures['rms_metres']).toBeLessThan(5)
  })

  test('resampled at other moments is found', async () => {
    const track = again(dayLater, [0, 0], 0)
    const resampled: Fix[] = []
    for (let time = track[0]!.time + 3000, i = 0; time < track.at(-1)!.time; time += 15_000) {
      while (track[i + 1]!.time <= time) i++
      const [p, q] = [track[i]!, track[i + 1]!]
      const share = (time - p.time) / (q.time - p.time)
      resampled.push({
        time,
        longitude: p.longitude + share * (q.longitude - p.longitude),
        latitude: p.latitude + share * (q.latitude - p.latitude),
        accuracyMetres: 7 + (i % 5),
      })
    }
    const found = await screen([readFixes('a', day, original), readFixes('a', next, resampled)])
    expect(told(found)).toEqual([`replayed_trace a ${next} a ${day}`])
  })

  test('in part, within a day of its own, is found, with the stretch', async () => {
    const from = original[0]!.time + 0.5 * hour * 1000
    const part = again(dayLater + 5 * hour, [0, 0], 0, from, from + 1.5 * hour * 1000)
    const own = seenBy(round(24, [0, 0], 2), 25, {}, next)
    const found = await screen([readFixes('a', day, original), readFixes('a', next, [...own, ...part])])
    expect(told(found)).toEqual([`replayed_trace a ${next} a ${day}`])
    const [{ from: start, to }] = found as [Evidence]
    expect(Math.abs(start - part[0]!.time)).toBeLessThan(300_000)
    expect(Math.abs(to - part.at(-1)!.time)).toBeLessThan(300_000)
  })

  test('is none where the same person walks the same round at another pace, or another phone saw the same walk', async () => {
    const slower = new TrueWay(8 * hour, round(21).points[0]!)
    const way = round(21)
    for (let i = 1; i < way.points.length; i++) {
      slower.times.push(slower.now + (way.times[i]! - way.times[i - 1]!) * 1.06)
      slower.points.push(way.points[i]!)
    }
    const found = await screen([
      readFixes('a', day, original),
      readFixes('a', next, seenBy(slower, 26, {}, next)),
      readFixes('a', '2026-10-10', seenBy(way, 27, {}, '2026-10-10')),
    ])
    expect(found).toEqual([])
  })

  test('a file copied to another worker on the same day is told apart from two phones', async () => {
    const found = await screen([readFixes('a', day, original), readFixes('b', day, original)])
    expect(told(found)).toEqual([
      `carried_together a ${day} b ${day}`,
      `carried_together b ${day} a ${day}`,
      `replayed_trace b ${day} a ${day}`,
    ])
  })

  test('of the same day is asked of the later one, whoever that is', async () => {
    const found = await screen([
      readFixes('b', day, original),
      readFixes('a', day, again(4 * hour, [0, 0], 0)),
    ])
    expect(told(found)).toEqual([`replayed_trace a ${day} b ${day}`])
  })

  test('of the own morning in the afternoon is found', async () => {
    const found = await screen([readFixes('a', day, [...original, ...again(4 * hour, [0, 0], 0)])])
    expect(told(found)).toEqual([`replayed_trace a ${day} a ${day}`])
  })
})

test('any order of days gives the same pieces and ids', async () => {
  const way = round(31)
  const days = [
    readFixes('a', day, seenBy(way, 32)),
    readFixes('b', day, seenBy(way, 33)),
    readFixes('a', next, seenBy(way, 32, {}, next)),
    readFixes('c', next, seenBy(round(34, [2000, 0]), 35, {}, next)),
  ]
  const expected = await screen(days)
  expect(told(expected)).toHaveLength(3)
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(days, { minLength: 4 }), async (shuffled) => {
      expect(await screen(shuffled)).toEqual(expected)
    }),
    { numRuns: 6 },
  )
  expect(new Set(expected.map(evidenceId)).size).toBe(3)
})

test('what the search costs grows with the days, not with their pairs, in the thickest crowd', () => {
  const [one] = honestTown(40, 1)
  const whole = sketchOf(trackOf('w', one!.read, usualEvidence), usualEvidence)
  const sketch = { ...whole, landmarks: whole.landmarks.slice(0, 20) }
  const crowd = Array.from({ length: 800 }, (_, i) => ({ ...sketch, worker: String(1000 + i) }))
  const costOf = (sketches: typeof crowd): readonly [meetings: number, repeats: number] => [
    findMeetings(sketches, usualEvidence).looked / (sketches.length * (sketch.meetings.length / 3)),
    findRepeats(sketches, one!.read.date, 1800).looked / (sketches.length * (sketch.landmarks.length / 2)),
  ]
  // A moment is compared with at most 8 of each of 9 cells, a landmark with at most 256; with all there are it would be hundreds.
  const [meetings, repeats] = costOf(crowd)
  expect(meetings).toBeGreaterThan(1)
  expect(meetings).toBeLessThanOrEqual(9 * 8)
  expect(repeats).toBeGreaterThan(1)
  expect(repeats).toBeLessThanOrEqual(256)
})
