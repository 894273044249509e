/** An OGC query as the database takes it. Everything here has passed the contract's checks already, but for what its texts mean. */
import { type CollectionName, usualFeatures } from '../../contract/ogc.ts'
import { dayBounds } from '../../core/trajectories/local-day.ts'
import type { FeatureQuery } from '../../db/features.ts'
import { type System, systemAsked } from './crs.ts'
import { equalities, type FilterLanguage, filterAsked } from './filter.ts'
import { boxAsked, locator } from './located.ts'

export type ItemsQuery = Readonly<Record<string, string | number | undefined>>

/**
 * @param list the address that lists the systems offered
 * @param own equalities that hold whatever is asked
 * @param now used where a collection without `datetime` means what is in force now
 * @throws AppError `bad_request` for a filter, a system or a box that means nothing
 */
export function featureQuery(
  collection: CollectionName,
  query: ItemsQuery,
  { list, own, now }: { readonly list: string; readonly own: Record<string, string>; readonly now: number },
): FeatureQuery {
  const { bbox, datetime, limit, after, filter } = query
  const text = (name: string): string | undefined =>
    query[name] === undefined ? undefined : String(query[name])
  const system = (name: string): System => systemAsked(name, text(name), list)
  const time = datetime === undefined ? null : datetimeOf(String(datetime))
  const boxSystem = system('bbox-crs')
  const filterSystem = system('filter-crs')
  const box = bbox === undefined ? { boxes: null, condition: null } : boxAsked(String(bbox), boxSystem)
  const conditions = equalities(collection, query)
  if (box.condition) conditions.push(box.condition)
  if (filter !== undefined)
    conditions.push(
      filterAsked(collection, String(filter), query['filter-lang'] as FilterLanguage, locator(filterSystem)),
    )
  return {
    boxes: box.boxes,
    filters: own,
    condition: conditions.length > 0 ? { kind: 'and', of: conditions } : null,
    after: after === undefined ? null : keyOf(String(after)),
    limit: typeof limit === 'number' ? limit : usualFeatures,
    key: null,
    ...timesFor(collection, time, now),
  }
}

/** The query of one feature. */
export function singleQuery(
  collection: CollectionName,
  id: string,
  own: Record<string, string>,
  now: number,
): FeatureQuery {
  const key = keyOf(id)
  // `town,code,start` names any version of a grid; `town,code` the one in force now.
  const anyTime = collection === 'grids' && key.length === 3
  return {
    boxes: null,
    filters: own,
    condition: null,
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
