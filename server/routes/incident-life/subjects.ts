/** Finding the household or place an incident is about. */
import { requireRole } from '../../commands/authority.ts'
import { requireHouseholds } from '../../commands/household-right.ts'
import { type Subjects, subjectsQuery, subjectsSchema } from '../../contract/subjects.ts'
import { maskAddress, maskName } from '../../core/policy/mask.ts'
import { searchWords } from '../../core/policy/search-words.ts'
import { groupBy } from '../../core/posters/group-by.ts'
import { noteAccess } from '../../db/access.ts'
import type { AreaScope } from '../../db/areas.ts'
import type { Scoped } from '../../db/scoped.ts'
import { type SubjectSearch, searchHouseholds, searchPlaces } from '../../db/subjects.ts'
import type { Viewer } from '../../db/viewer.ts'
import { loadArea } from '../area.ts'
import { defineRoute, jsonAnswer } from '../route.ts'
import { onArea } from './incident.ts'

const usualRows = 20

export const subjectsRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/subjects',
  tag: 'incidents',
  summary: {
    zh: '查找户或场所，用于上报事件',
    en: 'Find the household or place an incident is about; every search among households is noted',
  },
  params: onArea,
  query: subjectsQuery,
  answer: jsonAnswer(200, 'Those in which every word is found', subjectsSchema),
  async handle({ db, params, query, viewer, now }) {
    const area = await loadArea(db, params.code)
    const { kind, find, grid = null, reveal = false, limit = usualRows } = query
    const search = { at: now, grid, ...searchWords(find), limit: limit + 1 }
    const found =
      kind === 'place'
        ? await places(db, area, search)
        : await households(db, area, search, { viewer, now, reveal })
    return {
      body: { kind, subjects: found.slice(0, limit), more: found.length > limit },
      cacheControl: 'no-store',
    }
  },
})

type Found = Subjects['subjects']

async function places(db: Scoped, area: AreaScope, search: SubjectSearch): Promise<Found> {
  const rows = await searchPlaces(db, area, search)
  return rows.map((row) => ({
    id: row.place_id,
    town: row.town_id,
    grid: row.grid_code,
    name: row.name,
    address: row.address,
    lon: row.longitude,
    lat: row.latitude,
  }))
}

/** Whoever finds a name or a house number has learned that it is there, masked or not: each search is noted, with whom it found. */
async function households(
  db: Scoped,
  area: AreaScope,
  search: SubjectSearch,
  { viewer, now, reveal }: { readonly viewer: Viewer; readonly now: number; readonly reveal: boolean },
): Promise<Found> {
  await requireHouseholds(db, area.towns)
  if (reveal)
    requireRole(viewer, ['supervisor', 'administrator'], {
      zh: '查看姓名和地址',
      en: 'see names and addresses',
    })
  const rows = await searchHouseholds(db, area, search)
  for (const [town, own] of groupBy(rows, (row) => row.town_id))
    await noteAccess(db, {
      town,
      at: now,
      viewer: viewer.name,
      action: reveal ? 'reveal' : 'search',
      subject: `household:${own.map((row) => row.household_id).join(',')}`,
    })
  const masked = (text: string | null, mask: (text: string) => string): string | null =>
    text === null || reveal ? text : mask(text)
  return rows.map((row) => ({
    id: row.household_id,
    town: row.town_id,
    grid: row.grid_code,
    name: masked(row.head, maskName),
    address: masked(row.address, maskAddress),
    lon: row.longitude,
    lat: row.latitude,
  }))
}
