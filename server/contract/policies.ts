/**
 * GET  /api/areas/{code}/policies           what holds for an area, of every kind, and what was set for it by whom and why
 * POST /api/areas/{code}/policies           sets one from a day on
 * The rules of a policy on the wire are those of a policy file: `wangge policy set`, data/demo/policy.json.
 */
import { z } from 'zod'
import type { AssessmentPreset } from '../core/policy/assessment-policy.ts'
import type { EvidencePolicy } from '../core/policy/evidence-policy.ts'
import type { IncidentPolicy } from '../core/policy/incident-policy.ts'
import type { ObligationPreset } from '../core/policy/obligation-policy.ts'
import { patrolPolicySchema } from './match.ts'
import { codeSchema, daySchema, instantSchema, messageSchema } from './values.ts'

const amount = z.number().nonnegative()
const share = z.number().min(0).max(1)
const count = z.int().nonnegative()

export const assessmentPresetNames = [
  'places-first',
  '004',
  '002',
  '001.5',
  '001.2',
] as const satisfies readonly AssessmentPreset[]
export const obligationPresetNames = [
  'places-first',
  '004',
  '002',
  '001.5',
  '001.2',
] as const satisfies readonly ObligationPreset[]

const assessmentRules = z
  .strictObject({
    preset: z.enum(assessmentPresetNames),
    title: messageSchema,
    dayTargets: z.array(
      z.union([
        z.strictObject({ target: z.literal('online') }),
        z.strictObject({
          target: z.enum(['hours', 'kilometres', 'rounds', 'key_persons', 'key_places']),
          required: amount,
        }),
      ]),
    ),
    periodTargets: z.array(
      z.strictObject({
        target: z.enum(['grid_pass', 'key_persons', 'key_places', 'households']),
        per: z.enum(['week', 'month']),
        requiredShare: share,
      }),
    ),
    patrolSubsidy: z
      .strictObject({
        base: amount,
        perDay: amount,
        lostAfterRunning: count,
        lostAfterInMonth: count,
        perMeeting: amount,
      })
      .nullable(),
    informationSubsidy: z.strictObject({ base: amount, reports: count, perShort: amount }).nullable(),
    taskReward: z.strictObject({ base: amount, dispatched: count }).nullable(),
    cards: z.strictObject({ redAfterMonths: z.int().positive() }).nullable(),
    stars: z.array(z.strictObject({ toPlace: z.int().positive(), stars: count, reward: amount })).nullable(),
    grades: z
      .array(
        z.strictObject({
          grade: z.enum(['excellent', 'good', 'pass', 'fail']),
          from: z.number().min(0).max(100),
        }),
      )
      .nullable(),
  })
  .partial()
  .meta({ id: 'AssessmentRules' })

const obligationRules = z
  .strictObject({
    preset: z.enum(obligationPresetNames),
    title: messageSchema,
    rules: z.array(
      z
        .strictObject({
          kind: z.enum(['household', 'place', 'lane', 'grid']),
          of: z.enum(['all', 'key']),
          per: z.enum(['day', 'week', 'month', 'quarter']),
          times: z.int().positive(),
          leastGapSeconds: amount,
          evidence: z.enum(['any', 'visit']),
          workingDays: z.boolean(),
          categories: z
            .array(z.string().trim().min(1))
            .min(1)
            .optional()
            .meta({ description: 'Only households of these categories, or places of these kinds' }),
        })
        .refine(({ kind, times }) => kind !== 'lane' || times === 1, {
          message: '街巷每期只能要求一次 / a lane can be asked for once in a period',
          path: ['times'],
        })
        .refine(
          ({ kind, categories }) => categories === undefined || kind === 'household' || kind === 'place',
          {
            message: '只有住户和场所有类别 / only households and places have categories',
            path: ['categories'],
          },
        ),
    ),
  })
  .partial()
  .meta({ id: 'ObligationRules' })

const evidenceNumbers = {
  sampleGapSeconds: amount,
  togetherMetres: amount,
  togetherShare: share,
  togetherSeconds: amount,
  togetherBreakSeconds: amount,
  replayDays: amount,
  replaySeconds: amount,
  replayRmsMetres: amount,
  replayBreakMetres: amount,
  replayApartSeconds: amount,
  copyRmsMetres: amount,
  copySeconds: amount,
  jumpMetresPerSecond: amount,
  jumpMetres: amount,
  jumpAccuracyMetres: amount,
  jumpHoldSeconds: amount,
  mockFixes: amount,
  quietSeconds: amount,
  quietAccuracyShare: share,
  quietMetres: amount,
  revisitShare: share,
  vehicleMetresPerSecond: amount,
  vehicleSeconds: amount,
  vehicleShare: share,
  skewSeconds: amount,
  skewReports: amount,
} satisfies Record<Exclude<keyof EvidencePolicy, 'off'>, z.ZodType>

const evidenceRules = z
  .strictObject({
    off: z.array(
      z.enum([
        'carried_together',
        'replayed_trace',
        'impossible_jump',
        'mock_position',
        'no_jitter',
        'vehicle',
        'clock_skew',
      ]),
    ),
    ...evidenceNumbers,
  })
  .partial()
  .meta({
    id: 'EvidenceRules',
    description: 'Thresholds as core/policy/evidence-policy names them, and what is not looked for',
  })

