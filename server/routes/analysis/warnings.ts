/** GET /api/areas/{code}/warnings · POST /api/areas/{code}/warnings/{id}/decision: contract/warnings.ts */
import { z } from 'zod'
import { decideOnWarning, readWarning } from '../../commands/warnings/decide-warning.ts'
import { warningPolicyFor } from '../../commands/warnings/watch-towns.ts'
import { emptyQuery, pageFields } from '../../contract/queries.ts'
import { codeSchema } from '../../contract/values.ts'
import {
  type Warning,
  type Warnings,
  warningDecisionSchema,
  warningSchema,
  warningStates,
  warningsSchema,
} from '../../contract/warnings.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import { countWarningStates, listWarnings, sumWarningAccuracy, type WarningRow } from '../../db/warnings.ts'
import { loadArea } from '../area.ts'
import { decodeCursor, encodeCursor, isoInstant } from '../parse.ts'
import { defineRoute, jsonAnswer } from '../route.ts'

const usualRows = 50
const warningId = z.string().max(200)

export const warningsRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/warnings',
  tag: 'incidents',
  summary: { zh: '预警：疑似聚集，供核实', en: 'Early warnings, newest first, and how earlier ones fared' },
  params: z.object({ code: codeSchema }),
  query: z.strictObject({
    state: z.enum(warningStates).optional(),
    id: warningId.optional().meta({ description: 'Only this one' }),
    ...pageFields(200, usualRows),
  }),
  answer: jsonAnswer(200, 'A page of warnings', warningsSchema),
  async handle({ db, params, query, now }) {
    const area = await loadArea(db, params.code)
    const limit = query.limit ?? usualRows
    const filter = { state: query.state ?? null, id: query.id ?? null }
    const rows = await listWarnings(db, area, filter, decodeCursor(query.after, 3), limit + 1)
    const last = rows.length > limit ? rows[limit - 1] : undefined
    const { warnings, followed, observed, total, area_share: share } = await sumWarningAccuracy(db, area)
    const policy = await warningPolicyFor(db, area, localDayOf(now))
    const hitRate = total > 0 ? observed / total : null
    const body: Warnings = {
      warnings: rows.slice(0, limit).map(presentWarning),
      next: last ? encodeCursor([last.night, last.town_id, last.warning_id]) : null,
      counts: { ...(await countWarningStates(db, area)) },
      accuracy: {
        warnings,
        followed,
        hit_rate: hitRate,
        pai: hitRate !== null && share !== null && share > 0 ? hitRate / share : null,
      },
      recurrence_interval_days: policy.recurrenceDays,
    }
    return { body }
  },
})

export const decideWarningRoute = defineRoute({
  method: 'post',
  path: '/api/areas/{code}/warnings/{id}/decision',
  tag: 'incidents',
  summary: { zh: '处理预警：立案或排除', en: 'Confirm or dismiss a warning, once, with the reason' },
  params: z.object({ code: codeSchema, id: warningId }),
  query: emptyQuery,
  json: warningDecisionSchema,
  answer: jsonAnswer(200, 'The warning', warningSchema),
  async handle({ db, params, body, now, services }) {
    const area = await loadArea(db, params.code)
    const system = services.database.system()
    const decided = await decideOnWarning(db, system, area, { id: params.id, ...body, now })
    return { body: presentWarning(decided), cacheControl: 'no-store' }
  },
})

const presentWarning = (row: WarningRow): Warning => ({
  id: row.warning_id,
  town: row.town_id,
  night: row.night,
  category: row.category,
  method: row.method,
  centre: [row.longitude, row.latitude],
  radius_m: row.radius_metres,
  hexagons: [...row.hexagons],
  grid: row.grid_code,
  from: row.from_day,
  to: row.to_day,
  observed: row.observed,
  expected: row.expected,
  p: row.p,
  recurrence_days: row.recurrence_days,
  state: row.state,
  decided_by: row.decided_by,
  decided_at: row.decided_at === null ? null : isoInstant(row.decided_at),
  reason: row.reason,
  incident: row.incident_id,
  followed:
    row.followed_days === null || row.followed_observed === null || row.followed_expected === null
      ? null
      : { observed: row.followed_observed, expected: row.followed_expected, days: row.followed_days },
  reading: readWarning(row),
})
