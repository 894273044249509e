/** What the editor draws, one row a shape. */
import type { Arc, DrawnAtom } from '../../../../server/core/planning/drawing/drawing.ts'
import type { LineRole } from './places.ts'

export interface AtomRow {
  readonly atom: DrawnAtom
  readonly color: Rgba
  /** As deck.gl takes polygons: all rings in one list, and where holes begin in it. */
  readonly polygon: { readonly positions: readonly number[]; readonly holeIndices: readonly number[] }
}

export interface LineRow {
  readonly path: readonly number[]
  readonly style: LineStyle
  /** What the style follows from, with the selection. */
  readonly arc: Arc
  readonly left: DrawnAtom | null
  readonly right: DrawnAtom | null
}

export interface Rows {
  readonly atoms: readonly AtomRow[]
  readonly lines: readonly LineRow[]
  readonly selected: string | null
}

export const noRows: Rows = { atoms: [], lines: [], selected: null }

export type Rgba = readonly [red: number, green: number, blue: number, alpha: number]

export type LineStyle = LineRole | 'selected' | 'hidden'
