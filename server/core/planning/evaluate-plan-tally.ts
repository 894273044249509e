import { areaSquareMetres } from '../geometry/area-square-metres.ts'
import { distanceMetres } from '../geometry/distance-metres.ts'
import type { AreaGeometry } from '../values.ts'
import type { AtomGraph } from './values.ts'

/** What atoms and lines add up to for one grid; the card says what each figure means. */
export interface Tally {
  households: number
  persons: number
  mustVisit: number
  areaSquareMetres: number
  perimeterMetres: number
  barrierMetres: number
  namedMetres: number
  /** The same of the drawn outline only. */
  drawnMetres: number
  drawnBarrierMetres: number
  drawnNamedMetres: number
  /** Metres in common with each other grid. */
  readonly shared: Map<number, number>
}

/** Sums for each grid, in the order of atoms and borders. @param gridOf index of each atom's grid, -1 for none */
export function tallyGrids(graph: AtomGraph, gridOf: readonly number[], grids: number): Tally[] {
  const tallies = Array.from(
    { length: grids },
    (): Tally => ({
      households: 0,
      persons: 0,
      mustVisit: 0,
      areaSquareMetres: 0,
      perimeterMetres: 0,
      barrierMetres: 0,
      namedMetres: 0,
      drawnMetres: 0,
      drawnBarrierMetres: 0,
      drawnNamedMetres: 0,
      shared: new Map(),
    }),
  )
  for (const [i, atom] of graph.atoms.entries()) {
    const own = tallies[gridOf[i]!]
    if (!own) continue
    own.households += atom.households
    own.persons += atom.persons
    own.mustVisit += atom.mustVisit
    own.areaSquareMetres += areaSquareMetres(atom.geometry)
    own.perimeterMetres += outlineMetres(atom.geometry)
  }
  for (const border of graph.borders) {
    const [p, q] = [gridOf[border.a]!, gridOf[border.b]!]
    if (p === q) {
      // The line is part of two atoms' outlines and of no grid's.
      if (p !== -1) tallies[p]!.perimeterMetres -= 2 * border.lengthMetres
      continue
    }
    const isDrawn = isWithinVillage(graph, border.a, border.b)
    for (const [own, other] of [
      [p, q],
      [q, p],
    ] as const) {
      const sums = tallies[own]
      if (!sums) continue
      if (other !== -1) sums.shared.set(other, (sums.shared.get(other) ?? 0) + border.lengthMetres)
      const namedMetres = border.name === null ? 0 : border.barrierMetres
      sums.barrierMetres += border.barrierMetres
      sums.namedMetres += namedMetres
      if (!isDrawn) continue
      sums.drawnMetres += border.lengthMetres
      sums.drawnBarrierMetres += border.barrierMetres
      sums.drawnNamedMetres += namedMetres
    }
  }
  return tallies
}

/** Whether the line between two atoms is the plan's to draw: the limit of a village is not. */
export const isWithinVillage = ({ atoms }: AtomGraph, a: number, b: number): boolean =>
  atoms[a]!.village === atoms[b]!.village

/** Length of every outline, around holes too. */
export function outlineMetres(geometry: AreaGeometry): number {
  let metres = 0
  for (const ring of geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat())
    for (let i = 1; i < ring.length; i++)
      metres += distanceMetres(ring[i - 1]![0]!, ring[i - 1]![1]!, ring[i]![0]!, ring[i]![1]!)
  return metres
}
