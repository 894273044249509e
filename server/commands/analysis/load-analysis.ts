/** What an analysis of the database reads: the incidents of its days as columns, and the ground they are counted on. */
import type { AnalysisInput } from '../../core/analysis/asked.ts'
import { type Ground, type PlacedRecords, placeRecords } from '../../core/analysis/place-records.ts'
import { type RecordTable, tableOf } from '../../core/analysis/records.ts'
import { boundsOf } from '../../core/analysis/select-records.ts'
import { daysBefore } from '../../core/analysis/steps.ts'
import type { AnalysisQuestion, Days } from '../../core/analysis/values.ts'
import { dayBounds } from '../../core/trajectories/local-day.ts'
import type { AreaScope } from '../../db/areas.ts'
import type { Database } from '../../db/database.ts'
import { loadDivision } from '../../db/grids.ts'
import { listHouseholdPoints } from '../../db/households.ts'
import { listIncidentRecords } from '../../db/incidents.ts'
import type { Scoped } from '../../db/scoped.ts'
import { findTableVersions } from '../../db/version.ts'
import { badRequest } from '../../errors.ts'

/**
 * Equal versions mean equal answers: of all the tables that are read here, for whom, and by what rules.
 * (Who may see what follows from areas and policies.)
 */
export const analysisVersion = (database: Pick<Database, 'system'>): Promise<string> =>
  findTableVersions(database, ['areas', 'grids', 'households', 'incidents', 'policies'])

/** Whole days [from, to). */
export interface LoadedDays {
  readonly from: string
  readonly to: string
}

/**
 * The days an answer needs: those asked for, those they are compared with, and the days before them that tell how well hot
 * spots foretell.
 * @throws AppError `bad_request` for an open period: the service reads no incidents without end
 */
export function daysNeeded({ period, compare }: Pick<AnalysisQuestion, 'period' | 'compare'>): LoadedDays {
  const periods: Days[] = [period, ...(compare ? [compare] : [])]
  const before = daysBefore(period)
  if (before) periods.push(before)
  let [from, to]: [string, string] = ['9999-12-31', '0001-01-01']
  for (const one of periods) {
    if (one.from === null || one.to === null)
      throw badRequest({ zh: '请给出起止日期', en: 'give the first and the last day' })
    if (one.from < from) from = one.from
    if (one.to > to) to = one.to
  }
  return { from, to }
}

export async function loadRecords(db: Scoped, area: AreaScope, days: LoadedDays): Promise<RecordTable> {
  const { from, to } = boundsOf(days)
  return tableOf(await listIncidentRecords(db, area, from, to))
}

/** The area's own boundary, its households, and, where asked for, the grids in force on the last day of the period. */
export async function loadGround(
  db: Scoped,
  area: AreaScope,
  { unit, resolution, period }: Pick<AnalysisQuestion, 'unit' | 'resolution' | 'period'>,
): Promise<Ground> {
  const at = period.to === null ? null : dayBounds(period.to).from - 1
  const grids = unit === 'grid' && at !== null ? await loadDivision(db, area, at) : []
  return {
    unit,
    resolution,
    studyArea: area.boundary,
    households: await listHouseholdPoints(db, area),
    grids: grids.filter((grid) => grid.kind !== 'microgrid'),
  }
}

/** What is sent to be placed: pure work, for a thread of the service or for the command line itself. */
export interface PlaceInput {
  readonly table: RecordTable
  readonly ground: Ground
}

export const placeOn = ({ table, ground }: PlaceInput): PlacedRecords => placeRecords(table, ground)

/** The input of `analyse` for records of the database, placed before. */
export const analysisInput = (
  question: AnalysisQuestion,
  table: RecordTable,
  placed: PlacedRecords,
): AnalysisInput => ({
  question,
  table,
  // The ground went into `placed`: households and grids need not travel again.
  ground: {
    unit: placed.unit,
    resolution: placed.resolution,
    studyArea: placed.outline,
    grids: [],
    households: null,
  },
  placed,
  readsOtherDays: false,
  withoutPosition: 0,
  refused: 0,
})
