/**
 * One question, one answer, one card: `wangge hotspots`, and
 * GET /api/areas/{code}/analysis?from=&to=&statistic=…            the answer; `format=csv|geojson|xlsx` for a file, `columns` for the
 *                                                                 answer with its cells by columns (cell-columns.ts)
 *   with `Prefer: respond-async, wait=2`: 202 with a job (below), where it takes longer
 * POST /api/areas/{code}/analysis?from=&to=&statistic=…           202 with a job, for what takes long: progress, cancel
 * GET /api/analyses/{job}                                         the job, and its answer once it is done
 * GET /api/areas/{code}/incident-counts?from=&to=…                counts for the linked charts under the same filter
 * GET /api/areas/{code}/hexagon-grids?from=&to=…[&resolution=]    the grid each hexagon is known by, under the same filter
 *
 * Every part of a question has a default and is left out of the address where it has it. Lists are written with commas.
 */
import { z } from 'zod'
import { measures, statistics, units } from './analysis-question.ts'
import { hotSpotClasses, hotspotsSchema } from './hotspots.ts'
import { jobSchema } from './jobs.ts'
import { daySchema, geometrySchema, messageSchema } from './values.ts'

export const emergingClasses = [
  'new',
  'consecutive',
  'intensifying',
  'persistent',
  'diminishing',
  'sporadic',
  'oscillating',
  'historical',
] as const

/** Hot and cold (gi, gi-star), quadrants significant at q < 0.05 (local-moran), hot and cold histories (emerging). */
export const cellClasses = [
  ...hotSpotClasses,
  'HH',
  'LL',
  'HL',
  'LH',
  ...emergingClasses.flatMap((one) => [`${one}_hot`, `${one}_cold`] as const),
] as const

const figure = z.number().nullable()

const daysSchema = z.object({ from: daySchema.nullable(), to: daySchema.nullable() })

export const analysisCellSchema = z
  .object({
    h3: z.string().nullable().meta({ description: 'The H3 cell; null where the unit is the grid' }),
    grid: z.string().optional().meta({ description: 'Code of the grid, where the unit is the grid' }),
    name: z.string().nullable().optional(),
    count: z.int(),
    expected: figure.meta({
      description:
        'Incidents here if all were spread evenly: over households where a rate is asked for, else over area',
    }),
    per_km2: z.number(),
    rate: figure.meta({ description: 'Per 1,000 households; null without households here' }),
    households: z.int().nullable(),
    withheld: z.literal(true).optional().meta({
      description: 'Too few households for this viewer: they, and rates by them, are kept back',
    }),
    value: figure.meta({
      description: 'What the legend colours: the measure asked for, or the density of kde',
    }),
    z: figure.meta({ description: 'Null where undefined, or not asked for' }),
    p: figure.meta({ description: 'Two-sided, never 0' }),
    p_even: figure.optional().meta({
      description:
        'Of Gi, Gi* and emerging: two-sided p of the incidents in the neighbourhood if all were spread evenly (binomial)',
    }),
    q: figure.meta({
      description: 'p, or p_even where that is larger, after correction over all cells tested',
    }),
    class: z.enum(cellClasses).nullable(),
    quadrant: z
      .enum(['HH', 'LL', 'HL', 'LH'])
      .nullable()
      .optional()
      .meta({ description: 'Of local-moran, significant or not' }),
    trend_z: figure.optional().meta({ description: 'Mann–Kendall of the z of the steps, of emerging' }),
    trend_p: figure.optional(),
    counts: z.array(z.int()).optional().meta({ description: 'By step, where steps were asked for' }),
    before: z.int().optional().meta({ description: 'Incidents of the period compared with' }),
    change: z.object({ ratio: figure, low: figure, high: figure }).optional().meta({
      description:
        'Incidents a day against the period compared with; 95 % from `low` to `high`, null: unbounded',
    }),
  })
  .meta({ id: 'AnalysisCell' })

