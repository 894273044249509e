/** A supervisor's word on a draft: dismissed, or confirmed, which opens the hazard case that somebody then has to answer for. */
import { randomUUID } from 'node:crypto'
import { readCluster } from '../../core/analysis/read-result.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import type { Message } from '../../core/values.ts'
import type { AreaScope } from '../../db/areas.ts'
import type { Scoped } from '../../db/scoped.ts'
import { decideWarning, listWarnings, setCase, type WarningRow } from '../../db/warnings.ts'
import { AppError, notFound } from '../../errors.ts'
import { requireRole, requireViewer } from '../authority.ts'
import { lifeRules } from '../incidents/life.ts'
import { insertReported } from '../incidents/report.ts'
import { showIncidents } from '../privacy/show-incidents.ts'

export interface WarningDecision {
  readonly id: string
  readonly state: 'confirmed' | 'dismissed'
  readonly reason: string
  /** Epoch milliseconds. */
  readonly now: number
}

/** Two that take the same number: the second takes the next. */
const attempts = 20

/**
 * Once, with who and why. A confirmed warning becomes an incident of its category at the middle of the cluster, in the same transaction.
 * @param system decides where the case is shown to who may not see its place
 * @throws AppError `forbidden`, `not_found`, `conflict` when it was decided before
 */
export async function decideOnWarning(
  db: Scoped,
  system: Scoped,
  area: AreaScope,
  { id, state, reason, now }: WarningDecision,
): Promise<WarningRow> {
  const viewer = requireViewer(db)
  requireRole(viewer, ['administrator', 'supervisor'], { zh: '处理预警', en: 'decide on warnings' })
  const warning = await requireWarning(db, area, id)
  const { policy } = await lifeRules(db)(warning.town_id, localDayOf(now))
  const category = policy.categories.find(({ code }) => code === warning.category)
  const decided = await db.transaction(async (open) => {
    if (!(await decideWarning(open, warning, { state, by: viewer.name, at: now, reason }))) return false
    if (state === 'dismissed') return true
    const incident = await openCase(open, {
      town_id: warning.town_id,
      entry_key: randomUUID(),
      category: warning.category,
      severity: null,
      urgency: category?.urgency ?? 'ordinary',
      occurred_at: now,
      reported_at: now,
      status: 'reported',
      level: policy.levels.includes('township') ? 'township' : (policy.levels[0] ?? 'township'),
      description: `预警 ${warning.warning_id}：${readWarning(warning).zh} ${reason}`,
      reporter: null,
      reporter_contact: null,
      household_id: null,
      place_id: null,
      longitude: warning.longitude,
      latitude: warning.latitude,
      entered_by: viewer.name,
    })
    await setCase(open, warning, incident)
    return true
  })
  if (!decided)
    throw new AppError('conflict', {
      zh: `预警 ${id} 已处理`,
      en: `warning ${id} was decided before`,
    })
  if (state === 'confirmed') await system.transaction((open) => showIncidents(open, now, [warning.town_id]))
  return requireWarning(db, area, id)
}

async function openCase(open: Scoped, one: Parameters<typeof insertReported>[1]): Promise<string> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const id = await insertReported(open, one)
    if (id !== undefined) return id
  }
  throw new AppError('busy', { zh: '正忙，请再试一次', en: 'busy: try again' })
}

/** What a warning says, in a sentence. */
export const readWarning = (row: WarningRow): Message =>
  readCluster(
    {
      radiusMetres: row.radius_metres,
      cells: row.hexagons,
      from: row.from_day,
      to: row.to_day,
      observed: row.observed,
      expected: row.expected,
      p: row.p,
      recurrenceDays: row.recurrence_days,
    },
    { categories: [row.category], unit: 'hexagon' },
  )

async function requireWarning(db: Scoped, area: AreaScope, id: string): Promise<WarningRow> {
  const [found] = await listWarnings(db, area, { state: null, id }, null, 1)
  if (!found) throw notFound({ zh: `预警 ${id}`, en: `Warning ${id}` })
  return found
}
