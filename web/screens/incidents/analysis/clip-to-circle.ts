/** What of an area lies in a circle: ground outside the area is no part of what was looked at. Pure. */
import type { MultiPolygon, Polygon, Position } from 'geojson'

/**
 * Sutherland and Hodgman (1974): the circle is convex, so each ring of the area is cut by one of its edges after the other. Where a ring
 * leaves the circle and comes back, the parts hang together by lines of no width along the circle: right for filling, not for outlines.
 * @param circle a closed ring, counterclockwise
 * @returns null where the area does not reach into the circle
 */
export function clipToCircle(area: Polygon | MultiPolygon, circle: readonly Position[]): MultiPolygon | null {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates
  const coordinates = polygons.flatMap((rings) => {
    const cut = rings.map((ring) => clipRing(ring, circle))
    const [outside = [], ...holes] = cut
    return outside.length > 0 ? [[outside, ...holes.filter((hole) => hole.length > 0)]] : []
  })
  return coordinates.length > 0 ? { type: 'MultiPolygon', coordinates } : null
}

function clipRing(ring: readonly Position[], circle: readonly Position[]): Position[] {
  let kept = ring.slice(0, -1)
  for (let i = 0; i + 1 < circle.length && kept.length > 0; i++) {
    const [[ax = 0, ay = 0] = [], [bx = 0, by = 0] = []] = [circle[i], circle[i + 1]]
    const side = ([x = 0, y = 0]: Position): number => (bx - ax) * (y - ay) - (by - ay) * (x - ax)
    const next: Position[] = []
    kept.forEach((to, k) => {
      const from = kept.at(k - 1) ?? to
      const [before, after] = [side(from), side(to)]
      if (before >= 0 !== after >= 0) {
        const share = before / (before - after)
        next.push([from[0]! + share * (to[0]! - from[0]!), from[1]! + share * (to[1]! - from[1]!)])
      }
      if (after >= 0) next.push(to)
    })
    kept = next
  }
  return kept.length > 2 ? [...kept, kept[0]!] : []
}
