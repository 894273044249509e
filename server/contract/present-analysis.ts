/** An analysis as the wire has it, with its card; the same for the service and `wangge hotspots`. */
import type { FeatureCollection, Geometry } from 'geojson'
import type { AnalysisQuestion, AnalysisResult, CellResult } from '../core/analysis/values.ts'
import type { Analysis, AnalysisCard, AnalysisCell } from './analysis.ts'
import { queryOf } from './analysis-question.ts'
import {
  exclusionWords,
  formulaOf,
  isCorrected,
  isDrawn,
  nameOfStatistic,
  referencesOf,
} from './analysis-words.ts'

/** Whose records they are and who computed. */
export interface Provenance {
  readonly area: { readonly code: string; readonly name: string } | null
  /** Files read, in the order and with the options of the command line; empty: the service's database. */
  readonly files: readonly { readonly option: string | null; readonly path: string }[]
  readonly version: string | null
  readonly software: string
  /** Household records that could not be read. */
  readonly refusedHouseholds?: number
}

/** Levels of q at which a cell is called hot or cold; as `hotSpotLevels`, the strictest first. */
const levels = [0.01, 0.05, 0.1]

export function presentAnalysis(result: AnalysisResult, from: Provenance): Analysis {
  const { question, cells, counted, excluded, areaSquareKm, households } = result
  const { statistic, unit } = question
  const isHexagon = unit === 'hexagon'
  const read = counted + Object.values(excluded).reduce((sum, count: number) => sum + count, 0)
  const parameters = parametersOf(result)
  return {
    statistic,
    unit,
    resolution: isHexagon ? question.resolution : null,
    n: cells.length,
    parameters,
    study_area: {
      cells: cells.length,
      occupied: cells.filter((one) => one.count > 0).length,
      area_km2: areaSquareKm,
    },
    totals: {
      records: read,
      counted,
      per_km2: areaSquareKm > 0 ? counted / areaSquareKm : null,
      households: households && {
        total: households.total + (from.refusedHouseholds ?? 0),
        counted: households.counted,
        no_position: households.noPosition,
        outside: households.outside,
        refused: from.refusedHouseholds ?? 0,
      },
    },
    excluded: {
      refused: excluded.refused,
      no_position: excluded.noPosition,
      outside: excluded.outside,
      other_category: excluded.otherCategory,
      other_period: excluded.otherPeriod,
      other_severity: excluded.otherSeverity,
      other_status: excluded.otherStatus,
      other_hour: excluded.otherHour,
      in_no_unit: excluded.inNoUnit,
    },
    references: referencesOf(question),
    cells: cells.map((one) => presentCell(one, isHexagon)),
    classes: classesOf(cells),
    legend: {
      measure: result.legend.measure,
      unit: result.legend.unit,
      breaks: [...result.legend.breaks],
      breaks_from: result.legend.breaksFrom,
      largest: result.legend.largest,
      without_value: result.legend.withoutValue,
    },
    steps: result.steps && result.steps.map(({ from: day, to, count }) => ({ from: day, to, count })),
    compared: result.compared,
    global: isCorrected(statistic) && statistic !== 'emerging' ? { moran: result.moran } : null,
    bandwidth: result.bandwidth && {
      used_m: result.bandwidth.usedMetres,
      silverman_m: result.bandwidth.silvermanMetres,
      cv_m: result.bandwidth.crossValidatedMetres,
    },
    contours:
      result.contours &&
      result.contours.map(({ from: least, to, geometry }) => ({
        from: least,
        to,
        geometry: { ...geometry },
      })),
    clusters: result.clusters && result.clusters.map(presentCluster),
    bands: result.bands && result.bands.map(presentBand),
    accuracy: result.accuracy && {
      trained: result.accuracy.trained,
      tested: result.accuracy.tested,
      hot_cells: result.accuracy.hotCells,
      area_share: result.accuracy.areaShare,
      hits: result.accuracy.hits,
      incidents: result.accuracy.incidents,
      hit_rate: result.accuracy.hitRate,
      pai: result.accuracy.pai,
      pei: result.accuracy.pei,
    },
    card: cardOf(result, from, read, parameters),
  }
}