const divisionRules = z
  .strictObject({ households: z.strictObject({ from: count, to: count }) })
  .refine(({ households }) => households.from <= households.to, {
    message: 'from 不能大于 to / from must not exceed to',
    path: ['households'],
  })
  .meta({ id: 'DivisionRules' })

const retentionRules = z
  .strictObject({
    raw_days: z
      .int()
      .positive()
      .nullable()
      .meta({ description: 'Days for which raw fixes are kept; null: for ever' }),
  })
  .meta({ id: 'RetentionRules' })

const categoryRules = z
  .strictObject({
    title: messageSchema,
    department: messageSchema,
    urgency: z.enum(['ordinary', 'emergency']),
    closedBy: z.enum(['village', 'township', 'county']),
    answerWorkingDays: amount,
    takeOnWorkingDays: amount,
  })
  .partial()
  .extend({ code: z.string().min(1).max(100) })

/** The preset's, where a policy gives only one of the two (core/policy/incident-policy). */
const usualOffice = { from: 510, to: 1050 }
const minuteOfDay = z.int().min(0).max(1440)

const incidentRules = z
  .strictObject({
    title: messageSchema,
    levels: z.array(z.enum(['village', 'township', 'county', 'department'])).min(1),
    answerWorkingDays: amount,
    takeOnWorkingDays: amount,
    emergencyMinutes: amount,
    dueSoonWorkingDays: amount,
    clockStopsIn: z.array(z.enum(['passed_up', 'dispatched', 'resolved'])),
    officeFromMinutes: minuteOfDay,
    officeToMinutes: minuteOfDay,
    tellBeforeClosing: z.boolean(),
    countsAsVisit: z.boolean(),
    categories: z.array(categoryRules),
  } satisfies Record<Exclude<keyof IncidentPolicy, 'name'>, z.ZodType>)
  .partial()
  .refine(
    ({ officeFromMinutes = usualOffice.from, officeToMinutes = usualOffice.to }) =>
      officeFromMinutes < officeToMinutes,
    { message: '下班须晚于上班 / the office must close after it opens', path: ['officeToMinutes'] },
  )
  .meta({
    id: 'IncidentRules',
    description: 'Categories and deadlines of incidents as core/policy/incident-policy names them',
  })

const atLeastOne = z.int().positive()

const privacyRules = z
  .strictObject({
    least_households: atLeastOne,
    exact_roles: z.array(z.enum(['administrator', 'planner', 'supervisor', 'analyst', 'worker'])),
    private_categories: z.array(z.string().min(1)),
    least_metres: atLeastOne,
    version: atLeastOne,
  })
  .partial()
  .meta({ id: 'PrivacyRules', description: 'Who sees where people live, and what the others see instead' })

const warningRules = z
  .strictObject({ recurrence_days: atLeastOne, fewest_incidents: atLeastOne, quiet_days: atLeastOne })
  .partial()
  .meta({ id: 'WarningRules', description: 'When a cluster of incidents is told to supervisors' })

const common = {
  name: z.string().trim().min(1).max(100),
  from: daySchema,
  reason: z.string().trim().min(1).max(1000).meta({ description: 'Why; kept with who and when' }),
}

export const policySettingSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('patrol'), rules: patrolPolicySchema, ...common }),
    z.strictObject({ kind: z.literal('assessment'), rules: assessmentRules, ...common }),
    z.strictObject({ kind: z.literal('obligation'), rules: obligationRules, ...common }),
    z.strictObject({ kind: z.literal('evidence'), rules: evidenceRules, ...common }),
    z.strictObject({ kind: z.literal('division'), rules: divisionRules, ...common }),
    z.strictObject({ kind: z.literal('retention'), rules: retentionRules, ...common }),
    z.strictObject({ kind: z.literal('incident'), rules: incidentRules, ...common }),
    z.strictObject({ kind: z.literal('privacy'), rules: privacyRules, ...common }),
    z.strictObject({ kind: z.literal('warning'), rules: warningRules, ...common }),
  ])
  .meta({ id: 'PolicySetting' })

export const policyKinds = policySettingSchema.options.map((one) => one.shape.kind.value)

const kindSchema = z.enum(policyKinds)

const rulesSchema = z.record(z.string(), z.unknown())

export const policiesSchema = z.object({
  policies: z.array(
    z.object({
      kind: kindSchema,
      area: codeSchema,
      area_name: z.string(),
      from: daySchema,
      to: daySchema.nullable().meta({ description: 'First day on which it no longer holds' }),
      name: z.string(),
      rules: rulesSchema,
    }),
  ),
  changes: z
    .array(
      z.object({
        id: z.string(),
        kind: kindSchema,
        from: daySchema,
        to: daySchema.nullable(),
        name: z.string(),
        rules: rulesSchema,
        reason: z.string(),
        changed_by: z.string(),
        changed_at: instantSchema,
      }),
    )
    .meta({ description: 'What was set for this very area, newest first' }),
})

export const policySetSchema = z.object({
  to: daySchema.nullable().meta({ description: 'Where a later policy begins; null: open' }),
  stale_days: z.int().meta({ description: 'Worker days that are matched again because of it' }),
})

export type Policies = z.infer<typeof policiesSchema>
export type PolicySettingBody = z.infer<typeof policySettingSchema>
