/** Whether a filter means something about the queryables of a collection, and what. */
import type { Flaw } from '../values.ts'
import {
  type Comparison,
  type Condition,
  comparisons,
  type Queryables,
  spatialRelations,
  temporalRelations,
  type Value,
} from './condition.ts'
import type { Call, Expression, Spot } from './expression.ts'
import {
  type Locate,
  type Reading,
  readAs,
  refuse,
  refuseType,
  spanOf,
  typeNames,
  valueOf,
} from './filter-values.ts'

export type FilterChecked =
  | { readonly condition: Condition; readonly flaws?: undefined }
  | { readonly condition?: undefined; readonly flaws: readonly Flaw[] }

/** The condition, or everything that is wrong with it. */
export function checkFilter(expression: Expression, queryables: Queryables, locate: Locate): FilterChecked {
  const flaws: Flaw[] = []
  const condition = conditionOf(expression, { queryables, locate, flaws })
  return condition && flaws.length === 0 ? { condition } : { flaws }
}

type Maybe<T> = T | undefined

function conditionOf(expression: Expression, reading: Reading): Maybe<Condition> {
  if (expression.kind === 'literal' && typeof expression.value === 'boolean')
    return { kind: 'constant', value: expression.value }
  if (expression.kind === 'call') {
    const read = conditions.get(expression.name) ?? related(expression.name)
    if (read) return read(expression, reading)
  }
  const value = valueOf(expression, reading)
  if (!value) return undefined
  if (value.kind === 'property' && value.type === 'boolean') return { kind: 'truth', of: value }
  return refuseType(reading, expression.spot, typeNames.condition, typeNames[value.type])
}

type Read = (call: Call, reading: Reading) => Maybe<Condition>

/** The operands as values, if there are as many as wanted and each is one. */
function valuesOf({ name, of, spot }: Call, wanted: number, reading: Reading): Maybe<Value[]> {
  if (of.length !== wanted) return refuse(reading, 'filter_count', spot, { name, wanted, found: of.length })
  const values = of.flatMap((one) => valueOf(one, reading) ?? [])
  return values.length === wanted ? values : undefined
}

const several =
  (kind: 'and' | 'or'): Read =>
  (call, reading) => {
    const of = call.of.flatMap((one) => conditionOf(one, reading) ?? [])
    if (call.of.length < 2)
      return refuse(reading, 'filter_count', call.spot, { name: kind, wanted: 2, found: call.of.length })
    return of.length === call.of.length ? { kind, of } : undefined
  }

const not: Read = (call, reading) => {
  const [one] = call.of
  if (!one || call.of.length > 1)
    return refuse(reading, 'filter_count', call.spot, { name: 'not', wanted: 1, found: call.of.length })
  const of = conditionOf(one, reading)
  return of && { kind: 'not', of }
}

const ordered = ['text', 'number', 'boolean', 'instant', 'day']

/** Both, as of one type that can be compared. */
function alike(left: Value, right: Value, spot: Spot, reading: Reading): Maybe<readonly [Value, Value]> {
  const pair = [readAs(right.type, left), readAs(left.type, right)] as const
  if (pair[0].type !== pair[1].type)
    return refuseType(reading, spot, typeNames[pair[0].type], typeNames[pair[1].type])
  if (!ordered.includes(pair[0].type))
    return refuseType(reading, spot, { zh: '单个值', en: 'a single value' }, typeNames[pair[0].type])
  return pair
}

const compare =
  (operator: Comparison): Read =>
  (call, reading) => {
    const [left, right] = valuesOf(call, 2, reading) ?? []
    if (!left || !right) return undefined
    const spot = call.of[1]!.spot
    if (left.type === 'words' && (operator === '=' || operator === '<>')) {
      const has = hasWord(left, right, spot, reading)
      return has && (operator === '=' ? has : { kind: 'not', of: has })
    }
    const pair = alike(left, right, spot, reading)
    return pair && { kind: 'compare', operator, left: pair[0], right: pair[1] }
  }

const hasWord = (words: Value, word: Value, spot: Spot, reading: Reading): Maybe<Condition> =>
  word.type === 'text'
    ? { kind: 'has', words, word }
    : refuseType(reading, spot, typeNames.text, typeNames[word.type])

