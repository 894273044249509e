/** RFC 9457 problem details: the only body an error answer has. */
import { z } from 'zod'
import { flawSchema, messageSchema } from './values.ts'

/** The closed list of what can go wrong, as the wire names it. */
export const errorCodes = [
  'bad_request',
  'bad_input',
  'unauthenticated',
  'not_found',
  'method_not_allowed',
  'forbidden',
  'conflict',
  'too_large',
  'too_many',
  'busy',
  'cancelled',
  'unavailable',
  'unsupported',
  'internal',
] as const

export const problemDetailsSchema = z
  .object({
    type: z.string().meta({ description: 'about:blank#CODE' }),
    title: z.string(),
    status: z.int(),
    code: z.enum(errorCodes),
    detail: messageSchema,
    instance: z.string().meta({ description: 'Id of the request, as in the log' }),
    flaws: z.array(flawSchema).optional(),
  })
  .meta({ id: 'ProblemDetails' })

export type ProblemDetails = z.infer<typeof problemDetailsSchema>
