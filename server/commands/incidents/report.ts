/** Entering an incident: where it was, what it is, who told; the first step of its life. */
import { reportedVisitId } from '../../core/check-ins/reported-visit.ts'
import { incidentLevels, type Urgency } from '../../core/policy/incident-policy.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import type { Flaw, Message } from '../../core/values.ts'
import type { AreaScope } from '../../db/areas.ts'
import {
  findEntry,
  findSpot,
  insertEvent,
  insertIncident,
  type KnownEntry,
  type NewIncident,
} from '../../db/incident-life.ts'
import type { Scoped } from '../../db/scoped.ts'
import { AppError } from '../../errors.ts'
import { requireOwnWorker, requireRole, requireViewer } from '../authority.ts'
import { type JudgedVisit, judgeVisit, keepVisit } from '../check-ins/enter-visit.ts'
import { showIncidents } from '../privacy/show-incidents.ts'
import { lifeRules } from './life.ts'

export interface ReportRequest {
  /** Given by the client; the same again is the same incident. */
  readonly key: string
  readonly category: string
  readonly severity: string | null
  /** Null: what the category is. */
  readonly urgency: Urgency | null
  /** Epoch milliseconds. */
  readonly occurredAt: number
  readonly description: string
  /** Null: where the household or place is. */
  readonly position: readonly [longitude: number, latitude: number] | null
  readonly household: string | null
  readonly place: string | null
  readonly reporter: string | null
  readonly reporterContact: string | null
  /** The worker who was there, by id; null: whose account it is, else nobody's visit. */
  readonly worker: string | null
  readonly now: number
}

export interface Reported {
  readonly town: string
  readonly id: string
  readonly isKnown: boolean
  /** It was entered as a visit too. */
  readonly isVisit: boolean
}

/** A clock may be a little ahead. */
const aheadMilliseconds = 120_000
/** Two that take the same number: the second takes the next. */
const attempts = 20

/**
 * @param system enters the visit of a worker, where the policy has it so
 * @throws AppError `forbidden`, `bad_input` (place, time, category), `conflict` (another incident has the key), `not_found` (worker)
 */
export async function reportIncident(
  db: Scoped,
  system: Scoped,
  area: AreaScope,
  request: ReportRequest,
): Promise<Reported> {
  const viewer = requireViewer(db)
  requireRole(viewer, ['worker', 'supervisor', 'administrator'], { zh: '上报事件', en: 'report incidents' })
  const { now, key } = request
  const spot = await findSpot(db, area, request)
  const { policy } = await lifeRules(db)(spot?.town_id ?? area.towns[0] ?? area.code, localDayOf(now))
  const category = policy.categories.find(({ code }) => code === request.category)
  const flaws = [...(spot ? [] : [lostFlaw(request)]), ...timeFlaws(request)]
  if (!category)
    flaws.push(
      unknownCategory(
        request.category,
        policy.categories.map(({ code }) => code),
      ),
    )
  if (flaws.length > 0 || !spot || !category)
    throw new AppError('bad_input', { zh: '事件无法登记', en: 'the incident cannot be entered' }, flaws)
  const one: NewIncident = {
    ...spot,
    entry_key: key,
    category: category.code,
    severity: request.severity,
    urgency: request.urgency ?? category.urgency,
    occurred_at: request.occurredAt,
    reported_at: now,
    status: 'reported',
    level: incidentLevels.find((level) => policy.levels.includes(level)) ?? 'village',
    description: request.description,
    reporter: request.reporter,
    reporter_contact: request.reporterContact,
    household_id: request.household,
    place_id: request.place,
    entered_by: viewer.name,
  }
  const worker = request.worker ?? (viewer.worker?.town === spot.town_id ? viewer.worker.id : null)
  const deed = { zh: '登记走访', en: 'enter visits' }
  if (worker !== null) requireOwnWorker(viewer, { town: spot.town_id, id: worker }, deed)
  const visit = policy.countsAsVisit ? await visitOf(db, system, spot.town_id, { ...request, worker }) : null
  const entered = await enter(db, system, one, visit)
  return { town: spot.town_id, ...entered, isVisit: visit !== null }
}

