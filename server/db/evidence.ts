/** Evidence as it is found, kept and read; the sketches it is found with; what was noted; joint patrols. */
import type { DaySketch } from '../core/evidence/sketch.ts'
import { type Evidence, evidenceId } from '../core/evidence/values.ts'
import type { EvidenceCode } from '../core/policy/evidence-policy.ts'
import type { AreaScope } from './areas.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export type NoteState = 'seen' | 'explained'

export interface EvidenceRow {
  readonly town_id: string
  readonly evidence_id: string
  readonly worker_id: string
  /** Personal. */
  readonly name: string
  readonly day: string
  readonly code: EvidenceCode
  readonly from_at: number
  readonly to_at: number
  readonly other_worker_id: string | null
  /** Personal. */
  readonly other_name: string | null
  readonly other_day: string | null
  readonly other_shift_ms: number | null
  readonly figures: Readonly<Record<string, number>>
  /** [from, to], epoch milliseconds. */
  readonly stretches: readonly (readonly [number, number])[]
  /** Newest first. */
  readonly notes: readonly {
    readonly state: NoteState
    readonly reason: string
    readonly by: string
    readonly at: number
  }[]
}

export interface EvidenceFilter {
  readonly from: string
  readonly to: string
  readonly worker: string | null
  readonly code: EvidenceCode | null
  /** Whether somebody has noted something about it; null: both. */
  readonly isNoted: boolean | null
  readonly id: string | null
}

export interface JointPatrol {
  readonly town_id: string
  readonly joint_id: string
  readonly workers: readonly string[]
  readonly from_day: string
  /** First day no longer meant. */
  readonly to_day: string
  readonly note: string
  readonly entered_by: string
  readonly entered_at: number
}

const markQuery = sql('evidence/mark-stale')
const listStaleQuery = sql<{ town_id: string; day: string }>('evidence/list-stale')
const deleteStaleQuery = sql('evidence/delete-stale')
const listSketchesQuery = sql<{ worker_id: string; day: string; meetings: string; landmarks: string }>(
  'evidence/list-sketches',
)
const deleteOfDayQuery = sql('evidence/delete-of-day')
const listJointQuery = sql<{ workers: string[] }>('evidence/list-joint')
const listEvidenceQuery = sql<EvidenceRow>('evidence/list-evidence')
const insertNoteQuery = sql('evidence/insert-note')
const listPatrolsQuery = sql<JointPatrol>('joint-patrols/list-records')
const insertPatrolQuery = sql<{ joint_id: string }>('joint-patrols/insert-record')
const withdrawPatrolQuery = sql('joint-patrols/withdraw-record')
const deleteOldSketchesQuery = sql('evidence/delete-old-sketches')
const markDaysQuery = sql('joint-patrols/mark-days')

/** Writes what days of workers give by themselves where nothing stands (`removeResults`); marks what is to be compared again. */
export async function insertDayEvidence(
  db: Scoped,
  town: string,
  found: {
    readonly sketches: readonly DaySketch[]
    readonly evidence: readonly Evidence[]
    /** All days whose traces changed. */
    readonly days: readonly string[]
    /** Days a trace is compared with those before. */
    readonly reachDays: number
  },
): Promise<void> {
  if (found.sketches.length > 0)
    await db.insertMany(
      'day_sketches',
      { town_id: 'text', day: 'date', worker_id: 'text', meetings: 'text', landmarks: 'text' },
      found.sketches.map((one) => [town, one.day, one.worker, packed(one.meetings), packed(one.landmarks)]),
    )
  await insertEvidence(db, town, found.evidence)
  if (found.days.length > 0) await db.none(markQuery, [town, found.days, found.reachDays])
}

/** Replaces the evidence of a town's day that needs another trace. */
export async function replaceDayEvidence(
  db: Scoped,
  town: string,
  day: string,
  codes: readonly EvidenceCode[],
  evidence: readonly Evidence[],
): Promise<void> {
  await db.none(deleteOfDayQuery, [town, day, codes])
  await insertEvidence(db, town, evidence)
}

const evidenceColumns = {
  town_id: 'text',
  evidence_id: 'text',
  worker_id: 'text',
  day: 'date',
  code: 'text',
  from_at: 'timestamptz',
  to_at: 'timestamptz',
  other_worker_id: 'text',
  other_day: 'date',
  other_shift_ms: 'bigint',
  figures: 'jsonb',
  stretches: 'jsonb',
} as const

