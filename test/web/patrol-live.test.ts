/** The live view's pure parts: events put together, states judged, what is drawn, which box is followed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LivePosition } from '../../server/contract/live.ts'
import { clockOfHour } from '../../web/screens/patrol/live/hours.ts'
import { liveLayers, liveLegend, lookOf } from '../../web/screens/patrol/live/layers.ts'
import { heard, nothingLive } from '../../web/screens/patrol/live/link.ts'
import {
  ageSeconds,
  countStates,
  filtered,
  judged,
  liveStates,
  merged,
  peopleOf,
  stateOf,
} from '../../web/screens/patrol/live/people.ts'
import { boxToFollow } from '../../web/screens/patrol/live/viewport.ts'
import { say } from './patrol-day.ts'

const now = Date.parse('2026-10-09T02:00:00Z')
const thresholds = { staleSeconds: 600, offlineSeconds: 3600 }
/** @param age seconds before `now` */
const position = (
  worker: string,
  age: number,
  inside: boolean | null = true,
  longitude = 119.6,
): LivePosition => [
  worker,
  `王*${worker}`,
  longitude,
  29.9,
  now - age * 1000,
  now,
  8,
  1,
  inside === null ? [] : ['101'],
  inside,
]
const people = peopleOf({
  positions: {
    t1: [
      position('w1', 5),
      position('w2', 5, false),
      position('w3', 600),
      position('w4', 3600),
      position('w5', 5, null),
    ],
    t2: [position('w1', 599)],
  },
})

describe('events', () => {
  it('put together are the people in sight: who moves is moved, who has gone is gone, of the same town only', () => {
    const next = merged(people, {
      positions: { t1: [position('w1', 1, true, 119.7)] },
      gone: { t1: ['w2', 'w9'] },
    })
    expect([...next.keys()]).toEqual(['t1/w1', 't2/w1', 't1/w3', 't1/w4', 't1/w5'])
    expect(next.get('t1/w1')).toMatchObject({ longitude: 119.7, fixedAt: now - 1000, grids: ['101'] })
    expect(next.get('t2/w1')).toBe(people.get('t2/w1'))
    expect(people.size).toBe(6)
  })

  it('a snapshot replaces what was known; the service’s clock counts, not the machine’s', () => {
    const snapshot = {
      at: now,
      stale_after_s: 60,
      offline_after_s: 120,
      positions: { t1: [position('w1', 5)] },
      closed: [{ town: 't2', from_hour: 8, to_hour: 18 }],
    }
    // The machine is 90 s slow.
    const first = heard({ ...nothingLive, people }, { snapshot }, now - 90_000)
    expect(first).toMatchObject({
      status: 'live',
      isKnown: true,
      offset: 90_000,
      heardAt: now - 90_000,
      thresholds: { staleSeconds: 60, offlineSeconds: 120 },
      closed: snapshot.closed,
    })
    expect([...first.people.keys()]).toEqual(['t1/w1'])
    const change = { at: now + 1000, positions: {}, gone: { t1: ['w1'] }, closed: [] }
    const second = heard(first, { change }, now - 89_000)
    expect([second.people.size, second.closed, second.thresholds.staleSeconds]).toEqual([0, [], 60])
    const third = heard({ ...second, status: 'interrupted' }, { pulse: { at: now + 15_000 } }, now - 75_000)
    expect([third.status, third.people]).toEqual(['live', second.people])
  })

  it('in parts or in one come to the same, for the latest counts', () => {
    const change = fc.record({
      positions: fc.dictionary(
        fc.constantFrom('t1', 't2'),
        fc.array(
          fc
            .tuple(fc.constantFrom('w1', 'w2', 'w3'), fc.integer({ min: 0, max: 5000 }))
            .map(([worker, age]) => position(worker, age)),
        ),
      ),
      gone: fc.constant({}),
    })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
        const inParts = changes.reduce(merged, people)
        const last = new Map<string, number>(
          changes.flatMap(({ positions }) =>
            Object.entries(positions).flatMap(([town, list]) =>
              list.map((one) => [`${town}/${one[0]}`, one[4]] as const),
            ),
          ),
        )
        for (const [key, one] of inParts) expect(one.fixedAt).toBe(last.get(key) ?? people.get(key)?.fixedAt)
      }),
    )
  })
})

