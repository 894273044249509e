/**
 * POST /ingest/fixes?town= · a batch of positions as NDJSON or as a JSON array, with the header `Idempotency-Key`.
 * The answer comes after the fixes are durable. The same key again, or fixes already known, change nothing.
 */
import { z } from 'zod'
import { codeSchema, flawSchema } from './values.ts'

export const ingestQuery = z.strictObject({
  town: codeSchema
    .optional()
    .meta({ description: 'Township of the workers; needed when the server has several' }),
  crs: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'What the coordinates of the batch are in, EPSG:4326 when absent; GCJ-02, BD-09' }),
})

export const ingestFixSchema = z
  .object({
    worker: z.string().min(1).max(64),
    time: z.union([z.iso.datetime({ offset: true }), z.number()]).meta({
      description: 'ISO 8601 with zone, or Unix time in seconds or milliseconds',
    }),
    lon: z.number().min(-180).max(180),
    lat: z.number().min(-90).max(90),
    accuracy: z.number().nonnegative().nullish().meta({ description: 'Radius of 68 % confidence, metres' }),
    speed: z.number().nonnegative().nullish().meta({ description: 'Metres per second' }),
  })
  .meta({ id: 'IngestFix' })

export const ingestAnswerSchema = z
  .object({
    accepted: z.int().meta({ description: 'Fixes that are new' }),
    known: z.int().meta({ description: 'Fixes that were there already, or stand twice in the batch' }),
    refused: z.int(),
    repeated_batch: z.boolean().meta({ description: 'This key was taken before; nothing was done' }),
    flaws: z.array(flawSchema).meta({ description: 'Why each refused record was refused; the first 200' }),
  })
  .meta({ id: 'IngestAnswer' })

export type IngestFix = z.infer<typeof ingestFixSchema>
export type IngestAnswer = z.infer<typeof ingestAnswerSchema>
