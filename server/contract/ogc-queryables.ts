/** What features may be asked for by: OGC API – Features, Part 3: Filtering (OGC 19-079r2), with CQL2 (OGC 21-065r2). */
import type { Queryables } from '../core/filters/condition.ts'
import { crs84 } from './ogc-crs.ts'

const spec = 'http://www.opengis.net/spec'
/** `casei` is understood, too; it folds by the database's lower case, which is not all of Unicode's case folding. */
export const filterConformance: readonly string[] = [
  ...['queryables', 'queryables-query-parameters', 'filter', 'features-filter'].map(
    (name) => `${spec}/ogcapi-features-3/1.0/conf/${name}`,
  ),
  ...[
    'cql2-text',
    'cql2-json',
    'basic-cql2',
    'advanced-comparison-operators',
    'basic-spatial-functions',
    'basic-spatial-functions-plus',
    'spatial-functions',
    'temporal-functions',
  ].map((name) => `${spec}/cql2/1.0/conf/${name}`),
]

export const queryablesRelation = 'http://www.opengis.net/def/rel/ogc/1.0/queryables'

interface Queryable {
  readonly type: Queryables[string]
  readonly title: string
  /** A number without decimals. */
  readonly whole?: true
  /** The simple-features type of a geometry, as OGC names it. */
  readonly shape?: 'polygon-or-multipolygon' | 'point' | 'multilinestring'
}

const text = (title: string): Queryable => ({ type: 'text', title })
const whole = (title: string): Queryable => ({ type: 'number', title, whole: true })
const metres = (title: string): Queryable => ({ type: 'number', title })
const truth = (title: string): Queryable => ({ type: 'boolean', title })
const instant = (title: string): Queryable => ({ type: 'instant', title })
const shape = (of: NonNullable<Queryable['shape']>, title: string): Queryable => ({
  type: 'geometry',
  title,
  shape: of,
})

const town = text('Code of the township')
const worker = text('Id of the worker')
const day: Queryable = { type: 'day', title: 'Local day in Asia/Shanghai, YYYY-MM-DD' }

/** By collection. Personal data is not among them: whatever is masked cannot be asked for. */
export const queryables = {
  areas: {
    code: text('Code of the area'),
    level: text('county, township or village'),
    parent: text('Code of the area above'),
    town,
    name: text('Name'),
    geometry: shape('polygon-or-multipolygon', 'Boundary'),
  },
  grids: {
    code: text('Code of the grid'),
    kind: text('ordinary, dedicated or microgrid'),
    village: text('Code of the village'),
    parent: text('Code of the grid it lies in'),
    town,
    name: text('Name'),
    valid_from: instant('In force from'),
    valid_to: instant('In force until; null while in force, which in INTERVAL is an open end'),
    area_m2: metres('Area, square metres'),
    geometry: shape('polygon-or-multipolygon', 'Boundary'),
  },
  households: {
    id: text('Id of the household'),
    grid: text('Code of the grid that covers it'),
    village: text('Code of the village'),
    town,
    category: {
      type: 'words',
      title: 'A category the household has, e.g. five_guarantee; =, <> and IN only',
    },
    must_visit: truth('Has to be visited'),
    members: whole('How many live there'),
    geometry: shape('point', 'Position'),
  },
  places: {
    id: text('Id of the place'),
    grid: text('Code of the grid that covers it'),
    town,
    kind: text('Kind, e.g. school'),
    is_key: truth('重点场所'),
    name: text('Name'),
    address: text('Address'),
    geometry: shape('point', 'Position'),
  },
  incidents: {
    id: text('Id of the incident'),
    grid: text('Code of the grid that covered it'),
    town,
    category: text('Category'),
    severity: text('Severity'),
    status: text('Status'),
    urgency: text('ordinary or emergency'),
    held_by: text('Level that has it'),
    declared_grid: text('Code of the grid it was reported for'),
    household: text('Id of the household it concerns'),
    place: text('Id of the place it concerns'),
    approximate: truth('Lies where it is shown, not where it was'),
    occurred_at: instant('When it happened'),
    reported_at: instant('When it was reported'),
    geometry: shape('point', 'Position, or where it is shown'),
  },
  'patrol-days': {
    worker,
    grid: text('Code of the grid'),
    town,
    day,
    met: truth('The rules of the day were met'),
    fixes: whole('How many fixes'),
    first: instant('First fix'),
    last: instant('Last fix'),
    seconds_inside: whole('Seconds in the grid'),
    seconds_outside: whole('Seconds outside'),
    seconds_unobserved: whole('Seconds unobserved'),
    seconds_unreliable: whole('Seconds unreliable'),
    metres_inside: metres('Metres in the grid'),
    metres_outside: metres('Metres outside'),
    metres_raw: metres('Metres between the fixes'),
    rounds: whole('Rounds'),
    hexagons_visited: whole('Hexagons visited'),
    hexagons_in_grid: whole('Hexagons of the grid'),
    households_passed: whole('Households passed; null to who may not see households'),
    households_total: whole('Households of the grid; null to who may not see households'),
    geometry: shape('point', 'A point of the grid'),
  },
  traces: {
    worker,
    town,
    day,
    label: text('inside, outside, stay, unobserved or unreliable'),
    geometry: shape('multilinestring', 'Drawn way'),
  },
} as const satisfies Record<string, Readonly<Record<string, Queryable>>>

type CollectionName = keyof typeof queryables

export const queryablesOf = (name: CollectionName): Readonly<Record<string, Queryable>> => queryables[name]

/** Their types alone, for a filter to be checked against. */
export const typesOf = (name: CollectionName): Queryables =>
  Object.fromEntries(Object.entries(queryablesOf(name)).map(([key, { type }]) => [key, type]))

const jsonTypes = {
  text: { type: 'string' },
  words: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  instant: { type: 'string', format: 'date-time' },
  day: { type: 'string', format: 'date' },
} as const

/** A queryable without geometry as JSON Schema has it. */
export const valueSchema = ({ type, whole: isWhole }: Queryable): Readonly<Record<string, string>> =>
  isWhole ? { type: 'integer' } : type === 'geometry' ? {} : jsonTypes[type]

/** The queryables of a collection as the standard publishes them: JSON Schema. @param address of the document itself */
export function queryablesDocument(name: CollectionName, title: string, address: string): object {
  const properties = Object.entries(queryablesOf(name)).map(([key, one]) => [
    key,
    one.shape
      ? { title: one.title, format: `geometry-${one.shape}`, 'x-ogc-role': 'primary-geometry' }
      : { title: one.title, ...valueSchema(one) },
  ])
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: address,
    title,
    type: 'object',
    properties: Object.fromEntries(properties) as Record<string, unknown>,
    additionalProperties: false,
  }
}

/** `cql-text` is what drafts of the standard called the first; GDAL asks by that name only. */
export const filterLanguages = ['cql2-text', 'cql2-json', 'cql-text'] as const
/** A longer filter would not fit in an address everywhere. */
export const longestFilter = 8000

export const filterDescription =
  `CQL2 over the queryables of the collection, at most ${longestFilter} characters; geometries in \`filter-crs\` (${crs84} when absent). ` +
  'A DATE is the whole local day in Asia/Shanghai.'
