/** GET /api/areas/{code}/coverage: how old the last visits are, and what of them is overdue, by grid. */
import { z } from 'zod'
import type { JudgedArea, JudgedSubject } from '../../commands/coverage/judge-area.ts'
import { requireHouseholds } from '../../commands/household-right.ts'
import { type Coverage, coverageSchema } from '../../contract/coverage.ts'
import { dayQuery } from '../../contract/queries.ts'
import { codeSchema } from '../../contract/values.ts'
import { summarise } from '../../core/obligations/summarise.ts'
import { groupBy } from '../../core/posters/group-by.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import { loadArea } from '../area.ts'
import { defineRoute, jsonAnswer } from '../route.ts'
import { judgedArea } from './judged.ts'

export const coverageRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/coverage',
  tag: 'coverage',
  summary: {
    zh: '各网格的覆盖：距上次走访的天数与逾期',
    en: 'Coverage by grid: ages of the last visits, what is overdue',
  },
  params: z.object({ code: codeSchema }),
  query: dayQuery,
  answer: jsonAnswer(200, 'By grid in force at the end of the day', coverageSchema),
  async handle(call) {
    const area = await loadArea(call.db, call.params.code)
    await requireHouseholds(call.db, area.towns)
    return { body: present(await judgedArea(call, area, call.query.day ?? localDayOf(call.now))) }
  },
})

function present({ day, policy, grids, subjects }: JudgedArea): Coverage {
  const byGrid = groupBy(subjects, ({ town, grid }) => `${town} ${grid}`)
  return {
    day,
    policy: { name: policy.name, title: { ...policy.title } },
    totals: figures(subjects.filter(isFirst())),
    categories: byCategory(subjects),
    grids: grids.map(({ town, code, name, round }) => ({
      grid: code,
      name,
      passed_days: round.ageDays,
      round_status: round.status,
      ...figures(byGrid.get(`${town} ${code}`) ?? []),
    })),
  }
}

/** Households, then places; by the name of the category. */
const byCategory = (subjects: readonly JudgedSubject[]): Coverage['categories'] =>
  (['household', 'place'] as const).flatMap((kind) => {
    const each = subjects
      .filter((one) => one.kind === kind)
      .flatMap((one) => [...new Set(one.categories)].map((category) => ({ category, one })))
    return [...groupBy(each, ({ category }) => category)]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([category, list]) => ({ kind, category, ...summary(list.map(({ one }) => one)) }))
  })

/** A lane along a boundary is two grids', and one on the ground: totals have it once, by the first grid. */
function isFirst(): (one: JudgedSubject) => boolean {
  const seen = new Set<string>()
  return ({ town, kind, id }) => {
    if (kind !== 'lane') return true
    const key = `${town} ${id}`
    return !seen.has(key) && seen.add(key) !== undefined
  }
}

function figures(subjects: readonly JudgedSubject[]): Coverage['totals'] {
  const of = (kind: JudgedSubject['kind']): JudgedSubject[] => subjects.filter((one) => one.kind === kind)
  const lanes = of('lane')
  const metres = (list: readonly JudgedSubject[]): number =>
    Math.round(list.reduce((sum, one) => sum + (one.metres ?? 0), 0) * 10) / 10
  const isAsked = lanes.some(({ obligation }) => obligation.status !== null)
  return {
    households: summary(of('household')),
    places: summary(of('place')),
    lanes: {
      ...summary(lanes),
      metres: metres(lanes),
      metres_done: isAsked ? metres(lanes.filter(({ obligation }) => obligation.status === 'done')) : null,
    },
  }
}

function summary(subjects: readonly JudgedSubject[]): Coverage['totals']['households'] {
  const found = summarise(subjects.map(({ obligation }) => obligation))
  return {
    total: found.total,
    asked: found.asked,
    done: found.done,
    pending: found.pending,
    missed: found.missed,
    interval_not_kept: found.intervalNotKept,
    share: found.asked === 0 ? null : found.done / found.asked,
    overdue: found.overdue,
    never: found.never,
    oldest_days: found.oldestDays,
    median_days: found.medianDays,
  }
}
