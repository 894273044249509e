/** The patrol screen's pure parts: people of a day, the month, the trace by the clock, layers, legends, derivations. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PatrolDayDetail, PatrolDayRow, TracePiece } from '../../server/contract/patrols.ts'
import type { LngLat } from '../../server/core/values.ts'
import { extend, placeTicks } from '../../web/frame/timeline.tsx'
import { sayIn } from '../../web/i18n/language.ts'
import { visitAgeColors } from '../../web/map/palette.ts'
import { derivationOf, evidenceFact, shareOfTime } from '../../web/screens/patrol/derivation.ts'
import {
  ageClassOf,
  markedPart,
  reachedHouseholds,
  stayRadius,
  stayRings,
  workerTrace,
} from '../../web/screens/patrol/layers.ts'
import { ageLegend, reachLegend, stayLegend, traceLegend } from '../../web/screens/patrol/legends.ts'
import { countState, daysOf, monthOf, monthRows } from '../../web/screens/patrol/month.ts'
import { figureOf, judgedFigure } from '../../web/screens/patrol/rule-mark.tsx'
import { flagsIn } from '../../web/screens/patrol/stretch-lists.tsx'
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
import {
  attentionOf,
  byAttention,
  filterWorkers,
  isMet,
  workersOf,
} from '../../web/screens/patrol/workers.ts'

const say = sayIn('en')
const toggle = { id: 't', label: 'T', shown: true }
const day = '2026-10-13'

/** Rules of 4 h and 3 km against hours and kilometres walked inside. */
const rules = (hours: number, kilometres: number): PatrolDayRow['rules'] => [
  { rule: 'hours', required: 4, actual: hours, unit: 'h', met: hours >= 4 },
  { rule: 'kilometres', required: 3, actual: kilometres, unit: 'km', met: kilometres >= 3 },
]

/** 08:00 to 12:10 with an hour's stay, ten minutes outside and twenty unobserved. */
const row = (worker: string, changes: Partial<PatrolDayRow> = {}): PatrolDayRow => ({
  worker,
  name: `王*${worker}`,
  role: 'full_time',
  day,
  grid: '101',
  fixes: 500,
  first: '2026-10-13T00:00:00Z',
  last: '2026-10-13T04:10:00Z',
  seconds: { inside: 13_200, outside: 600, unobserved: 1200, unreliable: 0 },
  metres: { inside: 5100, outside: 400, raw: 9000 },
  rounds: 1,
  hexagons: { visited: 30, in_grid: 60 },
  households: { passed: 80, total: 400 },
  rules: rules(4.5, 5.1),
  met: true,
  flags: [],
  strip: [
    { label: 'inside', from: 28_800, to: 36_000 },
    { label: 'stay', from: 36_000, to: 39_600 },
    { label: 'outside', from: 39_600, to: 40_200 },
    { label: 'unobserved', from: 40_200, to: 41_400 },
    { label: 'inside', from: 41_400, to: 43_800 },
  ],
  ...changes,
})

const gone = (worker: string) => ({ worker, name: worker, role: 'full_time', grid: '102', day })

