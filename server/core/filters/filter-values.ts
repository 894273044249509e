/** What of a filter is a value: its type, and what it says. */
import type { Geometry } from 'geojson'
import type { Flaw, Message } from '../values.ts'
import type { Queryables, TimeSpan, Value, ValueType } from './condition.ts'
import type { Expression, Spot } from './expression.ts'
import { type FilterFlawCode, filterFlaw, shown } from './flaws.ts'

/** A geometry as it was written, in longitude and latitude, or why it cannot be used. */
export type Locate = (given: Geometry | readonly number[]) => Geometry | { readonly reason: Message }

/** What the values are read with, and where their flaws are collected. */
export interface Reading {
  readonly queryables: Queryables
  readonly locate: Locate
  readonly flaws: Flaw[]
}

export const typeNames: Readonly<Record<ValueType | 'condition' | 'interval' | 'list', Message>> = {
  text: { zh: '文本', en: 'a text' },
  number: { zh: '数值', en: 'a number' },
  boolean: { zh: 'TRUE 或 FALSE', en: 'TRUE or FALSE' },
  instant: { zh: '时刻', en: 'an instant' },
  day: { zh: '日期', en: 'a date' },
  words: { zh: '类别', en: 'a set of words' },
  geometry: { zh: '几何图形', en: 'a geometry' },
  condition: { zh: '条件', en: 'a condition' },
  interval: { zh: '时间区间', en: 'an interval' },
  list: { zh: '列表', en: 'a list' },
}

const day = /^(?!0000)\d{4}-\d{2}-\d{2}$/
const instant =
  /^(?!0000)(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/
const isDay = (text: string): boolean => {
  if (!day.test(text)) return false
  const read = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text)
}

/** A date or an instant of ISO 8601; undefined: neither. */
export function timeOf(text: string): Value | undefined {
  if (isDay(text)) return { kind: 'given', type: 'day', value: text }
  const date = instant.exec(text)?.[1]
  return date !== undefined && isDay(date) ? { kind: 'given', type: 'instant', value: text } : undefined
}

export function refuse<Code extends FilterFlawCode>(
  { flaws }: Reading,
  ...flaw: Parameters<typeof filterFlaw<Code>>
): undefined {
  flaws.push(filterFlaw(...flaw))
  return undefined
}

export const refuseType = (reading: Reading, spot: Spot, wanted: Message, found: Message): undefined =>
  refuse(reading, 'filter_type', spot, { wanted, found })

/** The value of an expression; undefined: it is none, and the flaws say why. */
export function valueOf(expression: Expression, reading: Reading): Value | undefined {
  switch (expression.kind) {
    case 'property':
      return propertyOf(expression.name, expression.spot, reading)
    case 'literal':
      return literalOf(expression.value, expression.spot, reading)
    case 'date':
    case 'timestamp': {
      const time = timeOf(expression.text)
      const isRight = (time?.type === 'day') === (expression.kind === 'date')
      return time && isRight ? time : refuse(reading, 'filter_instant', expression.spot)
    }
    case 'geometry':
      return shapeOf(expression.geometry, expression.spot, reading)
    case 'box':
      return shapeOf(expression.numbers, expression.spot, reading)
    case 'interval':
    case 'list':
      return refuseType(reading, expression.spot, { zh: '值', en: 'a value' }, typeNames[expression.kind])
    case 'call':
      return calledValue(expression, reading)
  }
}

function propertyOf(name: string, spot: Spot, reading: Reading): Value | undefined {
  const { queryables } = reading
  const type = Object.hasOwn(queryables, name) ? queryables[name] : undefined
  if (type !== undefined) return { kind: 'property', type, name }
  const known = Object.keys(queryables).join(', ')
  return refuse(reading, 'filter_unknown_property', spot, { name: shown(name), known })
}

function literalOf(value: string | number | boolean, spot: Spot, reading: Reading): Value | undefined {
  if (typeof value === 'number') return { kind: 'given', type: 'number', value }
  if (typeof value === 'boolean') return { kind: 'given', type: 'boolean', value }
  return value.includes('\0')
    ? refuse(reading, 'filter_character', spot)
    : { kind: 'given', type: 'text', value }
}

function shapeOf(given: Geometry | readonly number[], spot: Spot, reading: Reading): Value | undefined {
  const found = reading.locate(given)
  if ('reason' in found) return refuse(reading, 'filter_geometry', spot, { reason: found.reason })
  return { kind: 'shape', type: 'geometry', geometry: found }
}

/** Names of the standard that are no conditions and that nothing here answers. */
const unsupported = new Set(['+', '-', '*', '/', '%', 'div', '^', 'accenti'])

function calledValue(
  { name, of, spot }: Extract<Expression, { kind: 'call' }>,
  reading: Reading,
): Value | undefined {
  const [first] = of
  if (name === 'casei' && of.length === 1 && first) {
    const value = valueOf(first, reading)
    if (!value) return undefined
    return value.type === 'text'
      ? { kind: 'folded', type: 'text', of: value }
      : refuseType(reading, first.spot, typeNames.text, typeNames[value.type])
  }
  if (name === 'casei') return refuse(reading, 'filter_count', spot, { name, wanted: 1, found: of.length })
  if (unsupported.has(name) || name.startsWith('a_'))
    return refuse(reading, 'filter_unsupported', spot, { what: name.toUpperCase() })
  if (/^([<>=]+|and|or|not|like|between|in|isNull|[st]_\w+)$/.test(name))
    return refuseType(reading, spot, { zh: '值', en: 'a value' }, typeNames.condition)
  return refuse(reading, 'filter_unknown_function', spot, { name: shown(name) })
}

/** A text literal beside a date or an instant is read as one, and 1 and 0 beside what is true or false; anything else stays what it is. */
export function readAs(type: ValueType, value: Value): Value {
  if (type === 'boolean' && value.kind === 'given' && (value.value === 1 || value.value === 0))
    return { kind: 'given', type, value: value.value === 1 }
  if ((type !== 'instant' && type !== 'day') || value.kind !== 'given' || value.type !== 'text') return value
  // GDAL writes a date beside a date as `2026-10-09T`.
  return timeOf(String(value.value).replace(/^([\d-]{10})T$/, '$1')) ?? value
}

/** An instant, a day or an interval. */
export function spanOf(expression: Expression, reading: Reading): TimeSpan | undefined {
  if (expression.kind !== 'interval') {
    const value = momentOf(expression, reading)
    return value && { start: value, end: value }
  }
  const start = isOpen(expression.start) ? null : momentOf(expression.start, reading)
  const end = isOpen(expression.end) ? null : momentOf(expression.end, reading)
  return start === undefined || end === undefined ? undefined : { start, end }
}

const isOpen = (expression: Expression): boolean => expression.kind === 'literal' && expression.value === '..'

function momentOf(expression: Expression, reading: Reading): Value | undefined {
  const found = valueOf(expression, reading)
  if (!found) return undefined
  const value = readAs('instant', found)
  if (value.type === 'instant' || value.type === 'day') return value
  return value.kind === 'given' && value.type === 'text'
    ? refuse(reading, 'filter_instant', expression.spot)
    : refuseType(reading, expression.spot, typeNames.instant, typeNames[value.type])
}
