/** What may stand after the `?` of several addresses. Every query is strict: an unknown parameter is refused. */
import { z } from 'zod'
import { daySchema } from './values.ts'

/** A whole number written in digits, within bounds. */
export const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^-?\d{1,15}$/)
    .transform(Number)
    .pipe(z.int().min(from).max(to))
    .meta({ parameter: { type: 'integer', minimum: from, maximum: to } })

/** `true` or `false`. */
export const flagSchema = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .meta({ parameter: { type: 'boolean' } })

export const emptyQuery = z.strictObject({})

export const dayQuery = z.strictObject({
  day: daySchema.optional().meta({ description: 'A day in Asia/Shanghai; today when absent' }),
})

/** Days [from, to): `to` is the first day no longer counted. */
export const intervalFields = {
  from: daySchema.meta({ description: 'First day, Asia/Shanghai' }),
  to: daySchema.meta({ description: 'First day no longer counted, Asia/Shanghai' }),
}

/** `from` stands before `to`, and at most ten years before. */
export function isInterval({ from, to }: { from: string; to: string }): boolean {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000
  return days > 0 && days <= 3660
}

export const intervalMessage = '`from` must be a day before `to`, at most ten years before'

/** Rows a page holds, and where the page starts: the opaque `next` of the page before. */
export const pageFields = (most: number, usual: number) => ({
  limit: wholeNumber(1, most)
    .optional()
    .meta({ description: `Rows a page, at most ${most}; ${usual} when absent` }),
  after: z.string().min(1).max(500).optional().meta({ description: '`next` of the page before' }),
})
