/**
 * Counts of households by area: each household in one lowest row, each row above the sum of those below. So every total closes and
 * nobody is counted twice, whatever is counted.
 */
import type { AreaLevel } from '../values.ts'

/** What is known of a household that is counted. */
export interface StandingHousehold {
  readonly town: string
  readonly id: string
  /** Of its grid, else where it is registered; null: in none. */
  readonly village: string | null
  /** Null: no grid has it. */
  readonly grid: string | null
  /** Persons; null: not known. */
  readonly members: number | null
  readonly categories: readonly string[]
  readonly mustVisit: boolean
  /** Who keeps contact; null: nobody. */
  readonly worker: string | null
  /** By a stay, check-in or form in the interval asked about. */
  readonly visited: boolean
  /** The trace came near in the interval. */
  readonly passed: boolean
}

export interface CountedArea {
  readonly code: string
  readonly parent: string | null
  readonly level: AreaLevel
  readonly name: string
  /** Township it belongs to; null of a county. */
  readonly town: string | null
}

export interface CountedGrid {
  readonly town: string
  readonly code: string
  readonly name: string | null
  readonly village: string | null
}

/** `none`: households of the row above in no village, or in no grid. */
export type RowLevel = AreaLevel | 'grid' | 'none'

export interface AreaRow<Counts> {
  /** Unique in the table: an area's code, `town/grid`, `parent/` for households in none. */
  readonly code: string
  readonly parent: string | null
  readonly level: RowLevel
  /** Of a grid: its own code, as its town has it. */
  readonly grid: string | null
  readonly town: string | null
  readonly name: string | null
  readonly counts: Counts
}

/**
 * Rows from the root down, each followed by what is below it, by code; grids and villages without households have rows, too.
 * @param root the area asked about, one of `areas`; what lies beside it is left out
 * @param count the counts of a list of households: a sum over them, so that rows add up
 */
export function countByArea<Counts>(
  root: string,
  areas: readonly CountedArea[],
  grids: readonly CountedGrid[],
  households: readonly StandingHousehold[],
  count: (households: readonly StandingHousehold[]) => Counts,
): AreaRow<Counts>[] {
  interface Node {
    readonly about: Omit<AreaRow<Counts>, 'counts'>
    readonly own: StandingHousehold[]
  }
  const nodes = new Map<string, Node>()
  const children = new Map<string, string[]>()
  const add = (about: Node['about']): Node => {
    const known = nodes.get(about.code)
    if (known) return known
    const made: Node = { about, own: [] }
    nodes.set(about.code, made)
    if (about.parent !== null) children.set(about.parent, [...(children.get(about.parent) ?? []), about.code])
    return made
  }
  for (const { code, parent, level, name, town } of areas)
    add({ code, parent: code === root ? null : parent, level, grid: null, town, name })
  const areaOf = (town: string, village: string | null): string =>
    village !== null && nodes.has(village) ? village : nodes.has(town) ? town : root
  for (const { town, code, name, village } of grids)
    add({ code: `${town}/${code}`, parent: areaOf(town, village), level: 'grid', grid: code, town, name })
  for (const household of households) {
    const { town, grid, village } = household
    const parent = areaOf(town, village)
    const about = { parent, level: 'none' as const, grid: null, town, name: null }
    const node = nodes.get(`${town}/${grid}`) ?? add({ code: `${parent}/`, ...about })
    node.own.push(household)
  }
  const rows: AreaRow<Counts>[] = []
  const climb = (code: string): readonly StandingHousehold[] => {
    const { about, own } = nodes.get(code)!
    const place = rows.length
    rows.push({ ...about, counts: count([]) })
    const below = (children.get(code) ?? []).sort((a, b) => (a < b ? -1 : 1)).flatMap((one) => climb(one))
    const all = [...own, ...below]
    rows[place] = { ...about, counts: count(all) }
    return all
  }
  climb(root)
  return rows
}
