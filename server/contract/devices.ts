/**
 * Devices that report positions: GET, POST /api/areas/{code}/devices · POST, DELETE /api/areas/{code}/devices/{device}/binding.
 */
import { z } from 'zod'
import { codeSchema, daySchema, flawSchema, instantSchema } from './values.ts'

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

export type DeviceOut = z.infer<typeof deviceSchema>
