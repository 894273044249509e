import type { Position } from 'geojson'
import { assemble } from '../../coverage/outline.ts'
import type { AreaGeometry } from '../../values.ts'
import { atomLeftOf, type Drawing, nodeOf, OUTSIDE } from './drawing.ts'
import { closedRing, pathsOf } from './ring-paths.ts'

/**
 * The polygons of grids, by code; those without ground are left out. Neighbours have every vertex of their common line alike, rings are
 * simple, outer ones counterclockwise; a grid that touches itself at a point is closed there.
 * @param codes all grids and microgrids when absent
 */
export function gridPolygons(
  drawing: Drawing,
  codes: Iterable<string> = drawing.grids.keys(),
): Map<string, AreaGeometry> {
  const polygons = new Map<string, AreaGeometry>()
  for (const code of codes) {
    const members = drawing.members.get(code) ?? []
    if (members.length > 0) polygons.set(code, groundOf(drawing, members))
  }
  return polygons
}

/** The outlines of villages, by code: the same vertices as the grids along them, junctions that edits set on them included. */
export function villagePolygons(drawing: Drawing): Map<string, AreaGeometry> {
  const members = new Map<string, number[]>()
  for (const [number, atom] of drawing.atoms.entries()) {
    if (!atom) continue
    const list = members.get(atom.village)
    if (list) list.push(number)
    else members.set(atom.village, [number])
  }
  return new Map(
    [...members]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, own]) => [code, groundOf(drawing, own)]),
  )
}

/** The ground of atoms, by number, in one geometry. */
export function groundOf(drawing: Drawing, atoms: readonly number[]): AreaGeometry {
  const own = new Set(atoms)
  const next = new Map<number, number>()
  for (const atom of atoms)
    for (const ring of drawing.atoms[atom]!.rings)
      for (const [i, half] of ring.entries()) next.set(half, ring[(i + 1) % ring.length]!)
  const isInner = (half: number): boolean => {
    const across = atomLeftOf(drawing, half ^ 1)
    return across !== OUTSIDE && own.has(across)
  }
  const rings: Position[][] = []
  const done = new Set<number>()
  for (const start of next.keys()) {
    if (done.has(start) || isInner(start)) continue
    const walk: number[] = []
    const at = new Map<number, number>()
    let half = start
    do {
      done.add(half)
      const node = nodeOf(drawing, half)
      const before = at.get(node)
      // Back at a node: what lies between is a ring of its own.
      if (before !== undefined) {
        const loop = walk.splice(before)
        for (const one of loop) at.delete(nodeOf(drawing, one))
        rings.push(positionsAlong(drawing, loop))
      }
      at.set(node, walk.push(half) - 1)
      half = next.get(half)!
      while (isInner(half)) half = next.get(half ^ 1)!
    } while (half !== start)
    rings.push(positionsAlong(drawing, walk))
  }
  const coordinates = assemble(rings)
  return coordinates.length === 1
    ? { type: 'Polygon', coordinates: coordinates[0]! }
    : { type: 'MultiPolygon', coordinates }
}

const positionsAlong = (drawing: Drawing, halves: readonly number[]): Position[] =>
  closedRing(pathsOf(drawing), halves)