/** Incident, first step and visit are kept together or not at all. */
async function enter(
  db: Scoped,
  system: Scoped,
  one: NewIncident,
  visit: JudgedVisit | null,
): Promise<{ id: string; isKnown: boolean }> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const id = await db.transaction(async (open) => {
      const made = await insertReported(open, one)
      if (made !== undefined) await keepReportedVisit(open, made, visit)
      return made
    })
    // Decided at once, so that who may not see the exact place sees it near there, not nowhere.
    if (id !== undefined)
      await system.transaction((open) => showIncidents(open, one.reported_at, [one.town_id]))
    if (id !== undefined) return { id, isKnown: false }
    const known = await findEntry(db, one.town_id, one.entry_key)
    if (known && isSame(known, one)) {
      await keepReportedVisit(db, known.incident_id, visit)
      return { id: known.incident_id, isKnown: true }
    }
    if (known)
      throw new AppError('conflict', {
        zh: `编号 ${one.entry_key} 已用于另一事件 ${known.incident_id}`,
        en: `the key ${one.entry_key} is that of another incident, ${known.incident_id}`,
      })
  }
  throw new AppError('busy', { zh: '正忙，请再试一次', en: 'busy: try again' })
}

/** The incident with the first step of its life, within the caller's transaction; undefined when its key or number is taken. */
export async function insertReported(open: Scoped, one: NewIncident): Promise<string | undefined> {
  const made = await insertIncident(open, one)
  if (made !== undefined)
    await insertEvent(open, one.town_id, made, {
      revision: 1,
      action: 'report',
      from_state: null,
      to_state: one.status,
      from_level: one.level,
      to_level: one.level,
      made_at: one.reported_at,
      made_by: one.entered_by,
      receipt: receiptOf(made, 1),
      note: null,
      assignee: null,
    })
  return made
}

/** Under an id made of the incident's: however often it is reported, it is one visit. */
const keepReportedVisit = async (open: Scoped, incident: string, visit: JudgedVisit | null): Promise<void> =>
  void (visit && (await keepVisit(open, reportedVisitId(incident), { ...visit, evidence: 'incident' })))

/** 回执号: of the incident and of the step that gave it. */
export const receiptOf = (incident: string, revision: number): string => `HZ-${incident}-${revision}`

const isSame = (a: KnownEntry, b: NewIncident): boolean =>
  a.category === b.category &&
  a.description === b.description &&
  a.occurred_at === b.occurred_at &&
  a.longitude === b.longitude &&
  a.latitude === b.latitude &&
  a.entered_by === b.entered_by

/** Whoever reports at a household or place was there: judged as a check-in is. */
async function visitOf(
  db: Scoped,
  system: Scoped,
  town: string,
  { worker, household, place, occurredAt, now }: ReportRequest,
): Promise<JudgedVisit | null> {
  const id = household ?? place
  if (worker === null || id === null) return null
  return judgeVisit(db, system, {
    worker,
    from: Math.min(occurredAt, now),
    to: null,
    code: null,
    subject: { town, kind: household === null ? 'place' : 'household', id },
    note: null,
    enteredBy: requireViewer(db),
    onlyTown: town,
    now,
  })
}

const flaw = (code: string, field: string, message: Message, value = ''): Flaw => ({
  code,
  place: { field },
  message,
  ...(value !== '' && { value: value.slice(0, 120) }),
})

const lostFlaw = ({ household, place }: ReportRequest): Flaw =>
  household !== null || place !== null
    ? flaw(
        'subject_unknown',
        household === null ? 'place' : 'household',
        { zh: '本区域没有登记这一户或场所', en: 'no such household or place is registered in this area' },
        household ?? place ?? '',
      )
    : flaw('position_outside', 'position', {
        zh: '位置不在本区域内',
        en: 'the position does not lie in this area',
      })

function timeFlaws({ occurredAt, now }: ReportRequest): Flaw[] {
  if (occurredAt <= now + aheadMilliseconds) return []
  return [
    flaw(
      'time_ahead',
      'occurred_at',
      { zh: '时间尚未到', en: 'that time has not come yet' },
      new Date(occurredAt).toISOString(),
    ),
  ]
}

const unknownCategory = (code: string, known: readonly string[]): Flaw =>
  flaw(
    'category_unknown',
    'category',
    {
      zh: `没有这一类别；可选：${known.join('、')}`,
      en: `there is no such category; one of: ${known.join(', ')}`,
    },
    code,
  )
