/** Which grid gets which tint, so that neighbours differ. */

import { polygonsOf } from '../coverage/ring-table.ts'
import type { AreaGeometry } from '../values.ts'

/** Light enough for black type on them, and apart in hue; which is which says the name. */
export const tints = ['#FBE3D6', '#E1EFD5', '#FFF1BF', '#E7DDF2', '#F8DAE6', '#D3EFEA'] as const

/**
 * A tint for each grid, by index. Grids are neighbours when they have a vertex in common. Those with fewest neighbours left are
 * taken away first and coloured last ("smallest last"), so that on a map, where somebody always has five neighbours at most, six
 * tints do.
 */
export function tintsOf(
  grids: readonly { readonly code: string; readonly geometry: AreaGeometry }[],
): string[] {
  const neighbours = neighboursOf(grids.map(({ geometry }) => geometry))
  const left = new Set(grids.keys())
  const order: number[] = []
  while (left.size > 0) {
    const degree = (i: number): number => [...neighbours[i]!].filter((j) => left.has(j)).length
    const next = [...left].toSorted(
      (i, j) => degree(i) - degree(j) || (grids[i]!.code < grids[j]!.code ? 1 : -1),
    )[0]!
    left.delete(next)
    order.push(next)
  }
  const chosen = new Map<number, number>()
  const uses = tints.map(() => 0)
  for (const i of order.toReversed()) {
    const around = tints.map((_, t) => [...neighbours[i]!].filter((j) => chosen.get(j) === t).length)
    // Of the tints that no neighbour has, the one used least: all of them come to use.
    const best = [...tints.keys()].toSorted(
      (s, t) => around[s]! - around[t]! || uses[s]! - uses[t]! || s - t,
    )[0]!
    chosen.set(i, best)
    uses[best]!++
  }
  return grids.map((_, i) => tints[chosen.get(i)!]!)
}

function neighboursOf(geometries: readonly AreaGeometry[]): Set<number>[] {
  const at = new Map<string, Set<number>>()
  for (const [i, geometry] of geometries.entries())
    for (const ring of polygonsOf(geometry).flat())
      for (const [x, y] of ring) {
        const key = `${x!.toFixed(7)} ${y!.toFixed(7)}`
        at.set(key, (at.get(key) ?? new Set()).add(i))
      }
  const neighbours = geometries.map(() => new Set<number>())
  for (const meeting of at.values())
    for (const i of meeting) for (const j of meeting) if (i !== j) neighbours[i]!.add(j)
  return neighbours
}
