/** What of a query is a condition on the features: its filter, and each queryable by equality. */
import type { CollectionName } from '../../contract/ogc.ts'
import { queryablesOf, typesOf } from '../../contract/ogc-queryables.ts'
import { checkFilter } from '../../core/filters/check-filter.ts'
import type { Condition, ValueType } from '../../core/filters/condition.ts'
import { type Locate, timeOf } from '../../core/filters/filter-values.ts'
import { readFilterJson } from '../../core/filters/read-json.ts'
import { readFilterText } from '../../core/filters/read-text.ts'
import type { Flaw } from '../../core/values.ts'
import { badRequest } from '../../errors.ts'
import { refuseParameter } from './crs.ts'

export type FilterLanguage = 'cql2-text' | 'cql2-json' | 'cql-text'

/** @throws AppError `bad_request` with the place of everything that is wrong */
export function filterAsked(
  name: CollectionName,
  filter: string,
  language: FilterLanguage,
  locate: Locate,
): Condition {
  const read = language === 'cql2-json' ? readFilterJson(filter) : readFilterText(filter)
  if (read.flaws) return refuse(read.flaws)
  const checked = checkFilter(read.expression, typesOf(name), locate)
  return checked.condition ?? refuse(checked.flaws)
}

function refuse(flaws: readonly Flaw[]): never {
  const [first] = flaws
  throw badRequest(
    first?.message ?? { zh: '过滤条件无法理解。', en: 'The filter cannot be understood.' },
    flaws,
  )
}

/** The conditions of a query's parameters that are queryables. @throws AppError `bad_request` for a value of another type */
export function equalities(
  name: CollectionName,
  query: Readonly<Record<string, string | number | undefined>>,
): Condition[] {
  return Object.entries(queryablesOf(name)).flatMap(([key, { type }]): Condition[] => {
    const given = query[key]
    if (given === undefined || type === 'geometry') return []
    const property = { kind: 'property', type, name: key } as const
    const value = { kind: 'given', type, value: valueAsked(key, type, String(given)) } as const
    if (type === 'words') return [{ kind: 'has', words: property, word: { ...value, type: 'text' } }]
    return [{ kind: 'compare', operator: '=', left: property, right: value }]
  })
}

function valueAsked(field: string, type: ValueType, text: string): string | number | boolean {
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true'
  if (type === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text)
  if ((type === 'text' || type === 'words') && !text.includes('\0')) return text
  if (timeOf(text)?.type === type) return text
  return refuseParameter(field, wanted[type], text)
}

const wanted = {
  text: { zh: '不能有 NUL 字符', en: 'a text without the character NUL' },
  words: { zh: '不能有 NUL 字符', en: 'a text without the character NUL' },
  number: { zh: '应为数值', en: 'a number' },
  boolean: { zh: '应为 true 或 false', en: 'true or false' },
  instant: { zh: '应为 YYYY-MM-DDThh:mm:ssZ', en: 'YYYY-MM-DDThh:mm:ssZ' },
  day: { zh: '应为 YYYY-MM-DD', en: 'YYYY-MM-DD' },
  geometry: { zh: '不能按相等查询', en: 'not to be asked for by equality' },
} as const
