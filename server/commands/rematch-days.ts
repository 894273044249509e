/** Matches the patrol days of an area again, whatever they were: after a change of policy, or to prove that they hold. */
import { dayBounds } from '../core/trajectories/local-day.ts'
import type { Database } from '../db/database.ts'
import { townsById } from '../db/imports.ts'
import { markDaysOfWorkersStale } from '../db/matching.ts'
import type { Viewer } from '../db/viewer.ts'
import { AppError } from '../errors.ts'
import { loadImportContext } from './import-context.ts'
import type { JobOutcome, ReportProgress } from './jobs.ts'
import { matchStaleDays } from './match-stale-days.ts'

export interface RematchRequest {
  readonly area: string
  /** First and last local day, both included. */
  readonly from: string
  readonly to: string
  readonly viewer: Viewer
  readonly signal?: AbortSignal
  readonly onProgress?: ReportProgress
}

/** @throws AppError `not_found`, `forbidden`, `bad_request` when `from` is after `to` */
export async function rematchDays(db: Database, request: RematchRequest): Promise<JobOutcome> {
  const { area, from, to, viewer, signal, onProgress } = request
  if (from > to)
    throw new AppError('bad_request', { zh: '开始日期晚于结束日期', en: 'the first day is after the last' })
  const system = db.system(signal ? { signal } : {})
  const context = await loadImportContext(system, area)
  const { areas } = viewer
  if (areas !== 'all' && !context.area.lineage.some((code) => areas.includes(code)))
    throw new AppError('forbidden', { zh: `不能重新匹配 ${area}`, en: `may not match ${area} again` })
  await system.transaction(async (open) => {
    const workers = await townsById(open, 'workers', context.townIds)
    for (const town of context.townIds) {
      const ofTown = [...workers].filter(([, towns]) => towns.includes(town)).map(([id]) => id)
      await markDaysOfWorkersStale(open, town, ofTown, dayBounds(from).from, dayBounds(to).to)
    }
  })
  const days = await matchStaleDays(db, {
    towns: context.townIds,
    ...(signal ? { signal } : {}),
    ...(onProgress ? { onProgress } : {}),
  })
  return {
    state: 'done',
    notices: [{ zh: `重新匹配 ${days} 个人日`, en: `${days} worker days were matched again` }],
  }
}