describe('people of a day', () => {
  const people = workersOf({
    rows: [
      row('W1'),
      row('W2', { rules: rules(4.5, 1.5), met: false }),
      row('W3', { rules: rules(1, 6), met: false, grid: '103' }),
      row('W4', { flags: ['unobserved'] }),
      row('W4', { flags: ['unobserved', 'low_accuracy'], grid: '104', rules: [], met: null }),
    ],
    absent: [gone('W5'), gone('W1')],
  })

  it('are each listed once, with all their grids; who has a fix is not without one', () => {
    expect(people.map((one) => [one.worker, one.grids, one.absent])).toEqual([
      ['W1', ['101'], false],
      ['W2', ['101'], false],
      ['W3', ['103'], false],
      ['W4', ['101', '104'], false],
      ['W5', ['102'], true],
    ])
  })

  it('stand in the order of need: nothing at all, furthest from a rule, flagged, in order', () => {
    expect(people.toSorted(byAttention).map((one) => one.worker)).toEqual(['W5', 'W3', 'W2', 'W4', 'W1'])
    // 1 of 4 hours, 1.5 of 3 km.
    expect(people.slice(1, 3).map(attentionOf)).toEqual([1.5, 1.25])
  })

  it('are met when every judged grid is; without rules nothing is said', () => {
    expect(people.map(isMet)).toEqual([true, false, false, true, null])
  })

  it('are filtered by what was not met, by flag, and by words in names, ids and grids', () => {
    const names = (code: string) => ({ '103': '河东网格' })[code] ?? code
    const ids = (show: Parameters<typeof filterWorkers>[1], words = '') =>
      filterWorkers(people, show, words, names).map((one) => one.worker)
    expect(ids('unmet')).toEqual(['W2', 'W3'])
    expect(ids('absent')).toEqual(['W5'])
    expect(ids('flagged')).toEqual(['W4'])
    expect(ids('flag_low_accuracy')).toEqual(['W4'])
    expect(ids('flag_same_instant')).toEqual([])
    expect(ids('all', '河东')).toEqual(['W3'])
    expect(ids('all', 'w4')).toEqual(['W4'])
    expect(ids('all', '101')).toEqual(['W1', 'W2', 'W4'])
  })

  it('a figure that people are judged by is never rounded up to the rule', () => {
    expect(judgedFigure(3.999)).toBe('3.9')
    expect(judgedFigure(4.2)).toBe('4.2')
    expect(figureOf({ rule: 'hours', required: 4, actual: 3.99, unit: 'h', met: false }, 3.99)).toBe('3.99 h')
  })
})

describe('the month', () => {
  it('runs from the first to the first', () => {
    expect(monthOf('2026-10-31')).toEqual({ from: '2026-10-01', to: '2026-11-01' })
    expect(monthOf('2026-12-05')).toEqual({ from: '2026-12-01', to: '2027-01-01' })
    expect(daysOf(monthOf('2028-02-10'))).toHaveLength(29)
  })

  it('has a cell a day; a day in two grids is met when both are; most to look at first', () => {
    const rows = monthRows({
      from: '2026-10-12',
      to: '2026-10-15',
      next: null,
      rows: [
        row('W1'),
        row('W2'),
        row('W2', { grid: '102', met: false }),
        row('W2', { grid: '103', met: null }),
        row('W3', { met: null, day: '2026-10-12' }),
      ],
      absent: [{ ...gone('W3'), day: '2026-10-14' }, gone('W1')],
    })
    expect(rows.map(({ worker, cells }) => [worker, ...cells])).toEqual([
      ['W2', 'off', 'unmet', 'off'],
      ['W3', 'unjudged', 'off', 'absent'],
      ['W1', 'off', 'met', 'off'],
    ])
    expect(countState(rows, 'met', 'unmet')).toBe(2)
  })
})

const pieces: TracePiece[] = [
  // A degree north is as long everywhere, so half of the time is half of the way.
  {
    label: 'inside',
    from: '2026-10-13T00:00:00Z',
    to: '2026-10-13T01:00:00Z',
    coordinates: [
      [119.6, 29.9],
      [119.6, 29.91],
      [119.6, 29.92],
    ],
  },
  {
    label: 'stay',
    from: '2026-10-13T01:00:00Z',
    to: '2026-10-13T02:00:00Z',
    coordinates: [
      [119.6, 29.92],
      [119.6, 29.92],
    ],
  },
  {
    label: 'outside',
    from: '2026-10-13T02:00:00Z',
    to: '2026-10-13T02:10:00Z',
    coordinates: [
      [119.6, 29.92],
      [119.61, 29.92],
    ],
  },
]

