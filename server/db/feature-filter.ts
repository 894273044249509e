/** A condition as SQL: its names are columns from a list of ours, its values parameters. */
import type {
  Condition,
  SpatialRelation,
  TemporalRelation,
  TimeSpan,
  Value,
} from '../core/filters/condition.ts'
import type { Query } from './sql.ts'

/** What a list of features has in its place while nothing is asked. */
const place = '(true /* filter */)'

/**
 * The statement with the condition in it, and the parameters that follow those it has.
 * @param columns name → SQL over the columns of the statement
 */
export function filtered<Row>(
  query: Query<Row>,
  condition: Condition,
  columns: Readonly<Record<string, string>>,
): { readonly query: Query<Row>; readonly parameters: readonly unknown[] } {
  if (!query.text.includes(place)) throw new Error(`${query.name} has no place for a filter`)
  const parameters: unknown[] = []
  const bind: Bind = (value, type) => `$${query.types.length + parameters.push(value)}::${type}`
  const text = query.text.replace(place, () => conditionText(condition, { columns, bind }))
  return { query: { text, scoped: query.scoped, types: query.types }, parameters }
}

type Bind = (value: unknown, type: string) => string
interface Writing {
  readonly columns: Readonly<Record<string, string>>
  readonly bind: Bind
}

function conditionText(condition: Condition, to: Writing): string {
  const value = (one: Value): string => valueText(one, to)
  switch (condition.kind) {
    case 'and':
    case 'or':
      return `(${condition.of.map((one) => conditionText(one, to)).join(` ${condition.kind} `)})`
    case 'not':
      return `(not ${conditionText(condition.of, to)})`
    case 'constant':
      return condition.value ? '(true)' : '(false)'
    case 'truth':
      return value(condition.of)
    case 'compare':
      return `(${value(condition.left)} ${condition.operator} ${value(condition.right)}${order(condition.left)})`
    case 'like':
      return `(${value(condition.value)} like ${value(condition.pattern)})`
    case 'between': {
      const { value: of, from, to: last } = condition
      return `(${value(of)} between ${value(from)}${order(of)} and ${value(last)}${order(of)})`
    }
    case 'in':
      return `(${value(condition.value)} in (${condition.among.map(value).join(', ')}))`
    case 'has':
      return `(${value(condition.word)} = any (${value(condition.words)}))`
    case 'null':
      return `(${value(condition.of)} is null)`
    case 'spatial':
      return spatial(condition.relation, value(condition.left), value(condition.right))
    case 'temporal': {
      const [left, right] = [bounds(condition.left, to), bounds(condition.right, to)]
      return `(${temporal[condition.relation](left.start, left.end, right.start, right.end)})`
    }
  }
}

/** By code points, whatever the database sorts by. */
const order = ({ type }: Value): string => (type === 'text' ? ' collate "C"' : '')

const casts = {
  text: 'text',
  words: 'text',
  number: 'double precision',
  boolean: 'boolean',
  instant: 'timestamptz',
  day: 'date',
  geometry: 'text',
} as const

function valueText(value: Value, to: Writing): string {
  switch (value.kind) {
    case 'property': {
      const column = to.columns[value.name]
      if (column === undefined) throw new Error(`no column for ${value.name}`)
      return `(${column})`
    }
    case 'given':
      return to.bind(value.value, casts[value.type])
    case 'shape':
      // A polygon that crosses itself would make GEOS fail: what it covers is meant.
      return `st_makevalid(st_setsrid(st_geomfromgeojson(${to.bind(JSON.stringify(value.geometry), 'text')}), 4326))`
    case 'folded':
      return `lower(${valueText(value.of, to)})`
  }
}

/** The predicates of simple features in degrees. What is disjoint is told by not meeting, which also knows collections. */
const spatial = (relation: SpatialRelation, left: string, right: string): string =>
  relation === 'disjoint' ? `(not st_intersects(${left}, ${right}))` : `st_${relation}(${left}, ${right})`

type Span = (a: string, b: string, c: string, d: string) => string

/** Of a span from a to b and one from c to d: OGC 21-065r2, tables 7 and 8. */
const temporal: Readonly<Record<TemporalRelation, Span>> = {
  after: (a, _b, _c, d) => `${a} > ${d}`,
  before: (_a, b, c) => `${b} < ${c}`,
  contains: (a, b, c, d) => `${a} < ${c} and ${b} > ${d}`,
  disjoint: (a, b, c, d) => `${b} < ${c} or ${a} > ${d}`,
  during: (a, b, c, d) => `${a} > ${c} and ${b} < ${d}`,
  equals: (a, b, c, d) => `${a} = ${c} and ${b} = ${d}`,
  finishedBy: (a, b, c, d) => `${a} < ${c} and ${b} = ${d}`,
  finishes: (a, b, c, d) => `${a} > ${c} and ${b} = ${d}`,
  intersects: (a, b, c, d) => `${a} <= ${d} and ${b} >= ${c}`,
  meets: (_a, b, c) => `${b} = ${c}`,
  metBy: (a, _b, _c, d) => `${a} = ${d}`,
  overlappedBy: (a, b, c, d) => `${a} > ${c} and ${a} < ${d} and ${b} > ${d}`,
  overlaps: (a, b, c, d) => `${a} < ${c} and ${b} > ${c} and ${b} < ${d}`,
  startedBy: (a, b, c, d) => `${a} = ${c} and ${b} > ${d}`,
  starts: (a, b, c, d) => `${a} = ${c} and ${b} < ${d}`,
}

function bounds(span: TimeSpan, to: Writing): { start: string; end: string } {
  // One moment, which may be unknown; the end of an interval that is null is open.
  if (span.start !== null && span.start === span.end)
    return { start: moment(span.start, 'start', to), end: moment(span.end, 'end', to) }
  const end = (value: Value | null, side: 'start' | 'end'): string => {
    const open = side === 'start' ? `'-infinity'::timestamptz` : `'infinity'::timestamptz`
    return value === null ? open : `coalesce(${moment(value, side, to)}, ${open})`
  }
  return { start: end(span.start, 'start'), end: end(span.end, 'end') }
}

/** A day begins and ends in Asia/Shanghai; its last microsecond is its end. */
function moment(value: Value, side: 'start' | 'end', to: Writing): string {
  const text = valueText(value, to)
  if (value.type !== 'day') return text
  return side === 'start'
    ? `((${text})::timestamp at time zone 'Asia/Shanghai')`
    : `((${text} + 1)::timestamp at time zone 'Asia/Shanghai' - interval '1 microsecond')`
}
