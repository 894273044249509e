/**
 * GET /api/areas/{code}/evidence?from=&to=[&worker=][&kind=][&noted=][&limit=&after=]   what traces give to look into
 * POST /api/areas/{code}/evidence/{id}/notes                                           seen or explained, with a reason
 * GET, POST /api/areas/{code}/joint-patrols · DELETE …/{patrol}                        who patrols together
 * Days [from, to): `to` is the first day no longer counted. Evidence is never a verdict: it has no score and no order of weight.
 */
import { z } from 'zod'
import type { EvidenceCode } from '../core/policy/evidence-policy.ts'
import { codeSchema, daySchema, instantSchema, messageSchema } from './values.ts'

const codes = [
  'carried_together',
  'replayed_trace',
  'impossible_jump',
  'mock_position',
  'no_jitter',
  'vehicle',
  'clock_skew',
] as const satisfies readonly EvidenceCode[]

export const evidenceCodeSchema = z.enum(codes)
export const noteStateSchema = z.enum(['seen', 'explained'])

export const evidenceSchema = z
  .object({
    id: z.string().meta({ description: 'The same again when the day is matched again' }),
    code: evidenceCodeSchema,
    worker: z.string(),
    name: z.string().meta({ description: 'Masked' }),
    day: daySchema,
    from: instantSchema,
    to: instantSchema,
    other: z
      .object({
        worker: z.string(),
        name: z.string().meta({ description: 'Masked' }),
        day: daySchema,
        shift_seconds: z.number().meta({
          description: 'From the other trace to this one; its stretches are these, so much earlier',
        }),
      })
      .nullable()
      .meta({ description: 'The other trace it is about' }),
    figures: z.record(z.string(), z.number()).meta({ description: 'Units in the names' }),
    stretches: z.array(z.object({ from: instantSchema, to: instantSchema })),
    reading: messageSchema.meta({ description: 'What was seen and what it may mean' }),
    innocent: z.array(messageSchema).meta({ description: 'Harmless causes, to be asked about first' }),
    notes: z
      .array(z.object({ state: noteStateSchema, reason: z.string(), by: z.string(), at: instantSchema }))
      .meta({ description: 'Newest first' }),
  })
  .meta({ id: 'Evidence' })

export const evidenceListSchema = z.object({
  from: daySchema,
  to: daySchema,
  evidence: z.array(evidenceSchema),
  next: z.string().nullable(),
})

export const noteSchema = z.strictObject({
  state: noteStateSchema,
  reason: z.string().trim().min(1).max(2000),
})

export const enterJointPatrolSchema = z.strictObject({
  id: codeSchema.meta({ description: 'Of the sender’s own: the same record twice is one' }),
  workers: z.array(codeSchema).min(2).max(20),
  from: daySchema,
  to: daySchema.meta({ description: 'First day no longer meant' }),
  note: z.string().trim().min(1).max(2000),
})

export const jointPatrolSchema = z
  .object({
    id: z.string(),
    workers: z.array(z.string()),
    from: daySchema,
    to: daySchema,
    note: z.string(),
    entered_by: z.string(),
    entered_at: instantSchema,
  })
  .meta({ id: 'JointPatrol' })

export const jointPatrolsSchema = z.object({ patrols: z.array(jointPatrolSchema) })

export type EvidencePiece = z.infer<typeof evidenceSchema>
export type EvidenceList = z.infer<typeof evidenceListSchema>
export type JointPatrolAnswer = z.infer<typeof jointPatrolSchema>
