/**
 * GET /api/areas/{code}/household-ladder?from=&to=&category=&evidence=     registered → located → assigned → visited, by area and grid
 * GET /api/areas/{code}/household-ladder/missing?step=&…                   the households behind a step, masked
 * GET /api/areas/{code}/household-ledger?day=                              households, residents and who among them, by area and grid
 * GET /reports/households/{code}/{form}                                    the ledger and the annexes, to be printed; .pdf, .xlsx
 */
import { z } from 'zod'
import { flagSchema, intervalFields, intervalMessage, isInterval, pageFields } from './queries.ts'
import { codeSchema, daySchema, messageSchema } from './values.ts'

const countSchema = z
  .int()
  .nullable()
  .meta({ description: 'Null: kept back, see hidden; or not recorded here' })

const rowFields = {
  code: z
    .string()
    .meta({ description: 'Unique in the answer: an area, town/grid, or parent/ for households in no grid' }),
  parent: z.string().nullable(),
  level: z.enum(['county', 'township', 'village', 'grid', 'none']),
  grid: z.string().nullable(),
  name: z.string().nullable(),
  hidden: z.array(z.string()).meta({
    description: 'Counts kept back: they tell of too few households, or would betray one that does',
  }),
}

const ladderFields = {
  registered: countSchema,
  located: countSchema.meta({ description: 'Of which in a grid' }),
  assigned: countSchema.meta({ description: 'Of which somebody keeps contact with' }),
  visited: countSchema.meta({ description: 'Of which reached in the interval' }),
  remaining: countSchema.meta({ description: 'registered − visited' }),
}

const categorySchema = codeSchema.meta({
  description: 'A category of households, or must_visit; all when absent',
})
const evidenceSchema = z
  .enum(['any', 'visit'])
  .meta({ description: 'visit: a stay, check-in or form; any (when absent): a trace that passed, too' })

const interval = {
  ...intervalFields,
  category: categorySchema.optional(),
  evidence: evidenceSchema.optional(),
}

export const householdLadderQuery = z
  .strictObject(interval)
  .refine(isInterval, { message: intervalMessage, path: ['from'] })

export const householdLadderSchema = z
  .object({
    from: daySchema,
    to: daySchema,
    category: z.string().nullable(),
    evidence: z.enum(['any', 'visit']),
    rows: z
      .array(z.object({ ...rowFields, ...ladderFields }))
      .meta({ description: 'From the area down; each is the sum of those whose parent it is' }),
    categories: z
      .array(
        z.object({
          category: z.string(),
          title: messageSchema.nullable(),
          ...ladderFields,
          hidden: rowFields.hidden,
        }),
      )
      .meta({ description: 'The whole area; a household may have several, so these do not add up' }),
  })
  .meta({ id: 'HouseholdLadder' })

export const missingQuery = z
  .strictObject({
    ...interval,
    step: z.enum(['located', 'assigned', 'visited']),
    grid: codeSchema.optional(),
    ...pageFields(1000, 200),
  })
  .refine(isInterval, { message: intervalMessage, path: ['from'] })

export const missingSchema = z
  .object({
    total: z.int().meta({ description: 'On all pages' }),
    households: z.array(
      z.object({
        id: z.string(),
        grid: z.string().nullable(),
        head: z.string().nullable().meta({ description: 'Masked' }),
        address: z.string().nullable().meta({ description: 'Masked' }),
        categories: z.array(z.string()),
        must_visit: z.boolean(),
        worker: z.string().nullable(),
        lon: z.number(),
        lat: z.number(),
      }),
    ),
    next: z.string().nullable(),
  })
  .meta({ id: 'MissingHouseholds' })

export const householdLedgerSchema = z
  .object({
    day: daySchema,
    columns: z.array(z.object({ name: z.string(), title: messageSchema })),
    rows: z.array(z.object({ ...rowFields, counts: z.record(z.string(), countSchema) })),
  })
  .meta({ id: 'HouseholdLedger' })

export const householdForms = ['ledger', 'annex1', 'annex2', 'annex3', 'annex4'] as const

export const householdFormQuery = z.strictObject({
  day: daySchema.optional(),
  reveal: flagSchema.optional().meta({
    description: 'Names and phones in the clear, for supervisors and administrators; the access is noted',
  }),
})

export type HouseholdLadder = z.infer<typeof householdLadderSchema>
export type HouseholdLadderRow = HouseholdLadder['rows'][number]
export type MissingHouseholds = z.infer<typeof missingSchema>
export type HouseholdLedger = z.infer<typeof householdLedgerSchema>
