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
      return `(${value(condition.left)}${order(condition)} ${condition.operator} ${value(condition.right)})`
    case 'like':
      return `(${value(condition.value)} like ${value(condition.pattern)})`
    case 'between': {
      const of = `${value(condition.value)}${codePoints(condition.value)}`
      return `(${of} between ${value(condition.from)} and ${value(condition.to)})`
    }
    case 'in':
      return `(${value(condition.value)} in (${condition.among.map(value).join(', ')}))`
    case 'has':
      return `(${value(condition.word)} = any (${value(condition.words)}))`
    case 'null':
      return `(${value(condition.of)} is null)`
    case 'spatial':
      return spatial(condition.relation, value(condition.left), value(condition.right))
    case 'temporal':
      return `(${temporal[condition.relation](endsOf(condition.left, to), endsOf(condition.right, to))})`
  }
}

/** Texts follow each other by code points, whatever the database sorts by. */
const codePoints = ({ type }: Value): string => (type === 'text' ? ' collate "C"' : '')
/** Equality is left to the indexes. */
const order = ({ operator, left }: Extract<Condition, { kind: 'compare' }>): string =>
  operator === '=' || operator === '<>' ? '' : codePoints(left)

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
      // A polygon that crosses itself would make GEOS fail: what it covers is meant, and no line or collection beside.
      return `st_makevalid(st_setsrid(st_geomfromgeojson(${to.bind(JSON.stringify(value.geometry), 'text')}), 4326), 'method=structure keepcollapsed=false')`
    case 'folded':
      return `lower(${valueText(value.of, to)})`
  }
}

/** The predicates of simple features in degrees. What is disjoint is told by not meeting, which also knows collections. */
const spatial = (relation: SpatialRelation, left: string, right: string): string =>
  relation === 'disjoint' ? `(not st_intersects(${left}, ${right}))` : `st_${relation}(${left}, ${right})`

/** The ends of a span as SQL; asked for one by one, for each asking binds a value, and what is bound must be used. */
interface Ends {
  readonly start: string
  readonly end: string
}

/** OGC 21-065r2, tables 7 and 8. */
const temporal: Readonly<Record<TemporalRelation, (a: Ends, b: Ends) => string>> = {
  after: (a, b) => `${a.start} > ${b.end}`,
  before: (a, b) => `${a.end} < ${b.start}`,
  contains: (a, b) => `${a.start} < ${b.start} and ${a.end} > ${b.end}`,
  disjoint: (a, b) => `${a.end} < ${b.start} or ${a.start} > ${b.end}`,
  during: (a, b) => `${a.start} > ${b.start} and ${a.end} < ${b.end}`,
  equals: (a, b) => `${a.start} = ${b.start} and ${a.end} = ${b.end}`,
  finishedBy: (a, b) => `${a.start} < ${b.start} and ${a.end} = ${b.end}`,
  finishes: (a, b) => `${a.start} > ${b.start} and ${a.end} = ${b.end}`,
  intersects: (a, b) => `${a.start} <= ${b.end} and ${a.end} >= ${b.start}`,
  meets: (a, b) => `${a.end} = ${b.start}`,
  metBy: (a, b) => `${a.start} = ${b.end}`,
  overlappedBy: (a, b) => `${a.start} > ${b.start} and ${a.start} < ${b.end} and ${a.end} > ${b.end}`,
  overlaps: (a, b) => `${a.start} < ${b.start} and ${a.end} > ${b.start} and ${a.end} < ${b.end}`,
  startedBy: (a, b) => `${a.start} = ${b.start} and ${a.end} > ${b.end}`,
  starts: (a, b) => `${a.start} = ${b.start} and ${a.end} < ${b.end}`,
}

function endsOf(span: TimeSpan, to: Writing): Ends {
  // One moment, which may be unknown; an end of an interval that is null is open.
  const isMoment = span.start !== null && span.start === span.end
  const end = (value: Value | null, side: 'start' | 'end'): string => {
    const open = side === 'start' ? `'-infinity'::timestamptz` : `'infinity'::timestamptz`
    if (value === null) return open
    return isMoment ? moment(value, side, to) : `coalesce(${moment(value, side, to)}, ${open})`
  }
  return {
    get start() {
      return end(span.start, 'start')
    },
    get end() {
      return end(span.end, 'end')
    },
  }
}

/** A day begins and ends in Asia/Shanghai; its last microsecond is its end. */
function moment(value: Value, side: 'start' | 'end', to: Writing): string {
  const text = valueText(value, to)
  if (value.type !== 'day') return text
  return side === 'start'
    ? `((${text})::timestamp at time zone 'Asia/Shanghai')`
    : `((${text} + 1)::timestamp at time zone 'Asia/Shanghai' - interval '1 microsecond')`
}
