/** The patrol screen's pure parts: people of a day, the month, the trace by the clock, layers, legends, derivations. */
import { describe, expect, it } from 'vitest'
import type { PatrolDayRow } from '../../server/contract/patrols.ts'
import { sayIn } from '../../web/i18n/language.ts'
import { nothingWords } from '../../web/screens/patrol/assessment/data.ts'
import {
  countState,
  countWithin,
  daysOf,
  isDayOff,
  monthOf,
  monthRows,
} from '../../web/screens/patrol/month.ts'
import { figureOf, judgedFigure } from '../../web/screens/patrol/rule-mark.tsx'
import {
  attentionOf,
  byAttention,
  filterWorkers,
  isDayWithinError,
  isMet,
  workersOf,
} from '../../web/screens/patrol/workers.ts'
import { gone, row, rules } from './patrol-day.ts'

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

  it('lists those whose verdict hangs on the error: any rule where all are met, else each one that is not', () => {
    const close = (worker: string, more: Partial<PatrolDayRow> = {}) =>
      row(worker, { within_error: true, ...more })
    const days = workersOf({
      rows: [
        close('W1'),
        close('W2', { met: false }),
        // In its other grid surely not met, so that the day surely is not.
        row('W2', { grid: '102', met: false, within_error: false }),
        row('W3', { within_error: false }),
        row('W4', { met: null, within_error: null }),
      ],
      absent: [],
    })
    expect(filterWorkers(days, 'within', '', (code) => code).map(({ worker }) => worker)).toEqual(['W1'])
    expect(days.map(({ rows }) => isDayWithinError(rows))).toEqual([true, false, false, null])
  })

  it('a figure that people are judged by is never rounded up to the rule', () => {
    expect(judgedFigure(3.999)).toBe('3.9')
    expect(judgedFigure(4.2)).toBe('4.2')
    expect(figureOf({ unit: 'h' }, 3.99)).toBe('3.99 h')
  })
})

describe('the month', () => {
  it('runs from the first to the first', () => {
    expect(monthOf('2026-10-31')).toEqual({ from: '2026-10-01', to: '2026-11-01' })
    expect(monthOf('2026-12-05')).toEqual({ from: '2026-12-01', to: '2027-01-01' })
    expect(daysOf(monthOf('2028-02-10'))).toHaveLength(29)
  })

  it('knows the days off of the national calendar', () => {
    // 1 to 7 October 2026 are holidays; Saturday the 10th is made up, the 17th is not.
    expect(['2026-10-01', '2026-10-08', '2026-10-10', '2026-10-17'].map(isDayOff)).toEqual([
      true,
      false,
      false,
      true,
    ])
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
    expect(countWithin(rows)).toBe(0)
  })

  it('marks the days within the error, a day in two grids once', () => {
    const rows = monthRows({
      from: '2026-10-12',
      to: '2026-10-15',
      next: null,
      rows: [
        row('W1', { within_error: true }),
        row('W1', { grid: '102', within_error: true }),
        row('W1', { day: '2026-10-14', within_error: false }),
      ],
      absent: [],
    })
    expect(rows[0]).toMatchObject({ cells: ['off', 'met', 'met'], within: [false, true, false] })
    expect(countWithin(rows)).toBe(1)
  })
})

it('sheets that rest on no position say so before their figures', () => {
  const [some, none] = [{ notes: [] }, { notes: ['nothing_received' as const] }]
  const say = sayIn('en')
  expect(nothingWords([some, some], say)).toBe(null)
  expect(nothingWords([some, none, some], say)).toMatch(/^No position all month: 1 worker\. /)
  expect(nothingWords([none, none], say)).toMatch(/^No position of any of the 2 workers all month/)
})