describe('states', () => {
  it('go by age first, then by the grid; a threshold reached is reached', () => {
    const state = (age: number, inside: boolean | null) =>
      stateOf({ fixedAt: now - age * 1000, inside }, now, thresholds)
    expect([state(0, true), state(599.9, false), state(0, null)]).toEqual(['inside', 'outside', 'unassigned'])
    expect([state(600, true), state(3599, false), state(3600, true)]).toEqual(['stale', 'stale', 'offline'])
    // A phone whose clock runs ahead is not of the future.
    expect([ageSeconds({ fixedAt: now + 5000 }, now), state(-5, true)]).toEqual([0, 'inside'])
  })

  it('order the list, not the time online; each person has one', () => {
    const all = judged(people, now, thresholds)
    expect(all.map((one) => [one.town, one.worker, one.state])).toEqual([
      ['t1', 'w2', 'outside'],
      ['t1', 'w3', 'stale'],
      ['t1', 'w1', 'inside'],
      ['t2', 'w1', 'inside'],
      ['t1', 'w5', 'unassigned'],
      ['t1', 'w4', 'offline'],
    ])
    expect(countStates(all)).toEqual({ outside: 1, stale: 1, inside: 2, unassigned: 1, offline: 1 })
  })

  it('filter with words of name, id, grid code and grid name', () => {
    const all = judged(people, now, thresholds)
    const found = (state: Parameters<typeof filtered>[1], words: string) =>
      filtered(all, state, words, (code) => `grid ${code} north`).map((one) => one.worker)
    expect(found('all', ' W4 ')).toEqual(['w4'])
    expect(found('inside', 'NORTH')).toEqual(['w1', 'w1'])
    expect(found('unassigned', 'north')).toEqual([])
  })
})

describe('the picture', () => {
  const shown = { theme: 'light', zoom: 12, selected: null, hovered: null } as const
  const all = judged(people, now, thresholds)
  const named = (changes: Partial<Parameters<typeof liveLayers>[1]>): number => {
    const names = liveLayers(all, { ...shown, ...changes }).find((layer) => layer.id === 'patrol-live-names')
    return Array.isArray(names?.props.data) ? names.props.data.length : Number.NaN
  }

  it('tells states apart without colour', () => {
    for (const theme of ['light', 'dark'] as const) {
      const looks = liveStates.map((state) => {
        const { radius, ringWidth, fill, ring } = lookOf(state, theme)
        return `${radius} ${ringWidth} ${fill === ring} ${state === 'unassigned' || state === 'stale' ? ring : ''}`
      })
      expect(new Set(looks).size).toBe(liveStates.length)
    }
  })

  it('writes names near the ground; far from it that of the selected and the hovered only', () => {
    // Without names there is no layer for them.
    expect([named({}), named({ selected: 'w2', hovered: 'w3' }), named({ zoom: 15 })]).toEqual([
      Number.NaN,
      2,
      6,
    ])
  })

  it('a marker is a target; the legend counts the same people', () => {
    const markers = liveLayers(all, shown).find((layer) => layer.id === 'patrol-live')
    expect(markers?.pick?.(all[0])).toEqual({ kind: 'worker', id: 'w2' })
    expect(markers?.pick?.(undefined)).toBeNull()
    const legend = liveLegend(countStates(all), { stale: '10 min', offline: '1.0 h' }, 'light', say)
    expect(legend.count).toBe('6 workers with a position')
    expect(legend.entries.map(({ label, count }) => [label, count])).toEqual([
      ['Out of grid', '1'],
      ['Stale (> 10 min)', '1'],
      ['In grid', '2'],
      ['No grid assigned', '1'],
      ['Offline (> 1.0 h)', '1'],
    ])
  })
})

describe('the box that is followed', () => {
  it('is half as wide again on each side, and stays while the map stays in it', () => {
    const first = boxToFollow([0, 0, 10, 4], null)
    expect(first).toEqual([-5, -2, 15, 6])
    expect(boxToFollow([-5, -2, 5, 2], first)).toBe(first)
    expect(boxToFollow([-6, -2, 4, 2], first)).toEqual([-11, -4, 9, 4])
    // Zoomed in by far more than two levels it is too wide: 20 against 4 × 2.
    expect(boxToFollow([0, 0, 2, 1], first)).toEqual([-1, -0.5, 3, 1.5])
    expect(boxToFollow([-180, -90, 180, 90], null)).toEqual([-180, -90, 180, 90])
  })

  it('always holds the map', () => {
    const coordinate = fc.double({ min: -80, max: 80, noNaN: true })
    const size = fc.double({ min: 0.001, max: 10, noNaN: true })
    const box = fc
      .tuple(coordinate, coordinate, size)
      .map(([x, y, side]) => [x, y, x + side, y + side] as const)
    fc.assert(
      fc.property(box, box, (before, shown) => {
        const followed = boxToFollow(shown, boxToFollow(before, null))
        expect(followed[0] <= shown[0] && followed[1] <= shown[1]).toBe(true)
        expect(followed[2] >= shown[2] && followed[3] >= shown[3]).toBe(true)
      }),
    )
  })
})

it('hours of the day are written as clocks', () => {
  expect([8, 17.5, 0, 24].map(clockOfHour)).toEqual(['08:00', '17:30', '00:00', '24:00'])
})
