/** GET /api/areas/{code}/coverage/obstacles: workers whose grids are behind, with what stood in the way. No ranking. */
import { z } from 'zod'
import { requireOversight } from '../../commands/authority.ts'
import type { JudgedSubject } from '../../commands/coverage/judge-area.ts'
import { obstaclesSchema, type WorkerObstacles } from '../../contract/coverage.ts'
import { dayQuery } from '../../contract/queries.ts'
import { codeSchema } from '../../contract/values.ts'
import { findObstacles, isBehind } from '../../core/obligations/find-obstacles.ts'
import { summarise } from '../../core/obligations/summarise.ts'
import { maskName } from '../../core/policy/mask.ts'
import { groupBy } from '../../core/posters/group-by.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import { listObstacles, type ObstacleRow } from '../../db/coverage.ts'
import { loadArea } from '../area.ts'
import { defineRoute, jsonAnswer } from '../route.ts'
import { judgedArea } from './judged.ts'

export const obstaclesRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/coverage/obstacles',
  tag: 'coverage',
  summary: { zh: '可能需要帮助的网格员', en: 'Workers who may need help, and what stood in their way' },
  params: z.object({ code: codeSchema }),
  query: dayQuery,
  answer: jsonAnswer(200, 'By worker, the last seven days', obstaclesSchema),
  async handle(call) {
    const deed = { zh: '查看他人的困难', en: 'see what stands in the way of others' }
    requireOversight(call.viewer, deed)
    const area = await loadArea(call.db, call.params.code)
    const day = call.query.day ?? localDayOf(call.now)
    const { subjects } = await judgedArea(call, area, day)
    const weeks = await listObstacles(call.db, area, day)
    return { body: { day, workers: workersBehind(weeks, subjects) } }
  },
})

function workersBehind(weeks: readonly ObstacleRow[], subjects: readonly JudgedSubject[]): WorkerObstacles[] {
  const key = (town: string, grid: string | null): string => `${town} ${grid}`
  const byGrid = groupBy(subjects, ({ town, grid }) => key(town, grid))
  const summaries = new Map(
    [...byGrid].map(([grid, list]) => [grid, summarise(list.map((one) => one.obligation))]),
  )
  const households = new Map(
    [...byGrid].map(([grid, list]) => [grid, list.filter(({ kind }) => kind === 'household').length]),
  )
  const hands = new Map<string, number>()
  for (const { town_id, grids } of weeks)
    for (const grid of grids) hands.set(key(town_id, grid), (hands.get(key(town_id, grid)) ?? 0) + 1)
  const shareOf = ({ town_id, grids }: ObstacleRow): number =>
    grids
      .map((grid) => key(town_id, grid))
      .reduce((sum, grid) => sum + (households.get(grid) ?? 0) / (hands.get(grid) ?? 1), 0)
  const shares = weeks.map(shareOf).sort((a, b) => a - b)
  const usual = shares[Math.floor(shares.length / 2)] ?? 0
  return weeks.flatMap((week) => {
    const own = week.grids.flatMap((grid) => summaries.get(key(week.town_id, grid)) ?? [])
    const asked = own.reduce((sum, one) => sum + one.asked, 0)
    const overdue = own.reduce((sum, one) => sum + one.overdue, 0)
    const obstacles = findObstacles(
      {
        householdShare: shareOf(week),
        days: week.days,
        seconds: week.seconds,
        secondsUnobserved: week.seconds_unobserved,
        secondsUnreliable: week.seconds_unreliable,
        reportsRefused: week.reports_refused,
      },
      usual,
    )
    if (obstacles.length === 0 || !isBehind({ asked, overdue })) return []
    return [
      {
        worker: week.worker_id,
        name: maskName(week.name),
        grids: [...week.grids],
        households: Math.round(shareOf(week)),
        usual_households: Math.round(usual),
        overdue,
        asked,
        obstacles,
        days: week.days,
        hours_unobserved: hours(week.seconds_unobserved),
        hours_unreliable: hours(week.seconds_unreliable),
        reports_refused: week.reports_refused,
      },
    ]
  })
}

const hours = (seconds: number): number => Math.round(seconds / 360) / 10
