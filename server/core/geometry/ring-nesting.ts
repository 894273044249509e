/** What of a polygon's validity concerns rings as wholes: which lies in which, and whether the interior stays in one piece. */
import type { Position } from 'geojson'
import { orientation } from './orientation.ts'
import type { PolygonFlaw, PolygonFlawReason, Ring, Touch } from './polygon-flaw.ts'

/** Holes inside their shell and outside each other; parts outside each other. No two rings cross here. */
export function nesting(rings: readonly Ring[], flaws: PolygonFlaw[]): void {
  const flaw = (ring: Ring, reason: PolygonFlawReason): void => {
    const [longitude, latitude] = ring.points[0] as [number, number]
    flaws.push({
      reason,
      part: ring.part + 1,
      ring: ring.ring + 1,
      vertex: ring.at[0]! + 1,
      longitude,
      latitude,
    })
  }
  for (const ring of rings) {
    const siblings = rings.filter((other) => other !== ring && other.part === ring.part)
    if (ring.ring > 0) {
      const shell = siblings.find((other) => other.ring === 0)
      if (shell && !ringInside(ring, shell)) flaw(ring, 'hole_outside_shell')
      if (siblings.some((other) => other.ring > 0 && ringInside(ring, other))) flaw(ring, 'hole_in_hole')
      continue
    }
    for (const other of rings) {
      if (other.part === ring.part || other.ring > 0 || !ringInside(ring, other)) continue
      const inHole = rings.some((hole) => hole.part === other.part && hole.ring > 0 && ringInside(ring, hole))
      if (!inHole) flaw(ring, 'parts_overlap')
    }
  }
}

/** Whether a ring lies inside another that it does not cross, told by its first point that is not on the other. */
function ringInside(ring: Ring, outer: Ring): boolean {
  const [west, south, east, north] = outer.box
  if (ring.box[0] < west || ring.box[1] < south || ring.box[2] > east || ring.box[3] > north) return false
  for (const [i, p] of ring.points.entries()) {
    const q = ring.points[(i + 1) % ring.points.length]!
    // Where all vertices lie on the other ring, the middle of an edge decides.
    for (const [x, y] of [p, [(p[0]! + q[0]!) / 2, (p[1]! + q[1]!) / 2]] as [number, number][]) {
      const where = pointInRing(outer.points, x, y)
      if (where !== 'on') return where === 'inside'
    }
  }
  return true
}

function pointInRing(points: readonly Position[], x: number, y: number): 'inside' | 'outside' | 'on' {
  let inside = false
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [ax, ay] = points[j] as [number, number]
    const [bx, by] = points[i] as [number, number]
    if (Math.min(ay, by) > y || Math.max(ay, by) < y || Math.max(ax, bx) < x) continue
    const turn = orientation(ax, ay, bx, by, x, y)
    if (turn === 0 && Math.min(ax, bx) <= x) return 'on'
    if (ay > y !== by > y && turn > 0 === by > ay) inside = !inside
  }
  return inside ? 'inside' : 'outside'
}

/**
 * The interior of a part falls into pieces exactly when its rings, linked by the points where they touch, form a closed chain.
 */
export function connection(rings: readonly Ring[], touches: readonly Touch[], flaws: PolygonFlaw[]): void {
  const parent = new Map<string, string>()
  const find = (node: string): string => {
    let root = node
    for (let up = parent.get(root); up !== undefined; up = parent.get(root)) root = up
    return root
  }
  const linked = new Set<string>()
  for (const { first, second, place } of touches) {
    for (const r of [first, second]) {
      const ring = rings[r]!
      const point = `${ring.part} ${place}`
      if (linked.has(`${r} ${point}`)) continue
      linked.add(`${r} ${point}`)
      const [a, b] = [find(`ring ${r}`), find(`point ${point}`)]
      if (a !== b) {
        parent.set(a, b)
        continue
      }
      const [longitude, latitude] = place.split(' ').map(Number) as [number, number]
      const vertex = ring.points.findIndex((p) => p[0] === longitude && p[1] === latitude)
      flaws.push({
        reason: 'interior_disconnected',
        part: ring.part + 1,
        ring: ring.ring + 1,
        vertex: (ring.at[vertex] ?? 0) + 1,
        longitude,
        latitude,
      })
    }
  }
}
