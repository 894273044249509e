/** The patrol screen by the clock: stretches, strips, ticks of the timeline. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LngLat } from '../../server/core/values.ts'
import { extend, placeTicks } from '../../web/frame/timeline.tsx'
import {
  clockOf,
  daySeconds,
  formatSpan,
  labelAt,
  parseSpan,
  partOfLine,
  piecesWithin,
  positionAt,
  secondsByLabel,
  spanOfTarget,
  stretchTarget,
  workerOfTarget,
  workersOut,
} from '../../web/screens/patrol/trace-time.ts'
import { detail, midnight, pieces, row } from './patrol-day.ts'

describe('a trace by the clock', () => {
  it('says where the worker was, and what was known', () => {
    expect(positionAt(detail, 28_800 + 900)).toEqual([119.6, expect.closeTo(29.905, 9)])
    expect(positionAt(detail, 34_000)).toEqual([119.6, 29.92])
    expect(positionAt(detail, 28_799)).toBeNull()
    expect(labelAt(row('W1').strip, 28_799)).toBeNull()
    expect(labelAt(row('W1').strip, 36_000)).toBe('stay')
    expect([clockOf(0), clockOf(28_859), clockOf(daySeconds)]).toEqual(['00:00', '08:00', '24:00'])
  })

  it('a part of it is cut at both ends', () => {
    const part = piecesWithin(pieces, midnight, { from: 28_800 + 1800, to: 36_000 + 300 })
    expect(part.map((piece) => piece.label)).toEqual(['inside', 'stay', 'outside'])
    // Half of the hour is half of the way north.
    expect(part[0]?.coordinates[0]).toEqual([119.6, expect.closeTo(29.91, 9)])
    expect(part[0]?.coordinates.at(-1)).toEqual([119.6, 29.92])
    expect(part[2]?.coordinates.at(-1)).toEqual([expect.closeTo(119.605, 9), 29.92])
    expect(piecesWithin(pieces, midnight, { from: 0, to: 28_800 })).toEqual([])
  })

  it('parts of a line joined are the line: their lengths add up', () => {
    const coordinate = fc.tuple(
      fc.double({ min: 119, max: 120, noNaN: true }),
      fc.double({ min: 29, max: 30, noNaN: true }),
    )
    const vertex = fc.tuple(coordinate, fc.integer({ min: 1, max: 1000 }))
    const length = (line: readonly LngLat[]): number =>
      line.slice(1).reduce((sum, [x, y], i) => {
        const [x0, y0] = line[i] as LngLat
        return sum + Math.hypot(x - x0, y - y0)
      }, 0)
    fc.assert(
      fc.property(
        fc.array(vertex, { minLength: 2, maxLength: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (vertices, share) => {
          let second = -(vertices[0]?.[1] ?? 0)
          const seconds = vertices.map(([, step]) => (second += step))
          const line = { coordinates: vertices.map(([one]) => one), seconds }
          const [before, after] = [
            partOfLine(line, 0, share * second),
            partOfLine(line, share * second, second),
          ]
          expect(before[0]).toEqual(line.coordinates[0])
          expect(after.at(-1)).toEqual(line.coordinates.at(-1))
          expect(before.at(-1)?.[0]).toBeCloseTo(after[0]?.[0] as number, 9)
          expect(length(before) + length(after)).toBeCloseTo(length(line.coordinates), 9)
        },
      ),
    )
  })

  it('seconds by label within any span are those of the strip cut to it', () => {
    const second = fc.integer({ min: 0, max: daySeconds })
    const { strip } = row('W1')
    fc.assert(
      fc.property(second, second, (a, b) => {
        const span = { from: Math.min(a, b), to: Math.max(a, b) }
        const total = [...secondsByLabel(strip, span).values()].reduce((sum, one) => sum + one, 0)
        expect(total).toBe(Math.max(0, Math.min(span.to, 43_800) - Math.max(span.from, 28_800)))
      }),
    )
  })

  it('a stretch is a target, a mark is a text in the address; both read back', () => {
    const second = fc.integer({ min: 0, max: daySeconds })
    fc.assert(
      fc.property(second, second, fc.stringMatching(/^[A-Z0-9/:-]{1,12}$/), (a, b, worker) => {
        const span = { from: Math.min(a, b), to: Math.max(a, b) }
        expect(spanOfTarget(stretchTarget(worker, span))).toEqual({ ...span, worker })
        expect(workerOfTarget(stretchTarget(worker, span))).toBe(worker)
        expect(parseSpan(formatSpan(span))).toEqual(a === b ? null : span)
      }),
    )
    expect(['', '5', '9-3', '0-99999', 'a-b', '1-2-3'].map(parseSpan)).toEqual(Array(6).fill(null))
    expect(workerOfTarget({ kind: 'grid', id: '101' })).toBeNull()
  })

  it('counts who is out', () => {
    const counts = workersOut([row('W1').strip, row('W2').strip, []], 3600)
    expect(counts).toHaveLength(24)
    // 08:00 to 12:10.
    expect(counts.flatMap((count, hour) => (count > 0 ? [[hour, count]] : []))).toEqual(
      [8, 9, 10, 11, 12].map((hour) => [hour, 2]),
    )
  })

  it('a mark grows and shrinks with the cursor, from the end it stands on', () => {
    expect(extend(null, 10, 20)).toEqual([10, 20])
    expect(extend([10, 20], 20, 30)).toEqual([10, 30])
    expect(extend([10, 20], 10, 5)).toEqual([5, 20])
    expect(extend([10, 20], 20, 10)).toBeNull()
    expect(extend([10, 20], 40, 30)).toEqual([30, 40])
  })
})

describe('ticks of the timeline', () => {
  it('lie within the axis and do not run into one another, however narrow it is', () => {
    const hours = [0, 3, 6, 9, 12, 15, 18, 21, 24].map((hour) => ({ at: hour, label: clockOf(hour * 3600) }))
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 2000 }), (width) => {
        const placed = placeTicks(hours, (hour) => 20 + (hour / 24) * (width - 40), width)
        const named = placed.filter((tick) => tick.isNamed)
        expect(placed).toHaveLength(hours.length)
        expect(named.length).toBeGreaterThan(0)
        let free = 0
        for (const { textX } of named) {
          // Five characters of 6.6 pixels.
          expect(textX).toBeGreaterThan(free)
          expect(textX + 33).toBeLessThanOrEqual(width)
          free = textX + 33
        }
      }),
    )
    // Six digits of 6.6 px and two characters of 11: the label at the end is drawn whole.
    const [month] = placeTicks([{ at: 1, label: '2026年11月' }], () => 380, 400)
    expect(month!.textX).toBeCloseTo(400 - 2 - (6 * 6.6 + 2 * 11), 6)
    expect(placeTicks(hours, (hour) => hour * 50, 1240).every((tick) => tick.isNamed)).toBe(true)
  })
})
