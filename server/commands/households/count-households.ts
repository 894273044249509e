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
import { dayBounds } from '../../core/trajectories/local-day.ts'
import { type AreaScope, listAreas } from '../../db/areas.ts'
import { leastCount } from '../../db/privacy.ts'
import type { Scoped } from '../../db/scope.ts'
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
  readonly areas: readonly CountedArea[]
  readonly contacts: readonly GridContact[]
  readonly households: readonly StandingHousehold[]
}

/** What both are counted from. */
export async function loadStanding(db: Scoped, area: AreaScope, days: Days): Promise<AreaStanding> {
  const [from, to] = [dayBounds(days.from).from, dayBounds(days.to).from]
  const areas = (await listAreas(db, to - 1))
    .filter(({ lineage }) => lineage.includes(area.code))
    .map(({ area_code, parent_code, level, name, town_id }) => ({
      code: area_code,
      parent: parent_code,
      level,
      name,
      town: town_id,
    }))
  return {
    areas,
    contacts: await listGridContacts(db, area, to),
    households: await listStanding(db, area, from, to),
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
export async function countLadder(
  db: Scoped,
  area: AreaScope,
  standing: AreaStanding,
  category: string | null,
  evidence: VisitEvidence,
): Promise<ToldRow<LadderCounts>[]> {
  const rows = count(area, standing, ofCategory(standing.households, category), (some) =>
    ladderCounts(some, evidence),
  )
  return told(db, area, rows, [{ columns: [...ladderSteps, ...(category === null ? [] : ['remaining'])] }])
}

/** The ledger by area. */
export async function countLedger(
  db: Scoped,
  area: AreaScope,
  standing: AreaStanding,
): Promise<ToldRow<LedgerCounts>[]> {
  return told(
    db,
    area,
    count(area, standing, standing.households, ledgerCounter(standing.households)),
    ledgerGroups,
  )
}

function count<Counts>(
  area: AreaScope,
  { areas, contacts }: AreaStanding,
  households: readonly StandingHousehold[],
  counter: (households: readonly StandingHousehold[]) => Counts,
): AreaRow<Counts>[] {
  const grids = contacts.map(({ town_id, grid_code, grid_name, village_code }) => ({
    town: town_id,
    code: grid_code,
    name: grid_name,
    village: village_code,
  }))
  return countByArea(area.code, areas, grids, households, counter)
}

async function told<Counts extends Readonly<Record<string, number | null>>>(
  db: Scoped,
  area: AreaScope,
  rows: readonly AreaRow<Counts>[],
  groups: SmallNumbersRule['groups'],
): Promise<ToldRow<Counts>[]> {
  const k = await leastCount(db, area.towns)
  if (k <= 1) return rows.map((row) => ({ ...row, hidden: [] }))
  return suppressSmall(rows, { k, groups })
}
