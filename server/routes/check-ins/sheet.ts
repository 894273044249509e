/** GET /posters/check-in-codes/{code}: codes for the doors of an area, to print and cut. */
import { z } from 'zod'
import { requireRole } from '../../commands/authority.ts'
import { codeSigner } from '../../commands/check-ins/sign-code.ts'
import { codeSheetQuery } from '../../contract/check-ins.ts'
import { codeSchema } from '../../contract/values.ts'
import { type CodeCard, codeSheet } from '../../core/check-ins/code-sheet.ts'
import { groupBy } from '../../core/posters/group-by.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import type { Message } from '../../core/values.ts'
import { listCodedSubjects } from '../../db/check-ins.ts'
import { badRequest } from '../../errors.ts'
import { loadArea } from '../area.ts'
import { defineRoute } from '../route.ts'

/** A thousand codes are 84 pages. */
const mostCodes = 1000

const kinds: Readonly<Record<'place' | 'building' | 'household', Message>> = {
  place: { zh: '场所', en: 'Place' },
  building: { zh: '楼栋', en: 'Building' },
  household: { zh: '必访户', en: 'Must-visit household' },
}
const texts = {
  title: { zh: '签到码', en: 'Check-in codes' },
  hint: {
    zh: '沿虚线剪下，贴在门口或楼道内；扫码即签到。码由本系统签名，请妥善保管，勿外传照片。',
    en: 'Cut along the dashes and put up at the door or in the stairwell; scanning checks in. The codes are signed: keep them, and pictures of them, from others.',
  },
  none: { zh: '这个范围内没有可打印的对象', en: 'There is nothing here to print codes for' },
} as const

export const codeSheetRoute = defineRoute({
  method: 'get',
  path: '/posters/check-in-codes/{code}',
  tag: 'posters',
  summary: { zh: '打印签到码', en: 'Check-in codes to print' },
  params: z.object({ code: codeSchema }),
  query: codeSheetQuery,
  answer: { status: 200, description: 'A page', type: 'text/html' },
  async handle({ db, viewer, params, query, now, services }) {
    requireRole(viewer, ['supervisor', 'administrator'], { zh: '打印签到码', en: 'print check-in codes' })
    const { kind = 'place', lang: language = 'zh', grid = null } = query
    const area = await loadArea(db, params.code)
    const subjects = await listCodedSubjects(db, area, query.day ?? localDayOf(now), kind, grid)
    if (subjects.length > mostCodes)
      throw badRequest({
        zh: `共 ${subjects.length} 个，一次最多 ${mostCodes} 个：请选一个网格`,
        en: `${subjects.length} codes; at most ${mostCodes} at once: choose a grid`,
      })
    const cards: CodeCard[] = []
    for (const [town, own] of groupBy(subjects, (one) => one.town_id)) {
      const sign = await codeSigner(services.database.system(), town, now)
      for (const { subject_id, name, grid_code } of own)
        cards.push({
          code: sign({ town, kind, id: subject_id }),
          title: name ?? subject_id,
          detail: `${kinds[kind][language]} ${subject_id} · ${grid_code}`,
        })
    }
    const html = codeSheet({
      title: `${area.name} · ${texts.title[language]} · ${kinds[kind][language]}`,
      hint: texts.hint[language],
      language,
      cards,
      none: texts.none[language],
    })
    return { type: 'text/html; charset=utf-8', body: html }
  },
})
