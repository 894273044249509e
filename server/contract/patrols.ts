/**
 * GET /api/areas/{code}/patrol-days?from=&to=[&worker=][&limit=&after=]   one row a worker, grid and day
 * GET /api/areas/{code}/workers/{worker}/days/{day}                       the day explained, with its drawn trace
 * GET /api/areas/{code}/household-visits?day=[&limit=&after=]             days since the last visit, per household
 * Days [from, to): `to` is the first day no longer counted.
 */
import { z } from 'zod'
import { errorFields, matchSchema } from './match.ts'
import { bboxSchema, daySchema, instantSchema } from './values.ts'

export const traceLabelSchema = z.enum(['inside', 'outside', 'stay', 'unobserved', 'unreliable'])

export const ruleSchema = z
  .object({
    rule: z.string(),
    required: z.number(),
    actual: z.number(),
    unit: z.string(),
    met: z.boolean(),
    ...errorFields,
  })
  .meta({ id: 'Rule' })

export const secondsSchema = z.object({
  inside: z.int(),
  outside: z.int(),
  unobserved: z.int(),
  unreliable: z.int(),
})

export const patrolDayRowSchema = z
  .object({
    worker: z.string(),
    name: z.string().meta({ description: 'Masked' }),
    role: z.string(),
    day: daySchema,
    grid: z.string(),
    fixes: z.int(),
    first: instantSchema,
    last: instantSchema,
    seconds: secondsSchema,
    metres: z.object({ inside: z.number(), outside: z.number(), raw: z.number() }),
    rounds: z.int(),
    hexagons: z.object({ visited: z.int(), in_grid: z.int() }),
    households: z
      .object({ passed: z.int().nullable(), total: z.int().nullable() })
      .meta({ description: 'Null: the viewer may not see single households' }),
    rules: z.array(ruleSchema),
    met: z.boolean().nullable().meta({ description: 'All rules met; null without rules' }),
    within_error: z.boolean().nullable().meta({
      description:
        '`met` might be the other way within the errors: all are met, one of them within its error, or each one that is not is within its own; null where not known',
    }),
    flags: z.array(z.string()),
    strip: z
      .array(z.object({ label: traceLabelSchema, from: z.int(), to: z.int() }))
      .meta({ description: 'The day as stretches of one label, in seconds since local midnight' }),
  })
  .meta({ id: 'PatrolDayRow' })

export const patrolDaysSchema = z.object({
  from: daySchema,
  to: daySchema,
  rows: z.array(patrolDayRowSchema),
  absent: z
    .array(
      z.object({ worker: z.string(), name: z.string(), role: z.string(), grid: z.string(), day: daySchema }),
    )
    .meta({ description: 'Full-time workers with a grid and a working day but no fix' }),
  next: z.string().nullable(),
})

export const tracePieceSchema = z
  .object({
    label: traceLabelSchema,
    from: instantSchema,
    to: instantSchema,
    coordinates: z.array(z.tuple([z.number(), z.number()])),
    seconds: z.array(z.number()).meta({
      description: 'When the worker was at each of the coordinates: seconds since `from`, never falling',
    }),
    reason: z
      .object({
        code: z.enum(['silence', 'low_accuracy', 'implausible_speed', 'outside_grid', 'not_in_force']),
        value: z.number().nullable(),
        limit: z.number().nullable(),
      })
      .nullable()
      .meta({
        description:
          'Why it is not credited: what was found, and the limit, in seconds, metres or m/s; null: it is',
      }),
  })
  .meta({ id: 'TracePiece' })

export const patrolDayDetailSchema = z
  .object({
    worker: z.string(),
    name: z.string(),
    role: z.string(),
    day: daySchema,
    bbox: bboxSchema.nullable(),
    days: z.array(patrolDayRowSchema).meta({ description: 'One entry a grid' }),
    results: z.array(z.looseObject({})).meta({ description: 'As `wangge match --format json`, one a grid' }),
    trace: z.array(tracePieceSchema),
    stays: z.array(
      z.object({
        from: instantSchema,
        to: instantSchema,
        lon: z.number(),
        lat: z.number(),
        inside: z.boolean(),
      }),
    ),
    hexagons: z.array(z.string()).meta({ description: 'H3 cells visited inside the grid' }),
    households_passed: z.array(z.object({ id: z.string(), lon: z.number(), lat: z.number() })),
    households_missed: z
      .array(z.object({ id: z.string(), lon: z.number(), lat: z.number(), must_visit: z.boolean() }))
      .meta({ description: 'Neither passed by the trace nor entered as visited' }),
    policy: z.looseObject({}).meta({ description: 'The numbers that were in force' }),
    margins: z
      .array(
        z.object({
          grid: z.string(),
          inside_error: matchSchema.shape.metres.shape.inside_error,
          boundary_seconds: matchSchema.shape.boundary_seconds,
          tolerant: matchSchema.shape.tolerant,
          judged: matchSchema.shape.judged,
        }),
      )
      .meta({ description: 'How sure the figures inside are, one entry a grid' }),
  })
  .meta({ id: 'PatrolDayDetail' })

export const householdVisitsSchema = z.object({
  day: daySchema,
  households: z.array(
    z.object({
      id: z.string(),
      lon: z.number(),
      lat: z.number(),
      grid: z.string().nullable(),
      must_visit: z.boolean(),
      days_since: z.int().nullable().meta({ description: 'Days since the last visit; null: never' }),
    }),
  ),
  next: z.string().nullable().meta({ description: 'More than a page holds: `after` of the next page' }),
})

export type PatrolDayRow = z.infer<typeof patrolDayRowSchema>
export type PatrolDays = z.infer<typeof patrolDaysSchema>
export type PatrolDayDetail = z.infer<typeof patrolDayDetailSchema>
export type TraceLabel = z.infer<typeof traceLabelSchema>
export type TracePiece = z.infer<typeof tracePieceSchema>
export type HouseholdVisits = z.infer<typeof householdVisitsSchema>
