import type { PlanGrid } from '../values.ts'
import { assemble } from './build-drawing.ts'
import type { ArcRecord, AtomRecord, Drawing } from './drawing.ts'

type ArcRow = [
  from: number,
  to: number,
  left: number,
  right: number,
  name: string | null,
  rank: number | null,
  crossable: 0 | 1,
  barrierMetres: number,
  path: readonly number[],
]
type AtomRow = [
  id: string,
  village: string,
  site: string | null,
  group: string | null,
  grid: string | null,
  microgrid: string | null,
  rings: readonly (readonly number[])[],
]
type GridRow = [
  code: string,
  name: string | null,
  kind: PlanGrid['kind'],
  village: string,
  parent: string | null,
  locked: 0 | 1,
]

interface Document {
  readonly version: 1
  /** 0 where an arc or atom is gone. */
  readonly arcs: readonly (ArcRow | 0)[]
  readonly atoms: readonly (AtomRow | 0)[]
  readonly grids: readonly GridRow[]
  readonly households: {
    readonly ids: readonly string[]
    readonly longitudes: readonly number[]
    readonly latitudes: readonly number[]
    readonly persons: readonly number[]
    readonly mustVisit: readonly number[]
  }
}

/** A drawing as text: the same drawing gives the same bytes. What is derived is left out. */
export function toJson(drawing: Drawing): string {
  const { households } = drawing
  const document: Document = {
    version: 1,
    arcs: drawing.arcs.map((arc) =>
      arc
        ? [
            arc.from,
            arc.to,
            arc.left,
            arc.right,
            arc.name,
            arc.rank,
            arc.crossable ? 1 : 0,
            arc.barrierMetres,
            arc.path,
          ]
        : 0,
    ),
    atoms: drawing.atoms.map((atom) =>
      atom ? [atom.id, atom.village, atom.site, atom.group, atom.grid, atom.microgrid, atom.rings] : 0,
    ),
    grids: [...drawing.grids.values()].map((grid) => [
      grid.code,
      grid.name,
      grid.kind,
      grid.village,
      grid.parent,
      grid.locked ? 1 : 0,
    ]),
    households: {
      ids: households.ids,
      longitudes: [...households.longitudes],
      latitudes: [...households.latitudes],
      persons: [...households.persons],
      mustVisit: [...households.mustVisit],
    },
  }
  return JSON.stringify(document)
}

/**
 * The drawing that `toJson` wrote; what is derived is worked out anew.
 * @throws SyntaxError or RangeError for a text that `toJson` did not write
 */
export function fromJson(text: string): Drawing {
  const document = JSON.parse(text) as Document
  if (document.version !== 1) throw new RangeError('not a drawing of version 1')
  const { households } = document
  return assemble(
    {
      type: 'patch',
      arcs: document.arcs.map((row, number) => [number, row === 0 ? null : arcOf(row)]),
      atoms: document.atoms.map((row, number) => [number, row === 0 ? null : atomOf(row)]),
      grids: document.grids.map(([code, name, kind, village, parent, locked]) => [
        code,
        { code, name, kind, village, parent, locked: locked === 1 },
      ]),
    },
    {
      ids: households.ids,
      longitudes: Float64Array.from(households.longitudes),
      latitudes: Float64Array.from(households.latitudes),
      persons: Float64Array.from(households.persons),
      mustVisit: Uint8Array.from(households.mustVisit),
    },
  )
}

const arcOf = ([from, to, left, right, name, rank, crossable, barrierMetres, path]: ArcRow): ArcRecord => ({
  from,
  to,
  path,
  left,
  right,
  name,
  rank,
  crossable: crossable === 1,
  barrierMetres,
})

const atomOf = ([id, village, site, group, grid, microgrid, rings]: AtomRow): AtomRecord => ({
  id,
  village,
  site,
  group,
  rings,
  grid,
  microgrid,
})
