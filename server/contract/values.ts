/** Values that several messages carry. Keys on the wire are snake_case; units stand in the key. */
import { z } from 'zod'

export const messageSchema = z.object({ zh: z.string(), en: z.string() }).meta({ id: 'Message' })

/** A day in Asia/Shanghai. */
export const daySchema = z.iso.date().meta({ description: 'A day in Asia/Shanghai, YYYY-MM-DD' })

/** An instant in UTC. */
export const instantSchema = z.iso.datetime().meta({ description: 'An instant in UTC, ISO 8601 with Z' })

export const codeSchema = z.string().min(1).max(64)

/** west, south, east, north in degrees. */
export const bboxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()])

export const placeSchema = z
  .object({
    file: z.string().optional(),
    line: z.int().optional(),
    record: z.int().optional(),
    id: z.string().optional(),
    field: z.string().optional(),
    part: z.int().optional(),
    ring: z.int().optional(),
    vertex: z.int().optional(),
    character: z.int().optional(),
  })
  .meta({ id: 'Place' })

export const flawSchema = z
  .object({ code: z.string(), place: placeSchema, message: messageSchema, value: z.string().optional() })
  .meta({ id: 'Flaw' })

/** GeoJSON geometry; its structure is checked where it is read, not here. */
export const geometrySchema = z.looseObject({ type: z.string() }).meta({ id: 'Geometry' })
