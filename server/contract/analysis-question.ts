/**
 * What may be asked of incidents, as an address writes it and as `wangge hotspots` does (there with `--` and hyphens). Every part
 * has a default and is left out where it has it; lists are written with commas.
 */
import { z } from 'zod'
import type {
  AnalysisQuestion,
  Correction,
  EdgeCorrection,
  Kernel,
  Measure,
  ScanModel,
  Statistic,
  Step,
  Unit,
} from '../core/analysis/values.ts'
import { flagSchema, intervalMessage, isInterval, wholeNumber } from './queries.ts'
import { daySchema } from './values.ts'

export const statistics = [
  'gi-star',
  'gi',
  'local-moran',
  'kde',
  'emerging',
  'scan',
  'knox',
] as const satisfies readonly Statistic[]
export const units = ['hexagon', 'grid'] as const satisfies readonly Unit[]
export const corrections = ['bh', 'by'] as const satisfies readonly Correction[]
export const kernels = ['gaussian', 'quartic'] as const satisfies readonly Kernel[]
export const edgeCorrections = ['none', 'uniform', 'diggle'] as const satisfies readonly EdgeCorrection[]
export const measures = [
  'count',
  'per-km2',
  'per-1000-households',
  'eb',
  'eb-local',
] as const satisfies readonly Measure[]
export const steps = ['day', 'week', 'month'] as const satisfies readonly Step[]
export const scanModels = ['permutation', 'poisson'] as const satisfies readonly ScanModel[]

const listOf = <T>(one: z.ZodType<T, string>, most: number, description: string) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(one).min(1).max(most))
    .optional()
    .meta({ description: `${description}, with commas; all when absent`, parameter: { type: 'string' } })

const metres = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,3})?$/)
  .transform(Number)
  .pipe(z.number().positive().max(100_000))
  .meta({ parameter: { type: 'number' } })
const bound = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,9})?$/)
  .transform(Number)
const ascending = (description: string) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(bound).min(2).max(20))
    .refine((bounds) => bounds.every((one, i) => i === 0 || one > bounds[i - 1]!), {
      message: 'ascending numbers',
    })
    .optional()
    .meta({ description, parameter: { type: 'string' } })
const word = z.string().min(1).max(100)

/** Which incidents count. */
export const incidentFilterFields = {
  from: daySchema.meta({ description: 'First day, Asia/Shanghai' }),
  to: daySchema.meta({ description: 'First day no longer counted, Asia/Shanghai' }),
  compare_from: daySchema.optional().meta({ description: 'First day of the period set beside it' }),
  compare_to: daySchema.optional(),
  categories: listOf(word, 100, 'Categories'),
  severities: listOf(word, 20, 'Severities; `none` for those without'),
  statuses: listOf(word, 20, 'Statuses'),
  hours: listOf(wholeNumber(0, 23), 24, 'Hours of the day, Asia/Shanghai'),
  weekdays: listOf(wholeNumber(1, 7), 7, 'Days of the week, 1 is Monday'),
}

/** Every other part of a question; the default stands in the description. */
export const statisticFields = {
  statistic: z.enum(statistics).optional().meta({ description: 'gi-star' }),
  unit: z.enum(units).optional().meta({ description: 'hexagon' }),
  resolution: wholeNumber(5, 11).optional().meta({ description: 'H3 resolution; 9' }),
  rings: wholeNumber(1, 5).optional().meta({ description: 'Neighbourhood in steps; 1' }),
  band_m: metres
    .optional()
    .meta({ description: 'Neighbourhood as a distance between centres, instead of rings' }),
  correction: z.enum(corrections).optional().meta({ description: 'Benjamini–Hochberg or –Yekutieli; bh' }),
  permutations: wholeNumber(99, 99_999).optional().meta({ description: '999' }),
  seed: wholeNumber(0, 2 ** 31 - 1)
    .optional()
    .meta({ description: '1' }),
  bandwidth: z
    .union([z.enum(['silverman', 'cv']), metres])
    .optional()
    .meta({ description: 'Metres, or the rule that chooses them; silverman', parameter: { type: 'string' } }),
  kernel: z.enum(kernels).optional().meta({ description: 'quartic' }),
  edge: z.enum(edgeCorrections).optional().meta({ description: 'Correction at the boundary; uniform' }),
  measure: z.enum(measures).optional().meta({ description: 'What a cell is measured and tested by; count' }),
  step: z.enum(steps).optional().meta({ description: 'Steps of playback; of emerging and scan: week' }),
  steps_back: wholeNumber(0, 12).optional().meta({ description: 'Neighbours in time, of emerging; 1' }),
  model: z
    .enum(scanModels)
    .optional()
    .meta({ description: 'Of scan; permutation, which needs no population' }),
  prospective: flagSchema
    .optional()
    .meta({ description: 'Of scan: only clusters that last until the end; false' }),
  distances: ascending(
    'Bounds of the bands of knox, metres, from 0; the same place is a band of its own; 0,100,200,300,400',
  ),
  days: ascending('Bounds of the bands of knox, days, from 0; 0,1,4,8,15'),
  breaks: ascending('Breaks of the legend, to keep its colours while filtering'),
}

