/** One question about incidents → one answer. The command line, the service and its nightly watch all call this. */
import type { RunControl } from '../statistics/run-control.ts'
import { daysBetween } from '../trajectories/local-day.ts'
import type { Message } from '../values.ts'
import { type AnalysisInput, type Asked, countCellsByStep, everyRow, type Findings, rowsOf } from './asked.ts'
import { countIn, ofCells, pickCells } from './cells.ts'
import { changeOf } from './compare-periods.ts'
import { findingsOf } from './find.ts'
import { breaksOf } from './legend.ts'
import { expectedCounts, measureCells, perThousand } from './measure-cells.ts'
import { newMemory, remember } from './memory.ts'
import { neighbourhood } from './neighbourhood.ts'
import { placeless, placeRecords } from './place-records.ts'
import { readResult } from './read-result.ts'
import { AnalysisRefused } from './refused.ts'
import { type SelectedRecords, selectRecords } from './select-records.ts'
import { stepFinder, stepsOf } from './steps.ts'
import type {
  AnalysisLegend,
  AnalysisQuestion,
  AnalysisResult,
  CellResult,
  Days,
  Exclusions,
  Measure,
  StepDays,
} from './values.ts'

/**
 * @throws AnalysisRefused for a question that these records or this ground cannot answer
 * @throws StudyAreaTooLarge
 * @throws RunStopped
 */