/** Every part of the question its statistic looked at. */
function parametersOf({
  question,
  studyArea,
  bandwidth,
  dualKernel,
}: AnalysisResult): Record<string, unknown> {
  const { statistic, period } = question
  const isAssociation = isCorrected(statistic)
  return {
    value: question.measure,
    ...(isAssociation && {
      ...(question.bandMetres === null ? { rings: question.rings } : { band_m: question.bandMetres }),
      weights: 'binary',
      p: 'two-sided',
      correction: question.correction === 'bh' ? 'benjamini-hochberg' : 'benjamini-yekutieli',
      levels: statistic === 'gi' || statistic === 'gi-star' ? levels : [0.05],
    }),
    ...(isDrawn(statistic) && { permutations: question.permutations, seed: question.seed }),
    ...(statistic === 'kde' && {
      kernel: question.kernel,
      edge: question.edge,
      bandwidth: question.bandwidth,
      bandwidth_m: bandwidth && bandwidth.usedMetres,
      ...(dualKernel && {
        denominator: 'households',
        households_at: 'hexagon-centres',
        least_households: dualKernel.leastHouseholds,
      }),
    }),
    ...(question.step !== null && { step: question.step }),
    ...(statistic === 'emerging' && { steps_back: question.stepsBack }),
    ...(statistic === 'scan' && { model: question.model, prospective: question.prospective }),
    ...(statistic === 'knox' && { distances_m: question.distances, days: question.dayBounds }),
    study_area: studyArea,
    from: period.from,
    to: period.to,
    categories: question.categories && [...question.categories],
  }
}

function cardOf(
  result: AnalysisResult,
  from: Provenance,
  read: number,
  parameters: Record<string, unknown>,
): AnalysisCard {
  const { question, excluded } = result
  const { statistic, period } = question
  const name = nameOfStatistic(statistic)
  const where = from.area?.name ?? null
  const copy = <T>(list: readonly T[] | null): T[] | null => list && [...list]
  const query = queryOf(question)
  return {
    title: {
      zh: where === null ? name.zh : `${where} · ${name.zh}`,
      en: where === null ? name.en : `${where} · ${name.en}`,
    },
    data: {
      area: from.area?.code ?? null,
      name: where,
      source: from.files.length > 0 ? 'file' : 'database',
      files: from.files.map(({ path }) => path),
      version: from.version,
      fingerprint: result.fingerprint,
    },
    filter: {
      from: period.from,
      to: period.to,
      categories: copy(question.categories),
      severities: copy(question.severities),
      statuses: copy(question.statuses),
      hours: copy(question.hours),
      weekdays: copy(question.weekdays),
    },
    counts: {
      read,
      counted: result.counted,
      excluded: exclusionWords.map(([key, reason, message]) => ({ reason, count: excluded[key], message })),
    },
    n: result.cells.length,
    parameters,
    seed: isDrawn(statistic) ? question.seed : null,
    software: { name: 'wangge', version: from.software },
    formula: formulaOf(question),
    references: Object.values(referencesOf(question)),
    command: commandOf(question, from),
    address:
      from.area === null
        ? null
        : `/api/areas/${encodeURIComponent(from.area.code)}/analysis?${new URLSearchParams(query).toString()}`,
    reading: result.reading,
    notes: notesOf(result),
  }
}

function notesOf({ cells }: AnalysisResult): AnalysisCard['notes'] {
  const kept = cells.filter((cell) => cell.withheld).length
  if (kept === 0) return []
  return [
    {
      zh: `${kept} 个单元户数过少，户数及由其推算的数字不予显示。保护以单次查询为限：同一处以不同分辨率或不同日期多次查询，差额可能少于规定户数，使用时不得据此推断个人`,
      en: `Of ${kept} cells with too few households these, and what could be turned back into them, are kept back. Each answer is protected by itself: the same ground asked at other resolutions or days may differ by fewer households, from which nobody may be inferred`,
    },
  ]
}