const detail: PatrolDayDetail = {
  worker: 'W1',
  name: '王*',
  role: 'full_time',
  day,
  bbox: [119.6, 29.9, 119.61, 29.92],
  days: [row('W1')],
  results: [],
  trace: pieces,
  stays: [{ from: '2026-10-13T01:00:00Z', to: '2026-10-13T02:00:00Z', lon: 119.6, lat: 29.92, inside: true }],
  hexagons: [],
  households_passed: [{ id: 'H1', lon: 119.6, lat: 29.9 }],
  households_missed: [
    { id: 'H2', lon: 119.6, lat: 29.91, must_visit: true },
    { id: 'H3', lon: 119.6, lat: 29.91, must_visit: false },
  ],
  policy: {
    name: '004',
    gap_seconds: 900,
    stay_metres: 100,
    movement_gate_metres: 10,
    speed_limit_metres_per_second: 15,
  },
}
const midnight = Date.parse('2026-10-12T16:00:00Z')

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
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    const length = (line: readonly LngLat[]): number =>
      line.slice(1).reduce((sum, [x, y], i) => {
        const [x0, y0] = line[i] as LngLat
        return sum + Math.hypot((x - x0) * Math.cos((((y + y0) / 2) * Math.PI) / 180), y - y0)
      }, 0)
    fc.assert(
      fc.property(fc.array(coordinate, { minLength: 2, maxLength: 12 }), share, (line, at) => {
        const [before, after] = [partOfLine(line, 0, at), partOfLine(line, at, 1)]
        expect(before[0]?.[0]).toBeCloseTo(line[0]?.[0] as number, 9)
        expect(after.at(-1)?.[1]).toBeCloseTo(line.at(-1)?.[1] as number, 9)
        // Cutting a leg moves the middle latitude of its halves a little, hence the tolerance: a ten-thousandth.
        expect(length(before) + length(after)).toBeGreaterThanOrEqual(length(line) * 0.9999)
        expect(length(before) + length(after)).toBeLessThanOrEqual(length(line) * 1.0001 + 1e-12)
      }),
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
    expect(placeTicks(hours, (hour) => hour * 50, 1240).every((tick) => tick.isNamed)).toBe(true)
  })
})

const featuresOf = (layer: ReturnType<typeof stayRings>) =>
  layer.source.type === 'geojson' ? layer.source.data.features : []

describe('layers and legends', () => {
  it('the trace answers the pointer by stretch; a stay is a ring, not a line', () => {
    const layer = workerTrace(detail, 'light', toggle)
    expect(layer.pick).toEqual({ kind: 'stretch', property: 'id' })
    expect(featuresOf(layer).map((one) => one.properties)).toEqual([
      { id: 'W1/28800-32400', label: 'inside' },
      { id: 'W1/36000-36600', label: 'outside' },
    ])
    expect(featuresOf(stayRings(detail, 'light', toggle)).map((one) => one.properties?.['id'])).toEqual([
      'W1/32400-36000',
    ])
  })

  it('a ring’s area goes with the minutes, up to a limit', () => {
    expect(stayRadius(20) ** 2 / stayRadius(5) ** 2).toBeCloseTo(4, 9)
    expect(stayRadius(600)).toBe(26)
  })

  it('households: reached, missed, missed though they must be visited; the legend counts the same', () => {
    const drawn = featuresOf(reachedHouseholds(detail, 'light', toggle)).map(
      (one) => one.properties?.['reach'],
    )
    expect(drawn).toEqual(['passed', 'must', 'missed'])
    expect(reachLegend(detail, 'light', say).entries.map((one) => one.count)).toEqual(['1', '1', '1'])
    expect(stayLegend(detail, 'light', say).entries.map((one) => one.count)).toEqual(['1', '0'])
    expect(traceLegend('trace', detail, 'light', say).entries.map((one) => [one.label, one.count])).toEqual([
      ['Inside', '1.0 h'],
      ['Outside', '10 min'],
      ['Unobserved', '0 s'],
      ['Unreliable', '0 s'],
    ])
  })

  it('the marked part and the cursor are drawn, nothing without them', () => {
    expect(featuresOf(markedPart(detail, null, null, 'light'))).toEqual([])
    const drawn = featuresOf(markedPart(detail, { from: 30_000, to: 31_000 }, [119.6, 29.9], 'light'))
    expect(drawn.map((one) => [one.properties?.['part'], one.geometry.type])).toEqual([
      ['span', 'LineString'],
      ['cursor', 'Point'],
    ])
  })

  it('days since a visit fall into the palette’s classes: 0–1, 2–3, 4–7, 8–14, more, never', () => {
    expect([0, 1, 2, 3, 4, 7, 8, 14, 15, 400, null].map(ageClassOf)).toEqual([
      0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5,
    ])
    const household = (days_since: number | null) => ({
      id: 'H',
      lon: 0,
      lat: 0,
      grid: null,
      must_visit: false,
      days_since,
    })
    const legend = ageLegend({ day, next: null, households: [1, 9, null, null].map(household) }, say)
    expect(legend.entries.map((one) => one.count)).toEqual(['1', '0', '0', '1', '0', '2'])
    expect(legend.entries).toHaveLength(visitAgeColors.length)
  })
})