const like: Read = (call, reading) => {
  const [value, pattern] = valuesOf(call, 2, reading) ?? []
  if (!value || !pattern) return undefined
  for (const [i, one] of [value, pattern].entries())
    if (one.type !== 'text') return refuseType(reading, call.of[i]!.spot, typeNames.text, typeNames[one.type])
  const spot = call.of[1]!.spot
  const text = textWithin(pattern)
  if (text === undefined)
    return refuseType(reading, spot, { zh: '单引号中的文本', en: 'a text in quotes' }, typeNames.text)
  // An odd number of backslashes at the end: the last one has nothing to escape.
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(text)) return refuse(reading, 'filter_pattern', spot)
  return { kind: 'like', value, pattern }
}

function textWithin(value: Value): Maybe<string> {
  if (value.kind === 'folded') return textWithin(value.of)
  return value.kind === 'given' ? String(value.value) : undefined
}

const between: Read = (call, reading) => {
  const [value, from, to] = valuesOf(call, 3, reading) ?? []
  if (!value || !from || !to) return undefined
  const first = alike(value, from, call.of[1]!.spot, reading)
  const last = alike(value, to, call.of[2]!.spot, reading)
  return first && last && { kind: 'between', value: first[0], from: first[1], to: last[1] }
}

const among: Read = (call, reading) => {
  const [of, list] = call.of
  if (!of || list?.kind !== 'list' || list.items.length === 0 || call.of.length > 2)
    return refuseType(reading, list?.spot ?? call.spot, typeNames.list, { zh: '其他', en: 'anything else' })
  const value = valueOf(of, reading)
  const items = list.items.map((one) => ({ spot: one.spot, value: valueOf(one, reading) }))
  if (!value) return undefined
  if (value.type === 'words') {
    const any = items.flatMap((one) => (one.value && hasWord(value, one.value, one.spot, reading)) ?? [])
    return any.length === items.length ? { kind: 'or', of: any } : undefined
  }
  const pairs = items.flatMap((one) => (one.value && [alike(value, one.value, one.spot, reading)]) ?? [])
  const right = pairs.flatMap((pair) => pair?.[1] ?? [])
  return right.length === items.length
    ? { kind: 'in', value: pairs[0]?.[0] ?? value, among: right }
    : undefined
}

const isNull: Read = (call, reading) => {
  const [of] = valuesOf(call, 1, reading) ?? []
  return of && { kind: 'null', of }
}

const conditions: ReadonlyMap<string, Read> = new Map([
  ['and', several('and')],
  ['or', several('or')],
  ['not', not],
  ['like', like],
  ['between', between],
  ['in', among],
  ['isNull', isNull],
  ...comparisons.map((operator) => [operator, compare(operator)] as const),
])

/** `s_…` and `t_…`. */
function related(name: string): Maybe<Read> {
  const spatial = spatialRelations.find((one) => name === `s_${one}`)
  if (spatial)
    return (call, reading) => {
      const [left, right] = valuesOf(call, 2, reading) ?? []
      if (!left || !right) return undefined
      for (const [i, one] of [left, right].entries()) {
        const { spot } = call.of[i]!
        if (one.type !== 'geometry') return refuseType(reading, spot, typeNames.geometry, typeNames[one.type])
        // Simple features (OGC 06-103r4) define the other relations of collections not at all.
        const isCollection = one.kind === 'shape' && one.geometry.type === 'GeometryCollection'
        if (isCollection && spatial !== 'intersects' && spatial !== 'disjoint')
          return refuse(reading, 'filter_unsupported', spot, {
            what: `${name.toUpperCase()}(GEOMETRYCOLLECTION)`,
          })
      }
      return { kind: 'spatial', relation: spatial, left, right }
    }
  const temporal = temporalRelations.find((one) => name === `t_${one}`)
  return (
    temporal &&
    ((call, reading) => {
      if (call.of.length !== 2)
        return refuse(reading, 'filter_count', call.spot, { name, wanted: 2, found: call.of.length })
      const [left, right] = call.of.map((one) => spanOf(one, reading))
      return left && right && { kind: 'temporal', relation: temporal, left, right }
    })
  )
}
