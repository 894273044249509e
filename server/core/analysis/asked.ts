/** What is known of a question before its statistic is asked, and what a statistic finds. */
import type { SpatialWeights } from '../statistics/weights.ts'
import type { Cells } from './cells.ts'
import type { AnalysisMemory } from './memory.ts'
import type { Ground, PlacedRecords } from './place-records.ts'
import type { RecordTable } from './records.ts'
import { rowsOfPeriod, selectRecords } from './select-records.ts'
import { stepFinder } from './steps.ts'
import type {
  Accuracy,
  AnalysisBand,
  AnalysisCluster,
  AnalysisLegend,
  AnalysisQuestion,
  AnalysisResult,
  CellClass,
  CellTest,
  Contour,
  Days,
  GlobalMoran,
  StepDays,
} from './values.ts'

export interface AnalysisInput {
  readonly question: AnalysisQuestion
  readonly table: RecordTable
  readonly ground: Ground
  /** `placeRecords` of the same table and ground, made before; absent: made here. */
  readonly placed?: PlacedRecords
  /** Of `placed`, where other questions are asked of the same; absent: a new one. */
  readonly memory?: AnalysisMemory
  /** The least count of a cell's households that is told; 1 when absent: all are. */
  readonly leastHouseholds?: number
  /** Whether records of other days were read because they stood in the file; else only the period's count as read. */
  readonly readsOtherDays: boolean
  /** Records that have no row because nobody wrote down where, and such as could not be read. */
  readonly withoutPosition: number
  readonly refused: number
}

export interface Asked {
  readonly input: AnalysisInput
  readonly question: AnalysisQuestion
  readonly placed: PlacedRecords
  readonly memory: AnalysisMemory
  readonly cells: Cells
  /** Rows counted, each in one of the cells. */
  readonly rows: Uint32Array
  readonly counts: Float64Array
  readonly areaSquareKm: Float64Array
  readonly households: Float64Array | null
  readonly steps: readonly StepDays[] | null
  /** Of all the cells; made when first asked for. */
  readonly weights: () => SpatialWeights
}

/** What a statistic adds to the counts; of the lists, one element a cell. */
export interface Findings {
  readonly tests?: readonly (Omit<CellTest, 'class'> & { readonly class: CellClass | null })[]
  readonly trends?: readonly ({ readonly z: number; readonly p: number } | null)[]
  /** What the legend colours instead of the measure, and its breaks, of all incidents of the period. */
  readonly values?: readonly (number | null)[]
  readonly breaks?: () => readonly number[]
  readonly dualKernel?: AnalysisResult['dualKernel']
  readonly legend?: Pick<AnalysisLegend, 'measure' | 'unit'>
  readonly moran?: GlobalMoran | null
  readonly bandwidth?: AnalysisResult['bandwidth']
  /** Made of the breaks of the legend, once they are known. */
  readonly contours?: (breaks: readonly number[]) => readonly Contour[]
  readonly clusters?: readonly AnalysisCluster[]
  readonly bands?: readonly AnalysisBand[]
  readonly accuracy?: Accuracy | null
}

/** Rows of another period under the same filter, of those that lie on the placed ground. */
export const rowsOf = (
  { input, question, placed }: Pick<Asked, 'input' | 'question' | 'placed'>,
  period: Days,
): Uint32Array => selectRecords(input.table, question, period).rows.filter((row) => placed.cellOf[row]! >= 0)

/** Rows of the period that lie on the placed ground, whatever is filtered. */
export const everyRow = ({ input, placed, question }: Asked): Uint32Array =>
  rowsOfPeriod(input.table, question.period).filter((row) => placed.cellOf[row]! >= 0)

/** Counts of each cell, one array a step. */
export function countCellsByStep(
  { input, placed, cells, rows }: Asked,
  steps: readonly StepDays[],
): Float64Array[] {
  const counts = steps.map(() => new Float64Array(cells.size))
  const stepOf = stepFinder(steps)
  for (const row of rows) {
    const step = stepOf(input.table.occurredAt[row]!)
    const cell = cells.at[placed.cellOf[row]!]!
    if (step >= 0) counts[step]![cell]!++
  }
  return counts
}
