/** What supervisors say about evidence: that they saw it, that it is explained; and who is registered as patrolling together. */
import type { Flaw } from '../../core/values.ts'
import type { AreaScope } from '../../db/areas.ts'
import { findWorker } from '../../db/assessment.ts'
import {
  type EvidenceRow,
  insertEvidenceNote,
  insertJointPatrol,
  type JointPatrol,
  listEvidence,
  listJointPatrols,
  type NoteState,
  withdrawJointPatrol,
} from '../../db/evidence.ts'
import type { Scoped } from '../../db/scoped.ts'
import { AppError, notFound } from '../../errors.ts'
import { requireAssessor } from '../assessment/assessor.ts'

const ever = { from: '0001-01-01', to: '9999-12-31' } as const

/** @returns the piece with the note · @throws AppError `forbidden`, `not_found` */
export async function noteEvidence(
  db: Scoped,
  area: AreaScope,
  id: string,
  note: { readonly state: NoteState; readonly reason: string; readonly now: number },
): Promise<EvidenceRow> {
  const viewer = requireAssessor(db, 'assess')
  const found = await requireEvidence(db, area, id)
  await insertEvidenceNote(db, found, { ...note, by: viewer.name, at: note.now })
  return requireEvidence(db, area, id)
}

async function requireEvidence(db: Scoped, area: AreaScope, id: string): Promise<EvidenceRow> {
  const filter = { ...ever, worker: null, code: null, isNoted: null, id }
  const [found] = await listEvidence(db, area, filter, null, 1)
  if (!found) throw notFound({ zh: `疑点 ${id}`, en: `Evidence ${id}` })
  return found
}

export interface JointPatrolRequest {
  readonly id: string
  readonly workers: readonly string[]
  readonly from: string
  readonly to: string
  readonly note: string
  readonly now: number
}

/**
 * Registers that workers of one town patrol together. The same record twice is one; another under its id is refused.
 * @throws AppError `forbidden`, `not_found` (a worker), `bad_input`, `conflict` (the id is taken)
 */
export async function enterJointPatrol(
  db: Scoped,
  area: AreaScope,
  request: JointPatrolRequest,
): Promise<JointPatrol> {
  const viewer = requireAssessor(db, 'assess')
  const { id, from, to, note, now } = request
  const workers = [...new Set(request.workers)].sort()
  const towns = new Set<string>()
  for (const worker of workers) {
    const known = await findWorker(db, area, worker)
    if (!known) throw notFound({ zh: `网格员 ${worker}`, en: `Worker ${worker}` })
    towns.add(known.town_id)
  }
  const flaws = patrolFlaws(request, workers, towns.size)
  if (flaws.length > 0)
    throw new AppError('bad_input', { zh: '联合巡查登记有误', en: 'the joint patrol is wrong' }, flaws)
  const town_id = [...towns][0] ?? ''
  const record = { town_id, joint_id: id, workers, from_day: from, to_day: to, note }
  const isNew = await db.transaction((open) =>
    insertJointPatrol(open, { ...record, entered_by: viewer.name, entered_at: now }),
  )
  const [kept] = await listJointPatrols(db, { towns: [town_id] }, ever.from, ever.to, id)
  const isSame =
    kept &&
    kept.workers.join('\n') === workers.join('\n') &&
    kept.from_day === from &&
    kept.to_day === to &&
    kept.note === note
  if (kept && (isNew || isSame)) return kept
  throw new AppError('conflict', {
    zh: `编号 ${id} 已被另一条登记使用`,
    en: `${id} is the id of another record`,
  })
}

/** @returns its town · @throws AppError `forbidden`, `not_found` */
export async function withdrawJoint(db: Scoped, area: AreaScope, id: string, now: number): Promise<string> {
  const viewer = requireAssessor(db, 'assess')
  const [found] = await listJointPatrols(db, area, ever.from, ever.to, id)
  const isDone = found && (await db.transaction((open) => withdrawJointPatrol(open, found, viewer.name, now)))
  if (!found || !isDone) throw notFound({ zh: `联合巡查 ${id}`, en: `Joint patrol ${id}` })
  return found.town_id
}

function patrolFlaws(
  { id, from, to }: JointPatrolRequest,
  workers: readonly string[],
  towns: number,
): Flaw[] {
  const flaw = (code: string, field: string, zh: string, en: string): Flaw => ({
    code,
    place: { id, field },
    message: { zh, en },
  })
  const flaws: Flaw[] = []
  if (from >= to)
    flaws.push(
      flaw('interval_empty', 'to', '结束日期须晚于开始日期', 'the last day must come after the first'),
    )
  if (workers.length < 2)
    flaws.push(flaw('too_few', 'workers', '联合巡查至少两人', 'a joint patrol has two workers at least'))
  if (towns > 1)
    flaws.push(
      flaw('several_towns', 'workers', '须为同一乡镇（街道）的网格员', 'the workers must be of one township'),
    )
  return flaws
}
