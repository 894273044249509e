/** Turning what came over the wire into values, or into a refusal that names each parameter. */
import { z } from 'zod'
import { dayBounds, localDayOf } from '../core/trajectories/local-day.ts'
import type { Flaw } from '../core/values.ts'
import { AppError, badRequest } from '../errors.ts'

/** @throws AppError `bad_request` with a flaw for each parameter that is unknown, missing or malformed. */
export function parsePart<T extends z.ZodType>(
  part: 'path' | 'query' | 'body',
  schema: T,
  given: unknown,
): z.output<T> {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const flaws = parsed.error.issues.flatMap((issue) => flawsOf(issue, given))
  const names = [...new Set(flaws.map((flaw) => flaw.place.field ?? part))].join(', ')
  throw badRequest(
    { zh: `请求参数不正确：${names}`, en: `The request cannot be understood: ${names}` },
    flaws,
  )
}

function flawsOf(issue: z.core.$ZodIssue, given: unknown): Flaw[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'unknown_parameter',
      place: { field: key },
      message: { zh: `没有参数 ${key}`, en: `there is no parameter ${key}` },
    }))
  }
  const field = issue.path.map(String).join('.')
  const value = issue.path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined,
    given,
  )
  const isMissing = value === undefined
  return [
    {
      code: isMissing ? 'missing_parameter' : 'malformed_parameter',
      place: field === '' ? {} : { field },
      message: isMissing
        ? { zh: `缺少参数 ${field}`, en: `${field} is missing` }
        : { zh: `参数 ${field} 不正确：${issue.message}`, en: `${field}: ${issue.message}` },
      ...(typeof value === 'string' && { value: value.slice(0, 80) }),
    },
  ]
}

/** The moment whose grids count for a day: its last millisecond. Without a day: today by `now`. */
export function momentOf(day: string | undefined, now: number): { day: string; at: number } {
  const chosen = day ?? localDayOf(now)
  return { day: chosen, at: dayBounds(chosen).to - 1 }
}

/** Days [from, to) as an interval of instants. */
export const instantsOf = (days: { from: string; to: string }): { from: number; to: number } => ({
  from: dayBounds(days.from).from,
  to: dayBounds(days.to).from,
})

export const isoInstant = (time: number): string => new Date(time).toISOString()

/** What a page was cut at, as the wire carries it. */
export const encodeCursor = (key: readonly string[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url')

/**
 * The key within one of our cursors; null without a cursor.
 * @param isOurs of what the database could not read otherwise, its form
 * @throws AppError `bad_request` when it is not one of ours
 */
export function decodeCursor(
  cursor: string | undefined,
  length: number,
  isOurs: (key: readonly string[]) => boolean = () => true,
): string[] | null {
  if (cursor === undefined) return null
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(key) && key.length === length && key.every((part) => typeof part === 'string'))
      if (isOurs(key)) return key
  } catch {
    // Refused below.
  }
  throw new AppError(
    'bad_request',
    { zh: '参数 after 不是本接口给出的。', en: '`after` is not one this address gave.' },
    [
      {
        code: 'malformed_parameter',
        place: { field: 'after' },
        message: { zh: '参数 after 不正确', en: 'after: not a cursor of ours' },
      },
    ],
  )
}
