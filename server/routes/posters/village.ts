/** GET /posters/villages/{code} · GET /posters/villages/{code}.pdf: a village's grid map. */
import { z } from 'zod'
import { type VillagePosterQuery, villagePosterQuery } from '../../contract/posters.ts'
import { codeSchema } from '../../contract/values.ts'
import { dissolve } from '../../core/coverage/dissolve.ts'
import { posterPage } from '../../core/posters/poster-page.ts'
import { villageLayout } from '../../core/posters/village-poster.ts'
import { say, words } from '../../core/posters/words.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import { loadPosterGround } from '../../db/posters.ts'
import { notFound } from '../../errors.ts'
import { loadArea } from '../area.ts'
import { momentOf } from '../parse.ts'
import { type Call, defineRoute } from '../route.ts'
import { loadAbove, loadPosterGrids, pageLinks, pdfAnswer } from './load.ts'

const params = z.object({ code: codeSchema })
type VillageCall = Pick<
  Call<z.output<typeof params>, VillagePosterQuery, undefined>,
  'db' | 'now' | 'params' | 'query' | 'services' | 'signal'
>

async function villagePage({
  db,
  now,
  services,
  signal,
  params: { code },
  query,
}: VillageCall): Promise<string> {
  const { size = 'a3', lang: language = 'zh' } = query
  const area = await loadArea(db, code)
  if (area.village === null) throw notFound({ zh: `村（社区） ${code}`, en: `Village ${code}` })
  const { day, at } = momentOf(query.day, now)
  const grids = await loadPosterGrids(db, area, at)
  if (grids.length === 0)
    throw notFound({ zh: `${area.name}在 ${day} 的网格`, en: `A grid of ${area.name} on ${day}` })
  const outline =
    area.boundary ?? dissolve(grids.filter((one) => one.kind !== 'microgrid').map((one) => one.geometry))
  const layout = villageLayout(outline, size)
  const about = {
    village: area.name,
    above: await loadAbove(db, area),
    outline,
    grids,
    day,
    made: localDayOf(now),
    language,
  }
  const ground = await loadPosterGround(db, layout.view.bounds, area.code)
  const svg = await services.thread.run('villagePoster', { about, ground, size }, signal)
  return posterPage({
    title: say(language, words.villageTitle, { village: area.name }),
    language,
    sheet: layout.sheet,
    svg,
    links: pageLinks(`/posters/villages/${encodeURIComponent(code)}`, { ...query, size, lang: language }, [
      'a3',
      'a2',
      'a1',
      'a0',
    ]),
    notices: [{ text: words.print[language] }],
  })
}

export const villagePosterRoute = defineRoute({
  method: 'get',
  path: '/posters/villages/{code}',
  tag: 'posters',
  summary: { zh: '村（社区）网格图', en: 'The grid map of a village, a page to be printed' },
  params,
  query: villagePosterQuery,
  answer: { status: 200, description: 'A page of one sheet', type: 'text/html; charset=utf-8' },
  handle: async (call) => ({ type: 'text/html; charset=utf-8', body: await villagePage(call) }),
})

export const villagePosterPdfRoute = defineRoute({
  method: 'get',
  path: '/posters/villages/{code}.pdf',
  tag: 'posters',
  summary: {
    zh: '村（社区）网格图，PDF',
    en: 'The grid map of a village as PDF; 501 without a Chromium on the server',
  },
  params,
  query: villagePosterQuery,
  answer: { status: 200, description: 'One page', type: 'application/pdf' },
  async handle(call) {
    const html = await villagePage(call)
    return pdfAnswer(await call.services.printer.print(html, call.signal), html, `grids-${call.params.code}`)
  },
})
