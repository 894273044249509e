import { describe, expect, it } from 'vitest'
import type { CoverageOfGrid, OverdueRow, WorkerObstacles } from '../../server/contract/coverage.ts'
import { sayIn } from '../../web/i18n/language.ts'
import { visitAgeColors } from '../../web/map/palette.ts'
import { bboxOf, measureOf, targetOf } from '../../web/screens/patrol/coverage/data.ts'
import { dayLanes, dayLanesLegend } from '../../web/screens/patrol/coverage/day-lanes.ts'
import { daysText } from '../../web/screens/patrol/coverage/format-days.ts'
import { obstacleTexts } from '../../web/screens/patrol/coverage/help-table.tsx'
import { gridClasses, neverLanes, overduePoints } from '../../web/screens/patrol/coverage/layers.ts'
import { overdueCsv } from '../../web/screens/patrol/coverage/overdue-csv.ts'

const zh = sayIn('zh')
const summary = { total: 3, asked: 3, done: 1, pending: 2, missed: 0, interval_not_kept: 0, share: 1 / 3, overdue: 1, never: 1, oldest_days: 9, median_days: 4 } // biome-ignore format: one line
const grid = (code: string, passed_days: number | null): CoverageOfGrid => ({
  grid: code,
  name: null,
  passed_days,
  round_status: null,
  households: summary,
  places: summary,
  lanes: { ...summary, median_days: null, metres: 300, metres_done: 100 },
})
const row: OverdueRow = {
  id: 'h1',
  kind: 'household',
  grid: 'g1',
  name: null,
  is_key: true,
  age_days: 38,
  last_day: '2026-09-01',
  due_day: '2026-09-13',
  overdue_days: 26,
  status: 'pending',
  lon: 119.6,
  lat: 29.9,
  path: null,
  metres: null,
  contact: { worker: 'w1', name: '李*光' },
}
const lane: OverdueRow = {
  ...row,
  id: 'r1-2',
  kind: 'lane',
  name: '=枕石,公路',
  is_key: false,
  age_days: null,
  last_day: null,
  path: [[[119.6, 29.9], [119.601, 29.9]]], // biome-ignore format: one line
  metres: 96.5,
  contact: null,
}
const toggle = { id: 't', label: 't', shown: true }

describe('the choropleth', () => {
  it('puts each grid into one class, the edges of days as the palette has them', () => {
    const grids = [0, 1, 2, 3, 4, 7, 8, 14, 15, 400, null].map((days, i) => grid(`g${i}`, days))
    const classes = gridClasses(grids, 'passed')
    expect(classes.map(({ codes }) => codes)).toEqual([
      ['g0', 'g1'],
      ['g2', 'g3'],
      ['g4', 'g5'],
      ['g6', 'g7'],
      ['g8', 'g9'],
      ['g10'],
    ])
    expect(classes.map(({ color }) => color)).toEqual(visitAgeColors.map(({ color }) => color))
  })

  it('by the median age where that is asked for', () => {
    expect(measureOf(grid('g', 0), 'households')).toBe(4)
    expect(measureOf(grid('g', 0), 'lanes')).toBeNull()
    expect([0, 1, null].map((days) => daysText(days, zh))).toEqual(['当天', '1 天', '从未'])
  })
})

describe('the lists on the map', () => {
  it('a lane along a boundary is one target a grid', () => {
    expect(targetOf(lane)).toEqual({ kind: 'lane', id: 'r1-2@g1' })
    expect(targetOf({ ...lane, grid: 'g2' }).id).not.toBe(targetOf(lane).id)
    const [west, south, east, north] = bboxOf(lane)
    expect(west < 119.6 && east > 119.601 && south < 29.9 && north > 29.9).toBe(true)
  })

  it('draw what the rows say, under the ids the list has', () => {
    const points = overduePoints([row], 'household', 'light', toggle)
    expect(points.pick).toEqual({ kind: 'household', property: 'id' })
    expect(points.source).toMatchObject({
      data: { features: [{ properties: { id: 'h1', key: true }, geometry: { coordinates: [119.6, 29.9] } }] },
    })
    const lanes = neverLanes([lane], 'dark', toggle)
    expect(lanes.source).toMatchObject({
      data: { features: [{ properties: { id: 'r1-2@g1' }, geometry: { coordinates: lane.path } }] },
    })
  })

  it('lanes of a day add up in the legend', () => {
    const path = lane.path!
    const lanes = [
      { id: 'a', grid: 'g', metres: 100, walked: true, path },
      { id: 'b', grid: 'g', metres: 40, walked: false, path },
      { id: 'c', grid: 'g', metres: 50, walked: false, path },
    ]
    expect(dayLanesLegend({ lanes }, zh).entries.map(({ count }) => count)).toEqual(['100 m', '90 m'])
    expect(dayLanes({ lanes }, toggle).source).toMatchObject({ data: { features: { length: 3 } } })
  })
})

describe('the file', () => {
  it('has ISO days, plain numbers, masked names, and no text a spreadsheet would run', () => {
    const lines = overdueCsv([row, lane], zh).split('\r\n')
    expect(lines[0]).toMatch(/^\uFEFF类别,编号,/)
    expect(lines[1]).toBe('户,h1,,g1,1,38,2026-09-01,2026-09-13,26,,李*光 w1,119.6,29.9')
    expect(lines[2]).toBe(`街巷,r1-2,"'=枕石,公路",g1,0,,,2026-09-13,26,96.5,,119.6,29.9`)
    expect(lines).toHaveLength(4)
  })
})

describe('who may need help', () => {
  it('is told by what stood in the way, with its figure', () => {
    const one: WorkerObstacles = {
      worker: 'w1',
      name: '李*光',
      grids: ['g1'],
      households: 513,
      usual_households: 332,
      overdue: 81,
      asked: 551,
      obstacles: ['many_households', 'long_silences'],
      days: 5,
      hours_unobserved: 7.25,
      hours_unreliable: 0,
      reports_refused: 0,
    }
    expect(obstacleTexts(one, zh)).toEqual([
      '人均户数偏多（513 户，一般 332 户）',
      '手机常中断（共 7.3 小时）',
    ])
  })
})
