/**
 * Positions from phones: GET, POST /ingest/osmand (Traccar Client) · POST /ingest/owntracks · POST /ingest/gpx. The device is known
 * by the id it reports with, and by its key where it was given one: `?key=`, a bearer token, or the password of basic authentication.
 */
import { z } from 'zod'
import { codeSchema, flawSchema } from './values.ts'

const keyField = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .meta({ description: 'The device’s key, where it has one' })
const text = (description: string) => z.string().optional().meta({ description })

/** Parameters as https://www.traccar.org/osmand/ has them; others are left alone. */
export const osmandQuery = z.looseObject({
  id: text('The device; `deviceid` means the same'),
  timestamp: text('Unix time in seconds or milliseconds, or ISO 8601; now when absent'),
  lat: text('Degrees'),
  lon: text('Degrees'),
  location: text('`lat,lon` in one'),
  speed: text('Knots'),
  accuracy: text('Metres'),
  valid: text('`false` or `0`: no position now'),
  key: keyField,
})

export const osmandBody = z
  .looseObject({
    device_id: z.string(),
    location: z.union([z.looseObject({}), z.array(z.looseObject({}))]),
  })
  .meta({ id: 'OsmandReport' })

export const reportAnswerSchema = z
  .object({
    taken: z.int().meta({ description: 'Readings that are durable now, new or known before' }),
    refused: z.int(),
    flaws: z.array(flawSchema).meta({ description: 'Why; the supervisor sees it with the device' }),
  })
  .meta({ id: 'ReportAnswer' })

export const owntracksQuery = z.looseObject({
  u: text('User, as the header `X-Limit-U`'),
  d: text('Device, as the header `X-Limit-D`'),
  key: keyField,
})

export const owntracksBody = z.looseObject({ _type: z.string() }).meta({ id: 'OwnTracksMessage' })

/** Nothing is sent to the phone: no friends, no commands. */
export const owntracksAnswerSchema = z.array(z.unknown()).max(0)

export const gpxQuery = z.strictObject({
  town: codeSchema
    .optional()
    .meta({ description: 'Township of the worker; needed when the server has several' }),
  worker: codeSchema.optional().meta({ description: 'Whose trace it is; the name of the track when absent' }),
  crs: z.string().min(1).max(200).optional().meta({ description: 'EPSG:4326 when absent; GCJ-02, BD-09' }),
})
