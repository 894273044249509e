import Flatbush from 'flatbush'
import type { Position } from 'geojson'
import { orient2d } from 'robust-predicates'
import type { AreaGeometry } from '../values.ts'

/**
 * Answers, for one area and many points, whether a point lies in it; one on its edge does. Exact, however near the
 * edge, and quick: a point is compared only with the edges at its latitude to its east, not with all of them. Parts that overlap
 * or share edges are no trouble, since each is asked on its own.
 */
export function membershipOf(area: AreaGeometry): (longitude: number, latitude: number) => boolean {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates
  const parts = polygons.flatMap((rings) => indexEdges(rings) ?? [])
  return (longitude, latitude) => parts.some((part) => contains(part, longitude, latitude))
}

interface EdgeIndex {
  readonly boxes: Flatbush
  /** Four numbers an edge: x, y of its start and of its end. */
  readonly edges: Float64Array
}

function indexEdges(rings: readonly (readonly Position[])[]): EdgeIndex | null {
  const edges = Float64Array.from(
    rings.flatMap((ring) => ring.slice(1).flatMap(([x, y], i) => [ring[i]![0]!, ring[i]![1]!, x!, y!])),
  )
  if (edges.length === 0) return null
  const boxes = new Flatbush(edges.length / 4)
  for (let e = 0; e < edges.length; e += 4) {
    const [x1, y1, x2, y2] = [edges[e]!, edges[e + 1]!, edges[e + 2]!, edges[e + 3]!]
    boxes.add(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2))
  }
  boxes.finish()
  return { boxes, edges }
}

/** Even–odd rule along a ray to the east; an edge owns its lower end, so that a vertex on the ray is crossed once. */
function contains({ boxes, edges }: EdgeIndex, x: number, y: number): boolean {
  if (x < boxes.minX || x > boxes.maxX || y < boxes.minY || y > boxes.maxY) return false
  let inside = false
  for (const edge of boxes.search(x, y, Number.POSITIVE_INFINITY, y)) {
    const e = edge * 4
    const [x1, y1, x2, y2] = [edges[e]!, edges[e + 1]!, edges[e + 2]!, edges[e + 3]!]
    const side = orient2d(x1, y1, x2, y2, x, y)
    if (side === 0 && x >= Math.min(x1, x2)) return true
    if (y1 > y !== y2 > y && side > 0 === y2 < y1) inside = !inside
  }
  return inside
}
