/** A worker says that minutes were read wrongly; a supervisor decides, with a reason; both are kept. */
import { monthPeriod } from '../../core/assessment/periods.ts'
import { dayBounds, localDayOf } from '../../core/trajectories/local-day.ts'
import type { Flaw } from '../../core/values.ts'
import type { AreaScope } from '../../db/areas.ts'
import {
  decideObjection,
  findWorker,
  insertObjection,
  listObjections,
  type ObjectionRow,
} from '../../db/assessment.ts'
import type { Scoped } from '../../db/scoped.ts'
import { AppError, notFound } from '../../errors.ts'
import { requireOwnWorker } from '../authority.ts'
import { requireAssessor, requireOpenMonths } from './assessor.ts'

export interface ObjectRequest {
  readonly worker: string
  /** Epoch milliseconds, within one local day. */
  readonly from: number
  readonly to: number
  readonly claim: string
  readonly now: number
}

/** @throws AppError `forbidden`, `not_found` (worker), `bad_input` */
export async function object(db: Scoped, area: AreaScope, request: ObjectRequest): Promise<ObjectionRow> {
  const viewer = requireAssessor(db, 'object')
  const { worker, from, to, claim, now } = request
  const day = localDayOf(from)
  const flaws = claimFlaws(request, day)
  if (flaws.length > 0)
    throw new AppError('bad_input', { zh: '申诉有误', en: 'the objection is wrong' }, flaws)
  const known = await findWorker(db, area, worker)
  if (!known) throw notFound({ zh: `网格员 ${worker}`, en: `Worker ${worker}` })
  requireOwnWorker(viewer, { town: known.town_id, id: worker }, { zh: '提出申诉', en: 'object' })
  const id = await insertObjection(db, {
    town_id: known.town_id,
    worker_id: worker,
    day,
    claimed_from: from,
    claimed_to: to,
    claim,
    entered_by: viewer.name,
    entered_at: now,
  })
  return requireObjection(db, area, id)
}

export interface DecideRequest {
  readonly id: string
  readonly verdict: 'upheld' | 'rejected'
  /** Null: all of the minutes claimed; none when rejected. */
  readonly creditedSeconds: number | null
  readonly creditedMetres: number
  readonly reason: string
  readonly now: number
}

/**
 * @throws AppError `forbidden` (role; nobody decides on what they entered), `not_found`, `bad_input` (more than was claimed),
 *   `conflict` (decided before; the month is closed for the worker)
 */
export async function decideOnObjection(
  db: Scoped,
  area: AreaScope,
  request: DecideRequest,
): Promise<ObjectionRow> {
  const viewer = requireAssessor(db, 'assess')
  const { id, verdict, reason, now } = request
  const objection = await requireObjection(db, area, id)
  if (objection.entered_by === viewer.name)
    throw new AppError('forbidden', {
      zh: `${viewer.name} 提出的申诉须由他人裁定`,
      en: `${viewer.name} entered this objection; somebody else must decide it`,
    })
  const claimed = Math.round((objection.claimed_to - objection.claimed_from) / 1000)
  const seconds = verdict === 'rejected' ? 0 : (request.creditedSeconds ?? claimed)
  const metres = verdict === 'rejected' ? 0 : request.creditedMetres
  if (seconds > claimed)
    throw new AppError('bad_input', { zh: '裁定有误', en: 'the decision is wrong' }, [
      {
        code: 'credit_too_large',
        place: { id, field: 'credited_seconds' },
        value: String(seconds),
        message: { zh: `申诉的只有 ${claimed} 秒`, en: `only ${claimed} s were claimed` },
      },
    ])
  await requireOpenMonths(db, area, objection.worker_id, monthPeriod(objection.day.slice(0, 7)))
  const decided = await decideObjection(db, {
    town_id: objection.town_id,
    objection_id: id,
    verdict,
    credited_seconds: seconds,
    credited_metres: metres,
    reason,
    decided_by: viewer.name,
    decided_at: now,
  })
  const current = await requireObjection(db, area, id)
  if (decided) return current
  throw new AppError('conflict', {
    zh: `此申诉已由 ${current.decided_by} 裁定`,
    en: `this objection was decided by ${current.decided_by} before`,
  })
}

/** @throws AppError `not_found` */
async function requireObjection(db: Scoped, area: AreaScope, id: string): Promise<ObjectionRow> {
  const [found] = await listObjections(db, area, { from: '0001-01-01', to: '9999-12-31', worker: null }, id)
  if (!found) throw notFound({ zh: `申诉 ${id}`, en: `Objection ${id}` })
  return found
}

function claimFlaws({ worker, from, to, now }: ObjectRequest, day: string): Flaw[] {
  const flaw = (code: string, field: string, zh: string, en: string): Flaw => ({
    code,
    place: { id: worker, field },
    message: { zh, en },
  })
  const flaws: Flaw[] = []
  if (from >= to) flaws.push(flaw('interval_empty', 'to', '结束须晚于开始', 'it must end after it begins'))
  else if (to > dayBounds(day).to)
    flaws.push(flaw('interval_across_days', 'to', '一次申诉限于同一天', 'an objection is about one day'))
  if (to > now) flaws.push(flaw('time_ahead', 'to', '时间尚未到', 'that time has not come yet'))
  return flaws
}
