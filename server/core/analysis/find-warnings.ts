/** What a night finds: clusters of one category that go on until the night before, rarer by chance than the policy's interval. */
import type { WarningPolicy } from '../policy/warning-policy.ts'
import { twoSidedBinomialP } from '../statistics/binomial-tail.ts'
import type { RunControl } from '../statistics/run-control.ts'
import { addDays, daysBetween } from '../trajectories/local-day.ts'
import type { AreaGeometry, LngLat } from '../values.ts'
import type { AnalysisInput, Asked } from './asked.ts'
import { type Cells, countIn, ofCells, pickCells } from './cells.ts'
import { emergingClassesThatRise, findEmerging } from './find-emerging.ts'
import { scanCells } from './find-scan.ts'
import { type AnalysisMemory, newMemory } from './memory.ts'
import { neighbourhood } from './neighbourhood.ts'
import { type PlacedRecords, placeRecords } from './place-records.ts'
import type { RecordTable } from './records.ts'
import { selectRecords } from './select-records.ts'
import { stepsOf } from './steps.ts'
import type { AnalysisQuestion } from './values.ts'

export interface WarningInput {
  readonly table: RecordTable
  readonly studyArea: AreaGeometry | null
  /** The days before it are looked at. */
  readonly night: string
  readonly policy: WarningPolicy
}

export interface FoundWarning {
  readonly category: string
  readonly method: 'scan' | 'emerging'
  readonly centre: LngLat
  readonly radiusMetres: number
  readonly hexagons: readonly string[]
  readonly from: string
  readonly to: string
  readonly observed: number
  readonly expected: number
  readonly p: number
  readonly recurrenceDays: number
}

/** The days a night looks at. */
export const daysOfNight = (night: string, { weeks }: WarningPolicy): { from: string; to: string } => ({
  from: addDays(night, -7 * weeks),
  to: night,
})

/**
 * For each category a prospective space-time permutation scan (no population is needed, and what is usual of a place or of a week
 * is no warning), and emerging hot spots of the counts. One analysis a night and category: the recurrence interval is 1/p days. Of
 * emerging hot spots p is the least corrected p, which under chance falls below x in at most x of the nights (Simes), and no less
 * than what the scan's replications could show.
 *
 * Either is told only where the ground's own weeks rise as rarely by chance: when a cluster ends elsewhere, the whole of the
 * category falls, and a permutation scan calls every place excessive that stays as it was.
 * @throws StudyAreaTooLarge, RunStopped
 */
export function findWarnings(input: WarningInput, control: RunControl = {}): FoundWarning[] {
  const { table, studyArea, policy } = input
  const ground = {
    unit: 'hexagon',
    resolution: policy.resolution,
    studyArea,
    grids: [],
    households: null,
  } as const
  const placed = placeRecords(table, ground)
  const memory = newMemory()
  return table.categories.flatMap((category) => {
    const asked = askedOf(input, placed, memory, category)
    if (asked.rows.length < policy.fewestIncidents) return []
    const limits = {
      daysBetweenAnalyses: 1,
      longestSteps: policy.longestWeeks,
      largestRadiusMetres: policy.largestRadiusMetres,
      leastRecurrenceDays: policy.recurrenceDays,
    }
    const scanned = scanCells(asked, limits, control).flatMap((one): FoundWarning[] =>
      one.observed >= policy.fewestIncidents &&
      (one.recurrenceDays ?? 0) >= policy.recurrenceDays &&
      rises(asked, policy, one.cells, one)
        ? [
            {
              category,
              method: 'scan',
              centre: one.centre,
              radiusMetres: one.radiusMetres,
              hexagons: one.cells,
              from: one.from,
              to: one.to,
              observed: one.observed,
              expected: one.expected,
              p: one.p,
              recurrenceDays: one.recurrenceDays!,
            },
          ]
        : [],
    )
    const known = new Set(scanned.flatMap((one) => one.hexagons))
    return [...scanned, ...emergingWarnings(asked, category, policy, known, control)]
  })
}

