/**
 * A plan under edit: a planar subdivision of villages into atoms, and which grid each atom belongs to.
 *
 * Neighbours share their lines (TopoJSON's arcs), so whatever happens to a line happens to both and no gap or overlap can
 * come to be; what must be proved of an edit is only that lines still do not meet (`planar-test.ts`). A `Drawing` is a value: an edit
 * gives a new one that shares everything untouched. All changes go through one door, `applyPatch`, which also gives the patch
 * that takes it back.
 *
 * Arcs, nodes and atoms are numbered; numbers of what is gone stay free, so that a recorded edit always means the same thing.
 * Longitude first, WGS 84.
 */
import type { PlanGrid } from '../values.ts'
import type { ArcIndex } from './arc-index.ts'

/** The other side of an arc: no atom. */
export const OUTSIDE = -1

/** A line between two nodes, with one atom (or the outside) along each side. */
export interface ArcRecord {
  /** Nodes at its ends; the same one twice for a closed line. */
  readonly from: number
  readonly to: number
  /** Longitude, latitude, longitude, latitude, …, both ends included. */
  readonly path: readonly number[]
  /** Number of the atom on each side, or `OUTSIDE`. */
  readonly left: number
  readonly right: number
  /** Name and rank of the barrier that most of it lies on; see `AtomBorder`. */
  readonly name: string | null
  readonly rank: number | null
  readonly crossable: boolean
  /** Length of it that lies on a barrier. */
  readonly barrierMetres: number
}

export interface Arc extends ArcRecord {
  readonly lengthMetres: number
}

/** An atom of the drawing. */
export interface AtomRecord {
  readonly id: string
  readonly village: string
  readonly site: string | null
  readonly group: string | null
  /**
   * Outer ring counterclockwise, then holes clockwise, as half-arcs in order: 2k runs along arc k, 2k + 1 against it, the atom
   * on the left.
   */
  readonly rings: readonly (readonly number[])[]
  readonly grid: string | null
  /** Always one whose parent is `grid`. */
  readonly microgrid: string | null
}

export interface DrawnAtom extends AtomRecord {
  readonly areaSquareMetres: number
  /** Rows of the household table, ascending. */
  readonly households: readonly number[]
  readonly persons: number
  readonly mustVisit: number
}

/** Households as columns, sorted by id. They never change under edits. */
export interface HouseholdTable {
  readonly ids: readonly string[]
  readonly longitudes: Float64Array
  readonly latitudes: Float64Array
  readonly persons: Float64Array
  /** 1 where the household must be visited. */
  readonly mustVisit: Uint8Array
}

/** What the planner watches of a grid while drawing. */
export interface GridFigures {
  readonly atoms: number
  readonly households: number
  readonly persons: number
  readonly mustVisit: number
  readonly areaSquareMetres: number
  /** Length of its outline, holes included. */
  readonly perimeterMetres: number
  /** Polsby–Popper, 4πA/P²: 1 for a circle; null for a grid without ground. */
  readonly compactness: number | null
  /** Share of the outline on a barrier people can see, and on one that has a name; null for a grid without ground. */
  readonly barrierShare: number | null
  readonly namedShare: number | null
  /** Pieces that hang together along lines, not at points; 0 for a grid without ground. */
  readonly parts: number
  /** Grids across its outline with the length in common, by code. Microgrids see microgrids. */
  readonly neighbours: readonly { readonly grid: string; readonly lengthMetres: number }[]
}

export interface Drawing {
  /** By number; null where an arc or atom is gone. */
  readonly arcs: readonly (Arc | null)[]
  readonly atoms: readonly (DrawnAtom | null)[]
  /** By code; microgrids among them, with their parent. */
  readonly grids: ReadonlyMap<string, PlanGrid>
  readonly households: HouseholdTable

  // What follows is derived, kept up to date by `applyPatch`.

  /** Half-arcs that run out of each node, ascending. */
  readonly nodes: readonly (readonly number[])[]
  readonly atomNumber: ReadonlyMap<string, number>
  /** Numbers of each grid's atoms, ascending. */
  readonly members: ReadonlyMap<string, readonly number[]>
  readonly figures: ReadonlyMap<string, GridFigures>
  /** Households on no atom's ground, ascending. */
  readonly unplaced: readonly number[]
  readonly index: ArcIndex
}

/** Numbers changed or created hold a record, removed ones null. Applying it gives the patch that takes it back. */
export interface Patch {
  readonly type: 'patch'
  readonly arcs: readonly (readonly [number: number, record: ArcRecord | null])[]
  readonly atoms: readonly (readonly [number: number, record: AtomRecord | null])[]
  readonly grids: readonly (readonly [code: string, grid: PlanGrid | null])[]
}

/** The atom left of a half-arc, or `OUTSIDE`. */
export function atomLeftOf(drawing: Pick<Drawing, 'arcs'>, half: number): number {
  const arc = drawing.arcs[half >> 1]!
  return (half & 1) === 0 ? arc.left : arc.right
}

/** The node a half-arc runs out of. */
export function nodeOf(drawing: Pick<Drawing, 'arcs'>, half: number): number {
  const arc = drawing.arcs[half >> 1]!
  return (half & 1) === 0 ? arc.from : arc.to
}

/** True where no grid may reach across and no vertex may move: the outline of a village. */
export function isVillageLine(
  drawing: Pick<Drawing, 'atoms'>,
  arc: Pick<ArcRecord, 'left' | 'right'>,
): boolean {
  const left = arc.left === OUTSIDE ? null : drawing.atoms[arc.left]!.village
  const right = arc.right === OUTSIDE ? null : drawing.atoms[arc.right]!.village
  return left !== right
}
