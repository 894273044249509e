/**
 * POST /api/areas/{code}/incidents                                enters an incident; the same key again is the same incident
 * GET /api/areas/{code}/incidents/{incident}[?reveal=true]        one, with its history, deadlines and what the viewer may do next
 * POST /api/areas/{code}/incidents/{incident}/events              a step; 409 when somebody was quicker
 * POST /api/areas/{code}/incidents/{incident}/photos              a JPEG or PNG, as the body
 * GET /api/areas/{code}/incidents/{incident}/photos/{photo}
 * GET /api/areas/{code}/incident-work[?list=][&state=][&limit=&after=]   what waits, the most pressing first, with counts
 * GET /api/areas/{code}/incident-policy[?day=]                    categories and deadlines in force
 */
import { z } from 'zod'
import type { IncidentAction, IncidentState } from '../core/incidents/life.ts'
import type { IncidentLevel, Urgency } from '../core/policy/incident-policy.ts'
import { flagSchema, pageFields } from './queries.ts'
import { codeSchema, daySchema, instantSchema, messageSchema } from './values.ts'

export const incidentStateSchema = z.enum([
  'reported',
  'passed_up',
  'accepted',
  'dispatched',
  'returned',
  'resolved',
  'verified',
  'closed',
] as const satisfies readonly IncidentState[])

export const incidentActionSchema = z.enum([
  'accept',
  'dispatch',
  'pass_up',
  'resolve',
  'verify',
  'return',
  'close',
  'tell',
  'note',
] as const satisfies readonly IncidentAction[])

const levels = ['village', 'township', 'county', 'department'] as const satisfies readonly IncidentLevel[]
export const incidentLevelSchema = z.enum(levels)
export const urgencySchema = z.enum(['ordinary', 'emergency'] as const satisfies readonly Urgency[])

const freeText = (most: number) => z.string().trim().min(1).max(most)

export const reportIncidentSchema = z
  .strictObject({
    key: codeSchema.meta({ description: 'Given by the client: the same again is the same incident' }),
    category: z.string().min(1).max(100),
    severity: z.enum(['low', 'medium', 'high']).optional(),
    urgency: urgencySchema.optional().meta({ description: 'What its category is, when absent' }),
    occurred_at: instantSchema,
    description: freeText(2000),
    lon: z.number().min(-180).max(180).optional(),
    lat: z.number().min(-90).max(90).optional(),
    household: codeSchema.optional(),
    place: codeSchema.optional(),
    reporter: freeText(100).optional().meta({ description: 'Personal data: masked in every answer' }),
    reporter_contact: freeText(100).optional(),
    worker: codeSchema.optional().meta({
      description: 'Who was at the household or place: counts as a visit there, where the policy has it so',
    }),
  })
  .refine(({ lon, lat }) => (lon === undefined) === (lat === undefined), {
    message: 'give lon and lat together',
    path: ['lat'],
  })
  .refine(
    ({ lon, household, place }) => lon !== undefined || household !== undefined || place !== undefined,
    {
      message: 'give a position, a household or a place',
      path: ['lon'],
    },
  )
  .refine(({ household, place }) => household === undefined || place === undefined, {
    message: 'give either a household or a place',
    path: ['place'],
  })

export const reportedSchema = z
  .object({
    town: z.string(),
    id: z.string(),
    receipt: z.string(),
    known: z.boolean().meta({ description: 'It was entered before' }),
    visit: z.boolean().meta({ description: 'It was entered as a visit as well' }),
  })
  .meta({ id: 'ReportedIncident' })

export const deadlineSchema = z
  .object({
    kind: z.enum(['take_on', 'answer']),
    level: incidentLevelSchema,
    from: instantSchema,
    due_at: instantSchema,
    met_at: instantSchema.nullable(),
    status: z.enum(['on_time', 'due_soon', 'overdue', 'met', 'met_late', 'unknown']).meta({
      description: 'unknown: it was done, nobody wrote down when',
    }),
    working_minutes_left: z.number().nullable().meta({
      description: 'Office hours of working days from now on, negative when overdue; null once met',
    }),
    stopped_working_minutes: z.number().meta({ description: 'During which it did not run' }),
  })
  .meta({ id: 'Deadline' })

