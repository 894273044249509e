/** The closed list of what can be wrong with a filter, in both languages. */
import type { Flaw, Message } from '../values.ts'
import type { Spot } from './expression.ts'

const say = (zh: string, en: string): Message => ({ zh, en })

const messages = {
  filter_syntax: (d: { wanted: Message; found: string }) =>
    say(`这里应为${d.wanted.zh}，而不是 ${d.found}`, `${d.wanted.en} is expected here, not ${d.found}`),
  filter_too_deep: (d: { most: number }) =>
    say(`嵌套超过 ${d.most} 层`, `Expressions stand more than ${d.most} deep in each other`),
  filter_unknown_property: (d: { name: string; known: string }) =>
    say(
      `没有可查询的属性 ${d.name}；可用：${d.known}`,
      `There is no queryable ${d.name}; there are: ${d.known}`,
    ),
  filter_unknown_function: (d: { name: string }) =>
    say(`没有函数 ${d.name}`, `There is no function ${d.name}`),
  filter_unsupported: (d: { what: string }) =>
    say(`此服务不支持 ${d.what}`, `${d.what} is not supported here`),
  filter_type: (d: { wanted: Message; found: Message }) =>
    say(`这里应为${d.wanted.zh}，而不是${d.found.zh}`, `${d.wanted.en} is expected here, not ${d.found.en}`),
  filter_count: (d: { name: string; wanted: number; found: number }) =>
    say(
      `${d.name} 需要 ${d.wanted} 个参数，给出了 ${d.found} 个`,
      `${d.name} takes ${d.wanted} arguments, ${d.found} are given`,
    ),
  filter_instant: () =>
    say(
      '不是日期（YYYY-MM-DD）或时刻（YYYY-MM-DDThh:mm:ssZ）',
      'Not a date (YYYY-MM-DD) or an instant (YYYY-MM-DDThh:mm:ssZ)',
    ),
  filter_pattern: () =>
    say('LIKE 的样式不能以单个反斜杠结尾', 'A pattern of LIKE cannot end in a single backslash'),
  filter_character: () => say('文本中不能有 NUL 字符', 'A text cannot hold the character NUL'),
  filter_geometry: (d: { reason: Message }) =>
    say(`几何图形不能使用：${d.reason.zh}`, `The geometry cannot be used: ${d.reason.en}`),
}

type Messages = typeof messages
export type FilterFlawCode = keyof Messages

const placeOf = (spot: Spot): Flaw['place'] =>
  typeof spot === 'number' ? { field: 'filter', character: spot } : { field: `filter#${spot}` }

/** A flaw and where it stands, told in its message as well. */
export function filterFlaw<Code extends FilterFlawCode>(
  code: Code,
  spot: Spot,
  ...data: Parameters<Messages[Code]>
): Flaw {
  const make = messages[code] as (...given: Parameters<Messages[Code]>) => Message
  const { zh, en } = make(...data)
  const place = placeOf(spot)
  const where =
    typeof spot === 'number'
      ? say(`filter 第 ${spot} 个字符：`, `filter, character ${spot}: `)
      : say(`${place.field}：`, `${place.field}: `)
  return { code, place, message: say(`${where.zh}${zh}`, `${where.en}${en}`) }
}

/** Ends the reading of a filter that cannot go on; caught where the reading began. */
export class FilterRefused extends Error {
  readonly flaw: Flaw
  constructor(flaw: Flaw) {
    super(flaw.message.en)
    this.flaw = flaw
  }
}

/** A text as messages show it. */
export const shown = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
