/** A made-up day of patrols for the tests of the patrol screen. */
import type { PatrolDayDetail, PatrolDayRow, TracePiece } from '../../server/contract/patrols.ts'
import { sayIn } from '../../web/i18n/language.ts'

export const say = sayIn('en')
export const toggle = { id: 't', label: 'T', shown: true }
export const day = '2026-10-13'

/** Rules of 4 h and 3 km against hours and kilometres walked inside. */
export const rules = (hours: number, kilometres: number): PatrolDayRow['rules'] => [
  { rule: 'hours', required: 4, actual: hours, unit: 'h', met: hours >= 4, error: null, within_error: null },
  {
    rule: 'kilometres',
    required: 3,
    actual: kilometres,
    unit: 'km',
    met: kilometres >= 3,
    error: null,
    within_error: null,
  },
]

/** 08:00 to 12:10 with an hour's stay, ten minutes outside and twenty unobserved. */
export const row = (worker: string, changes: Partial<PatrolDayRow> = {}): PatrolDayRow => ({
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
  within_error: null,
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

export const gone = (worker: string) => ({ worker, name: worker, role: 'full_time', grid: '102', day })

export const pieces: TracePiece[] = [
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
    seconds: [0, 1800, 3600],
    reason: null,
  },
  {
    label: 'stay',
    from: '2026-10-13T01:00:00Z',
    to: '2026-10-13T02:00:00Z',
    coordinates: [
      [119.6, 29.92],
      [119.6, 29.92],
    ],
    seconds: [0, 3600],
    reason: null,
  },
  {
    label: 'outside',
    from: '2026-10-13T02:00:00Z',
    to: '2026-10-13T02:10:00Z',
    coordinates: [
      [119.6, 29.92],
      [119.61, 29.92],
    ],
    seconds: [0, 600],
    reason: { code: 'outside_grid', value: null, limit: null },
  },
]

export const detail: PatrolDayDetail = {
  worker: 'W1',
  name: '王*',
  role: 'full_time',
  day,
  bbox: [119.6, 29.9, 119.61, 29.92],
  days: [row('W1')],
  results: [],
  margins: [
    {
      grid: '101',
      inside_error: 310.4,
      boundary_seconds: 900,
      tolerant: { seconds: 13_700, metres: 5240 },
      judged: 'strict',
    },
  ],
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
export const midnight = Date.parse('2026-10-12T16:00:00Z')
