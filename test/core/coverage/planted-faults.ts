/** A whole division to plant faults in, and what plants them. */
import fc from 'fast-check'
import type { Polygon, Position } from 'geojson'
import type { DivisionGrid } from '../../../server/core/coverage/check-division.ts'
import type { AreaGeometry } from '../../../server/core/values.ts'
import { wigglyDivision } from './wiggly-division.ts'

export const columns = 5
export const rows = 4
const inner = 4
const perSide = inner + 1
export const cells = (seed: number): Polygon[] => wigglyDivision({ columns, rows, inner, seed })
export const named = (polygons: readonly AreaGeometry[]): DivisionGrid[] =>
  polygons.map((geometry, i) => ({ code: `g${String(i).padStart(2, '0')}`, geometry }))
export const seeds = fc.nat(1_000_000)

/** The outline of edge-matched cells: their edges that no neighbour runs back along, end to end. */
export function outlineOf(polygons: readonly Polygon[]): Polygon {
  const key = (p: Position): string => p.join(' ')
  const next = new Map<string, Position[]>()
  for (const { coordinates } of polygons)
    for (const ring of coordinates)
      for (let i = 1; i < ring.length; i++)
        next.set(`${key(ring[i - 1]!)}>${key(ring[i]!)}`, [ring[i - 1]!, ring[i]!])
  const onward = new Map<string, Position>()
  for (const [a, b] of next.values()) if (!next.has(`${key(b!)}>${key(a!)}`)) onward.set(key(a!), b!)
  const [start] = [...onward.values()]
  const ring = [start!]
  for (let p = onward.get(key(start!))!; key(p) !== key(start!); p = onward.get(key(p))!) ring.push(p)
  return { type: 'Polygon', coordinates: [[...ring, start!]] }
}

/** The cells with one vertex of one cell moved, and the ground between the old and the new line. */
export function withVertexMoved(
  polygons: readonly Polygon[],
  cell: number,
  vertex: number,
  move: (p: Position, toInside: Position) => Position,
): { moved: Polygon[]; ground: Polygon } {
  const ring = polygons[cell]!.coordinates[0]!
  const [before, p, after] = [ring[vertex - 1]!, ring[vertex]!, ring[vertex + 1]!]
  // Left of the side is inside, rings running counterclockwise.
  const toInside: Position = [-(after[1]! - before[1]!), after[0]! - before[0]!]
  const q = move(p, toInside)
  const changed = ring.with(vertex, q)
  return {
    moved: polygons.with(cell, { type: 'Polygon', coordinates: [changed] }),
    ground: { type: 'Polygon', coordinates: [[before, q, after, p, before]] },
  }
}

export const by =
  (share: number) =>
  (p: Position, [dx, dy]: Position): Position => [p[0]! + share * dx!, p[1]! + share * dy!]

/** Cell 7 is inside, its neighbour to the north is 12; side 2 of its ring runs along it. */
export const inCell = 7
export const north = 12
export const onNorthSide = 2 * perSide + 2
export const onSouthSide = 2