function askedOf(
  { table, night, policy }: WarningInput,
  placed: PlacedRecords,
  memory: AnalysisMemory,
  category: string,
): Asked {
  const period = daysOfNight(night, policy)
  const question: AnalysisQuestion = {
    statistic: 'scan',
    unit: 'hexagon',
    resolution: policy.resolution,
    period,
    compare: null,
    categories: [category],
    severities: null,
    statuses: null,
    hours: null,
    weekdays: null,
    rings: 1,
    bandMetres: null,
    correction: 'bh',
    permutations: policy.replications,
    seed: policy.seed,
    bandwidth: 'silverman',
    kernel: 'quartic',
    edge: 'none',
    measure: 'count',
    step: 'week',
    stepsBack: 1,
    model: 'permutation',
    prospective: true,
    distances: [0, 1],
    dayBounds: [0, 1],
    breaks: null,
  }
  const input: AnalysisInput = {
    question,
    table,
    ground: {
      unit: 'hexagon',
      resolution: policy.resolution,
      studyArea: placed.outline,
      grids: [],
      households: null,
    },
    placed,
    readsOtherDays: false,
    withoutPosition: 0,
    refused: 0,
  }
  const rows = selectRecords(table, question).rows.filter((row) => placed.cellOf[row]! >= 0)
  const cells: Cells = pickCells(placed, rows)
  return {
    input,
    question,
    placed,
    memory,
    cells,
    rows,
    counts: countIn(cells, rows),
    areaSquareKm: ofCells(cells, placed.areaSquareKm),
    households: null,
    steps: stepsOf(period.from, period.to, 'week'),
    weights: () => neighbourhood(cells, question, memory),
  }
}

/** Whether the incidents on some ground in a window are more than all its weeks give so many of, as seldom as the policy asks. */
function rises(
  { input, question, placed, rows, steps }: Asked,
  policy: WarningPolicy,
  hexagons: readonly string[],
  window: { readonly from: string; readonly to: string },
): boolean {
  const ground = new Set(hexagons)
  const inside = (row: number): boolean => ground.has(placed.cells[placed.cellOf[row]!]!)
  const within = selectRecords(input.table, question, window).rows
  const observed = within.filter((row) => placed.cellOf[row]! >= 0 && inside(row)).length
  const whole = rows.filter(inside).length
  const share = daysBetween(window.from, window.to) / daysBetween(steps![0]!.from, steps!.at(-1)!.to)
  return observed > whole * share && twoSidedBinomialP(observed, whole, share) * policy.recurrenceDays <= 1
}

/** The most significant hexagon whose history rises, with its neighbours, where no scan has told of it. */
function emergingWarnings(
  asked: Asked,
  category: string,
  policy: WarningPolicy,
  known: ReadonlySet<string>,
  control: RunControl,
): FoundWarning[] {
  const { tests = [] } = findEmerging(asked, control)
  const { placed, cells, steps, input, rows } = asked
  const last = steps!.at(-1)!
  let best = -1
  tests.forEach((test, i) => {
    if (test.class === null || !emergingClassesThatRise.has(test.class) || test.q === null) return
    if (best < 0 || test.q < tests[best]!.q!) best = i
  })
  if (best < 0 || 1 / tests[best]!.q! < policy.recurrenceDays) return []
  const weights = asked.weights()
  const around = [best, ...weights.places.subarray(weights.starts[best], weights.starts[best + 1])]
  const hexagons = around.map((i) => placed.cells[cells.picked[i]!]!).sort()
  if (hexagons.some((hexagon) => known.has(hexagon))) return []
  const members = new Set(around.map((i) => cells.picked[i]!))
  const { rows: ofLast } = selectRecords(input.table, asked.question, last)
  const inside = (row: number): boolean => members.has(placed.cellOf[row]!)
  const observed = ofLast.filter(inside).length
  if (observed < policy.fewestIncidents || !rises(asked, policy, hexagons, last)) return []
  // What the weeks before give on average. A history that rose and has fallen again is no warning.
  const expected = (rows.filter(inside).length - observed) / (steps!.length - 1)
  if (observed <= expected) return []
  const q = Math.max(tests[best]!.q!, 1 / (policy.replications + 1))
  const cell = cells.picked[best]!
  return [
    {
      category,
      method: 'emerging',
      centre: [placed.centreLongitude[cell]!, placed.centreLatitude[cell]!],
      radiusMetres: Math.sqrt((around.length * placed.areaSquareKm[cell]! * 1e6) / Math.PI),
      hexagons,
      from: last.from,
      to: last.to,
      observed,
      expected,
      p: q,
      recurrenceDays: 1 / q,
    },
  ]
}
