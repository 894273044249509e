/** Where the label of an area may stand: inside, as near its middle as there is room; else beside it, with a leader line. */
import polylabel from 'polylabel'
import { boxOfLine, cornersOf } from './boxes.ts'
import { blockExtent, type LabelSpot, type Point, plainSpot } from './label-block.ts'

type Rings = readonly (readonly Point[])[]

/** Points of the search a side. */
const LATTICE = 24
/** The middle is found to this, millimetres: nobody sees less, and rivers are long. */
const PRECISION_MM = 0.5
const DIRECTIONS = 24
/** Points that leader lines may start from, at most. */
const ANCHORS = 12

export interface AreaSpotsOptions {
  /** Tried in turn inside the area; the last also beside it. */
  readonly sizes: readonly number[]
  /** How far a leader line may reach, millimetres; 0: no leader lines. */
  readonly leaderMm: number
}

/**
 * Spots for a label of an area, best first: whole inside, nearest to the middle first, size by size; then beside it.
 * @param polygons the area on the sheet, each with its outer ring first; the label goes to the largest
 */
export function* areaSpots(
  polygons: readonly Rings[],
  lines: readonly string[],
  { sizes, leaderMm }: AreaSpotsOptions,
): Generator<LabelSpot> {
  const main = polygons.toSorted((p, q) => spread(q) - spread(p))[0]
  if ((main?.[0]?.length ?? 0) < 4 || !main) return
  const [x, y] = polylabel(main as unknown as number[][][], PRECISION_MM)
  const lattice = latticeIn(main, { x: x!, y: y! })
  for (const size of sizes)
    for (const point of lattice) {
      const spot = plainSpot(lines, size, ...point)
      if (isInside(spot, main)) yield spot
    }
  const size = sizes.at(-1)
  if (size === undefined || leaderMm === 0) return
  // A symbol may stand on the middle: then the line starts elsewhere in the area.
  const step = Math.max(1, Math.ceil(lattice.length / ANCHORS))
  for (let i = 0; i < lattice.length; i += step) yield* leaderSpots(lattice[i]!, lines, size, leaderMm)
}

/** Spots in widening circles around a point, tied to it by a leader line. */
function* leaderSpots(
  [x, y]: Point,
  lines: readonly string[],
  size: number,
  farthestMm: number,
): Generator<LabelSpot> {
  const { width, height } = blockExtent(lines, size)
  for (let distance = size; distance <= farthestMm; distance += size / 2)
    for (let i = 0; i < DIRECTIONS; i++) {
      const [dx, dy] = [Math.cos((2 * Math.PI * i) / DIRECTIONS), Math.sin((2 * Math.PI * i) / DIRECTIONS)]
      // From the edge of the text, in the direction of the point.
      const half = Math.min(
        dx === 0 ? Infinity : width / 2 / Math.abs(dx),
        dy === 0 ? Infinity : height / 2 / Math.abs(dy),
      )
      const [centreX, centreY] = [x + dx * (distance + half), y + dy * (distance + half)]
      const spot = plainSpot(lines, size, centreX, centreY)
      const leader = [
        [x, y],
        [x + dx * distance, y + dy * distance],
      ] as const
      yield { ...spot, leader, boxes: [...spot.boxes, boxOfLine(...leader, size * 0.2)] }
    }
}

/** The middle first, then the points of a lattice inside, nearest to it first. */
function latticeIn(rings: Rings, middle: { x: number; y: number }): Point[] {
  const xs = rings[0]!.map(([x]) => x)
  const ys = rings[0]!.map(([, y]) => y)
  const [west, east, top, foot] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const points: Point[] = []
  for (let i = 1; i < LATTICE; i++)
    for (let j = 1; j < LATTICE; j++)
      points.push([west + ((east - west) * i) / LATTICE, top + ((foot - top) * j) / LATTICE])
  const distance = ([x, y]: Point): number => Math.hypot(x - middle.x, y - middle.y)
  return [
    [middle.x, middle.y],
    ...points.filter(([x, y]) => contains(rings, x, y)).toSorted((p, q) => distance(p) - distance(q)),
  ]
}

/** Corners and the middles between them. A ring may still dip in between: it is a matter of looks only. */
function isInside(spot: LabelSpot, rings: Rings): boolean {
  const corners = cornersOf(spot.boxes[0]!)
  return corners.every(([x, y], i) => {
    const [nextX, nextY] = corners[(i + 1) % 4]!
    return contains(rings, x, y) && contains(rings, (x + nextX) / 2, (y + nextY) / 2)
  })
}

/** Even–odd over all rings. */
export function contains(rings: Rings, x: number, y: number): boolean {
  let isIn = false
  for (const ring of rings)
    for (let i = 1; i < ring.length; i++) {
      const [[ax, ay], [bx, by]] = [ring[i - 1]!, ring[i]!]
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) isIn = !isIn
    }
  return isIn
}

/** Twice the planar area of the outer ring. */
function spread([outer = []]: Rings): number {
  let sum = 0
  for (let i = 1; i < outer.length; i++)
    sum += outer[i - 1]![0] * outer[i]![1] - outer[i]![0] * outer[i - 1]![1]
  return Math.abs(sum)
}
