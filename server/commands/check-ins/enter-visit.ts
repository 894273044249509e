/** Somebody was there, though no trace can tell: a code scanned at a door, or a form. Judged, marked, kept. */
import { type CheckInSubject, checkInKinds, readCheckInCode } from '../../core/check-ins/check-in-code.ts'
import { checkInPolicy, judgeCheckIn } from '../../core/check-ins/judge-check-in.ts'
import type { Flaw, Message } from '../../core/values.ts'
import {
  findSubject,
  findVisit,
  insertVisit,
  type KnownVisit,
  listPositions,
  type VisitEntry,
} from '../../db/check-ins.ts'
import type { Scoped } from '../../db/scoped.ts'
import type { WorkerKey } from '../../db/viewer.ts'
import { AppError, notFound } from '../../errors.ts'
import { isSigned } from './sign-code.ts'

export interface VisitRequest {
  /** Given by the client; the same again is the same visit. */
  readonly id: string
  readonly worker: string
  /** Epoch milliseconds. */
  readonly from: number
  readonly to: number | null
  /** As scanned; null: a form. */
  readonly code: string | null
  /** What a form is about; null where a code says it. */
  readonly subject: CheckInSubject | null
  readonly note: string | null
  readonly enteredBy: VisitAuthor
  /** The town a device belongs to; null: whatever the viewer may see. */
  readonly onlyTown: string | null
  readonly now: number
}

/** Who says that somebody was there. */
export interface VisitAuthor {
  /** A login, or a device. */
  readonly name: string
  /** The worker whose account or phone it is; absent: nobody's. */
  readonly worker?: WorkerKey | undefined
}

export interface EnteredVisit extends KnownVisit {
  readonly town: string
  readonly id: string
  readonly isKnown: boolean
}

/** A phone's clock may be a little ahead. */
const aheadMilliseconds = 120_000

/** A visit as it will be kept, but for its id. */
export type JudgedVisit = Omit<VisitEntry, 'visit_id'>

/**
 * @param db of the viewer; of a device the system's, limited by `onlyTown`
 * @throws AppError `bad_input` (code, time), `not_found` (subject, worker), `conflict` (another visit has the id)
 */
export const enterVisit = async (db: Scoped, system: Scoped, request: VisitRequest): Promise<EnteredVisit> =>
  keepVisit(system, request.id, await judgeVisit(db, system, request))

/**
 * Nothing is written yet.
 * @throws AppError `bad_input` (code, time), `not_found` (subject, worker)
 */
export async function judgeVisit(
  db: Scoped,
  system: Scoped,
  request: Omit<VisitRequest, 'id'>,
): Promise<JudgedVisit> {
  const { worker, from, to, now } = request
  const flaws = timeFlaws(request)
  if (flaws.length > 0) throw badVisit(flaws)
  const subject = await subjectOf(system, request)
  const found = await findSubject(db, subject, worker, from)
  if (!found) throw notFound({ zh: ` ${subject.kind} ${subject.id}`, en: `${subject.kind} ${subject.id}` })
  if (!found.is_worker) throw notFound({ zh: `网格员 ${worker}`, en: `Worker ${worker}` })
  const around = checkInPolicy.aroundSeconds * 1000
  const positions = await listPositions(system, subject.town, worker, from - around, (to ?? from) + around)
  const author = request.enteredBy
  const isOnBehalf = author.worker?.town !== subject.town || author.worker.id !== worker
  const circumstances = { isAssigned: found.is_assigned, isOnBehalf }
  const { marks, distanceMetres } = judgeCheckIn(found, positions, circumstances)
  return {
    town_id: subject.town,
    worker_id: worker,
    household_id: subject.kind === 'household' ? subject.id : null,
    place_id: subject.kind === 'place' ? subject.id : null,
    building_id: subject.kind === 'building' ? subject.id : null,
    visited_from: from,
    visited_to: to,
    evidence: request.code === null ? 'form' : 'check_in',
    note: request.note,
    marks: marks.length > 0 ? marks : null,
    distance_metres: distanceMetres,
    entered_by: author.name,
    entered_at: now,
  }
}

/**
 * The same again is the same visit.
 * @param open that may write to the town: the system's, or within a transaction of the viewer
 * @throws AppError `conflict` (another visit has the id)
 */
export async function keepVisit(open: Scoped, id: string, visit: JudgedVisit): Promise<EnteredVisit> {
  const town = visit.town_id
  if (await insertVisit(open, { ...visit, visit_id: id })) return { ...visit, town, id, isKnown: false }
  const known = await findVisit(open, town, id)
  if (!known || !isSame(known, visit))
    throw new AppError('conflict', {
      zh: `编号 ${id} 已用于另一次走访`,
      en: `the id ${id} is that of another visit`,
    })
  return { ...known, town, id, isKnown: true }
}

const isSame = (a: KnownVisit, b: JudgedVisit): boolean =>
  a.worker_id === b.worker_id &&
  a.household_id === b.household_id &&
  a.place_id === b.place_id &&
  a.building_id === b.building_id &&
  a.visited_from === b.visited_from

async function subjectOf(
  system: Scoped,
  { code, subject, onlyTown }: Omit<VisitRequest, 'id'>,
): Promise<CheckInSubject> {
  const read = code === null ? undefined : readCheckInCode(code)
  if (code !== null && (!read || !(await isSigned(system, read.subject, read.mac))))
    throw badVisit([
      flaw('check_in_code_invalid', 'code', code, {
        zh: '签到码无效：不是本系统生成的码，或已损坏；请改用走访登记',
        en: 'the code is not one of this service, or is damaged; enter the visit by form instead',
      }),
    ])
  const about = read?.subject ?? subject
  if (!about || !checkInKinds.includes(about.kind))
    throw badVisit([
      flaw('visit_without_subject', 'subject', '', {
        zh: '需要签到码，或写明户、场所或楼栋',
        en: 'give a code, or a household, place or building',
      }),
    ])
  if (onlyTown !== null && about.town !== onlyTown)
    throw badVisit([
      flaw('code_of_other_town', 'code', about.town, {
        zh: '这是另一个乡镇的码',
        en: 'the code belongs to another township',
      }),
    ])
  return about
}

function timeFlaws({ from, to, now }: Omit<VisitRequest, 'id'>): Flaw[] {
  const flaws: Flaw[] = []
  if (from > now + aheadMilliseconds)
    flaws.push(
      flaw('time_ahead', 'from', new Date(from).toISOString(), {
        zh: '时间尚未到：请检查手机时间',
        en: 'that time has not come yet: check the clock of the phone',
      }),
    )
  if (to !== null && to < from)
    flaws.push(
      flaw('interval_empty', 'to', new Date(to).toISOString(), {
        zh: '结束早于开始',
        en: 'it ends before it begins',
      }),
    )
  return flaws
}

const flaw = (code: string, field: string, value: string, message: Message): Flaw => ({
  code,
  place: { field },
  message,
  value: value.slice(0, 120),
})

const badVisit = (flaws: readonly Flaw[]): AppError =>
  new AppError('bad_input', { zh: '走访无法登记', en: 'the visit cannot be entered' }, flaws)
