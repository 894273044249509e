import { bbox } from '@turf/bbox'
import type { Position } from 'geojson'
import { signedAreaOfVertices, signedRingAreaSquareMetres } from '../geometry/area-square-metres.ts'
import { distanceMetres } from '../geometry/distance-metres.ts'
import { largestInscribedCircle } from '../geometry/inscribed-circle.ts'
import { eastMetres, localMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import { type Arrangement, halvesAround } from './arrangement.ts'
import { outlineOf, polygonsWithin } from './outline.ts'
import { origin, twin } from './trace-faces.ts'

/**
 * A connected stretch of ground on which the division is wrong in one way: no grid (`open`), the same two or more
 * grids (`overlap`), a grid outside the area (`outside`).
 */
export interface Region {
  readonly kind: 'open' | 'overlap' | 'outside'
  /** The grids that cover it; none for `open`. */
  readonly cover: readonly number[]
  /** The faces of the arrangement that it is made of. */
  readonly faces: ReadonlySet<number>
  /** Polygons with closed rings, outer rings counterclockwise. */
  readonly polygons: Position[][][]
  readonly areaSquareMetres: number
  /** Twice the radius of the largest circle inside. */
  readonly widthMetres: number
  /** Half of its outline: the length, for anything long and thin. */
  readonly lengthMetres: number
  /** What lies along it: for each owner (a grid, or the area) the lines of its own boundary there. */
  readonly banks: ReadonlyMap<number, BankLines>
}

export interface BankLines {
  readonly lengthMetres: number
  readonly lines: readonly (readonly [Position, Position])[]
}

/** Every region of an arrangement. @param area the owner that is the area, or -1 */
export function regionsOf(arrangement: Arrangement, area: number): Region[] {
  const groups = groupFaces(arrangement, area)
  return groups.map((group) => measureRegion(arrangement, group))
}

/** Faces that belong together. */
export interface FaceGroup {
  readonly kind: Region['kind']
  readonly cover: readonly number[]
  readonly faces: ReadonlySet<number>
}

/** Joins faces that are wrong in the same way across the lines between them. */
function groupFaces({ lines, faces, cover, inArea }: Arrangement, area: number): FaceGroup[] {
  const keysOf = (face: number): string[] => {
    if (face === 0) return []
    const grids = cover[face]!
    if (grids.length === 0) return area < 0 || inArea[face] ? ['open:'] : []
    const keys = grids.length > 1 ? [`overlap:${grids.join()}`] : []
    if (area >= 0 && !inArea[face]) keys.push(...grids.map((grid) => `outside:${grid}`))
    return keys
  }
  const keys = cover.map((_, face) => keysOf(face))
  const groups: FaceGroup[] = []
  const seen = keys.map(() => new Set<string>())
  for (const [face, own] of keys.entries()) {
    for (const key of own) {
      if (seen[face]!.has(key)) continue
      const members = new Set([face])
      seen[face]!.add(key)
      for (const member of members) {
        for (const half of halvesAround(faces, member)) {
          const across = faces.faceOf[twin(half)]!
          if (!keys[across]!.includes(key)) continue
          members.add(across)
          seen[across]!.add(key)
        }
      }
      const [kind, grids] = key.split(':') as [Region['kind'], string]
      groups.push({ kind, cover: grids === '' ? [] : grids.split(',').map(Number), faces: members })
    }
  }
  return groups.filter((group) => lines.from.length > 0 && group.faces.size > 0)
}

/** The region that some faces make, with its figures and what lies along it. */
export function measureRegion(arrangement: Arrangement, group: FaceGroup): Region {
  const { lines, banks } = arrangement
  const outline = outlineOf(arrangement, group.faces)
  const polygons = polygonsWithin(arrangement, group.faces, outline)
  const along = new Map<number, { lengthMetres: number; lines: [Position, Position][] }>()
  let outlineMetres = 0
  for (const half of outline) {
    const p = origin(lines, half)
    const q = origin(lines, twin(half))
    const metres = distanceMetres(lines.x[p]!, lines.y[p]!, lines.x[q]!, lines.y[q]!)
    outlineMetres += metres
    // What borders open ground lies across the line; what covers the region runs along it.
    for (const bank of banks[group.kind === 'open' ? twin(half) : half]!) {
      const entry = along.get(bank.owner) ?? { lengthMetres: 0, lines: [] }
      entry.lengthMetres += metres
      entry.lines.push([
        [lines.x[p]!, lines.y[p]!],
        [lines.x[q]!, lines.y[q]!],
      ])
      along.set(bank.owner, entry)
    }
  }
  return {
    kind: group.kind,
    cover: group.cover,
    faces: group.faces,
    polygons,
    areaSquareMetres: polygons.flat().reduce((sum, ring) => sum + signedRingAreaSquareMetres(ring), 0),
    widthMetres: widthOf(polygons),
    lengthMetres: outlineMetres / 2,
    banks: along,
  }
}

/** Area of a face in square metres. */
export function faceAreaSquareMetres(
  { lines, faces }: Pick<Arrangement, 'lines' | 'faces'>,
  face: number,
): number {
  let sum = 0
  for (const start of faces.walks[face]!) {
    const x: number[] = []
    const y: number[] = []
    let half = start
    do {
      x.push(lines.x[origin(lines, half)]!)
      y.push(lines.y[origin(lines, half)]!)
      half = faces.next[half]!
    } while (half !== start)
    sum += signedAreaOfVertices(x, y, 0, x.length)
  }
  return sum
}

/** Twice the radius of the largest circle inside any of the polygons. */
export function widthOf(polygons: readonly Position[][][]): number {
  let width = 0
  for (const polygon of polygons) {
    const [west, south, east, north] = bbox({ type: 'Polygon', coordinates: polygon })
    const frame = localMetricFrame((west + east) / 2, (south + north) / 2)
    const flat = polygon.map((r) =>
      r.map((p): [number, number] => [eastMetres(frame, p[0]!), northMetres(frame, p[1]!)]),
    )
    width = Math.max(width, 2 * largestInscribedCircle(flat).radius)
  }
  return width
}
