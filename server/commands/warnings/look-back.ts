/**
 * The watch over nights that are past, for incidents that came all at once: by the clock only the last night is looked at, and what rose
 * and fell before it would never have been told.
 */
import { findWarnings } from '../../core/analysis/find-warnings.ts'
import { addDays, dayBounds, localDayOf } from '../../core/trajectories/local-day.ts'
import { findArea } from '../../db/areas.ts'
import type { Database } from '../../db/database.ts'
import { listIncidentRecords } from '../../db/incidents.ts'
import { notFound } from '../../errors.ts'
import type { ReportProgress } from '../jobs.ts'
import { startOfNight, type Watched, warningPolicyFor, watchTowns } from './watch-towns.ts'

export interface LookBackOptions {
  /** Epoch milliseconds. */
  readonly now: number
  readonly signal: AbortSignal
  readonly onProgress?: ReportProgress | undefined
}

/**
 * The night after the township's last incident, and those before it at the distance after which the same ground is told of anew, over the
 * weeks that a night looks back; oldest first, each as it would have been: it knows nothing of what came later.
 * @throws AppError `not_found`, DatabaseError; the reason of the signal
 */
export async function lookBack(
  db: Database,
  town: string,
  { now, signal, onProgress }: LookBackOptions,
): Promise<Watched> {
  const system = db.system({ signal })
  const area = await findArea(system, town)
  if (!area) throw notFound({ zh: `区域 ${town}`, en: `Area ${town}` })
  const records = await listIncidentRecords(system, area, 0, now)
  const last = records.reduce((latest, { occurredAt }) => Math.max(latest, occurredAt), 0)
  const after = addDays(localDayOf(last), 1)
  const { quietDays, weeks } = await warningPolicyFor(system, area, after)
  const nights = Array.from({ length: Math.ceil((7 * weeks) / quietDays) }, (_, i) =>
    addDays(after, -quietDays * i),
  ).reverse()
  const all = { towns: 0, warnings: 0 }
  for (const [at, night] of (records.length > 0 ? nights : []).entries()) {
    onProgress?.(
      { zh: `回看预警 ${night}`, en: `looking for clusters, night of ${night}` },
      at,
      nights.length,
    )
    const watched = await watchTowns(db, {
      now: dayBounds(night).from + startOfNight,
      signal,
      find: async (input) => findWarnings(input),
    })
    all.towns += watched.towns
    all.warnings += watched.warnings
  }
  return all
}
