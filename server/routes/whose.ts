/** Whose days, months and evidence an answer is about: anybody's, to a worker's account its own worker's. */
import { onlyWorkerOf, requireRole, requireViewer } from '../commands/authority.ts'
import type { AreaScope } from '../db/areas.ts'
import type { Scoped } from '../db/scoped.ts'
import type { Viewer, WorkerKey } from '../db/viewer.ts'
import { AppError } from '../errors.ts'
import { loadArea } from './area.ts'

export interface Whose {
  /** As the scope of the queries; to a worker's account only its own township of it. */
  readonly area: AreaScope
  /** Null: everybody. */
  readonly worker: string | null
  /** The account's own worker, where it sees no other. */
  readonly only: WorkerKey | null
}

/** @throws AppError `forbidden` (another worker's, or an account that is no worker's yet), `not_found` (area) */
export async function loadWhose(db: Scoped, code: string, asked: string | undefined): Promise<Whose> {
  const { only, worker } = whoseOf(requireViewer(db), asked)
  const area = await loadArea(db, code)
  if (!only) return { area, worker, only }
  return { area: { ...area, towns: area.towns.filter((town) => town === only.town) }, worker, only }
}

/**
 * As `loadWhose`, of what decides over people: months, stars, duty records, objections, evidence, joint patrols. It is for those
 * who look after the workers, and for the worker.
 * @throws AppError `forbidden` (also by role), `not_found` (area)
 */
export function loadWhoseRecord(db: Scoped, code: string, asked: string | undefined): Promise<Whose> {
  requireRole(requireViewer(db), ['administrator', 'supervisor', 'worker'], seeRecords)
  return loadWhose(db, code, asked)
}

const seeRecords = {
  zh: '查看网格员的考核、履职、申诉与疑点',
  en: 'see the months, duty records, objections and evidence of workers',
}

/** @throws AppError `forbidden`, as `loadWhose` */
export function whoseOf(viewer: Viewer, asked: string | undefined): Omit<Whose, 'area'> {
  const only = onlyWorkerOf(viewer)
  if (!only) return { only, worker: asked ?? null }
  if (asked === undefined || asked === only.id) return { only, worker: only.id }
  throw new AppError('forbidden', {
    zh: `${viewer.name} 只能查看本人（${only.id}）的巡查、考核与疑点`,
    en: `${viewer.name} may only see the patrols, months and evidence of their own worker, ${only.id}`,
  })
}
