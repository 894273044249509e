/**
 * GET /api/areas/{code}/assessments/{month}[?worker=]                the monthly sheets of an area's full-time workers
 * GET /api/areas/{code}/rankings/{quarter}                          the stars of a quarter
 * POST /api/areas/{code}/assessments/{month}/close · …/reopen       signs a month off, takes it up again
 * GET, POST /api/areas/{code}/duty-records · DELETE …/{record}      leave, meetings, reports, tasks, findings missed
 * GET, POST /api/areas/{code}/objections · POST …/{objection}/decide
 * GET /reports/assessments/{code}/{month}, also with .pdf and .xlsx  a month as it is filed, to be signed
 * Money is yuan, periods of days are half-open.
 */
import { z } from 'zod'
import type { MonthSheet, Payment } from '../core/assessment/values.ts'
import { errorFields, presentVerdict } from './match.ts'
import { flagSchema } from './queries.ts'
import { codeSchema, daySchema, instantSchema, messageSchema } from './values.ts'

export const monthSchema = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .meta({ description: 'A month, YYYY-MM' })

export const quarterSchema = z
  .string()
  .regex(/^\d{4}-Q[1-4]$/)
  .meta({ description: 'A quarter, YYYY-Qn' })

const evidence = z.array(z.string()).meta({ description: 'Days, or ids of records, behind the figure' })

const paymentSchema = z
  .object({
    base: z.number(),
    deductions: z.array(
      z.object({
        reason: z.enum(['day_not_met', 'meeting_missed', 'report_short']),
        count: z.int(),
        each: z.number(),
        amount: z.number(),
        evidence,
      }),
    ),
    lost: z
      .object({ reason: z.enum(['days_running', 'days_in_month', 'finding_missed', 'task_open']), evidence })
      .nullable(),
    amount: z.number(),
  })
  .meta({ id: 'Payment' })

const excuseSchema = z.object({
  id: z.string(),
  kind: z.enum(['leave', 'joint_duty', 'training', 'phone_failure', 'weather', 'other']),
  from: daySchema,
  to: daySchema,
  reason: z.string(),
})

export const monthSheetSchema = z
  .object({
    worker: z.string(),
    name: z.string().meta({ description: 'Masked' }),
    is_over: z
      .boolean()
      .meta({ description: 'False: amounts are what they would be if nothing more was missed' }),
    closed_by: z.string().nullable(),
    closed_at: instantSchema.nullable(),
    closings: z
      .array(
        z.object({
          closed_at: instantSchema,
          closed_by: z.string(),
          remark: z.string().nullable(),
          reopened_at: instantSchema.nullable(),
          reopened_by: z.string().nullable(),
          reopen_reason: z.string().nullable(),
        }),
      )
      .meta({ description: 'Each time it was closed, and taken up again, in the order of time' }),
    differs: z.boolean().meta({ description: 'Closed, and what is known now would give another sheet' }),
    counts: z.object({
      met: z.int(),
      not_met: z.int(),
      excused: z.int(),
      off: z.int(),
      unassigned: z.int(),
      ahead: z.int(),
    }),
    days_within_error: z
      .int()
      .meta({ description: 'Days whose verdict might be the other one within the errors' }),
    longest_run: z.array(daySchema).meta({ description: 'The longest run of working days not met' }),
    patrol: paymentSchema.nullable(),
    information: paymentSchema.nullable(),
    tasks: paymentSchema.nullable(),
    total: z.number().nullable(),
    periods: z.array(
      z.object({
        target: z.enum(['grid_pass', 'key_persons', 'key_places', 'households']),
        from: daySchema,
        to: daySchema,
        actual: z.int(),
        total: z.int(),
        required_share: z.number(),
        met: z.boolean(),
        is_running: z.boolean(),
      }),
    ),
    below: z
      .boolean()
      .nullable()
      .meta({ description: 'Below the patrol target: the patrol subsidy is lost' }),
    card: z.enum(['none', 'yellow', 'red']).nullable(),
    score: z.number().nullable().meta({ description: '0 to 100: 100 × the mean of the shares reached' }),
    grade: z.enum(['excellent', 'good', 'pass', 'fail']).nullable(),
    notes: z.array(z.enum(['few_tasks_dispatched', 'nothing_received'])),
    days: z.array(
      z.object({
        day: daySchema,
        kind: z.enum(['working', 'make_up', 'rest', 'holiday']),
        status: z.enum(['met', 'not_met', 'excused', 'off', 'unassigned', 'ahead']),
        targets: z.array(
          z.object({
            target: z.enum(['online', 'hours', 'kilometres', 'rounds', 'key_persons', 'key_places']),
            required: z.number(),
            actual: z.number(),
            met: z.boolean(),
            ...errorFields,
          }),
        ),
        within_error: z.boolean().nullable().meta({
          description:
            'The day, met or not, might be the other way within the errors; null where it is neither, or not known',
        }),
        excuse: excuseSchema.nullable(),
      }),
    ),
  })
  .meta({ id: 'MonthSheet' })

export const assessmentsSchema = z.object({
  month: monthSchema,
  policy: z.object({ name: z.string(), title: messageSchema }),
  sheets: z.array(monthSheetSchema),
})

