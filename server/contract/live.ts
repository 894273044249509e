/**
 * GET /api/live?area=[&bbox=][&follow=], server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html):
 *
 *   event: snapshot    everybody in sight; what was known before counts no more
 *   event: positions   who moved since the event before, and who is out of sight (`gone`)
 *   event: pulse       nothing new for a while, the line stands
 *   event: end         why the service ends the stream
 *
 * Of each worker the latest position counts: events come at most once a second, to a slow reader less often, never with older
 * positions. Every event but `end` has an `id`; a client that comes back with it in `Last-Event-ID`, as browsers do, gets what
 * changed since, or a snapshot where the service was started anew.
 */
import { z } from 'zod'
import { flagSchema } from './queries.ts'
import { codeSchema } from './values.ts'

export const liveQuery = z.strictObject({
  area: codeSchema.meta({ description: 'Whose workers: those with a grid in the area' }),
  bbox: z
    .string()
    .regex(/^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$/)
    .transform((text) => text.split(',').map(Number) as [number, number, number, number])
    .refine(([west, south, east, north]) => west <= east && south <= north)
    .optional()
    .meta({
      description: 'Only what is in sight: west,south,east,north in degrees',
      parameter: { type: 'string' },
    }),
  follow: flagSchema
    .optional()
    .meta({ description: '`false`: the stream ends after the snapshot; true when absent' }),
})

/** Milliseconds since 1970-01-01 UTC: half as long as a date written out. */
const epochMilliseconds = (description: string) => z.int().meta({ description: `${description}, epoch ms` })

export const livePositionSchema = z
  .tuple([
    z.string().meta({ description: 'Worker' }),
    z.string().meta({ description: 'Name, masked' }),
    z.number().meta({ description: 'Longitude, degrees, WGS 84' }),
    z.number().meta({ description: 'Latitude' }),
    epochMilliseconds('When it was measured, by the receiver’s clock'),
    epochMilliseconds('When it came in').nullable(),
    z.number().nullable().meta({ description: 'Radius of 68 % confidence, metres' }),
    z.number().nullable().meta({ description: 'Speed, metres per second' }),
    z.array(z.string()).meta({ description: 'Grids the worker patrols now' }),
    z.boolean().nullable().meta({ description: 'In one of them, edge included; null without a grid' }),
  ])
  .meta({ id: 'LivePosition', description: 'As a list, in this order: there are thousands' })

const byTown = <T extends z.ZodType>(of: T) =>
  z.record(z.string(), of).meta({ description: 'By township: ids of workers are unique within one' })

const hour = z.number().min(0).max(24)
const closedSchema = z
  .array(z.object({ town: z.string(), from_hour: hour, to_hour: hour }))
  .meta({ description: 'Townships that show no positions now, and between which hours of the day they do' })

const at = epochMilliseconds('The service’s clock')

export const liveSnapshotSchema = z
  .object({
    at,
    stale_after_s: z.number().meta({ description: 'A position as old as this is stale' }),
    offline_after_s: z.number().meta({ description: 'A worker whose position is as old as this is offline' }),
    positions: byTown(z.array(livePositionSchema)),
    closed: closedSchema,
  })
  .meta({ id: 'LiveSnapshot' })

export const liveChangeSchema = z
  .object({
    at,
    positions: byTown(z.array(livePositionSchema)),
    gone: byTown(z.array(z.string())).meta({ description: 'Workers out of sight now' }),
    closed: closedSchema,
  })
  .meta({ id: 'LiveChange' })

export const livePulseSchema = z.object({ at }).meta({ id: 'LivePulse' })

export const liveEndSchema = z
  .object({
    reason: z
      .enum(['signed_out', 'rights_changed', 'stopping'])
      .meta({ description: 'What ended it; only the first needs a person' }),
  })
  .meta({ id: 'LiveEnd' })

/** The data of each kind of event. */
export const liveEventSchemas = {
  snapshot: liveSnapshotSchema,
  positions: liveChangeSchema,
  pulse: livePulseSchema,
  end: liveEndSchema,
} as const

export const liveDataSchema = z.union(Object.values(liveEventSchemas))

export type LivePosition = z.infer<typeof livePositionSchema>
export type LiveSnapshot = z.infer<typeof liveSnapshotSchema>
export type LiveChange = z.infer<typeof liveChangeSchema>
export type LivePulse = z.infer<typeof livePulseSchema>
export type LiveEnd = z.infer<typeof liveEndSchema>
