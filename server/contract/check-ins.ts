/**
 * POST /api/visits                   a visit that a supervisor enters, or a worker their own, by form or by the code at the door
 * POST /ingest/visits                the same from the phone of whoever was there
 * GET /api/areas/{code}/workers/{worker}/days/{day}/visits what was visited on a day, by which evidence
 * GET /posters/check-in-codes/{code} a sheet of codes to print
 */
import { z } from 'zod'
import { codeSchema, daySchema, instantSchema } from './values.ts'

const visitFields = {
  id: codeSchema.meta({ description: 'Given by the client: the same again is the same visit' }),
  time: instantSchema,
  to: instantSchema.optional(),
  code: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .meta({ description: 'As scanned: wangge:<town>:<kind>:<id>:<mac>; evidence check_in' }),
  subject: z
    .strictObject({ town: codeSchema, kind: z.enum(['household', 'place', 'building']), id: codeSchema })
    .optional()
    .meta({ description: 'What a form is about; not with a code' }),
  note: z.string().trim().min(1).max(500).optional(),
}
const isOneSubject = ({ code, subject }: { code?: unknown; subject?: unknown }): boolean =>
  (code === undefined) !== (subject === undefined)
const oneSubject = { message: 'give either code or subject', path: ['subject'] }

export const enterVisitSchema = z
  .strictObject({ ...visitFields, worker: codeSchema.meta({ description: 'Who was there' }) })
  .refine(isOneSubject, oneSubject)

export const deviceVisitSchema = z
  .strictObject({
    ...visitFields,
    device: z
      .strictObject({ kind: z.enum(['osmand', 'owntracks']), id: z.string().min(1).max(128) })
      .meta({ description: 'The phone, with its key as bearer token; whoever carries it was there' }),
  })
  .refine(isOneSubject, oneSubject)

export type VisitBody = Omit<z.infer<typeof enterVisitSchema>, 'worker'>

export const enteredVisitSchema = z
  .object({
    id: z.string(),
    town: z.string(),
    worker: z.string(),
    kind: z.enum(['household', 'place', 'building']),
    subject: z.string(),
    time: instantSchema,
    evidence: z.string().meta({ description: 'check_in, form or incident' }),
    marks: z.array(z.string()).meta({
      description:
        'far, unassigned, no_position, on_behalf: evidence for whoever looks; the visit counts all the same',
    }),
    distance_metres: z.number().nullable().meta({ description: 'To the nearest position around that time' }),
    known: z.boolean().meta({ description: 'It was entered before' }),
  })
  .meta({ id: 'EnteredVisit' })

export const dayVisitSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['household', 'place', 'building']),
    subject: z.string(),
    name: z.string().nullable().meta({ description: 'Of a place or building' }),
    must_visit: z.boolean().meta({ description: 'A household that has to be visited, or a key place' }),
    lon: z.number(),
    lat: z.number(),
    from: instantSchema,
    to: instantSchema.nullable(),
    evidence: z.enum(['stay', 'check_in', 'form', 'incident']),
    incident: z.string().nullable().meta({ description: 'Reported there; null: the evidence is another' }),
    note: z.string().nullable(),
    marks: z.array(z.enum(['far', 'unassigned', 'no_position', 'on_behalf'])),
    entered_by: z
      .string()
      .nullable()
      .meta({ description: 'Login of who entered it for the worker; null: the worker, or a file' }),
    distance_metres: z.number().nullable().meta({ description: 'To the nearest position around that time' }),
  })
  .meta({ id: 'DayVisit' })

export const dayVisitsSchema = z
  .object({
    visits: z.array(dayVisitSchema),
    households_hidden: z.int().meta({ description: 'Visits to households that this viewer may not see' }),
  })
  .meta({ id: 'DayVisits' })
export type DayVisits = z.infer<typeof dayVisitsSchema>

export const codeSheetQuery = z.strictObject({
  kind: z.enum(['place', 'building', 'household']).optional().meta({
    description: 'place (usual), building: stairwells; household: must-visit ones',
  }),
  grid: codeSchema.optional(),
  day: daySchema.optional(),
  lang: z.enum(['zh', 'en']).optional(),
})
