/** The month of an area as it is filed: sheets, names, grids, what objections added, the stars of a quarter that ends. */
import { monthPeriod } from '../../core/assessment/periods.ts'
import { rankQuarter } from '../../core/assessment/rank-quarter.ts'
import { maskName } from '../../core/policy/mask.ts'
import { groupBy } from '../../core/posters/group-by.ts'
import { dayBounds } from '../../core/trajectories/local-day.ts'
import { noteAccess } from '../../db/access.ts'
import { type AreaScope, findArea } from '../../db/areas.ts'
import { listObjections, listWorkerNames, type ObjectionRow, type WorkerKey } from '../../db/assessment.ts'
import { listGrids } from '../../db/grids.ts'
import { listAreaNames } from '../../db/posters.ts'
import type { Scoped } from '../../db/scoped.ts'
import type {
  Closing,
  Credit,
  Language,
  MonthReport,
  RulesInForce,
  WorkerMonth,
} from '../../formats/month-report/month-report.ts'
import { type AssessedWorker, assessArea } from './assess-area.ts'
import { requireAssessor } from './assessor.ts'

export interface ReportRequest {
  readonly month: string
  readonly language: Language
  /** Names in the clear; each is noted. */
  readonly reveal: boolean
  readonly now: number
}

/** @throws AppError `forbidden`: names in the clear for somebody who does not assess */
export async function reportMonth(
  db: Scoped,
  area: AreaScope,
  { month, language, reveal, now }: ReportRequest,
): Promise<MonthReport> {
  const { workers, policy } = await assessArea(db, area, { month, worker: null, now })
  const nameOf = await loadNames(db, area, workers, reveal ? now : null)
  const towns = await loadTowns(db, area)
  const gridNames = new Map(
    (await listGrids(db, area, dayBounds(monthPeriod(month).to).from - 1)).map((grid) => [
      `${grid.town_id} ${grid.grid_code}`,
      grid.name,
    ]),
  )
  const objections = groupBy(await listObjections(db, area, { ...monthPeriod(month), worker: null }), keyOf)
  const stars = await loadStars(db, area, month, workers, now)
  const above = await listAreaNames(db, area.lineage.slice(0, -1))
  const rules = rulesOf(workers, towns)
  return {
    area: [...above, area.name].join(''),
    isCounty: area.level === 'county',
    month,
    language,
    made: now,
    madeBy: db.viewer?.name ?? 'wangge',
    rules: rules.length > 0 ? rules : [{ policy, from: null, towns: [] }],
    workers: workers.map((one): WorkerMonth => {
      const own = objections.get(keyOf(one)) ?? []
      return {
        town: towns.get(one.town_id) ?? one.town_id,
        worker: one.worker_id,
        name: nameOf(one),
        grids: one.grids.map((code) => gridNames.get(`${one.town_id} ${code}`) ?? code),
        sheet: one.sheet,
        credits: creditsOf(own),
        openObjections: own.filter(({ verdict }) => verdict === null).length,
        stars: stars.get(keyOf(one)) ?? null,
        closed: one.closed && { by: one.closed.closed_by, at: one.closed.closed_at },
        closings: one.closings.map(closingOf),
        differs: one.differs,
      }
    }),
  }
}

const closingOf = (one: AssessedWorker['closings'][number]): Closing => ({
  by: one.closed_by,
  at: one.closed_at,
  remark: one.remark,
  reopened:
    one.reopened_at === null
      ? null
      : { by: one.reopened_by ?? '', at: one.reopened_at, reason: one.reopen_reason ?? '' },
})

const keyOf = ({ town_id, worker_id }: WorkerKey): string => `${town_id} ${worker_id}`

/** @param noted when names in the clear are noted, before they are given out; null: they are masked */
async function loadNames(
  db: Scoped,
  area: AreaScope,
  workers: readonly WorkerKey[],
  noted: number | null,
): Promise<(worker: WorkerKey) => string> {
  const names = new Map((await listWorkerNames(db, area)).map((row) => [keyOf(row), row.name]))
  if (noted === null) return (one) => maskName(names.get(keyOf(one)) ?? '')
  const viewer = requireAssessor(db, 'assess')
  await db.transaction(async (open) => {
    for (const { town_id, worker_id } of workers)
      await noteAccess(open, {
        town: town_id,
        at: noted,
        viewer: viewer.name,
        action: 'reveal',
        subject: `worker:${worker_id}`,
      })
  })
  return (one) => names.get(keyOf(one)) ?? ''
}

async function loadTowns(db: Scoped, area: AreaScope): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const code of area.towns) names.set(code, (await findArea(db, code))?.name ?? code)
  return names
}

function creditsOf(objections: readonly ObjectionRow[]): Map<string, Credit> {
  const upheld = groupBy(
    objections.filter(({ verdict }) => verdict === 'upheld'),
    ({ day }) => day,
  )
  return new Map(
    [...upheld].map(([day, list]) => [
      day,
      {
        seconds: list.reduce((sum, one) => sum + one.credited_seconds, 0),
        metres: list.reduce((sum, one) => sum + one.credited_metres, 0),
      },
    ]),
  )
}

/** One entry for each policy, with the townships that have it. */
function rulesOf(workers: readonly AssessedWorker[], towns: ReadonlyMap<string, string>): RulesInForce[] {
  const groups = groupBy(workers, ({ policy, policyFrom }) => JSON.stringify([policyFrom, policy]))
  return [...groups.values()].map((own) => ({
    policy: own[0]!.policy,
    from: own[0]!.policyFrom,
    towns: [...new Set(own.map(({ town_id }) => towns.get(town_id) ?? town_id))],
  }))
}

/** Stars belong to the last month of a quarter, once it is over, and to whole townships: among a village's few everybody would have some. */
async function loadStars(
  db: Scoped,
  area: AreaScope,
  month: string,
  workers: readonly AssessedWorker[],
  now: number,
): Promise<Map<string, NonNullable<WorkerMonth['stars']>>> {
  const found = new Map<string, NonNullable<WorkerMonth['stars']>>()
  const last = Number(month.slice(5))
  const ranked = workers.filter(({ policy, sheet }) => policy.stars !== null && sheet.isOver)
  if (last % 3 !== 0 || area.level === 'village' || ranked.length === 0) return found
  const earlier: AssessedWorker[] = []
  for (const number of [last - 2, last - 1]) {
    const request = { month: `${month.slice(0, 4)}-${String(number).padStart(2, '0')}`, worker: null, now }
    earlier.push(...(await assessArea(db, area, request)).workers)
  }
  for (const [town, own] of groupBy(ranked, ({ town_id }) => town_id)) {
    const sheets = [...earlier.filter(({ town_id }) => town_id === town), ...own].map(({ sheet }) => sheet)
    for (const { worker, stars, reward } of rankQuarter(sheets, own[0]!.policy))
      found.set(`${town} ${worker}`, { stars, reward })
  }
  return found
}
