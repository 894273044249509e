/** The pure work that takes long enough to need a thread: values in, values out, both cloned, or kept by the thread. */
import { analysisInput, type PlaceInput, placeOn } from '../../commands/analysis/load-analysis.ts'
import { type Compared, type CompareInput, compareOnPlan } from '../../commands/plans/compare-on-plan.ts'
import { type DrawInput, type Drawn, drawPlan } from '../../commands/plans/draw-plan.ts'
import {
  type JudgeInput,
  judgePlan,
  type PlanProposals,
  type ProposeInput,
  proposeOnPlan,
  type SearchControl,
} from '../../commands/plans/propose-on-plan.ts'
import { type RedrawInput, type Redrawn, redrawGrids } from '../../commands/plans/redraw-grids.ts'
import { columnsJson } from '../../contract/cell-columns.ts'
import { type Provenance, presentAnalysis } from '../../contract/present-analysis.ts'
import { analyse } from '../../core/analysis/analyse.ts'
import { type FoundWarning, findWarnings, type WarningInput } from '../../core/analysis/find-warnings.ts'
import { type AnalysisMemory, newMemory } from '../../core/analysis/memory.ts'
import type { PlacedRecords } from '../../core/analysis/place-records.ts'
import type { RecordTable } from '../../core/analysis/records.ts'
import type { AnalysisQuestion } from '../../core/analysis/values.ts'
import { withholdSmall } from '../../core/analysis/withhold-small.ts'
import { checkDivision } from '../../core/coverage/check-division.ts'
import { closureLadder, type Ladder } from '../../core/coverage/closure-ladder.ts'
import {
  type ClosureArea,
  type ClosureGrid,
  type ClosureHousehold,
  closureRows,
} from '../../core/coverage/closure-rows.ts'
import { proposeRepairs } from '../../core/coverage/repair/propose-repairs.ts'
import type { Repair, RepairInput } from '../../core/coverage/repair/values.ts'
import type { CheckReport, DivisionInput } from '../../core/coverage/report.ts'
import { labelPoint } from '../../core/geometry/label-point.ts'
import {
  type HazardDensity,
  type HazardDensityInput,
  hazardDensity,
} from '../../core/hexagons/hazard-density.ts'
import type { Feasibility } from '../../core/planning/feasibility-values.ts'
import { fourHoursThreeKilometres } from '../../core/policy/patrol-policy.ts'
import type { PosterGround } from '../../core/posters/map-input.ts'
import { type NoticeInput, noticeLayout, noticePoster } from '../../core/posters/notice-poster.ts'
import type { PaperSize } from '../../core/posters/sheet.ts'
import { type VillagePosterInput, villageLayout, villagePoster } from '../../core/posters/village-poster.ts'
import { labelTrace, type TracePiece } from '../../core/trajectories/label-trace.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import { indexGrids, matchWorkerAnywhere } from '../../core/trajectories/match-worker.ts'
import { type PatrolDay, readWorkerDay } from '../../core/trajectories/match-worker-day.ts'
import { orderFixes } from '../../core/trajectories/order-fixes.ts'
import type { AreaGeometry, Fix, Grid, HouseholdPoint, LngLat } from '../../core/values.ts'
import type { HouseholdForm } from '../../formats/household-forms/form.ts'
import { writeFormXlsx } from '../../formats/household-forms/write-form.ts'
import type { MonthReport } from '../../formats/month-report/month-report.ts'
import { writeMonthXlsx } from '../../formats/month-report/write-month-xlsx.ts'

export interface TracesInput {
  readonly workers: readonly { readonly worker: string; readonly fixes: readonly Fix[] }[]
  readonly grids: readonly Grid[]
  readonly households: readonly HouseholdPoint[]
}

export interface MatchedWorker {
  readonly worker: string
  readonly days: readonly PatrolDay[]
  readonly traces: readonly { readonly date: string; readonly pieces: readonly TracePiece[] }[]
}

export interface LadderInput {
  readonly areas: readonly ClosureArea[]
  readonly grids: readonly ClosureGrid[]
  readonly households: readonly ClosureHousehold[]
}

export interface PosterTask<About> {
  readonly about: About
  readonly ground: PosterGround
  readonly size: PaperSize
}

