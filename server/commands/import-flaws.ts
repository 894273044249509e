/** What can be wrong with a record that its file alone does not show: a published list, beside formats/flaw-codes.ts. */
import type { Flaw, Message, Place } from '../core/values.ts'

const say = (zh: string, en: string): Message => ({ zh, en })

const messages = {
  id_repeated: (d: { first: Place }) =>
    say(
      `编号与第 ${d.first.record ?? '?'} 条记录重复，内容却不同`,
      `The id repeats record ${d.first.record ?? '?'} with other content`,
    ),
  town_not_found: (d: { area: string }) =>
    say(`位置不在 ${d.area} 的任何乡镇（街道）之内`, `The position lies in no township of ${d.area}`),
  village_unknown: () => say('没有这个村（社区）编码', 'There is no village with this code'),
  parent_unknown: () =>
    say('上级编码在文件和数据库中都没有', 'The parent code is neither in the file nor in the database'),
  level_unknown: () =>
    say(
      '看不出级别：请加“级别”列（县、乡镇、村）',
      'The level is not clear: add a column `level` (county, township, village)',
    ),
  level_misplaced: (d: { level: string; parent: string }) =>
    say(`${d.level} 级不能放在 ${d.parent} 级之下`, `A ${d.level} cannot lie below a ${d.parent}`),
  lineage_changed: (d: { parent: string }) =>
    say(
      `此区域已属于 ${d.parent}，导入不能改变隶属关系`,
      `This area lies below ${d.parent} already; an import does not move areas`,
    ),
  grid_unknown: () => say('没有这个网格', 'There is no such grid'),
  worker_unknown: () =>
    say('没有这个网格员：请先导入网格员', 'There is no such worker: import the workers first'),
  household_unknown: () =>
    say('没有这个户号：请先导入农户', 'There is no such household: import the households first'),
  place_unknown: () => say('没有这个场所：请先导入场所', 'There is no such place: import the places first'),
  town_ambiguous: () =>
    say(
      '多个乡镇有此编号，请按乡镇分别导入',
      'Several townships have this id: import one township at a time',
    ),
  interval_overlaps: (d: { with: string }) => say(`时段与 ${d.with} 重叠`, `The interval overlaps ${d.with}`),
  worker_missing: () =>
    say(
      '没有网格员编号：请加 worker 列，或用 --map 指定',
      'It names no worker: add a column `worker`, or use --map',
    ),
} as const

type Messages = typeof messages
export type ImportFlawCode = keyof Messages

/** A flaw of the import with its message in both languages. */
export function importFlaw<Code extends ImportFlawCode>(
  code: Code,
  place: Place,
  ...[detail, value]: Parameters<Messages[Code]> extends []
    ? [detail?: undefined, value?: string]
    : [detail: Parameters<Messages[Code]>[0], value?: string]
): Flaw {
  const build = messages[code] as (detail: unknown) => Message
  return { code, place, message: build(detail), ...(value === undefined ? {} : { value }) }
}