export function analyse(input: AnalysisInput, control: RunControl = {}): AnalysisResult {
  const { question, table, ground } = input
  const selected = selectRecords(table, question, question.period, input.readsOtherDays)
  const placed = input.placed ?? placeRecords(table, ground, selected.rows)
  const rows = selected.rows.filter((row) => placed.cellOf[row]! >= 0)
  // What lies on the edge in either period takes part in both: none of the incidents compared is lost.
  const before = question.compare && rowsOf({ input, question, placed }, question.compare)
  const cells = pickCells(placed, rows, ...(before ? [before] : []))
  const memory = input.memory ?? newMemory()
  const asked: Asked = {
    input,
    question,
    placed,
    memory,
    cells,
    rows,
    counts: countIn(cells, rows),
    areaSquareKm: ofCells(cells, placed.areaSquareKm),
    households: placed.households && ofCells(cells, placed.households),
    steps: stepsAsked(question),
    weights: once(() => neighbourhood(cells, question, memory)),
  }
  const values = measureCells(asked, question.measure, asked.weights)
  const findings = findingsOf(asked, values, control)
  const shown = findings.values ?? values
  const results = cellResults(asked, shown, findings)
  const legend = legendOf(asked, shown, findings)
  const clusters = findings.clusters ?? null
  const bands = findings.bands ?? null
  return {
    question,
    cells: results,
    studyArea: placed.studyArea,
    areaSquareKm: asked.areaSquareKm.reduce((sum, area) => sum + area, 0),
    counted: rows.length,
    excluded: exclusionsOf(asked, selected),
    households: householdsOf(asked),
    legend,
    steps: asked.steps && countSteps(asked, asked.steps),
    compared: question.compare && {
      ...question.compare,
      count: countIn(cells, rowsOf(asked, question.compare)).reduce((sum, count) => sum + count, 0),
    },
    moran: findings.moran ?? null,
    bandwidth: findings.bandwidth ?? null,
    dualKernel: findings.dualKernel ?? null,
    contours: findings.contours?.(legend.breaks) ?? null,
    clusters,
    bands,
    accuracy: findings.accuracy ?? null,
    fingerprint: table.fingerprint,
    reading: readResult({ question, counted: rows.length, cells: results, clusters, bands }),
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function stepsAsked({ period: { from, to }, step }: AnalysisQuestion): readonly StepDays[] | null {
  if (step === null) return null
  if (from === null || to === null)
    throw new AnalysisRefused('period_open', {
      zh: '分时段统计需要起止日期（--from、--to）',
      en: 'steps need a first and a last day (--from, --to)',
    })
  try {
    return stepsOf(from, to, step)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new AnalysisRefused('steps_unfit', { zh: '时段过长，请选用更长的时间步长', en: error.message })
  }
}

function cellResults(
  asked: Asked,
  values: readonly (number | null)[],
  { tests, trends }: Findings,
): CellResult[] {
  const { cells, placed, counts, areaSquareKm, households, steps, question } = asked
  const expected = expectedCounts(asked, question.measure)
  const byStep = steps && countCellsByStep(asked, steps)
  const compared = question.compare && comparison(asked, question.compare)
  const asksQuadrant = question.statistic === 'local-moran'
  const results: CellResult[] = []
  // Written out field by field: an object spread for each of a county's cells would take longer than its test.
  for (let i = 0; i < cells.size; i++) {
    const cell = cells.picked[i]!
    const test = tests?.[i]
    const one: Writable<CellResult> = {
      id: placed.cells[cell]!,
      name: placed.names[cell]!,
      count: counts[i]!,
      expected: expected[i]!,
      perSquareKm: counts[i]! / areaSquareKm[i]!,
      rate: households && perThousand(counts[i]!, households[i]!),
      households: households && households[i]!,
      value: values[i]!,
      z: test?.z ?? null,
      p: test?.p ?? null,
      q: test?.q ?? null,
      class: test?.class ?? null,
    }
    if (test?.pEven !== undefined) one.pEven = test.pEven
    if (asksQuadrant) one.quadrant = test?.quadrant ?? null
    if (trends) {
      one.trendZ = trends[i]?.z ?? null
      one.trendP = trends[i]?.p ?? null
    }
    if (byStep) one.counts = byStep.map((step) => step[i]!)
    if (compared) Object.assign(one, compared[i])
    results.push(one)
  }
  return results
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

function countSteps(
  { input, rows }: Asked,
  steps: readonly StepDays[],
): (StepDays & { readonly count: number })[] {
  const counts = new Float64Array(steps.length)
  const stepOf = stepFinder(steps)
  for (const row of rows) {
    const step = stepOf(input.table.occurredAt[row]!)
    if (step >= 0) counts[step]!++
  }
  return steps.map((step, i) => ({ ...step, count: counts[i]! }))
}

function comparison(asked: Asked, compare: Days): Pick<CellResult, 'before' | 'change'>[] {
  const { cells, counts, question } = asked
  const before = countIn(cells, rowsOf(asked, compare))
  const [days, daysThen] = [lengthOf(question.period), lengthOf(compare)]
  return Array.from(before, (count, i) =>
    days === null || daysThen === null
      ? { before: count }
      : { before: count, change: changeOf(counts[i]!, days, count, daysThen) },
  )
}

const lengthOf = ({ from, to }: Days): number | null =>
  from === null || to === null ? null : daysBetween(from, to)

function exclusionsOf(
  { input, placed, rows }: Asked,
  { rows: selected, leftOut }: SelectedRecords,
): Exclusions {
  let [noPosition, outside, inNoUnit] = [input.withoutPosition, 0, 0]
  if (selected.length > rows.length)
    for (const row of selected) {
      const cell = placed.cellOf[row]!
      if (cell === placeless.noPosition) noPosition++
      else if (cell === placeless.outside) outside++
      else if (cell === placeless.inNoUnit) inNoUnit++
    }
  return { refused: input.refused, ...leftOut, noPosition, outside, inNoUnit }
}

function householdsOf({ households, placed }: Asked): AnalysisResult['households'] {
  if (households === null || placed.householdTally === null) return null
  const { total, noPosition } = placed.householdTally
  const counted = households.reduce((sum, count) => sum + count, 0)
  return { total, counted, noPosition, outside: total - noPosition - counted }
}

const unitOf: Readonly<Record<Measure, Message>> = {
  count: { zh: '起', en: 'incidents' },
  'per-km2': { zh: '起/平方公里', en: 'incidents per km²' },
  'per-1000-households': { zh: '起/千户', en: 'incidents per 1,000 households' },
  eb: { zh: '起/千户（经验贝叶斯平滑）', en: 'incidents per 1,000 households (empirical Bayes)' },
  'eb-local': {
    zh: '起/千户（空间经验贝叶斯平滑）',
    en: 'incidents per 1,000 households (spatial empirical Bayes)',
  },
}

/** Its breaks are made of all incidents of the period, whatever is filtered, so that filtering moves no colour. */
function legendOf(asked: Asked, values: readonly (number | null)[], findings: Findings): AnalysisLegend {
  const { question } = asked
  const breaks = question.breaks ?? findings.breaks?.() ?? referenceBreaks(asked)
  const largest = values.reduce<number | null>(
    (most, value) => (value !== null && (most === null || value > most) ? value : most),
    null,
  )
  return {
    measure: question.measure,
    unit: unitOf[question.measure],
    ...findings.legend,
    breaks,
    breaksFrom: question.breaks ? 'question' : 'period',
    largest,
    withoutValue: values.filter((value) => value === null).length,
  }
}

function referenceBreaks(asked: Asked): readonly number[] {
  const { question, placed, memory } = asked
  const { measure, period, rings, bandMetres } = question
  return remember(memory.breaks, JSON.stringify([measure, period.from, period.to, rings, bandMetres]), () => {
    const rows = everyRow(asked)
    const cells = pickCells(placed, rows)
    const figures = {
      counts: countIn(cells, rows),
      areaSquareKm: ofCells(cells, placed.areaSquareKm),
      households: placed.households && ofCells(cells, placed.households),
    }
    return breaksOf(measureCells(figures, measure, () => neighbourhood(cells, question, memory)))
  })
}
