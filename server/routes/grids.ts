/** GET /api/areas/{code}/grids · GET /api/areas/{code}/grids/{grid} */
import { z } from 'zod'
import { withheldGrids } from '../commands/households/count-households.ts'
import { type Grid, type GridDetail, type Grids, gridDetailSchema, gridsSchema } from '../contract/grids.ts'
import { dayQuery } from '../contract/queries.ts'
import { codeSchema } from '../contract/values.ts'
import { ledgerCategories, ledgerCategoryNames } from '../core/households/ledger.ts'
import { bandStatus, type SizeBand, sizeBandOf } from '../core/policy/division-policy.ts'
import { maskName } from '../core/policy/mask.ts'
import { addDays } from '../core/trajectories/local-day.ts'
import type { AreaScope } from '../db/areas.ts'
import {
  findGridBoundary,
  type GridRow,
  listGrids,
  listNeighbours,
  listTeams,
  type TeamRow,
} from '../db/grids.ts'
import { countHouseholdsInNoGrid } from '../db/households.ts'
import { findPolicy } from '../db/policies.ts'
import type { Scoped } from '../db/scoped.ts'
import { notFound } from '../errors.ts'
import { loadArea } from './area.ts'
import { isoInstant, momentOf } from './parse.ts'
import { defineRoute, jsonAnswer } from './route.ts'

export const gridsRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/grids',
  tag: 'grids',
  summary: { zh: '网格及户数', en: 'Grids in force on a day, with what lives in each against the size band' },
  params: z.object({ code: codeSchema }),
  query: dayQuery,
  answer: jsonAnswer(200, 'Grids in force at the end of the day', gridsSchema),
  async handle({ db, now, params, query }) {
    const area = await loadArea(db, params.code)
    const { day, at } = momentOf(query.day, now)
    const band = await loadBand(db, area, day)
    const rows = await listGrids(db, area, at)
    const teams = byGrid(await listTeams(db, area, at))
    const withheld = await withheldGrids(db, area, { from: day, to: addDays(day, 1) })
    const grids: Grids = {
      day,
      band: band && { from: band.size.from, to: band.size.to, policy: band.policy },
      grids: rows.map((row) =>
        presentGrid(row, band?.size ?? null, teams.get(keyOf(row)) ?? [], withheldOf(row, withheld)),
      ),
      households_in_no_grid: isOpen(withheld) ? await countHouseholdsInNoGrid(db, area, at) : null,
    }
    return { body: grids }
  },
})

export const gridRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/grids/{grid}',
  tag: 'grids',
  summary: { zh: '一个网格', en: 'One grid with its boundary, neighbours, categories and history' },
  params: z.object({ code: codeSchema, grid: codeSchema }),
  query: dayQuery,
  answer: jsonAnswer(200, 'The grid as it was at the end of the day', gridDetailSchema),
  async handle({ db, now, params, query }) {
    const area = await loadArea(db, params.code)
    const { day, at } = momentOf(query.day, now)
    const row = (await listGrids(db, area, at, params.grid))[0]
    if (!row) throw notFound({ zh: `网格 ${params.grid}（${day}）`, en: `Grid ${params.grid} on ${day}` })
    const band = await loadBand(db, area, day)
    const teams = byGrid(await listTeams(db, area, at, params.grid))
    const all = await withheldGrids(db, area, { from: day, to: addDays(day, 1) })
    const withheld = withheldOf(row, all)
    const { boundary, history, categories } = await findGridBoundary(db, row.town_id, row.grid_code, at)
    const neighbours = await listNeighbours(db, row.town_id, row.grid_code, at)
    const detail: GridDetail = {
      ...presentGrid(row, band?.size ?? null, teams.get(keyOf(row)) ?? [], withheld),
      boundary: { ...boundary },
      neighbours: neighbours.map((one) => ({
        code: one.grid_code,
        name: one.name,
        shared_edge_m: round(one.shared_edge_m),
      })),
      categories: categories.filter(
        ({ category }) =>
          all === null || (Object.hasOwn(ledgerCategories, category) && !withheld.includes(category)),
      ),
      history: history.map((one) => ({
        valid_from: isoInstant(one.from),
        valid_to: one.to === null ? null : isoInstant(one.to),
        area_m2: round(one.area_m2),
      })),
    }
    return { body: detail }
  },
})

/** The size band of the nearest area upwards that sets one, and the name of its policy. */
export async function loadBand(
  db: Scoped,
  area: AreaScope,
  day: string,
): Promise<{ size: SizeBand; policy: string } | null> {
  const policy = await findPolicy(db, area, 'division', day)
  const size = policy ? sizeBandOf(policy.rules) : null
  return policy && size ? { size, policy: policy.name } : null
}

const keyOf = (of: { town_id: string; grid_code: string }): string => `${of.town_id},${of.grid_code}`

function byGrid(rows: readonly TeamRow[]): Map<string, TeamRow[]> {
  const teams = new Map<string, TeamRow[]>()
  for (const row of rows) teams.set(keyOf(row), [...(teams.get(keyOf(row)) ?? []), row])
  return teams
}

/** Whether the ledger tells how many households of the area are in no grid: one row an area that has grids, `parent/`. */
const isOpen = (all: Awaited<ReturnType<typeof withheldGrids>>): boolean =>
  all === null || [...all].every(([code, hidden]) => !code.endsWith('/') || !hidden.includes('households'))

/** Microgrids are in no ledger: nothing of those few is told. */
const withheldOf = (
  { town_id, grid_code }: GridRow,
  all: Awaited<ReturnType<typeof withheldGrids>>,
): readonly string[] => (all === null ? [] : (all.get(`${town_id}/${grid_code}`) ?? everything))

const everything: readonly string[] = ['households', 'residents', 'must_visit', ...ledgerCategoryNames]

const presentGrid = (
  row: GridRow,
  band: SizeBand | null,
  team: readonly TeamRow[],
  withheld: readonly string[],
): Grid => ({
  code: row.grid_code,
  name: row.name,
  kind: row.kind,
  village_code: row.village_code,
  village_name: row.village_name,
  parent_code: row.parent_code,
  valid_from: isoInstant(row.valid_from),
  valid_to: row.valid_to === null ? null : isoInstant(row.valid_to),
  area_m2: round(row.area_m2),
  bbox: [row.west, row.south, row.east, row.north],
  label_point: [row.label_longitude, row.label_latitude],
  households: withheld.includes('households') ? null : row.households,
  persons: withheld.includes('residents') ? null : row.persons,
  must_visit: withheld.includes('must_visit') ? null : row.must_visit,
  places: row.places,
  band_status: withheld.includes('households')
    ? 'not_applicable'
    : bandStatus(row.households, band, row.kind),
  team: team.map((one) => ({ worker: one.worker_id, name: maskName(one.name), role: one.role })),
})

/** To a decimetre (or its square): what lies below is noise of the survey. */
const round = (value: number): number => Math.round(value * 10) / 10
