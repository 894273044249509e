/** A plan as grids with their ground, derived from its drawing: what is checked, compared and put in force. */
import type { MultiPolygon, Position } from 'geojson'
import type { DivisionGrid, DivisionInput } from '../../core/coverage/report.ts'
import type { Drawing } from '../../core/planning/drawing/drawing.ts'
import { gridPolygons, groundOf } from '../../core/planning/drawing/grid-polygons.ts'
import type { AreaGeometry, GridKind, HouseholdPoint } from '../../core/values.ts'
import type { PlanRow } from '../../db/plans.ts'
import type { Scoped } from '../../db/scoped.ts'
import { loadDrawing } from './plan-drawings.ts'

/** A grid of a plan that has ground. */
export interface PlannedGrid {
  readonly code: string
  readonly name: string | null
  readonly kind: GridKind
  readonly village: string
  readonly parent: string | null
  readonly geometry: AreaGeometry
}

export interface PlannedDivision {
  readonly revision: number
  /** By code; grids without ground are left out. */
  readonly grids: readonly PlannedGrid[]
  /** All the ground that is to be covered. */
  readonly within: MultiPolygon
  /** Ids of atoms that no grid has. */
  readonly unassigned: readonly string[]
  /** Household → grid by the atom it lies in, so that codes do not decide for one on a line. */
  readonly gridOf: ReadonlyMap<string, string | null>
}

/** The division that a plan's drawing amounts to. */
export async function loadPlanned(db: Scoped, plan: PlanRow): Promise<PlannedDivision> {
  const { revision, drawing } = await loadDrawing(db, plan)
  return { revision, ...divisionOf(drawing) }
}

export function divisionOf(drawing: Drawing): Omit<PlannedDivision, 'revision'> {
  const grids = [...gridPolygons(drawing)].flatMap(([code, geometry]): PlannedGrid[] => {
    const grid = drawing.grids.get(code)
    if (!grid) return []
    const { name, kind, village, parent } = grid
    return [{ code, name, kind, village, parent, geometry }]
  })
  const numbers = drawing.atoms.flatMap((atom, number) => (atom ? [number] : []))
  return {
    grids,
    within: asMultiPolygon(groundOf(drawing, numbers)),
    unassigned: drawing.atoms.flatMap((atom) => (atom && atom.grid === null ? [atom.id] : [])),
    gridOf: new Map(
      drawing.atoms.flatMap((atom) =>
        (atom?.households ?? []).map((row): [string, string | null] => [
          drawing.households.ids[row] ?? '',
          atom?.grid ?? null,
        ]),
      ),
    ),
  }
}

/** What the check of a division takes. */
export const checkInput = (
  grids: readonly Pick<PlannedGrid, 'code' | 'geometry' | 'kind' | 'parent'>[],
  within: AreaGeometry | null,
  households: readonly HouseholdPoint[],
  sizes: DivisionInput['sizes'] | null,
): DivisionInput => ({
  grids: grids.map(
    ({ code, geometry, kind, parent }): DivisionGrid => ({
      code,
      geometry,
      kind,
      codeDeclared: true,
      ...(parent !== null && { parent }),
    }),
  ),
  households,
  ...(within && { within }),
  ...(sizes && { sizes }),
})

export const asMultiPolygon = (geometry: AreaGeometry): MultiPolygon =>
  geometry.type === 'MultiPolygon' ? geometry : { type: 'MultiPolygon', coordinates: [geometry.coordinates] }

/** The same text for the same ground, wherever its rings begin and in whatever order its parts stand. */
export const vertexText = (geometry: AreaGeometry): string =>
  asMultiPolygon(geometry)
    .coordinates.map((rings) => rings.map(ringText).toSorted().join(';'))
    .toSorted()
    .join('|')

/** The ring from its south-westernmost vertex, counterclockwise or clockwise, whichever reads first. */
function ringText(ring: readonly Position[]): string {
  const open = ring.slice(0, -1).map(([x, y]) => `${x} ${y}`)
  const turned = (list: readonly string[]): string => {
    const first = list.reduce((best, text, i) => (text < list[best]! ? i : best), 0)
    return [...list.slice(first), ...list.slice(0, first)].join(',')
  }
  const [there, back] = [turned(open), turned(open.toReversed())]
  return there < back ? there : back
}
