/** GET /posters/grids/{code} · GET /posters/grids/{code}.pdf: a grid's notice. */
import { z } from 'zod'
import { type GridNoticeQuery, gridNoticeQuery } from '../../contract/posters.ts'
import { codeSchema } from '../../contract/values.ts'
import { areaSquareMetres } from '../../core/geometry/area-square-metres.ts'
import { maskName, maskPhone } from '../../core/policy/mask.ts'
import { noticePolicyOf } from '../../core/posters/notice-policy.ts'
import { noticeLayout } from '../../core/posters/notice-poster.ts'
import { posterPage } from '../../core/posters/poster-page.ts'
import { shortName } from '../../core/posters/village-poster.ts'
import { say, words } from '../../core/posters/words.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import { noteAccess } from '../../db/access.ts'
import { findPolicy } from '../../db/policies.ts'
import { findGridsOfCode, listTeamWithPhones, loadPosterGround, type TeamRow } from '../../db/posters.ts'
import { badRequest, notFound } from '../../errors.ts'
import { loadArea } from '../area.ts'
import { momentOf } from '../parse.ts'
import { type Call, defineRoute } from '../route.ts'
import { loadAbove, loadPosterGrids, pageLinks, pdfAnswer } from './load.ts'

const params = z.object({ code: codeSchema })
type GridCall = Pick<
  Call<z.output<typeof params>, GridNoticeQuery, undefined>,
  'db' | 'now' | 'viewer' | 'origin' | 'params' | 'query' | 'services' | 'signal'
>

async function noticePage(call: GridCall): Promise<string> {
  const {
    db,
    now,
    origin,
    params: { code },
    query,
  } = call
  const { size = 'a4', lang: language = 'zh', reveal = false } = query
  const { day, at } = momentOf(query.day, now)
  const { town, area: areaCode } = await findTheGrid(call, day, at)
  const area = await loadArea(db, areaCode)
  const grids = await loadPosterGrids(db, area, at)
  const grid = grids.find((one) => one.code === code)
  if (!grid) throw gridNotFound(code, day)
  const policy = await findPolicy(db, area, 'division', day)
  const layout = noticeLayout(grid, size)
  const ground = await loadPosterGround(db, layout.view.bounds, area.code)
  const team = await listTeamWithPhones(db, town, code, at)
  if (reveal) await noteTeam(call, town, team)
  const about = {
    grid,
    areaSquareMetres: areaSquareMetres(grid.geometry),
    grids,
    village: area.name,
    above: await loadAbove(db, area),
    team: team.map((one) => ({
      id: one.worker_id,
      role: one.role,
      name: reveal ? one.name : maskName(one.name),
      phone: one.phone === null || reveal ? one.phone : maskPhone(one.phone),
    })),
    policy: noticePolicyOf(policy?.rules),
    link: `${origin}/plan?area=${encodeURIComponent(area.code)}&select=grid:${encodeURIComponent(code)}`,
    day,
    made: localDayOf(now),
    language,
  }
  const svg = await call.services.thread.run('noticePoster', { about, ground, size }, call.signal)
  const path = `/posters/grids/${encodeURIComponent(code)}`
  const asked = { ...query, size, lang: language }
  const revealed = pageLinks(path, { ...asked, reveal: true }, [size])[0]?.href ?? path
  return posterPage({
    title: say(language, words.noticeTitle, { grid: shortName(grid, area.name) }),
    language,
    sheet: layout.sheet,
    svg,
    links: pageLinks(path, asked, ['a4', 'a3', 'a2']),
    notices: [
      ...(reveal
        ? []
        : [{ text: words.masked[language], link: { text: words.reveal[language], href: revealed } }]),
      ...(isLoopback(origin) ? [{ text: say(language, words.loopback, { origin }) }] : []),
      { text: words.print[language] },
    ],
  })
}

/** @throws AppError `not_found`, or `bad_request` where several towns use the code and no area says which is meant */
async function findTheGrid(
  { db, params: { code }, query }: GridCall,
  day: string,
  at: number,
): Promise<{ town: string; area: string }> {
  const [found, another] = await findGridsOfCode(db, code, at, query.area ?? null)
  if (!found) throw gridNotFound(code, day)
  if (another)
    throw badRequest(
      {
        zh: `有几个乡镇使用网格编码 ${code}，请用参数 area 指明区域。`,
        en: `Several towns use the grid code ${code}; say which is meant with the parameter area.`,
      },
      [
        {
          code: 'missing_parameter',
          place: { field: 'area' },
          message: { zh: '缺少参数 area', en: 'area is missing' },
        },
      ],
    )
  return { town: found.town_id, area: found.area_code }
}

const gridNotFound = (code: string, day: string) =>
  notFound({ zh: `网格 ${code}（${day}）`, en: `Grid ${code} on ${day}` })

/** Before the names are given out: one entry for each person. */
async function noteTeam(
  { db, now, viewer }: GridCall,
  town: string,
  team: readonly TeamRow[],
): Promise<void> {
  for (const worker of new Set(team.map((one) => one.worker_id)))
    await noteAccess(db, {
      town,
      at: now,
      viewer: viewer.name,
      action: 'reveal',
      subject: `worker:${worker}`,
    })
}

/** An address that only this machine understands. */
const isLoopback = (origin: string): boolean =>
  /^https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(origin)

export const gridNoticeRoute = defineRoute({
  method: 'get',
  path: '/posters/grids/{code}',
  tag: 'posters',
  summary: { zh: '网格公示牌', en: 'The notice of a grid, a page to be printed' },
  params,
  query: gridNoticeQuery,
  answer: { status: 200, description: 'A page of one sheet', type: 'text/html; charset=utf-8' },
  handle: async (call) => ({ type: 'text/html; charset=utf-8', body: await noticePage(call) }),
})

export const gridNoticePdfRoute = defineRoute({
  method: 'get',
  path: '/posters/grids/{code}.pdf',
  tag: 'posters',
  summary: { zh: '网格公示牌，PDF', en: 'The notice of a grid as PDF; 501 without a Chromium on the server' },
  params,
  query: gridNoticeQuery,
  answer: { status: 200, description: 'One page', type: 'application/pdf' },
  async handle(call) {
    const html = await noticePage(call)
    return pdfAnswer(await call.services.printer.print(html, call.signal), html, `notice-${call.params.code}`)
  },
})
