/** What both posters need: grids with their polygons, names of the areas above, links above the sheet, the answer as PDF. */
import { requireHouseholds } from '../../commands/household-right.ts'
import type { PageLink } from '../../core/posters/poster-page.ts'
import type { PosterGrid } from '../../core/posters/village-poster.ts'
import { type Language, words } from '../../core/posters/words.ts'
import type { AreaScope } from '../../db/areas.ts'
import { listGrids, loadDivision } from '../../db/grids.ts'
import { listAreaNames } from '../../db/posters.ts'
import type { Scoped } from '../../db/scoped.ts'
import type { Answer } from '../route.ts'

/**
 * Grids of an area in force at a moment, with their polygons and counts, by code. What is printed has every figure, and dots where
 * people live: who may not see those prints none.
 * @throws AppError `forbidden`
 */
export async function loadPosterGrids(db: Scoped, area: AreaScope, at: number): Promise<PosterGrid[]> {
  await requireHouseholds(db, area.towns)
  const counts = new Map((await listGrids(db, area, at)).map((row) => [row.grid_code, row]))
  const division = await loadDivision(db, area, at)
  return division.map(({ code, name, kind, geometry }) => ({
    code,
    name,
    kind,
    geometry,
    households: counts.get(code)?.households ?? 0,
    persons: counts.get(code)?.persons ?? 0,
  }))
}

/** Names of the areas above one, the highest first. */
export const loadAbove = (db: Scoped, area: AreaScope): Promise<string[]> =>
  listAreaNames(db, area.lineage.slice(0, -1))

type Query = Readonly<Record<string, string | boolean | undefined>> & {
  readonly size: string
  readonly lang: Language
}

/** The page in its sizes, as PDF, and in the other language. */
export function pageLinks(path: string, query: Query, sizes: readonly string[]): PageLink[] {
  const address = (changes: Partial<Query>, suffix = ''): string => {
    const given = Object.entries({ ...query, ...changes }).filter(([, value]) => value !== undefined)
    return `${path}${suffix}?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}`
  }
  return [
    ...sizes.map((size) => ({
      text: size.toUpperCase(),
      href: address({ size }),
      isCurrent: size === query.size,
    })),
    { text: words.asPdf[query.lang], href: address({}, '.pdf') },
    { text: words.otherLanguage[query.lang], href: address({ lang: query.lang === 'zh' ? 'en' : 'zh' }) },
  ]
}

/** Tagged by the page it was printed from: the PDF itself carries the moment it was made. */
export const pdfAnswer = (pdf: Uint8Array, html: string, name: string): Answer => ({
  type: 'application/pdf',
  body: pdf,
  tagged: html,
  headers: { 'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(name)}.pdf` },
})
