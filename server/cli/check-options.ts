/** Options that `wangge check`, `wangge fix` and `wangge propose` read alike. */
import { dayBounds } from '../core/trajectories/local-day.ts'
import { UsageError, type VerbArgs } from './verb.ts'

/** The band of `--sizes`. @throws UsageError for anything but 300..500, or without households to count */
export function sizesOf(args: VerbArgs): { from: number; to: number } | undefined {
  const text = args.text('sizes')
  if (text === undefined) return undefined
  if (args.text('households') === undefined)
    throw new UsageError({ zh: '--sizes 需要 --households', en: '--sizes needs --households' })
  const found = /^(\d+)\.\.(\d+)$/.exec(text)
  const from = Number(found?.[1])
  const to = Number(found?.[2])
  if (!found || from > to)
    throw new UsageError({
      zh: `--sizes 应写作 300..500：${text}`,
      en: `--sizes wants 300..500, the smaller first: ${text}`,
    })
  return { from, to }
}

/** A length in metres, zero or more. @throws UsageError for anything else */
export function metresOf(args: VerbArgs, name: string): number | undefined {
  const text = args.text(name)
  if (text === undefined) return undefined
  const metres = text.trim() === '' ? Number.NaN : Number(text)
  if (!Number.isFinite(metres) || metres < 0)
    throw new UsageError({
      zh: `--${name} 应为不小于零的米数：${text}`,
      en: `--${name} wants metres, zero or more: ${text}`,
    })
  return metres
}

/** Ids of an option that may stand several times, each with a list: `A,B` or `A，B`. */
export const idsOf = (args: VerbArgs, name: string): string[] =>
  args
    .texts(name)
    .flatMap((list) => list.split(/[,，]/))
    .map((id) => id.trim())
    .filter((id) => id !== '')

/** First instant of the day of `--date`. @throws UsageError for anything but a day */
export function midnightOf(args: VerbArgs): number | undefined {
  const day = args.text('date')
  if (day === undefined) return undefined
  try {
    return dayBounds(day).from
  } catch {
    throw new UsageError({
      zh: `--date 应为日期 YYYY-MM-DD：${day}`,
      en: `--date wants a day YYYY-MM-DD: ${day}`,
    })
  }
}
