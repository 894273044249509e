/** Duty records: leave and other excuses, meetings, reports, tasks, findings missed. Entered under an id of the sender's: twice is once. */
import { dutyStates } from '../../core/assessment/duty-states.ts'
import type { Flaw } from '../../core/values.ts'
import type { AreaScope } from '../../db/areas.ts'
import {
  type DutyKind,
  type DutyRecord,
  findDutyRecord,
  findWorker,
  upsertDutyRecord,
  withdrawDutyRecord,
} from '../../db/assessment.ts'
import type { Scoped } from '../../db/scoped.ts'
import { AppError, notFound } from '../../errors.ts'
import { requireAssessor, requireOpenMonths } from './assessor.ts'

export interface RecordRequest {
  readonly id: string
  readonly worker: string
  readonly kind: DutyKind
  readonly from: string
  readonly to: string
  readonly state: string
  readonly note: string
  readonly now: number
}

/**
 * @returns the record, and whether it says anything new
 * @throws AppError `forbidden`, `not_found` (worker), `bad_input`, `conflict` when a month it touches is closed for the worker
 */
export async function enterDutyRecord(
  db: Scoped,
  area: AreaScope,
  request: RecordRequest,
): Promise<{ record: DutyRecord; isNew: boolean }> {
  const viewer = requireAssessor(db, 'assess')
  const flaws = recordFlaws(request)
  if (flaws.length > 0)
    throw new AppError('bad_input', { zh: '履职记录有误', en: 'the duty record is wrong' }, flaws)
  const known = await findWorker(db, area, request.worker)
  if (!known) throw notFound({ zh: `网格员 ${request.worker}`, en: `Worker ${request.worker}` })
  const record: DutyRecord = {
    town_id: known.town_id,
    record_id: request.id,
    worker_id: request.worker,
    kind: request.kind,
    from_day: request.from,
    to_day: request.to,
    state: request.state,
    note: request.note,
    entered_by: viewer.name,
    entered_at: request.now,
  }
  const before = await findDutyRecord(db, area, request.id)
  for (const one of before ? [before, record] : [record])
    await requireOpenMonths(db, area, one.worker_id, daysOf(one))
  return { record, isNew: await upsertDutyRecord(db, record) }
}

/** @throws AppError `forbidden`, `not_found`, `conflict` when a month it touches is closed for the worker */
export async function withdrawRecord(db: Scoped, area: AreaScope, id: string, now: number): Promise<void> {
  const viewer = requireAssessor(db, 'assess')
  const record = await findDutyRecord(db, area, id)
  if (record) await requireOpenMonths(db, area, record.worker_id, daysOf(record))
  if (!record || !(await withdrawDutyRecord(db, record, viewer.name, now)))
    throw notFound({ zh: `履职记录 ${id}`, en: `Duty record ${id}` })
}

const daysOf = ({ from_day, to_day }: DutyRecord) => ({ from: from_day, to: to_day })

function recordFlaws({ id, kind, from, to, state }: RecordRequest): Flaw[] {
  const flaws: Flaw[] = []
  if (from >= to)
    flaws.push({
      code: 'interval_empty',
      place: { id, field: 'to' },
      value: to,
      message: { zh: '结束日期须晚于开始日期', en: 'the last day must come after the first' },
    })
  const states: readonly string[] = dutyStates[kind]
  if (!states.includes(state))
    flaws.push({
      code: 'value_unknown',
      place: { id, field: 'state' },
      value: state,
      message: {
        zh: `此类记录的状态应为 ${states.join('、')}`,
        en: `the state of such a record is one of ${states.join(', ')}`,
      },
    })
  return flaws
}
