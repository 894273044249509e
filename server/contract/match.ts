/**
 * One worker, grid and day: `wangge match --format json`, and what the database keeps of it. Instants are in UTC with Z;
 * `date` is the day in Asia/Shanghai; seconds are whole and add up to last − first; metres have one decimal.
 */
import { z } from 'zod'
import type { RuleResult } from '../core/trajectories/judge-rules.ts'
import type { PatrolDay } from '../core/trajectories/match-worker-day.ts'
import { daySchema, instantSchema } from './values.ts'

/** What of a verdict hangs on the error of what it judges: of a rule of a day, and of a target of a month's sheet. */
export const errorFields = {
  error: z.number().nullable().meta({
    description:
      'How wrong `actual` may be, in its unit, rounded up: of kilometres the 95 % bound, of hours the time on fixes nearer to the boundary than their error radius; null where not known',
  }),
  within_error: z.boolean().nullable().meta({
    description:
      '|actual − required| ≤ error: the verdict might be the other one, and stays as it is; null where not known',
  }),
}

export const matchSchema = z
  .object({
    worker: z.string(),
    date: daySchema,
    grid: z.string(),
    fixes: z.int().meta({ description: 'Fixes of the day, repeats not counted' }),
    first: instantSchema.meta({ description: 'Start of the trace; local midnight where it runs across' }),
    last: instantSchema,
    seconds: z.object({ inside: z.int(), outside: z.int(), unobserved: z.int(), unreliable: z.int() }),
    metres: z.object({
      inside: z.number().meta({ description: 'Movement, without the jitter of standing still' }),
      inside_error: z.number().nullable().meta({
        description: '95 % bound of the error of `inside`, from the accuracies; null where not known',
      }),
      outside: z.number(),
      raw: z.number().meta({ description: 'Distances between consecutive fixes, summed as they came' }),
    }),
    stays: z.array(
      z.object({
        from: instantSchema,
        to: instantSchema,
        lon: z.number(),
        lat: z.number(),
        inside: z.boolean(),
      }),
    ),
    rounds: z.int().meta({ description: 'Stretches of presence at least so far apart as the policy says' }),
    hexagons: z.object({ resolution: z.int(), visited: z.int(), in_grid: z.int() }),
    households: z
      .object({ passed: z.int().nullable(), total: z.int().nullable() })
      .meta({ description: 'Null: the viewer may not see single households' }),
    lanes: z
      .object({ walked_metres: z.number(), total_metres: z.number() })
      .optional()
      .meta({ description: 'Streets and lanes walked; absent where the roads are not known' }),
    places: z
      .object({ passed: z.int(), total: z.int() })
      .optional()
      .meta({ description: 'Registered places; absent where they are not known' }),
    flags: z.array(
      z.object({
        code: z.enum(['unobserved', 'low_accuracy', 'implausible_speed', 'same_instant']),
        from: instantSchema,
        to: instantSchema,
        evidence: z.record(z.string(), z.number()),
      }),
    ),
    rules: z.array(
      z.object({
        rule: z.enum(['hours', 'kilometres', 'rounds']),
        required: z.number(),
        actual: z.number().meta({ description: 'Rounded down to two decimals' }),
        unit: z.string(),
        met: z.boolean(),
        ...errorFields,
      }),
    ),
    boundary_seconds: z.int().nullable().meta({
      description:
        'Seconds inside that hang on fixes nearer to the boundary than their error radius; null where not known',
    }),
    tolerant: z.object({ seconds: z.int(), metres: z.number() }).nullable().meta({
      description:
        'Inside with the tolerance of the boundary, beside the strict figures; null where nobody is assigned',
    }),
    judged: z
      .enum(['strict', 'tolerant'])
      .meta({ description: 'Which figures inside the rules of hours and kilometres judge' }),
  })
  .meta({ id: 'Match' })

export type Match = z.infer<typeof matchSchema>

/** An instant as the contract writes it: no decimals where there is nothing to say. */
export const presentInstant = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z')

// Days that were matched before these figures were made lack them in the database.
const tenthsOrNull = (metres: number | undefined): number | null =>
  metres === undefined ? null : tenths(metres)
const secondsOrNull = (milliseconds: number | undefined): number | null =>
  milliseconds === undefined ? null : Math.round(milliseconds / 1000)