const briefFields = {
  id: z.string(),
  town: z.string(),
  category: z.string(),
  severity: z.string().nullable(),
  urgency: urgencySchema,
  state: incidentStateSchema,
  level: incidentLevelSchema,
  occurred_at: instantSchema,
  reported_at: instantSchema,
  description: z.string().nullable(),
  grid: z.string().nullable().meta({ description: 'Grid in force at that moment at that position' }),
  hexagon: z.string().nullable().meta({ description: 'H3 cell of resolution 9' }),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  assignee: z.string().nullable(),
  revision: z.int(),
  next: deadlineSchema.nullable().meta({ description: 'The deadline to be kept next' }),
}

export const incidentLifeSchema = z
  .object({
    ...briefFields,
    declared_grid: z.string().nullable(),
    household: z.string().nullable(),
    place: z.string().nullable(),
    reporter: z.string().nullable().meta({ description: 'Masked unless revealed' }),
    reporter_contact: z.string().nullable().meta({ description: 'Masked unless revealed' }),
    reporter_told: z.boolean(),
    working_day_minutes: z.int(),
    deadlines: z.array(deadlineSchema),
    actions: z.array(incidentActionSchema).meta({ description: 'What the viewer may do now' }),
    steps: z.array(
      z.object({
        revision: z.int().meta({ description: '0: from a file, before anything was entered here' }),
        action: z.enum(['report', ...incidentActionSchema.options]),
        from: incidentStateSchema.nullable(),
        to: incidentStateSchema,
        from_level: incidentLevelSchema,
        level: incidentLevelSchema,
        at: instantSchema,
        by: z.string().nullable(),
        receipt: z.string().nullable(),
        note: z.string().nullable(),
        assignee: z.string().nullable(),
      }),
    ),
    photos: z.array(
      z.object({
        id: z.string(),
        type: z.string(),
        width: z.int(),
        height: z.int(),
        by: z.string(),
        at: instantSchema,
      }),
    ),
  })
  .meta({ id: 'IncidentLife' })

export const revealQuery = z.strictObject({
  reveal: flagSchema.optional().meta({ description: 'The reporter in the clear: noted who asked' }),
})

export const stepSchema = z.strictObject({
  action: incidentActionSchema,
  revision: z.int().min(0).meta({ description: 'Of the incident as the person saw it' }),
  note: freeText(2000).optional(),
  assignee: freeText(100)
    .optional()
    .meta({ description: 'Login, worker or department that is to handle it' }),
})

export const photoSchema = z.object({ id: z.string(), width: z.int(), height: z.int() })

const workListSchema = z.enum(['all', 'overdue', 'due_soon', 'mine'])

export const workQuery = z.strictObject({
  list: workListSchema
    .optional()
    .meta({ description: 'mine: entered by the viewer, or given to the viewer' }),
  state: incidentStateSchema.optional(),
  ...pageFields(1000, 200),
})

export const incidentWorkSchema = z.object({
  list: workListSchema,
  lists: z.object({ all: z.int(), overdue: z.int(), due_soon: z.int(), mine: z.int() }),
  states: z.array(z.object({ state: incidentStateSchema, count: z.int() })),
  working_day_minutes: z.int(),
  incidents: z.array(z.object(briefFields).meta({ id: 'WaitingIncident' })),
  next: z.string().nullable(),
})

export const incidentPolicySchema = z.object({
  day: daySchema,
  name: z.string(),
  title: messageSchema,
  levels: z.array(incidentLevelSchema),
  answer_working_days: z.number(),
  take_on_working_days: z.number(),
  emergency_minutes: z.number(),
  due_soon_working_days: z.number(),
  counts_as_visit: z.boolean(),
  categories: z.array(
    z.object({
      code: z.string(),
      title: messageSchema,
      department: messageSchema,
      urgency: urgencySchema,
      closed_by: z.enum(levels),
      answer_working_days: z.number(),
      take_on_working_days: z.number(),
    }),
  ),
})

export type IncidentLifeAnswer = z.infer<typeof incidentLifeSchema>
export type IncidentWork = z.infer<typeof incidentWorkSchema>
export type WaitingIncident = IncidentWork['incidents'][number]
export type DeadlineAnswer = z.infer<typeof deadlineSchema>
export type ReportIncident = z.infer<typeof reportIncidentSchema>
export type ReportedIncident = z.infer<typeof reportedSchema>
export type IncidentPolicyAnswer = z.infer<typeof incidentPolicySchema>
export type StepBody = z.infer<typeof stepSchema>