type Periods = {
  from: string
  to: string
  compare_from?: string | undefined
  compare_to?: string | undefined
}
const comparesWhole = ({ compare_from: from, compare_to: to }: Periods): boolean =>
  (from === undefined && to === undefined) ||
  (from !== undefined && to !== undefined && isInterval({ from, to }))
const compareIssue = {
  message: '`compare_from` and `compare_to` stand together, in order',
  path: ['compare_from'],
}

/** Of the command line and the service; the service has `columns`, too: JSON for the screen. */
export const analysisFormats = ['json', 'geojson', 'csv', 'xlsx'] as const

export const analysisQuerySchema = z
  .strictObject({
    ...incidentFilterFields,
    ...statisticFields,
    format: z
      .enum([...analysisFormats, 'columns'])
      .optional()
      .meta({ description: 'json' }),
  })
  .refine(isInterval, { message: intervalMessage, path: ['from'] })
  .refine(comparesWhole, compareIssue)

export const incidentCountsQuerySchema = z
  .strictObject(incidentFilterFields)
  .refine(isInterval, { message: intervalMessage, path: ['from'] })
  .refine(comparesWhole, compareIssue)

/** The same incidents in hexagons. */
export const hexagonGridsQuerySchema = z
  .strictObject({ ...incidentFilterFields, resolution: statisticFields.resolution })
  .refine(isInterval, { message: intervalMessage, path: ['from'] })
  .refine(comparesWhole, compareIssue)

export type AnalysisQuery = z.output<typeof analysisQuerySchema>

/** What a query asks, every absent part at its default; a file of the command line may leave its days open. */
export function questionOf(
  query: {
    readonly [Part in Exclude<keyof AnalysisQuery, 'format'>]?: AnalysisQuery[Part] | undefined
  },
): AnalysisQuestion {
  const { compare_from: before, compare_to: until, statistic = 'gi-star' } = query
  const usualStep = statistic === 'emerging' || statistic === 'scan' ? 'week' : null
  return {
    statistic,
    unit: query.unit ?? 'hexagon',
    resolution: query.resolution ?? 9,
    period: { from: query.from ?? null, to: query.to ?? null },
    compare: before === undefined || until === undefined ? null : { from: before, to: until },
    categories: sorted(query.categories),
    severities: sorted(query.severities),
    statuses: sorted(query.statuses),
    hours: sorted(query.hours),
    weekdays: sorted(query.weekdays),
    rings: query.rings ?? 1,
    bandMetres: query.band_m ?? null,
    correction: query.correction ?? 'bh',
    permutations: query.permutations ?? 999,
    seed: query.seed ?? 1,
    bandwidth: query.bandwidth ?? 'silverman',
    kernel: query.kernel ?? 'quartic',
    edge: query.edge ?? 'uniform',
    measure: query.measure ?? 'count',
    step: query.step ?? usualStep,
    stepsBack: query.steps_back ?? 1,
    model: query.model ?? 'permutation',
    prospective: query.prospective ?? false,
    distances: query.distances ?? [0, 100, 200, 300, 400],
    dayBounds: query.days ?? [0, 1, 4, 8, 15],
    breaks: query.breaks ?? null,
  }
}

/** The order in which a filter was written asks nothing. */
const sorted = <T extends string | number>(list: readonly T[] | undefined): readonly T[] | null =>
  list ? [...new Set(list)].sort((a, b) => (a < b ? -1 : 1)) : null

/** The parts of a question that are not at their default, as an address or a command line writes them. */
export function queryOf(question: AnalysisQuestion): Record<string, string> {
  const { period, compare } = question
  const usual = questionOf({ statistic: question.statistic })
  const text: Record<string, string> = {}
  type Value = string | number | boolean | readonly (string | number)[] | null
  const say = (name: string, value: Value): void => {
    if (value !== null) text[name] = String(value)
  }
  const unless = (name: string, value: Value, common: Value): void => {
    if (String(value) !== String(common)) say(name, value)
  }
  say('from', period.from)
  say('to', period.to)
  say('compare_from', compare?.from ?? null)
  say('compare_to', compare?.to ?? null)
  say('categories', question.categories)
  say('severities', question.severities)
  say('statuses', question.statuses)
  say('hours', question.hours)
  say('weekdays', question.weekdays)
  unless('statistic', question.statistic, 'gi-star')
  unless('unit', question.unit, usual.unit)
  unless('resolution', question.resolution, usual.resolution)
  unless('rings', question.rings, usual.rings)
  say('band_m', question.bandMetres)
  unless('correction', question.correction, usual.correction)
  unless('permutations', question.permutations, usual.permutations)
  unless('seed', question.seed, usual.seed)
  unless('bandwidth', question.bandwidth, usual.bandwidth)
  unless('kernel', question.kernel, usual.kernel)
  unless('edge', question.edge, usual.edge)
  unless('measure', question.measure, usual.measure)
  unless('step', question.step, usual.step)
  unless('steps_back', question.stepsBack, usual.stepsBack)
  unless('model', question.model, usual.model)
  unless('prospective', question.prospective, usual.prospective)
  unless('distances', question.distances, usual.distances)
  unless('days', question.dayBounds, usual.dayBounds)
  say('breaks', question.breaks)
  return text
}
