/** A town of four grids for tests of the web: answers of the server, small enough to read. */
import type { Area } from '../../server/contract/areas.ts'
import type { CheckProblem, CheckReport } from '../../server/contract/check.ts'
import type { Grid, Grids } from '../../server/contract/grids.ts'

export const areas: readonly Area[] = [
  area('330', null, 'county', '云县', 4),
  area('330100', '330', 'township', '临镇', 4),
  area('330100001', '330100', 'village', '上村', 2),
  area('330100002', '330100', 'village', '下村', 2),
]

function area(code: string, parent: string | null, level: Area['level'], name: string, grids: number): Area {
  return {
    code,
    parent_code: parent,
    level,
    name,
    town_id: level === 'county' ? null : '330100',
    bbox: [119.6, 29.9, 119.62, 29.92],
    grids,
    households: 1000,
    last_patrol_day: '2026-10-30',
    last_incident_day: null,
  }
}

export const grid = (code: string, changes: Partial<Grid> = {}): Grid => ({
  code,
  name: `第${code}网格`,
  kind: 'ordinary',
  village_code: '330100001',
  village_name: '上村',
  parent_code: null,
  valid_from: '2025-12-31T16:00:00Z',
  valid_to: null,
  area_m2: 250_000,
  bbox: [119.6, 29.9, 119.61, 29.91],
  label_point: [119.605, 29.905],
  households: 400,
  persons: 1200,
  must_visit: 20,
  places: 1,
  band_status: 'in_band',
  team: [],
  ...changes,
})

export const grids: Grids = {
  day: '2026-10-15',
  band: { from: 300, to: 500, policy: '300–500' },
  grids: [
    grid('101'),
    grid('102', { households: 250, band_status: 'below' }),
    grid('103', { households: 700, band_status: 'far_above' }),
    grid('201', { kind: 'dedicated', households: 0, band_status: 'not_applicable', village_name: '下村' }),
  ],
  households_in_no_grid: 3,
}

const square = (west: number, south: number, side: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + side, south],
      [west + side, south + side],
      [west, south + side],
      [west, south],
    ],
  ],
})

export const problem = (id: string, changes: Partial<CheckProblem> = {}): CheckProblem => ({
  id,
  code: 'gap',
  grids: ['101', '102'],
  area_m2: 800,
  width_m: 3,
  length_m: 260,
  households: 4,
  message: { zh: '空白', en: 'A gap' },
  geometry: square(119.605, 29.905, 0.001),
  ...changes,
})

export const report: CheckReport = {
  grids: 4,
  area_m2: 1_000_000,
  valid: false,
  counts: { gap: 2, overlap: 1, household_in_none: 1, code_malformed: 1, households_below: 1 },
  households: { total: 1000, in_one: 996, in_none: 3, in_several: 1 },
  enclaves: [],
  per_grid: [],
  problems: [
    problem('gap-small', { area_m2: 10, households: 0 }),
    problem('gap-large', { area_m2: 9000, households: 4 }),
    problem('overlap', { code: 'overlap', grids: ['102', '103'], households: 9 }),
    problem('lost', {
      code: 'household_in_none',
      grids: [],
      household: 'H0042',
      area_m2: null,
      width_m: null,
      length_m: null,
      households: 1,
      geometry: { type: 'Point', coordinates: [119.606, 29.906] },
    }),
    problem('nameless', { code: 'code_malformed', grids: ['201'], households: 0, geometry: null }),
    problem('too-few', { code: 'households_below', grids: ['102'], households: 250 }),
  ],
}
