/** An OGC query as the database takes it. Everything here has passed the contract's checks already. */
import { type CollectionName, collections, usualFeatures } from '../../contract/ogc.ts'
import { dayBounds } from '../../core/trajectories/local-day.ts'
import type { FeatureQuery } from '../../db/features.ts'

export type ItemsQuery = Readonly<Record<string, string | number | undefined>>

/** @param now used where a collection without `datetime` means what is in force now */
export function featureQuery(collection: CollectionName, query: ItemsQuery, now: number): FeatureQuery {
  const { bbox, datetime, limit, after } = query
  const filters = Object.keys(collections[collection].queryables).flatMap((name) =>
    query[name] === undefined ? [] : [[name, String(query[name])] as const],
  )
  const time = datetime === undefined ? null : datetimeOf(String(datetime))
  return {
    boxes: bbox === undefined ? null : boxesOf(String(bbox)),
    filters: Object.fromEntries(filters),
    after: after === undefined ? null : keyOf(String(after)),
    limit: typeof limit === 'number' ? limit : usualFeatures,
    key: null,
    ...timesFor(collection, time, now),
  }
}

/** The query of one feature. */
export function singleQuery(collection: CollectionName, id: string, now: number): FeatureQuery {
  const key = keyOf(id)
  // `town,code,start` names any version of a grid; `town,code` the one in force now.
  const anyTime = collection === 'grids' && key.length === 3
  return {
    boxes: null,
    filters: {},
    after: null,
    limit: 1,
    key,
    ...(anyTime ? { from: null, to: null } : timesFor(collection, null, now)),
  }
}

/** Ids are keys whose parts no code can contain a comma of. */
export const keyOf = (id: string): string[] => id.split(',')
export const idOf = (key: readonly string[]): string => key.join(',')

interface Times {
  readonly from: number | null
  readonly to: number | null
}

/** Areas, households and places have no time: the standard lets every `datetime` match them; the latter two show their grid of now. */
function timesFor(collection: CollectionName, time: Times | null, now: number): Times {
  if (collection === 'areas') return { from: null, to: null }
  if (collection === 'households' || collection === 'places') return { from: null, to: now }
  if (collection === 'grids') return time ?? { from: now, to: now }
  return time ?? { from: null, to: null }
}

/** An instant, or start/end with `..` or nothing for open; both ends count. A date alone is that whole local day. */
function datetimeOf(text: string): Times {
  const [start = '', end = start] = text.split('/')
  return { from: endOf(start, 'from'), to: endOf(end, 'to') }
}

function endOf(text: string, side: 'from' | 'to'): number | null {
  if (text === '' || text === '..') return null
  if (text.length > 10) return Date.parse(text)
  const { from, to } = dayBounds(text)
  return side === 'from' ? from : to - 1
}

/** Four numbers, or six with heights that are left out; west > east is two boxes, either side of the antimeridian. */
function boxesOf(text: string): number[] {
  const values = text.split(',').map(Number)
  const [west = 0, south = 0, east = 0, north = 0] =
    values.length === 6 ? [values[0], values[1], values[3], values[4]] : values
  return west <= east ? [west, south, east, north] : [west, south, 180, north, -180, south, east, north]
}
