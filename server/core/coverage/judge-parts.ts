import type { Position } from 'geojson'
import { RADIANS_PER_DEGREE } from '../geometry/ellipsoid.ts'
import { partArea } from './judge-grids.ts'
import type { Location } from './locate.ts'
import { widthOf } from './regions.ts'
import type { DivisionGrid, Finding } from './report.ts'
import type { RingTable } from './ring-table.ts'

/** Places looked at along the shortest line between two parts. */
const SAMPLES = 64

/**
 * `disconnected_part`: one for each grid with a part cut off by other grids, that is when the shortest line from it to the
 * rest of its grid meets another one. Where the line meets none, water or other ground outside parts them, as the area's
 * own outline does, and that is no fault of the division. Nor are as many pieces as the grid is declared to have.
 * @param area the owner that is the area, or -1
 */
export function judgeParts(
  grids: readonly DivisionGrid[],
  rings: RingTable,
  locate: (longitude: number, latitude: number) => Location,
  area: number,
): Finding[] {
  const findings: Finding[] = []
  for (const [i, grid] of grids.entries()) {
    const first = rings.ownerPart[i]!
    const last = rings.ownerPart[i + 1]!
    if (last - first < 2) continue
    const isOther = (owner: number): boolean => owner !== i && owner !== area
    // A line that runs along another grid's edge, as where both begin on one street, has that grid beside it.
    const isOthers = ({ inside, on }: Location): boolean =>
      inside.some(isOther) || (on.some(isOther) && !on.includes(i))
    const parts = Array.from({ length: last - first }, (_, k) => partRings(rings, first + k)).toSorted(
      (p, q) => partArea(q) - partArea(p),
    )
    const detached = cutOff(parts, (x, y) => isOthers(locate(x, y)))
    if (detached.length < (grid.parts ?? 1)) continue
    findings.push({
      code: 'disconnected_part',
      grids: [grid.code],
      areaSquareMetres: detached.reduce((sum, part) => sum + partArea(part), 0),
      widthMetres: widthOf(detached),
      lengthMetres: null,
      geometry: { type: 'MultiPolygon', coordinates: detached },
      ground: { type: 'MultiPolygon', coordinates: detached },
      concerns: [i],
      detail: { parts: detached.length },
    })
  }
  return findings
}

/** Parts that cannot be reached from the largest, directly or over other parts, without meeting another grid. */
function cutOff(
  parts: readonly Position[][][],
  isOthers: (longitude: number, latitude: number) => boolean,
): Position[][][] {
  const reached = [parts[0]!]
  let waiting = parts.slice(1)
  for (;;) {
    const free = waiting.filter((part) =>
      reached.some((other) => {
        const [from, to] = shortestLine(part[0]!, other[0]!)
        return !Array.from({ length: SAMPLES }, (_, k) => (k + 0.5) / SAMPLES).some((t) =>
          isOthers(from[0]! + t * (to[0]! - from[0]!), from[1]! + t * (to[1]! - from[1]!)),
        )
      }),
    )
    if (free.length === 0) return waiting
    reached.push(...free)
    waiting = waiting.filter((part) => !free.includes(part))
  }
}

/** Between the outlines of two rings: from a vertex of one to the nearest place on an edge of the other. */
function shortestLine(one: readonly Position[], two: readonly Position[]): [from: Position, to: Position] {
  const there = nearestFromVertices(one, two)
  const back = nearestFromVertices(two, one)
  return there.squared <= back.squared ? [there.vertex, there.place] : [back.vertex, back.place]
}

function nearestFromVertices(
  from: readonly Position[],
  to: readonly Position[],
): { squared: number; vertex: Position; place: Position } {
  // Degrees of longitude shrunk to the length of degrees of latitude, so that near means near on the ground.
  const shrink = Math.cos(from[0]![1]! * RADIANS_PER_DEGREE)
  let best = { squared: Number.POSITIVE_INFINITY, vertex: from[0]!, place: to[0]! }
  for (const vertex of from) {
    for (let i = 1; i < to.length; i++) {
      const ax = to[i - 1]![0]!
      const ay = to[i - 1]![1]!
      const ux = (to[i]![0]! - ax) * shrink
      const uy = to[i]![1]! - ay
      const vx = (vertex[0]! - ax) * shrink
      const vy = vertex[1]! - ay
      const length2 = ux * ux + uy * uy
      const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, (vx * ux + vy * uy) / length2))
      const squared = (vx - along * ux) ** 2 + (vy - along * uy) ** 2
      if (squared < best.squared)
        best = { squared, vertex, place: [ax + (along * ux) / shrink, ay + along * uy] }
    }
  }
  return best
}

/** The rings of a part as closed lists of positions. */
function partRings(rings: RingTable, part: number): Position[][] {
  const list: Position[][] = []
  for (let ring = rings.partRing[part]!; ring < rings.partRing[part + 1]!; ring++) {
    const positions: Position[] = []
    for (let v = rings.ringVertex[ring]!; v < rings.ringVertex[ring + 1]!; v++)
      positions.push([rings.x[v]!, rings.y[v]!])
    list.push([...positions, positions[0]!])
  }
  return list
}
