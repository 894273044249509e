/** The ladder and the ledger of an area, as the viewer may know them. */
import {
  type AreaRow,
  type CountedArea,
  countByArea,
  type StandingHousehold,
} from '../../core/households/area-tree.ts'
import {
  type LadderCounts,
  ladderCounts,
  ladderSteps,
  type VisitEvidence,
} from '../../core/households/ladder.ts'
import { type LedgerCounts, ledgerCounter, ledgerGroups } from '../../core/households/ledger.ts'
import { type SmallNumbersRule, suppressSmall } from '../../core/policy/small-numbers.ts'
import { groupBy } from '../../core/posters/group-by.ts'
import { dayBounds } from '../../core/trajectories/local-day.ts'
import { type AreaScope, findArea, listAreas } from '../../db/areas.ts'
import { leastCount } from '../../db/privacy.ts'
import type { Scoped } from '../../db/scoped.ts'
import { type GridContact, listGridContacts, listStanding } from '../../db/standing.ts'

/** Days [from, to). */
export interface Days {
  readonly from: string
  readonly to: string
}

/** A row as it may be told: null and named in `hidden` where it is kept back. */
export type ToldRow<Counts> = AreaRow<{ readonly [Name in keyof Counts]: number | null }> & {
  readonly hidden: readonly string[]
}

export interface AreaStanding {
  /** The area asked about, or the township around it. */
  readonly root: string
  /** The least count that the viewer is told; 1: all. */
  readonly k: number
  readonly areas: readonly CountedArea[]
  readonly contacts: readonly GridContact[]
  readonly households: readonly StandingHousehold[]
}

/** What both are counted from. @param area what is asked about */
export async function loadStanding(db: Scoped, area: AreaScope, days: Days): Promise<AreaStanding> {
  const [from, to] = [dayBounds(days.from).from, dayBounds(days.to).from]
  const k = await leastCount(db, area.towns)
  // What is hidden of a village must be so in its township's table too, or one would betray the other.
  const whole = k > 1 && area.level === 'village' ? await findArea(db, area.lineage.at(-2) ?? '') : undefined
  const root = whole ?? area
  const areas = (await listAreas(db, to - 1))
    .filter(({ lineage }) => lineage.includes(root.code))
    .map(({ area_code, parent_code, level, name, town_id }) => ({
      code: area_code,
      parent: parent_code,
      level,
      name,
      town: town_id,
    }))
  return {
    root: root.code,
    k,
    areas,
    contacts: await listGridContacts(db, root, to),
    households: await listStanding(db, root, from, to),
  }
}

/** @param category only households of it; `must_visit`: those that must be visited; null: all */
export const ofCategory = (
  households: readonly StandingHousehold[],
  category: string | null,
): readonly StandingHousehold[] =>
  category === null
    ? households
    : households.filter(({ mustVisit, categories }) =>
        category === 'must_visit' ? mustVisit : categories.includes(category),
      )

/** The ladder by area; of a category, for who may not see households, also what remains is hidden where it is small. */
export function countLadder(
  area: AreaScope,
  standing: AreaStanding,
  category: string | null,
  evidence: VisitEvidence,
): ToldRow<LadderCounts>[] {
  const households = ofCategory(standing.households, category)
  const rows = count(standing, households, (some) => ladderCounts(some, evidence))
  return told(area, standing, rows, [
    { columns: [...ladderSteps, ...(category === null ? [] : ['remaining'])] },
  ])
}

/** The ledger by area. */
export function countLedger(area: AreaScope, standing: AreaStanding): ToldRow<LedgerCounts>[] {
  const rows = count(standing, standing.households, ledgerCounter(standing.households))
  return told(area, standing, rows, ledgerGroups)
}

function count<Counts>(
  { root, areas, contacts }: AreaStanding,
  households: readonly StandingHousehold[],
  counter: (households: readonly StandingHousehold[]) => Counts,
): AreaRow<Counts>[] {
  const grids = new Map(contacts.map((one) => [`${one.town_id}/${one.grid_code}`, one]))
  const counted = [...grids.values()].map(({ town_id, grid_code, grid_name, village_code }) => ({
    town: town_id,
    code: grid_code,
    name: grid_name,
    village: village_code,
  }))
  return countByArea(root, areas, counted, households, counter)
}

/** The rows of the area, told as far as they may be. Townships are hidden in each by itself, so that every table hides the same. */
function told<Counts extends Readonly<Record<string, number | null>>>(
  area: AreaScope,
  { k }: AreaStanding,
  rows: readonly AreaRow<Counts>[],
  groups: SmallNumbersRule['groups'],
): ToldRow<Counts>[] {
  if (k <= 1) return rows.map((row) => ({ ...row, hidden: [] }))
  const byTown = groupBy(rows, ({ town }) => town)
  const shown = new Map<string, ToldRow<Counts>>()
  const ofTowns = new Set<string>()
  for (const [town, own] of byTown)
    if (town !== null)
      for (const row of suppressSmall(own, { k, groups })) {
        shown.set(row.code, row)
        if (row.level === 'township') for (const name of row.hidden) ofTowns.add(name)
      }
  const all = rows.map((row): ToldRow<Counts> => shown.get(row.code) ?? withhold(row, [...ofTowns]))
  return below(all, area.code)
}

/** A county's totals would tell those of its one small township. */
function withhold<Counts extends Readonly<Record<string, number | null>>>(
  row: AreaRow<Counts>,
  hidden: readonly string[],
): ToldRow<Counts> {
  const counts = { ...row.counts, ...Object.fromEntries(hidden.map((name) => [name, null])) }
  return { ...row, counts, hidden }
}

/** A row and all below it; the table begins with it. */
function below<Counts>(rows: readonly ToldRow<Counts>[], root: string): ToldRow<Counts>[] {
  const kept = new Set([root])
  return rows.flatMap((row) => {
    if (row.code === root) return [{ ...row, parent: null }]
    if (row.parent === null || !kept.has(row.parent)) return []
    kept.add(row.code)
    return [row]
  })
}

/** By `town/grid`, the figures of the ledger that this viewer is not told; null: all are told. */
export async function withheldGrids(
  db: Scoped,
  area: AreaScope,
  days: Days,
): Promise<ReadonlyMap<string, readonly string[]> | null> {
  if ((await leastCount(db, area.towns)) <= 1) return null
  const rows = countLedger(area, await loadStanding(db, area, days))
  return new Map(rows.map(({ code, hidden }) => [code, hidden]))
}
