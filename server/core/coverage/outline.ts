import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import type { Position } from 'geojson'
import { signedRingAreaSquareMetres } from '../geometry/area-square-metres.ts'
import { type Arrangement, halvesAround } from './arrangement.ts'
import { origin, twin } from './trace-faces.ts'

/** What walking around faces needs of an arrangement. */
export type Drawing = Pick<Arrangement, 'lines' | 'faces'>

/** The half-edges of some faces that have another face across. */
export function outlineOf({ faces }: Pick<Drawing, 'faces'>, members: ReadonlySet<number>): number[] {
  const outline: number[] = []
  for (const face of members)
    for (const half of halvesAround(faces, face))
      if (!members.has(faces.faceOf[twin(half)]!)) outline.push(half)
  return outline
}

/**
 * The ground of some faces as polygons: closed rings, outer rings counterclockwise, every vertex of the outline kept (Turf's
 * union would drop those on straight stretches, at which neighbours meet).
 */
export const polygonsWithin = (
  arrangement: Drawing,
  members: ReadonlySet<number>,
  outline: readonly number[] = outlineOf(arrangement, members),
): Position[][][] => assemble(ringsAlong(arrangement, members, outline))

/** Walks along the outline with the region on the left; cut where a walk comes back to a vertex, so that rings are simple. */
function ringsAlong(
  { lines, faces }: Drawing,
  members: ReadonlySet<number>,
  outline: readonly number[],
): Position[][] {
  const isInner = (half: number): boolean => members.has(faces.faceOf[twin(half)]!)
  const done = new Set<number>()
  const rings: Position[][] = []
  for (const start of outline) {
    if (done.has(start)) continue
    const path: number[] = []
    const at = new Map<number, number>()
    let half = start
    do {
      done.add(half)
      const v = origin(lines, half)
      const before = at.get(v)
      if (before !== undefined) {
        const loop = path.splice(before)
        for (const w of loop) at.delete(w)
        rings.push(closed(lines, loop))
      }
      at.set(v, path.push(v) - 1)
      half = faces.next[half]!
      while (isInner(half)) half = faces.next[twin(half)]!
    } while (half !== start)
    rings.push(closed(lines, path))
  }
  return rings.filter((ring) => ring.length > 3)
}

const closed = (lines: Drawing['lines'], loop: readonly number[]): Position[] =>
  [...loop, loop[0]!].map((v) => [lines.x[v]!, lines.y[v]!])

/** Gives each hole to the smallest outer ring around it. */
export function assemble(rings: Position[][]): Position[][][] {
  const signed = rings.map((ring) => ({ ring, area: signedRingAreaSquareMetres(ring) }))
  const outers = signed.filter(({ area }) => area > 0).toSorted((p, q) => p.area - q.area)
  const polygons = outers.map(({ ring }) => [ring])
  for (const { ring, area } of signed) {
    if (area > 0) continue
    const holder = polygons.findIndex(([outer]) => outers.length === 1 || holds(outer!, ring))
    polygons[holder]?.push(ring)
  }
  return polygons
}

/** Whether a vertex of the inner ring that is none of the outer one's lies inside; rings of one outline never cross. */
function holds(outer: Position[], inner: readonly Position[]): boolean {
  const corners = new Set(outer.map((p) => `${p[0]} ${p[1]}`))
  const point = inner.find((p) => !corners.has(`${p[0]} ${p[1]}`)) ?? inner[0]!
  return booleanPointInPolygon(point, { type: 'Polygon', coordinates: [outer] })
}