const tenths = (metres: number): number => Math.round(metres * 10) / 10
/** Seven decimals of a degree are a centimetre. */
const degrees = (value: number): number => Math.round(value * 1e7) / 1e7

/** A rule's or target's result as others see it; what was stored before errors were kept has none. */
export const presentVerdict = <V extends Pick<RuleResult, 'error' | 'withinError'>>({
  withinError,
  error,
  ...others
}: V): Omit<V, 'error' | 'withinError'> & { error: number | null; within_error: boolean | null } => ({
  ...others,
  error: error ?? null,
  within_error: withinError ?? null,
})

/** A patrol day as others see it. */
export const presentPatrolDay = (worker: string, day: PatrolDay): Match => ({
  worker,
  date: day.date,
  grid: day.grid,
  fixes: day.fixes,
  first: presentInstant(day.first),
  last: presentInstant(day.last),
  seconds: day.seconds,
  metres: {
    inside: tenths(day.metres.inside),
    inside_error: tenthsOrNull(day.insideErrorMetres),
    outside: tenths(day.metres.outside),
    raw: tenths(day.rawMetres),
  },
  stays: day.stays.map(({ from, to, longitude, latitude, inside }) => ({
    from: presentInstant(from),
    to: presentInstant(to),
    lon: degrees(longitude),
    lat: degrees(latitude),
    inside,
  })),
  rounds: day.rounds,
  hexagons: {
    resolution: day.hexagons.resolution,
    visited: day.hexagons.visited.length,
    in_grid: day.hexagons.inGrid,
  },
  households: { passed: day.households.passed.length, total: day.households.total },
  ...(day.lanes && {
    lanes: { walked_metres: tenths(day.lanes.walkedMetres), total_metres: tenths(day.lanes.totalMetres) },
  }),
  ...(day.places && { places: { passed: day.places.passed.length, total: day.places.total } }),
  flags: day.flags.map(({ code, from, to, evidence }) => ({
    code,
    from: presentInstant(from),
    to: presentInstant(to),
    evidence: { ...evidence },
  })),
  rules: day.rules.map(presentVerdict),
  boundary_seconds: secondsOrNull(day.boundaryMilliseconds),
  tolerant: day.tolerant
    ? {
        // Never below the strict figures as they are written.
        seconds: Math.max(day.seconds.inside, Math.round(day.tolerant.milliseconds / 1000)),
        metres: tenths(day.tolerant.metres),
      }
    : null,
  judged: day.judged ?? 'strict',
})

const positive = z.number().positive()

/** A patrol policy on the wire: a preset and what differs from it. */
export const patrolPolicySchema = z
  .strictObject({
    preset: z.enum(['004']).meta({ description: 'Where the rest comes from; 004 by default' }),
    name: z.string(),
    gap_seconds: positive,
    accuracy_limit_metres: positive,
    coverage_accuracy_limit_metres: positive,
    assumed_accuracy_metres: positive,
    speed_limit_metres_per_second: positive,
    bridge_seconds: z.number().nonnegative(),
    stay_metres: positive,
    stay_seconds: positive,
    stay_core_metres: positive,
    stay_core_share: z.number().min(0).max(1),
    movement_gate_metres: z.number().nonnegative(),
    hexagon_resolution: z.int().min(0).max(13),
    household_metres: positive,
    round_gap_seconds: positive,
    round_seconds: z.number().nonnegative(),
    rules: z.array(
      z.strictObject({
        rule: z.enum(['hours', 'kilometres', 'rounds']),
        required: z.number().nonnegative(),
      }),
    ),
    live_stale_seconds: positive,
    live_offline_seconds: positive,
    live_from_hour: z.number().min(0).max(24),
    live_to_hour: z.number().min(0).max(24),
    error_correlation_seconds: positive,
    walking_metres_per_second: positive,
    still_metres_per_second: positive,
    boundary: z.enum(['strict', 'tolerant']),
    tolerance_metres: z.number().nonnegative(),
    tolerance_limit_metres: z.number().nonnegative(),
    lane_metres: positive,
    lane_share: z.number().min(0).max(1),
  })
  .partial()
  .meta({ id: 'PatrolPolicy' })