/** What a task may tell and ask while it runs. */
export type TaskControl = SearchControl

export const tasks = {
  checkDivision: (input: DivisionInput): CheckReport => checkDivision(input),
  proposeRepairs: (input: RepairInput): readonly Repair[] => proposeRepairs(input),
  climbLadder: ({ areas, grids, households }: LadderInput): Ladder =>
    closureLadder(closureRows(areas, grids, households)),
  labelPoints: (geometries: readonly AreaGeometry[]): readonly LngLat[] => geometries.map(labelPoint),
  redrawGrids: (input: RedrawInput): Redrawn => redrawGrids(input),
  hazardDensity: (input: HazardDensityInput): HazardDensity => hazardDensity(input),
  placeRecords: (input: PlaceInput): PlacedRecords => placeOn(input),
  answerAnalysis,
  findWarnings: (input: WarningInput, control: TaskControl): readonly FoundWarning[] =>
    findWarnings(input, control),
  matchTraces,
  drawPlan: (input: DrawInput): Drawn => drawPlan(input),
  compareOnPlan: (input: CompareInput): Compared => compareOnPlan(input),
  judgePlan: (input: JudgeInput): readonly Feasibility[] => judgePlan(input),
  proposeOnPlan: (input: ProposeInput, control: TaskControl): PlanProposals => proposeOnPlan(input, control),
  monthWorkbook: (report: MonthReport): Promise<Uint8Array> => writeMonthXlsx(report),
  formWorkbook: (form: HouseholdForm): Promise<Uint8Array> => writeFormXlsx(form),
  villagePoster: ({ about, ground, size }: PosterTask<VillagePosterInput>): string =>
    villagePoster(about, ground, villageLayout(about.outline, size)),
  noticePoster: ({ about, ground, size }: PosterTask<NoticeInput>): string =>
    noticePoster(about, ground, noticeLayout(about.grid, size)),
}

export interface AnalysisTask {
  readonly question: AnalysisQuestion
  readonly table: RecordTable
  readonly placed: PlacedRecords
  /** The least count of households told. */
  readonly leastHouseholds: number
  readonly from: Provenance
  /** The cells by columns: contract/cell-columns. */
  readonly byColumns: boolean
}

/** Of records that the thread keeps, as long as it keeps where they lie. */
const memories = new WeakMap<PlacedRecords, AnalysisMemory>()

/** The answer as JSON in UTF-8: of a county some megabytes, which the event loop need not write. */
function answerAnalysis(
  { question, table, placed, leastHouseholds, from, byColumns }: AnalysisTask,
  control: TaskControl,
): Uint8Array {
  const memory = memories.get(placed) ?? newMemory()
  memories.set(placed, memory)
  const result = analyse({ ...analysisInput(question, table, placed), memory, leastHouseholds }, control)
  const answer = presentAnalysis(withholdSmall(result, leastHouseholds), from)
  return new TextEncoder().encode(byColumns ? columnsJson(answer) : JSON.stringify(answer))
}

/** Every worker in every grid their trace enters. */
function matchTraces({ workers, grids, households }: TracesInput): MatchedWorker[] {
  const policy = fourHoursThreeKilometres
  const index = indexGrids(grids)
  return workers.map(({ worker, fixes }) => {
    const days = matchWorkerAnywhere(fixes, index, households, policy)
    const ordered = orderFixes(fixes)
    const dates = [...new Set(fixes.map((fix) => localDayOf(fix.time)))].sort()
    const traces = dates.flatMap((date) => {
      const read = readWorkerDay(ordered, date, policy)
      const entered = new Set(days.filter((day) => day.date === date).map((day) => day.grid))
      const assigned = index.grids.filter((grid) => entered.has(grid.code))
      return read ? [{ date, pieces: labelTrace(read, assigned, policy) }] : []
    })
    return { worker, days, traces }
  })
}

export type TaskName = keyof typeof tasks
export type TaskInput<Name extends TaskName> = Parameters<(typeof tasks)[Name]>[0]
export type TaskOutput<Name extends TaskName> = Awaited<ReturnType<(typeof tasks)[Name]>>