export const analysisCardSchema = z
  .object({
    title: messageSchema,
    data: z.object({
      area: z.string().nullable(),
      name: z.string().nullable(),
      source: z.enum(['database', 'file']),
      files: z.array(z.string()),
      version: z.string().nullable().meta({
        description:
          'Version of what it was read from: how often each of the tables had been written to, and the day',
      }),
      fingerprint: z.string().meta({ description: 'Of the records read: equal where the records are' }),
    }),
    filter: z.object({
      from: daySchema.nullable(),
      to: daySchema.nullable(),
      categories: z.array(z.string()).nullable(),
      severities: z.array(z.string()).nullable(),
      statuses: z.array(z.string()).nullable(),
      hours: z.array(z.int()).nullable(),
      weekdays: z.array(z.int()).nullable(),
    }),
    counts: z.object({
      read: z.int().meta({ description: 'counted + all that were excluded' }),
      counted: z.int(),
      excluded: z.array(z.object({ reason: z.string(), count: z.int(), message: messageSchema })),
    }),
    n: z.int(),
    parameters: z.record(z.string(), z.unknown()),
    seed: z.int().nullable().meta({ description: 'Null where nothing is drawn' }),
    software: z.object({ name: z.literal('wangge'), version: z.string() }),
    formula: z.string(),
    references: z.array(z.string()),
    command: z.string().meta({ description: 'Repeats it' }),
    address: z.string().nullable().meta({ description: 'The query of its address' }),
    reading: messageSchema,
    notes: z.array(messageSchema).meta({ description: 'What to bear in mind with this answer' }),
  })
  .meta({ id: 'AnalysisCard' })

export const analysisSchema = z
  .object({
    statistic: z.enum(statistics),
    unit: z.enum(units),
    resolution: z.int().nullable().meta({ description: 'Null where the unit is the grid' }),
    n: z.int().meta({ description: 'Cells of the study area, those without an incident included' }),
    parameters: z
      .looseObject({})
      .meta({ description: 'Every part of the question that the statistic looked at' }),
    study_area: hotspotsSchema.shape.study_area,
    totals: hotspotsSchema.shape.totals,
    excluded: hotspotsSchema.shape.excluded.extend({
      other_severity: z.int(),
      other_status: z.int(),
      other_hour: z.int().meta({ description: 'Other hours of the day or days of the week' }),
      in_no_unit: z.int().meta({ description: 'In the area but in no grid, where the unit is the grid' }),
    }),
    references: z.record(z.string(), z.string()),
    cells: z.array(analysisCellSchema),
    classes: z.array(z.object({ class: z.enum(cellClasses), cells: z.int(), count: z.int() })).meta({
      description: 'Cells and incidents of each class that occurs',
    }),
    legend: z.object({
      measure: z.enum([...measures, 'density']),
      unit: messageSchema,
      breaks: z
        .array(z.number())
        .meta({ description: 'Upper bounds of the colours, the last colour is open' }),
      breaks_from: z.enum(['question', 'period']).meta({
        description: 'period: of all incidents of the period, whatever is filtered, so that colours stay',
      }),
      largest: figure,
      without_value: z.int(),
    }),
    steps: z.array(z.object({ from: daySchema, to: daySchema, count: z.int() })).nullable(),
    compared: daysSchema.extend({ count: z.int() }).nullable(),
    global: z
      .object({
        moran: z.object({ i: z.number(), expected: z.number(), z: figure, p: figure }).nullable(),
      })
      .nullable(),
    bandwidth: z
      .object({ used_m: z.number(), silverman_m: figure, cv_m: figure })
      .nullable()
      .meta({ description: 'Of kde: what was used, and what each rule would choose' }),
    contours: z
      .array(z.object({ from: z.number(), to: figure, geometry: geometrySchema }))
      .nullable()
      .meta({ description: 'Of kde: ground between two breaks of the legend, per km²' }),
    clusters: z
      .array(
        z.object({
          rank: z.int(),
          centre: z.tuple([z.number(), z.number()]),
          radius_m: z.number(),
          cells: z.array(z.string()),
          from: daySchema,
          to: daySchema,
          observed: z.int(),
          expected: z.number(),
          log_likelihood_ratio: z.number(),
          p: z.number(),
          recurrence_days: figure,
        }),
      )
      .nullable(),
    bands: z
      .array(
        z.object({
          label: messageSchema,
          from_m: z.number(),
          to_m: z.number(),
          from_days: z.number(),
          to_days: z.number(),
          observed: z.int(),
          expected: z.number(),
          median: z.number(),
          ratio: figure,
          p: z.number(),
        }),
      )
      .nullable(),
    accuracy: z
      .object({
        trained: daysSchema,
        tested: daysSchema,
        hot_cells: z.int(),
        area_share: z.number(),
        hits: z.int(),
        incidents: z.int(),
        hit_rate: figure,
        pai: figure,
        pei: figure,
      })
      .nullable()
      .meta({ description: 'Hot spots of the month before the period, against the incidents of the period' }),
    card: analysisCardSchema,
  })
  .meta({ id: 'Analysis' })