describe('how a figure came about', () => {
  it('names what went in and the numbers of the policy, with units', () => {
    const [hours, kilometres] = row('W1').rules
    const why = derivationOf(hours!, row('W1'), detail.policy)
    // 13,200 s / 3600 = 3.67 h, of which 3.7 h is what people read.
    expect(why.inputs[0]).toEqual({ name: expect.anything(), value: '13,200 s = 3.7 h' })
    expect(why.policy.map((fact) => fact.value)).toEqual(['15 min', '15 m/s'])
    const far = derivationOf(kilometres!, row('W1'), detail.policy)
    expect(far.inputs.map((fact) => fact.value)).toEqual(['5,100.0 m', '400.0 m', '9,000.0 m'])
    expect(far.policy.map((fact) => fact.value)).toEqual(['10 m', '100 m', '15 min'])
  })

  it('a rule this page does not know has no formula, and no invented numbers', () => {
    const unknown = { rule: 'meetings', required: 1, actual: 0, unit: 'x', met: false }
    expect(derivationOf(unknown, row('W1'), detail.policy)).toEqual({
      formula: undefined,
      inputs: [],
      policy: [],
    })
  })

  it('the parts of the day add up to the whole', () => {
    const seconds = fc.integer({ min: 0, max: 20_000 })
    fc.assert(
      fc.property(
        fc.record({ inside: seconds, outside: seconds, unobserved: seconds, unreliable: seconds }),
        (parts) => {
          const shares = shareOfTime(row('W1', { seconds: parts }))
          const total = Object.values(parts).reduce((sum, one) => sum + one, 0)
          expect(shares.reduce((sum, one) => sum + one.seconds, 0)).toBe(total)
          expect(shares.reduce((sum, one) => sum + one.share, 0)).toBeCloseTo(total === 0 ? 0 : 1, 9)
        },
      ),
    )
  })

  it('flags are told once, however many grids tell of them, with their evidence in units', () => {
    const flag = {
      code: 'unobserved',
      from: '2026-10-13T02:00:00Z',
      to: '2026-10-13T02:20:00Z',
      evidence: { seconds: 1200 },
    }
    const earlier = { ...flag, code: 'low_accuracy', from: '2026-10-13T01:00:00Z' }
    expect(
      flagsIn({ results: [{ flags: [flag, earlier] }, { flags: [flag] }, {}] }).map((one) => one.code),
    ).toEqual(['low_accuracy', 'unobserved'])
    expect(evidenceFact('seconds', 1200).value).toBe('20 min')
    expect(evidenceFact('metres_per_second', 31.25).value).toBe('31.3 m/s')
    expect(evidenceFact('accuracy_metres', 240).value).toBe('240 m')
    expect(evidenceFact('fixes', 3).value).toBe('3')
  })
})