/** The call that repeats it, quoted for a POSIX shell. */
export function commandOf(question: AnalysisQuestion, { area, files }: Provenance): string {
  const source =
    files.length > 0
      ? files.flatMap(({ option, path }) => (option === null ? [path] : [`--${option}`, path]))
      : ['--area', area?.code ?? '']
  const options = Object.entries(queryOf(question)).flatMap(([name, value]) => {
    const option = `--${name.replaceAll('_', '-')}`
    return name === 'prospective' ? (value === 'true' ? [option] : []) : [option, value]
  })
  return ['wangge', 'hotspots', ...source, ...options].map(quoted).join(' ')
}

const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`

/** In the order of its schema. No spreads: a county has tens of thousands of cells. JSON leaves out what is undefined. */
const presentCell = (one: CellResult, isHexagon: boolean): AnalysisCell => ({
  h3: isHexagon ? one.id : null,
  grid: isHexagon ? undefined : one.id,
  name: isHexagon ? undefined : one.name,
  count: one.count,
  expected: one.expected,
  per_km2: one.perSquareKm,
  rate: one.rate,
  households: one.households,
  withheld: one.withheld,
  value: one.value,
  z: one.z,
  p: one.p,
  p_even: one.pEven,
  q: one.q,
  class: one.class,
  quadrant: one.quadrant,
  trend_z: one.trendZ,
  trend_p: one.trendP,
  counts: one.counts && [...one.counts],
  before: one.before,
  change: one.change,
})

function classesOf(cells: readonly CellResult[]): Analysis['classes'] {
  const tallies = new Map<NonNullable<CellResult['class']>, { cells: number; count: number }>()
  for (const cell of cells) {
    if (cell.class === null) continue
    const tally = tallies.get(cell.class) ?? { cells: 0, count: 0 }
    tallies.set(cell.class, { cells: tally.cells + 1, count: tally.count + cell.count })
  }
  return [...tallies]
    .map(([name, tally]) => ({ class: name, ...tally }))
    .sort((a, b) => (a.class < b.class ? -1 : 1))
}

const presentCluster = (
  one: NonNullable<AnalysisResult['clusters']>[number],
): NonNullable<Analysis['clusters']>[number] => ({
  rank: one.rank,
  centre: [...one.centre],
  radius_m: one.radiusMetres,
  cells: [...one.cells],
  from: one.from,
  to: one.to,
  observed: one.observed,
  expected: one.expected,
  log_likelihood_ratio: one.logLikelihoodRatio,
  p: one.p,
  recurrence_days: one.recurrenceDays,
})

function presentBand(
  one: NonNullable<AnalysisResult['bands']>[number],
): NonNullable<Analysis['bands']>[number] {
  const { fromMetres, toMetres, fromDays, toDays } = one
  return {
    label: one.label,
    from_m: fromMetres,
    to_m: toMetres,
    from_days: fromDays,
    to_days: toDays,
    observed: one.observed,
    expected: one.expected,
    median: one.median,
    ratio: one.ratio,
    p: one.p,
  }
}

/** The same as GeoJSON: a polygon a cell, its figures as properties, everything else beside `features`. */
export function presentAnalysisFeatures(
  analysis: Analysis,
  geometryOf: (cell: AnalysisCell) => Geometry,
): FeatureCollection<Geometry, AnalysisCell> & Omit<Analysis, 'cells'> {
  const { cells, ...about } = analysis
  return {
    type: 'FeatureCollection',
    ...about,
    features: cells.map((cell) => ({
      type: 'Feature',
      id: cell.h3 ?? cell.grid ?? '',
      properties: cell,
      geometry: geometryOf(cell),
    })),
  }
}
