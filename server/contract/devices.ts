/**
 * Devices that report positions: GET, POST /api/areas/{code}/devices · POST, DELETE /api/areas/{code}/devices/{device}/binding ·
 * GET /api/areas/{code}/devices/{device}/coordinates.
 */
import { z } from 'zod'
import { codeSchema, daySchema, flawSchema, instantSchema, messageSchema } from './values.ts'

/** An id may be a path of its own: `owntracks/jane/phone`. */
export const deviceIdSchema = z.string().min(1).max(128)

const kindSchema = z
  .enum(['osmand', 'owntracks', 'jt808'])
  .meta({ description: 'The protocol it speaks; `osmand` is that of Traccar Client' })

export const deviceNoteSchema = z
  .object({
    day: daySchema.meta({ description: 'Day of receipt' }),
    code: z.string(),
    reports: z.int().meta({ description: 'Reports with this reason, repeats included' }),
    last_at: instantSchema,
    example: flawSchema.meta({ description: 'The last one' }),
  })
  .meta({ id: 'DeviceNote' })

export const deviceSchema = z
  .object({
    id: z.string(),
    kind: kindSchema,
    town: z.string(),
    name: z.string().nullable(),
    crs: z.string().meta({ description: 'What its coordinates are in' }),
    has_key: z.boolean().meta({ description: 'Its requests must show a key' }),
    registered_at: instantSchema.nullable().meta({ description: 'When a terminal registered itself' }),
    added_at: instantSchema,
    disabled_at: instantSchema.nullable(),
    worker: z.string().nullable().meta({ description: 'Who carries it now' }),
    bound_from: instantSchema.nullable(),
    notes: z
      .array(deviceNoteSchema)
      .meta({ description: 'What was refused or corrected of its reports in the last 30 days' }),
  })
  .meta({ id: 'Device' })

export const devicesSchema = z.object({ devices: z.array(deviceSchema) })

export const newDeviceSchema = z.strictObject({
  id: deviceIdSchema,
  kind: kindSchema,
  name: z.string().trim().min(1).max(100).nullable().optional(),
  crs: z.string().min(1).max(200).optional().meta({ description: 'EPSG:4326 when absent' }),
  with_key: z.boolean().optional().meta({ description: 'Makes a key that its requests must show' }),
})

export const addedDeviceSchema = z.object({
  id: z.string().meta({ description: 'As it is kept' }),
  key: z.string().nullable().meta({ description: 'Shown this once' }),
})

export const bindingSchema = z.strictObject({
  worker: codeSchema,
  from: instantSchema.optional().meta({ description: 'From when on; now when absent' }),
})

const metres = z.number().nonnegative().nullable()

export const coordinateCheckSchema = z.object({
  fixes: z.int().meta({ description: 'Fixes of the device that were looked at' }),
  suspicion: z
    .object({
      declared: z.string(),
      fits: z.string().meta({ description: 'The system that fits best' }),
      certainty: z.enum(['likely', 'possible']),
      places: z.int().meta({ description: 'Places visited: cells of 25 m' }),
      evidence: z.array(
        z.object({
          system: z.string(),
          inside_share: z
            .number()
            .nullable()
            .meta({ description: 'Share of the places that lie in an assigned grid' }),
          road_m: metres.meta({
            description: 'Mean distance of the places from the nearest road, at most 50',
          }),
          step_m: metres.meta({ description: 'Median distance from another device of the worker' }),
        }),
      ),
      message: messageSchema,
    })
    .nullable()
    .meta({ description: 'Null: nothing speaks against the declared system' }),
})

export type DeviceOut = z.infer<typeof deviceSchema>
