/** What a call of `wangge hotspots` asks, checked before any file or database is opened. */
import { z } from 'zod'
import {
  analysisFormats,
  incidentFilterFields,
  questionOf as questionOfQuery,
  statisticFields,
} from '../contract/analysis-question.ts'
import { wholeNumber } from '../contract/queries.ts'
import { daySchema } from '../contract/values.ts'
import type { AnalysisQuestion } from '../core/analysis/values.ts'
import { UsageError, type VerbArgs } from './verb.ts'

export interface HotspotsCall {
  /** A file of incidents, or null: those of `area` in the database. */
  readonly file: string | null
  readonly area: string | undefined
  readonly within: string | undefined
  readonly households: string | undefined
  readonly grids: string | undefined
  readonly output: string | undefined
  readonly format: (typeof analysisFormats)[number]
  readonly question: AnalysisQuestion
}

/** A file may be looked at finer and wider than the service lets everybody, and its days may be open. */
const parts = z
  .object({
    ...incidentFilterFields,
    ...statisticFields,
    from: daySchema.optional(),
    to: daySchema.optional(),
    resolution: wholeNumber(0, 15).optional(),
    rings: wholeNumber(1, 100).optional(),
    format: z.enum(analysisFormats).default('json'),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    message: 'wants a day after --from',
    path: ['to'],
  })
  .refine(({ compare_from: from, compare_to: to }) => (from ?? '') < (to ?? '') || (!from && !to), {
    message: 'stands with --compare-from, a day after it',
    path: ['compare_to'],
  })

/** Names of the options that are parts of a question. */
export const questionParts = Object.keys({ ...incidentFilterFields, ...statisticFields, format: null })
export const optionOf = (part: string): string => part.replaceAll('_', '-')

/** @throws UsageError */
export function callOf(args: VerbArgs): HotspotsCall {
  const [file, ...rest] = args.positionals
  const area = args.text('area')
  if (rest.length > 0 || (file === undefined) === (area === undefined))
    throw new UsageError({
      zh: '请给出一个事件文件，或用 --area 读取数据库',
      en: 'give one file of incidents, or --area to read the database',
    })
  const given = Object.fromEntries(
    questionParts.flatMap((part) => {
      const value =
        part === 'prospective' ? (args.flag(part) ? 'true' : undefined) : args.text(optionOf(part))
      return value === undefined ? [] : [[part, value]]
    }),
  )
  const repeated = args.texts('category')
  if (repeated.length > 0)
    given['categories'] = [...repeated, ...(given['categories']?.split(',') ?? [])].join(',')
  const parsed = parts.safeParse(given)
  if (!parsed.success) throw new UsageError(messageOf(parsed.error, given))
  const { format, ...query } = parsed.data
  const filesOnly = ['within', 'households', 'grids'].filter((name) => args.text(name) !== undefined)
  if (area !== undefined && filesOnly.length > 0)
    throw new UsageError({
      zh: `--area 读取数据库中的边界、住户和网格，不能与 --${filesOnly[0]} 同用`,
      en: `--area takes boundary, households and grids from the database, not --${filesOnly[0]}`,
    })
  return {
    file: file ?? null,
    area,
    within: args.text('within'),
    households: args.text('households'),
    grids: args.text('grids'),
    output: args.text('output'),
    format,
    question: questionOfQuery(query),
  }
}

function messageOf(error: z.ZodError, given: Readonly<Record<string, string>>): { zh: string; en: string } {
  const [issue] = error.issues
  const part = String(issue?.path[0] ?? '')
  const value = given[part] ?? ''
  const why = issue?.message ?? ''
  return {
    zh: `--${optionOf(part)} 不能是“${value}”：${why}`,
    en: `--${optionOf(part)} cannot be “${value}”: ${why}`,
  }
}
