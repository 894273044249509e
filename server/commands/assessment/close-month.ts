/** Signing off a month, and taking it up again. */
import type { Message } from '../../core/values.ts'
import type { AreaScope } from '../../db/areas.ts'
import { closeMonths, reopenMonth } from '../../db/assessment.ts'
import type { Scoped } from '../../db/scoped.ts'
import { AppError, notFound } from '../../errors.ts'
import { assessArea } from './assess-area.ts'
import { requireAssessor } from './assessor.ts'

export interface MonthRequest {
  readonly month: string
  readonly now: number
}

/**
 * Keeps the sheets of all the area's workers as they are now, with a remark where there is one. Workers whose month is closed already keep that sheet.
 * @returns how many were closed
 * @throws AppError `forbidden`, `conflict` while the month still runs
 */
export async function closeMonth(
  db: Scoped,
  area: AreaScope,
  { month, now, remark }: MonthRequest & { readonly remark: string | null },
): Promise<number> {
  const viewer = requireAssessor(db, 'assess')
  const { workers } = await assessArea(db, area, { month, worker: null, now })
  if (workers.some(({ sheet }) => !sheet.isOver)) throw new AppError('conflict', stillRuns(month))
  return db.transaction(async (open) => {
    let closed = 0
    const towns = new Set(workers.map(({ town_id }) => town_id))
    for (const town of towns) {
      const own = workers.filter((one) => one.town_id === town && one.closed === null)
      const [first] = own
      if (!first) continue
      const sheets = own.map(({ sheet }) => sheet)
      const made = { who: viewer.name, now, remark }
      closed += await closeMonths(open, town, month, sheets, first.policy, made)
    }
    return closed
  })
}

/**
 * @param worker null: for every worker of the area for whom it is closed
 * @returns how many were reopened
 * @throws AppError `forbidden`, `not_found` when it is closed for none of them
 */
export async function reopen(
  db: Scoped,
  area: AreaScope,
  { month, now, worker, reason }: MonthRequest & { readonly worker: string | null; readonly reason: string },
): Promise<number> {
  const viewer = requireAssessor(db, 'assess')
  const { workers } = await assessArea(db, area, { month, worker, now })
  const closed = workers.filter((one) => one.closed !== null)
  if (closed.length === 0)
    throw notFound({ zh: `${month} 已结账的月报`, en: `A closed month ${month} of these workers` })
  return db.transaction(async (open) => {
    let reopened = 0
    for (const { town_id, worker_id } of closed)
      reopened += (await reopenMonth(open, town_id, month, worker_id, reason, viewer.name, now)).length
    return reopened
  })
}

const stillRuns = (month: string): Message => ({
  zh: `${month} 还没有结束，不能结账`,
  en: `${month} has not ended: it cannot be closed`,
})
