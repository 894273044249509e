/** What a call of `wangge hotspots` asks, checked before any file is opened. */
import { dayBounds } from '../core/trajectories/local-day.ts'
import { UsageError, type VerbArgs } from './verb.ts'

export interface Question {
  readonly file: string
  readonly within: string | undefined
  readonly households: string | undefined
  readonly resolution: number
  readonly rings: number
  /** First day, and first day no longer counted; null is open. */
  readonly from: string | null
  readonly to: string | null
  /** Null: all. */
  readonly categories: readonly string[] | null
  readonly format: 'json' | 'geojson'
}

/** @throws UsageError */
export function questionOf(args: VerbArgs): Question {
  const [file, ...rest] = args.positionals
  if (file === undefined || rest.length > 0)
    throw new UsageError({ zh: '请给出一个事件文件', en: 'give one file of incidents' })
  const statistic = args.text('statistic') ?? 'gi-star'
  if (statistic !== 'gi-star')
    throw new UsageError({
      zh: `没有统计量 ${statistic}；现有：gi-star`,
      en: `no statistic ${statistic}; there is: gi-star`,
    })
  const format = args.text('format') ?? 'json'
  if (format !== 'json' && format !== 'geojson')
    throw new UsageError({
      zh: `没有格式 ${format}；现有：json、geojson`,
      en: `no format ${format}; there are: json, geojson`,
    })
  const [from, to] = [dayOf(args, 'from'), dayOf(args, 'to')]
  if (from !== null && to !== null && from >= to)
    throw new UsageError({
      zh: `--to ${to} 应晚于 --from ${from}`,
      en: `--to ${to} must be after --from ${from}`,
    })
  const categories = args.texts('category')
  return {
    file,
    within: args.text('within'),
    households: args.text('households'),
    resolution: wholeNumberOf(args, 'resolution', 9, 0, 15),
    rings: wholeNumberOf(args, 'rings', 1, 1, 100),
    from,
    to,
    categories: categories.length > 0 ? categories : null,
    format,
  }
}

function wholeNumberOf(args: VerbArgs, name: string, usual: number, least: number, most: number): number {
  const text = args.text(name)
  if (text === undefined) return usual
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw new UsageError({
    zh: `--${name} 应为 ${least} 到 ${most} 的整数：${text}`,
    en: `--${name} wants a whole number from ${least} to ${most}: ${text}`,
  })
}

function dayOf(args: VerbArgs, name: string): string | null {
  const text = args.text(name)
  if (text === undefined) return null
  try {
    dayBounds(text)
  } catch {
    throw new UsageError({
      zh: `--${name} 应为日期 YYYY-MM-DD：${text}`,
      en: `--${name} wants a day YYYY-MM-DD: ${text}`,
    })
  }
  return text
}