export const rankingSchema = z.object({
  quarter: quarterSchema,
  places: z.array(
    z.object({
      worker: z.string(),
      name: z.string().meta({ description: 'Masked' }),
      score: z.number(),
      place: z.int(),
      stars: z.int(),
      reward: z.number(),
    }),
  ),
})

export const closeSchema = z
  .strictObject({ remark: z.string().trim().min(1).max(2000).nullable().optional() })
  .optional()
export const closeAnswerSchema = z.object({ closed: z.int() })
export const reopenSchema = z.strictObject({
  worker: codeSchema.nullable(),
  reason: z.string().trim().min(1).max(2000),
})
export const reopenAnswerSchema = z.object({ reopened: z.int() })

const dutyKindSchema = z.enum([
  'leave',
  'joint_duty',
  'training',
  'phone_failure',
  'weather',
  'other',
  'meeting',
  'report',
  'task',
  'finding',
])

export const enterDutyRecordSchema = z.strictObject({
  id: codeSchema.meta({ description: 'Of the sender’s own: the same record twice is one' }),
  worker: codeSchema,
  kind: dutyKindSchema,
  from: daySchema,
  to: daySchema.meta({ description: 'First day no longer meant' }),
  state: z.string().max(20),
  note: z.string().trim().min(1).max(2000),
})

export const dutyRecordSchema = z
  .object({
    id: z.string(),
    worker: z.string(),
    kind: dutyKindSchema,
    from: daySchema,
    to: daySchema,
    state: z.string(),
    note: z.string(),
    entered_by: z.string(),
    entered_at: instantSchema,
  })
  .meta({ id: 'DutyRecord' })

export const dutyRecordsSchema = z.object({ records: z.array(dutyRecordSchema) })

export const objectSchema = z.strictObject({
  worker: codeSchema,
  from: instantSchema,
  to: instantSchema,
  claim: z.string().trim().min(1).max(2000),
})

export const decideObjectionSchema = z.strictObject({
  verdict: z.enum(['upheld', 'rejected']),
  credited_seconds: z.int().min(0).nullable().meta({ description: 'Null: all that was claimed' }),
  credited_metres: z.number().min(0).max(100_000),
  reason: z.string().trim().min(1).max(2000),
})

export const objectionSchema = z
  .object({
    id: z.string(),
    worker: z.string(),
    day: daySchema,
    from: instantSchema,
    to: instantSchema,
    claim: z.string(),
    entered_by: z.string(),
    entered_at: instantSchema,
    verdict: z.enum(['upheld', 'rejected']).nullable(),
    credited_seconds: z.int(),
    credited_metres: z.number(),
    reason: z.string().nullable(),
    decided_by: z.string().nullable(),
    decided_at: instantSchema.nullable(),
  })
  .meta({ id: 'Objection' })

export const objectionsSchema = z.object({ objections: z.array(objectionSchema) })

export const monthReportQuery = z.strictObject({
  lang: z.enum(['zh', 'en']).optional().meta({ description: 'Language; zh when absent' }),
  reveal: flagSchema
    .optional()
    .meta({ description: 'Names in the clear, for those who assess; the access is noted' }),
})

export type MonthSheetAnswer = z.infer<typeof monthSheetSchema>
export type Assessments = z.infer<typeof assessmentsSchema>
export type Ranking = z.infer<typeof rankingSchema>
export type DutyRecords = z.infer<typeof dutyRecordsSchema>
export type Objection = z.infer<typeof objectionSchema>
export type Objections = z.infer<typeof objectionsSchema>

/** The figures of a sheet on the wire; the command line prints the same. */
export const presentSheet = (
  sheet: MonthSheet,
): Omit<MonthSheetAnswer, 'name' | 'closed_by' | 'closed_at' | 'closings' | 'differs'> => ({
  worker: sheet.worker,
  is_over: sheet.isOver,
  counts: { ...sheet.counts },
  days_within_error: sheet.days.filter(({ withinError }) => withinError === true).length,
  longest_run: [...sheet.longestRun],
  patrol: presentPayment(sheet.patrol),
  information: presentPayment(sheet.information),
  tasks: presentPayment(sheet.tasks),
  total: sheet.total,
  periods: sheet.periods.map(({ requiredShare, isRunning, ...one }) => ({
    ...one,
    required_share: requiredShare,
    is_running: isRunning,
  })),
  below: sheet.isBelow,
  card: sheet.card,
  score: sheet.score,
  grade: sheet.grade,
  notes: [...sheet.notes],
  // Sheets closed before errors were kept have none.
  days: sheet.days.map(({ withinError, targets, ...day }) => ({
    ...day,
    targets: targets.map(presentVerdict),
    within_error: withinError ?? null,
  })),
})

const presentPayment = (payment: Payment | null): MonthSheetAnswer['patrol'] =>
  payment && {
    ...payment,
    deductions: payment.deductions.map((one) => ({ ...one, evidence: [...one.evidence] })),
    lost: payment.lost && { ...payment.lost, evidence: [...payment.lost.evidence] },
  }
