/** The answer of `wangge hotspots`, from files or from the service's database: the same `analyse` as the service's. */
import type { Geometry } from 'geojson'
import {
  analysisInput,
  analysisVersion,
  daysNeeded,
  loadGround,
  loadRecords,
  placeOn,
} from '../commands/analysis/load-analysis.ts'
import { softwareVersion } from '../config.ts'
import type { Analysis } from '../contract/analysis.ts'
import { presentAnalysis } from '../contract/present-analysis.ts'
import { analyse } from '../core/analysis/analyse.ts'
import type { AnalysisInput } from '../core/analysis/asked.ts'
import { type RecordTable, tableOf } from '../core/analysis/records.ts'
import { AnalysisRefused } from '../core/analysis/refused.ts'
import type { AnalysisQuestion, AnalysisResult } from '../core/analysis/values.ts'
import { StudyAreaTooLarge } from '../core/hexagons/study-area.ts'
import { addDays, localDayOf } from '../core/trajectories/local-day.ts'
import type { Flaw } from '../core/values.ts'
import { findArea } from '../db/areas.ts'
import type { Database } from '../db/database.ts'
import type { Viewer } from '../db/viewer.ts'
import { notFound } from '../errors.ts'
import type { ReadOptions } from '../formats/records.ts'
import { readAreaFile } from './area-file.ts'
import {
  gridsOf,
  type Points,
  positionsOf,
  readPoints,
  recordsOf,
  unusableReasons,
} from './hotspots-points.ts'
import type { HotspotsCall } from './hotspots-question.ts'
import { UsageError } from './verb.ts'

export interface HotspotsAnswer {
  readonly analysis: Analysis
  readonly geometries: ReadonlyMap<string, Geometry>
  /** Records that cannot be read, each with its reason. */
  readonly flaws: readonly Flaw[]
  /** Parts of an area file that were passed over. */
  readonly skipped: readonly Flaw[]
  /** Categories asked for that no record has: most likely misspelt. */
  readonly absentCategories: readonly string[]
}

/** @returns the answer, or why a file cannot be used @throws UsageError */
export async function answerFromFiles(
  call: HotspotsCall & { readonly file: string },
  options: ReadOptions,
): Promise<HotspotsAnswer | { readonly unusable: readonly Flaw[] }> {
  const read = async <K extends 'households' | 'grids'>(path: string | undefined, kind: K) =>
    path === undefined ? null : readPoints(path, kind, options)
  const incidents = await readPoints(call.file, 'incidents', options)
  const households = await read(call.households, 'households')
  const grids = await read(call.grids, 'grids')
  const area = call.within === undefined ? null : await readAreaFile(call.within, options)
  const read3: readonly (Points<unknown> | null)[] = [incidents, households, grids]
  const unusable = read3.flatMap((one) => (one ? unusableReasons(one) : []))
  if (area && 'flaws' in area) unusable.push(...area.flaws)
  if (unusable.length > 0 || (area && 'flaws' in area)) return { unusable }

  const table = tableOf(recordsOf(incidents))
  const question = withDaysOf(table, call.question)
  const { unit, resolution, rings, bandMetres } = question
  const result = answer({
    question,
    table,
    ground: {
      unit,
      resolution,
      rings: bandMetres === null ? rings : 1,
      studyArea: area && area.area,
      grids: grids ? gridsOf(grids) : [],
      households: households && positionsOf(households),
    },
    readsOtherDays: true,
    withoutPosition: incidents.withoutPosition,
    refused: incidents.refused,
  })
  const known = new Set(table.categories)
  return {
    analysis: presentAnalysis(result, {
      area: null,
      files: [
        { option: null, path: call.file },
        ...(['within', 'households', 'grids'] as const).flatMap((option) => {
          const path = call[option]
          return path === undefined ? [] : [{ option, path }]
        }),
      ],
      version: null,
      software: softwareVersion,
      refusedHouseholds: households?.refused ?? 0,
    }),
    geometries: new Map(grids ? gridsOf(grids).map((grid) => [grid.code, grid.geometry]) : []),
    flaws: read3.flatMap((one) => one?.flaws ?? []),
    skipped: area?.skipped ?? [],
    absentCategories: (question.categories ?? []).filter((category) => !known.has(category)),
  }
}

/** @throws UsageError, AppError `not_found` for an area there is none of */
export async function answerFromDatabase(
  call: HotspotsCall & { readonly area: string },
  database: Database,
  viewer: Viewer,
  signal: AbortSignal,
): Promise<HotspotsAnswer> {
  const { question } = call
  const db = database.as(viewer, { signal })
  const area = await findArea(db, call.area)
  if (!area) throw notFound({ zh: `区域 ${call.area}`, en: `Area ${call.area}` })
  const version = await analysisVersion(database)
  const table = await loadRecords(db, area, daysNeeded(question))
  const ground = await loadGround(db, area, question)
  const result = answer(
    analysisInput(
      question,
      table,
      usable(() => placeOn({ table, ground })),
    ),
  )
  const { code, name } = area
  return {
    analysis: presentAnalysis(result, {
      area: { code, name },
      files: [],
      version,
      software: softwareVersion,
    }),
    geometries: new Map(ground.grids.map((grid) => [grid.code, grid.geometry])),
    flaws: [],
    skipped: [],
    absentCategories: [],
  }
}

/** Steps need days: where a call names none, those of the records, so that the card repeats them. */
function withDaysOf({ size, occurredAt }: RecordTable, question: AnalysisQuestion): AnalysisQuestion {
  const { from, to } = question.period
  if (question.step === null || size === 0 || (from !== null && to !== null)) return question
  const first = localDayOf(occurredAt.reduce((least, time) => Math.min(least, time)))
  const last = localDayOf(occurredAt.reduce((most, time) => Math.max(most, time)))
  const period = { from: from ?? first, to: to ?? addDays(last, 1) }
  return period.from < period.to ? { ...question, period } : question
}

const answer = (input: AnalysisInput): AnalysisResult => usable(() => analyse(input))

/** What a person can mend by asking otherwise, as a usage error. */
function usable<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof AnalysisRefused) throw new UsageError(error.detail)
    if (!(error instanceof StudyAreaTooLarge)) throw error
    const { hexagons, allowed } = error
    throw new UsageError({
      zh: `研究区约有 ${hexagons} 个六边形，最多 ${allowed} 个：请减小 --resolution 或 --rings，或用 --within 给出较小的范围`,
      en: `the study area has about ${hexagons} hexagons, at most ${allowed} can be handled: lower --resolution or --rings, or give a smaller area with --within`,
    })
  }
}