async function insertEvidence(db: Scoped, town: string, evidence: readonly Evidence[]): Promise<void> {
  if (evidence.length === 0) return
  await db.insertMany(
    'evidence',
    evidenceColumns,
    evidence.map((one) => [
      town,
      evidenceId(one),
      one.worker,
      one.day,
      one.code,
      one.from,
      one.to,
      one.other?.worker,
      one.other?.day,
      one.other?.shift,
      one.figures,
      one.stretches.map(({ from, to }) => [from, to]),
    ]),
  )
}

export const listStaleEvidence = (
  db: Scoped,
  towns: readonly string[] | null,
  limit: number,
): Promise<{ town_id: string; day: string }[]> => db.many(listStaleQuery, [towns, limit])

/** First thing of the comparison, within its transaction: who changes a trace meanwhile marks the day again. */
export const takeStaleMark = (db: Scoped, town: string, day: string): Promise<number> =>
  db.none(deleteStaleQuery, [town, day])

export async function listSketches(
  db: Scoped,
  town: string,
  day: string,
  daysBefore: number,
): Promise<DaySketch[]> {
  const rows = await db.many(listSketchesQuery, [town, day, daysBefore])
  return rows.map((row) => ({
    worker: row.worker_id,
    day: row.day,
    meetings: unpacked(row.meetings),
    landmarks: unpacked(row.landmarks),
  }))
}

function packed(values: Int32Array): string {
  const bytes = Buffer.alloc(values.length * 4)
  for (let i = 0; i < values.length; i++) bytes.writeInt32LE(values[i]!, i * 4)
  return bytes.toString('base64')
}

function unpacked(text: string): Int32Array {
  const bytes = Buffer.from(text, 'base64')
  return Int32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readInt32LE(i * 4))
}

/** Groups of workers registered as patrolling together on a day. */
export const listJointWorkers = async (db: Scoped, town: string, day: string): Promise<string[][]> =>
  (await db.many(listJointQuery, [town, day])).map((row) => row.workers)

/** A page, after a (day, town, worker, id) key. */
export const listEvidence = (
  db: Scoped,
  area: Pick<AreaScope, 'towns' | 'village'>,
  { from, to, worker, code, isNoted, id }: EvidenceFilter,
  after: readonly string[] | null,
  limit: number,
): Promise<EvidenceRow[]> =>
  db.many(listEvidenceQuery, [
    area.towns,
    area.village,
    from,
    to,
    worker,
    code,
    isNoted,
    id,
    after?.[0] ?? null,
    after?.[1] ?? null,
    after?.[2] ?? null,
    after?.[3] ?? null,
    limit,
  ])

export const insertEvidenceNote = (
  db: Scoped,
  { town_id, evidence_id, worker_id, day }: EvidenceRow,
  note: { readonly state: NoteState; readonly reason: string; readonly by: string; readonly at: number },
): Promise<number> =>
  db.none(insertNoteQuery, [town_id, evidence_id, worker_id, day, note.state, note.reason, note.by, note.at])

/** Days [from, to); `id`: one record. */
export const listJointPatrols = (
  db: Scoped,
  area: Pick<AreaScope, 'towns'>,
  from: string,
  to: string,
  id: string | null = null,
): Promise<JointPatrol[]> => db.many(listPatrolsQuery, [area.towns, from, to, id])

/** False when the id was taken. Its days are compared again. */
export async function insertJointPatrol(db: Scoped, one: JointPatrol): Promise<boolean> {
  const written = await db.many(insertPatrolQuery, [
    one.town_id,
    one.joint_id,
    one.workers,
    one.from_day,
    one.to_day,
    one.note,
    one.entered_by,
    one.entered_at,
  ])
  await db.none(markDaysQuery, [one.town_id, one.from_day, one.to_day])
  return written.length > 0
}

/** False when it is withdrawn already. Its days are compared again. */
export async function withdrawJointPatrol(
  db: Scoped,
  one: JointPatrol,
  who: string,
  now: number,
): Promise<boolean> {
  const withdrawn = await db.none(withdrawPatrolQuery, [one.town_id, one.joint_id, who, now])
  await db.none(markDaysQuery, [one.town_id, one.from_day, one.to_day])
  return withdrawn > 0
}

/** Sketches of days before `before` are needed no more. */
export const deleteOldSketches = async (db: Scoped, town: string, before: string): Promise<void> =>
  void (await db.none(deleteOldSketchesQuery, [town, before]))
