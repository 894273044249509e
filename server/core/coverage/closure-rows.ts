/** The rungs of the closure ladder from what is stored: areas, grids, and households with where they are registered and where they lie. */
import type { AreaLevel, GridKind } from '../values.ts'
import type { LadderRow, LadderUnit } from './closure-ladder.ts'

export interface ClosureArea {
  readonly code: string
  readonly parent: string | null
  readonly level: AreaLevel
}

export interface ClosureGrid {
  readonly code: string
  readonly kind: GridKind
  /** The area it belongs to: its village, or where none is known its town. */
  readonly area: string
  /** For a microgrid, the grid it lies in. */
  readonly parent: string | null
}

export interface ClosureHousehold {
  readonly id: string
  readonly town: string
  /** Where in it the household is registered; null: nobody said. */
  readonly village: string | null
  /** Grids it lies within, and those on whose line it lies; by code. */
  readonly inside: readonly string[]
  readonly edge: readonly string[]
}

/**
 * Areas have the households registered in them, grids those that live on their ground; the step between the two shows whether
 * register and map agree. A household on a common line belongs to the grid that sorts first, as in the check of a division.
 * @param areas the area asked for and all below it, in any order
 */
export function closureRows(
  areas: readonly ClosureArea[],
  grids: readonly ClosureGrid[],
  households: readonly ClosureHousehold[],
): LadderRow[] {
  const known = new Map(grids.map((grid) => [grid.code, grid]))
  const isMicrogrid = (code: string): boolean => known.get(code)?.kind === 'microgrid'
  const divided = new Set(
    grids.flatMap(({ kind, parent }) => (kind === 'microgrid' && parent ? [parent] : [])),
  )
  const registered = new Map<string, string[]>(areas.map(({ code }) => [code, []]))
  const living = new Map<string, string[]>(grids.map(({ code }) => [code, []]))
  const homes: LadderUnit[] = []
  for (const { id, town, village, inside, edge } of households) {
    registered.get(town)?.push(id)
    if (village !== null) registered.get(village)?.push(id)
    const whole = owners(inside, edge, (code) => !isMicrogrid(code))
    const micro = owners(inside, edge, isMicrogrid)
    for (const code of [...whole, ...micro]) living.get(code)?.push(id)
    // The lowest grid that has it; in a grid with microgrids, but in none of them, that grid.
    const lowest = micro.length > 0 ? [...micro, ...whole.filter((code) => !divided.has(code))] : whole
    if (lowest.length === 0) homes.push({ code: id, parent: null, total: 1 })
    else for (const parent of lowest) homes.push({ code: id, parent, total: 1 })
  }
  const ofArea = ({ code, parent, level }: ClosureArea): LadderUnit => {
    // A county has what is registered in its towns.
    if (level === 'county') return { code, parent, total: households.length }
    const own = registered.get(code) ?? []
    return { code, parent, total: own.length, households: own }
  }
  const ofGrid = (code: string, parent: string | null): LadderUnit => {
    const own = living.get(code) ?? []
    return { code, parent, total: own.length, households: own }
  }
  const areasOf = (level: AreaLevel): LadderRow => ({
    level,
    units: areas.filter((area) => area.level === level).map(ofArea),
  })
  return [
    areasOf('county'),
    areasOf('township'),
    areasOf('village'),
    {
      level: 'grid',
      units: grids.filter(({ kind }) => kind !== 'microgrid').map(({ code, area }) => ofGrid(code, area)),
    },
    {
      level: 'microgrid',
      units: grids.filter(({ kind }) => kind === 'microgrid').map(({ code, parent }) => ofGrid(code, parent)),
    },
    { level: 'household', units: homes },
  ]
}

/** Whose a household is among grids of one layer: of those it lies within, else of the first on whose line it lies. */
function owners(
  inside: readonly string[],
  edge: readonly string[],
  isOfLayer: (code: string) => boolean,
): string[] {
  const within = inside.filter(isOfLayer)
  return within.length > 0 ? within : edge.filter(isOfLayer).slice(0, 1)
}