export const cellColumnsSchema = z
  .object({
    size: z.int().meta({ description: 'Number of cells' }),
    common: z.looseObject({}).meta({ description: 'Figures that are the same in every cell' }),
    columns: z
      .record(
        z.string(),
        z.union([
          z.array(z.unknown()),
          z.object({
            of: z.array(z.unknown()).meta({ description: 'The different values' }),
            at: z.array(z.int()).meta({ description: 'Which of them each cell has, from 0' }),
          }),
        ]),
      )
      .meta({ description: 'Of each other figure a value a cell; null also where a cell has none' }),
  })
  .meta({ id: 'AnalysisCellColumns' })

export const analysisColumnsSchema = analysisSchema
  .extend({ cells: cellColumnsSchema })
  .meta({ id: 'AnalysisColumns' })

export const analysisJobSchema = z.object({
  job: jobSchema,
  answer: z
    .union([analysisSchema, analysisColumnsSchema])
    .nullable()
    .meta({ description: 'Null until the job is done; by columns where it was asked for so' }),
})

const bar = {
  count: z.int(),
  before: z.int().nullable().meta({ description: 'In the period compared with' }),
}

/** Of a question that may take long: by columns, or the job that goes on with it. */
export const analysisOrJobSchema = z.union([analysisColumnsSchema, jobSchema])

/** Each chart counts under every filter but its own, so that what is not chosen can still be seen and chosen. */
export const incidentCountsSchema = z
  .object({
    from: daySchema,
    to: daySchema,
    total: z.int().meta({ description: 'Under all filters' }),
    before: z.int().nullable(),
    read: z.int().meta({ description: 'All incidents of the period' }),
    days: z
      .array(z.object({ day: daySchema, count: z.int() }))
      .meta({ description: 'Every day, also without any' }),
    compare_days: z.array(z.object({ day: daySchema, count: z.int() })).nullable(),
    categories: z.array(z.object({ category: z.string(), ...bar })),
    severities: z.array(z.object({ severity: z.string().nullable(), ...bar })),
    statuses: z.array(z.object({ status: z.string(), ...bar })),
    grids: z.array(z.object({ grid: z.string().nullable(), name: z.string().nullable(), ...bar })),
    week: z
      .array(z.array(z.int()).length(24))
      .length(7)
      .meta({ description: 'Monday to Sunday, each by the hour; under every filter but weekdays and hours' }),
  })
  .meta({ id: 'IncidentCounts' })

export const hexagonGridsSchema = z
  .object({
    resolution: z.int(),
    grids: z.array(z.object({ grid: z.string(), hexagons: z.array(z.string()) })),
  })
  .meta({ id: 'HexagonGrids' })

export type HexagonGrids = z.infer<typeof hexagonGridsSchema>
export type AnalysisCell = z.infer<typeof analysisCellSchema>
export type CellColumns = z.infer<typeof cellColumnsSchema>
export type AnalysisColumns = z.infer<typeof analysisColumnsSchema>
export type AnalysisCard = z.infer<typeof analysisCardSchema>
export type Analysis = z.infer<typeof analysisSchema>
export type AnalysisJob = z.infer<typeof analysisJobSchema>
export type IncidentCounts = z.infer<typeof incidentCountsSchema>
export type CellClass = (typeof cellClasses)[number]
