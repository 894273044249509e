/** A step in the life of an incident: judged by the table of core/incidents/life, made once, by the first who takes it. */
import {
  type IncidentAction,
  type Need,
  type Refusal,
  refusalOf,
  stepFrom,
  transitionOf,
} from '../../core/incidents/life.ts'
import type { Flaw, Message } from '../../core/values.ts'
import type { AreaScope } from '../../db/areas.ts'
import { advanceIncident, type FullIncidentRow, findLives, insertEvent } from '../../db/incident-life.ts'
import type { Scoped } from '../../db/scoped.ts'
import { AppError, badRequest, type ErrorCode, notFound } from '../../errors.ts'
import { requireViewer } from '../authority.ts'
import { actorOf, type IncidentLife, type LifeRules, lifeOf, lifeRules } from './life.ts'
import { receiptOf } from './report.ts'

export interface StepRequest {
  readonly action: IncidentAction
  /** What the person saw when deciding. */
  readonly revision: number
  readonly note: string | null
  readonly assignee: string | null
  readonly now: number
}

/** @throws AppError `not_found`; `bad_request` where several towns of the area gave the id */
export async function requireIncident(db: Scoped, area: AreaScope, id: string): Promise<FullIncidentRow> {
  const [found, other] = await findLives(db, area, id)
  if (!found) throw notFound({ zh: `事件 ${id}`, en: `Incident ${id}` })
  if (!other) return found
  throw badRequest({
    zh: `多个乡镇都有事件 ${id}：请在乡镇下查询`,
    en: `several towns have an incident ${id}: ask for it in its township`,
  })
}

export interface FoundIncident {
  readonly row: FullIncidentRow
  readonly life: IncidentLife
}

export async function loadIncident(
  db: Scoped,
  area: AreaScope,
  id: string,
  now: number,
  rules: LifeRules = lifeRules(db),
): Promise<FoundIncident> {
  const row = await requireIncident(db, area, id)
  return { row, life: await lifeOf(row, hasReporter(row), rules, db.viewer, now) }
}

export const hasReporter = (row: FullIncidentRow): boolean =>
  row.reporter !== null || row.reporter_contact !== null

/**
 * @returns the incident as it is now
 * @throws AppError `forbidden` (role, level, own handling), `conflict` (somebody was quicker, or the state does not allow it),
 *   `bad_input` (what the step needs is missing), `not_found`
 */
export async function takeStep(
  db: Scoped,
  area: AreaScope,
  id: string,
  request: StepRequest,
): Promise<FoundIncident> {
  const viewer = requireViewer(db)
  const { action, now } = request
  const { row, life } = await loadIncident(db, area, id, now)
  if (row.revision !== request.revision) throw overtaken(row)
  const refusal = refusalOf(action, life.facts, actorOf(viewer, row), life.policy)
  if (refusal !== null) throw refused(refusal, viewer.name)
  const transition = transitionOf(action, life.facts.state)!
  const flaws = transition.needs.flatMap((need) => (request[need] === null ? [missing(need)] : []))
  if (flaws.length > 0) throw new AppError('bad_input', { zh: '还不完整', en: 'something is missing' }, flaws)
  const next = stepFrom(action, life.facts, life.policy)
  await db.transaction(async (open) => {
    const revision = await advanceIncident(open, row.town_id, id, row.revision, next)
    if (revision === undefined) throw overtaken(row)
    await insertEvent(open, row.town_id, id, {
      revision,
      action,
      from_state: life.facts.state,
      to_state: next.state,
      from_level: life.facts.level,
      to_level: next.level,
      made_at: now,
      made_by: viewer.name,
      receipt: transition.givesReceipt ? receiptOf(id, revision) : null,
      note: request.note,
      assignee: request.assignee,
    })
  })
  return loadIncident(db, area, id, now)
}

const overtaken = ({ incident_id }: FullIncidentRow): AppError =>
  new AppError('conflict', {
    zh: `事件 ${incident_id} 刚刚被他人办理过：请先看最新情况`,
    en: `somebody was quicker with incident ${incident_id}: look at what it is now first`,
  })

const refusals: Readonly<Record<Refusal, { readonly code: ErrorCode; readonly detail: Message }>> = {
  not_from_this_state: {
    code: 'conflict',
    detail: { zh: '当前状态不能这样办理', en: 'this cannot be done in its present state' },
  },
  role: { code: 'forbidden', detail: { zh: '您的角色不能这样办理', en: 'your role does not include this' } },
  not_yours: {
    code: 'forbidden',
    detail: { zh: '不是您上报或交办给您的事件', en: 'it was neither reported by you nor given to you' },
  },
  level_too_low: {
    code: 'forbidden',
    detail: { zh: '须由上一级办理', en: 'a higher level has to do this' },
  },
  own_handling: {
    code: 'forbidden',
    detail: { zh: '经办人不能核实自己办理的事件', en: 'nobody verifies their own handling' },
  },
  no_level_above: { code: 'conflict', detail: { zh: '已是最高一级', en: 'there is no level above' } },
  reporter_not_told: {
    code: 'conflict',
    detail: { zh: '请先把结果告知反映人，再归档', en: 'tell whoever reported it first, then file it' },
  },
  no_reporter: {
    code: 'conflict',
    detail: { zh: '没有登记反映人', en: 'nobody is recorded who reported it' },
  },
}

const refused = (refusal: Refusal, name: string): AppError => {
  const { code, detail } = refusals[refusal]
  return new AppError(code, { zh: `${name}：${detail.zh}`, en: `${name}: ${detail.en}` })
}

const needs: Readonly<Record<Need, Message>> = {
  note: { zh: '请写明情况或理由', en: 'say what was done, or why' },
  assignee: { zh: '请指定办理人或部门', en: 'say who is to handle it' },
}

const missing = (need: Need): Flaw => ({
  code: `${need}_missing`,
  place: { field: need },
  message: needs[need],
})
