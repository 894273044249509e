/** Buildings: rectangles along their street, never across a block's border, a road or one another. */
import type { Block, Partition } from './blocks.ts'
import { Buckets } from './buckets.ts'
import type { Layout } from './layout.ts'
import {
  bearing,
  crossing,
  distance,
  distanceToRing,
  isInside,
  type Line,
  lengthOf,
  moved,
  nearestOnSegment,
  type Point,
  pairs,
  pointAlong,
  stretchesWhere,
} from './plane.ts'
import { type Random, randomStream } from './random.ts'
import type { Hamlet, Road } from './roads.ts'

export type BuildingUse = 'house' | 'shop' | 'flats' | 'school' | 'market' | 'works' | 'clinic' | 'office'
export interface Building {
  readonly id: string
  readonly use: BuildingUse
  readonly block: number
  /** The natural village it belongs to (index into the hamlets). */
  readonly hamlet: number | undefined
  readonly centre: Point
  readonly angle: number
  readonly width: number
  readonly depth: number
  readonly floors: number
  /** About how many households it has room for. */
  readonly room: number
  readonly corners: readonly Point[]
}
type Plan = Omit<Building, 'id' | 'corners'>

const cornersOf = ({ centre, angle, width, depth }: Plan): Point[] =>
  (
    [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ] as const
  ).map(([x, y]) => moved(centre, angle, (x * width) / 2, (y * depth) / 2))

/** Smallest distance between two closed or open chains of segments; 0 when they cross. */
function gapBetween(one: readonly [Point, Point][], other: readonly [Point, Point][]): number {
  let best = Number.POSITIVE_INFINITY
  for (const [a, b] of one)
    for (const [c, d] of other) {
      if (crossing(a, b, c, d)) return 0
      best = Math.min(
        best,
        distance(a, nearestOnSegment(a, c, d)),
        distance(b, nearestOnSegment(b, c, d)),
        distance(c, nearestOnSegment(c, a, b)),
        distance(d, nearestOnSegment(d, a, b)),
      )
    }
  return best
}
const sides = (corners: readonly Point[]): [Point, Point][] => pairs([...corners, corners[0]!])

/** The ground as it fills up: knows roads, water and what is built. */
class Ground {
  readonly built: Building[] = []
  private readonly byPlace = new Buckets<Building>(8)
  private readonly bars = new Buckets<{ readonly segment: [Point, Point]; readonly clear: number }>(50)

  bar(line: readonly Point[], clear: number): void {
    for (const segment of pairs(line)) this.bars.add(...segment, { segment, clear })
  }
  /** Builds when there is room: `apart` metres from other buildings, clear of roads and of the block's border. */
  build(plan: Plan, ring: readonly Point[], apart: number, fromBorder: number): boolean {
    const corners = cornersOf(plan)
    if (!corners.every((p) => isInside(p, ring))) return false
    const walls = sides(corners)
    const [low, high] = [0, 1].map((end) =>
      [0, 1].map((axis) => Math[end === 0 ? 'min' : 'max'](...corners.map((p) => p[axis as 0 | 1]))),
    ) as unknown as [Point, Point]
    for (const { segment, clear } of this.bars.near(low, high))
      if (gapBetween(walls, [segment]) < clear) return false
    for (const other of this.byPlace.near(low, high)) {
      if (gapBetween(walls, sides(other.corners)) < apart) return false
      if (isInside(plan.centre, other.corners) || isInside(other.centre, corners)) return false
    }
    if (corners.some((p) => distanceToRing(p, ring) < fromBorder)) return false
    const building = { ...plan, id: `B${String(this.built.length + 1).padStart(5, '0')}`, corners }
    this.built.push(building)
    this.byPlace.add(low, high, building)
    return true
  }
}

/** Houses on both sides of a lane, facing it. */
function lineLane(
  ground: Ground,
  lane: readonly Point[],
  block: Block,
  hamlet: number | undefined,
  density: number,
  random: Random,
): void {
  const total = lengthOf(lane)
  for (const side of [1, -1] as const)
    for (let along = random.between(4, 12); along < total - 3; along += random.between(2, 10)) {
      const [width, depth] = [random.between(8.5, 15), random.between(8, 12.5)]
      if (!random.chance(density)) {
        along += width
        continue
      }
      const at = pointAlong(lane, along + width / 2)
      const angle = bearing(pointAlong(lane, along), pointAlong(lane, Math.min(total, along + width)))
      const centre = moved(at, angle, 0, side * (4.6 + random.between(0, 5) + depth / 2))
      const plan: Plan = {
        use: 'house',
        block: block.id,
        hamlet,
        centre,
        angle: angle + random.normal(0.09),
        width,
        depth,
        floors: random.whole(1, 4),
        room: width > 12.5 ? 3 : 2,
      }
      if (ground.build(plan, block.ring, 1.2, 9)) along += width
    }
}

/** Shop-houses along the streets around a block; slabs of flats or houses inside it. */
function fillTownBlock(ground: Ground, block: Block, random: Random): void {
  const isEstate = block.areaSquareMetres > 15_000 && random.chance(0.34)
  for (const [a, b] of sides(block.ring)) {
    const [length, angle] = [distance(a, b), bearing(a, b)]
    for (let along = random.between(1, 4); along < length - 6; ) {
      const [width, depth] = [random.between(11, 24), random.between(10, 14)]
      if (!random.chance(isEstate ? 0.45 : 0.86)) {
        along += width
        continue
      }
      const centre = moved(a, angle, along + width / 2, 8.2 + depth / 2)
      ground.build(
        {
          use: 'shop',
          block: block.id,
          hamlet: undefined,
          centre,
          angle,
          width,
          depth,
          floors: random.whole(2, 5),
          room: Math.round(width / 4) + 1,
        },
        block.ring,
        0.6,
        7,
      )
      along += width + random.between(0.7, 2.5)
    }
  }
  const [xs, ys] = [0, 1].map((axis) => block.ring.map((p) => p[axis as 0 | 1])) as [number[], number[]]
  const tilt = random.normal(0.05)
  const [stepX, stepY] = isEstate ? [8, 27] : [13, 19]
  for (let y = Math.min(...ys) + 20; y < Math.max(...ys) - 18; y += stepY)
    for (let x = Math.min(...xs) + 14; x < Math.max(...xs) - 14; x += stepX) {
      const width = isEstate ? random.pick([34, 42, 50]) : random.between(9, 13)
      const depth = isEstate ? 12.5 : random.between(9, 12)
      const floors = isEstate ? random.pick([5, 6, 6, 11]) : random.whole(2, 4)
      if (!isEstate && !random.chance(0.4)) continue
      const centre = moved([x, y], tilt, 0, 0)
      ground.build(
        {
          use: isEstate ? 'flats' : 'house',
          block: block.id,
          hamlet: undefined,
          centre,
          angle: tilt,
          width,
          depth,
          floors,
          room: isEstate ? Math.round((width / 10) * floors) : 2,
        },
        block.ring,
        isEstate ? 9 : 2.2,
        16,
      )
    }
}

const plotBuildings: Readonly<
  Record<string, { use: BuildingUse; width: number; depth: number; floors: number; step: number }>
> = {
  middleSchool: { use: 'school', width: 58, depth: 15, floors: 4, step: 42 },
  primarySchool: { use: 'school', width: 48, depth: 14, floors: 3, step: 40 },
  villageSchool: { use: 'school', width: 42, depth: 12, floors: 3, step: 46 },
  market: { use: 'market', width: 56, depth: 26, floors: 2, step: 42 },
  garmentWorks: { use: 'works', width: 74, depth: 30, floors: 2, step: 46 },
  bambooWorks: { use: 'works', width: 62, depth: 26, floors: 1, step: 46 },
}

function fillPlot(ground: Ground, block: Block, random: Random): void {
  const plot = plotBuildings[block.plot ?? '']
  if (!plot) return
  const side = sides(block.ring).reduce((a, b) => (distance(...b) > distance(...a) ? b : a))
  const angle = bearing(...side)
  const reach = 260
  for (let left = -reach; left < reach; left += plot.step)
    for (let along = -reach; along < reach; along += plot.width + 14) {
      const centre = moved(block.centre, angle, along + random.normal(3), left)
      ground.build(
        {
          use: plot.use,
          block: block.id,
          hamlet: undefined,
          centre,
          angle,
          width: plot.width,
          depth: plot.depth,
          floors: plot.floors,
          room: 0,
        },
        block.ring,
        10,
        12,
      )
    }
}

/** Stretches of road with houses here and there; more of them near the town. */
function looseRows(layout: Layout, roads: readonly Road[]): { line: Line; density: number }[] {
  const isNearTown = (p: Point): boolean => distanceToRing(p, layout.townOutline) < 520
  return roads
    .filter(
      (road) => road.class === 'unclassified' || road.class === 'secondary' || road.class === 'tertiary',
    )
    .flatMap(({ line }) => [
      ...stretchesWhere(line, isNearTown).map((stretch) => ({ line: stretch, density: 0.5 })),
      ...stretchesWhere(line, (p) => !isNearTown(p)).map((stretch) => ({ line: stretch, density: 0.08 })),
    ])
}

export function build(
  seed: string,
  layout: Layout,
  { blocks }: Partition,
  roads: readonly Road[],
  hamlets: readonly Hamlet[],
): Building[] {
  const random = randomStream(seed, 'buildings')
  const ground = new Ground()
  ground.bar(layout.river, 46)
  const clear: Record<Road['class'], number> = {
    secondary: 9,
    tertiary: 7,
    unclassified: 4.2,
    residential: 3.4,
    track: 3,
    path: 2.5,
  }
  for (const road of roads) ground.bar(road.line, clear[road.class])
  for (const [index, hamlet] of hamlets.entries())
    for (const lane of hamlet.lanes)
      lineLane(ground, lane, blocks[hamlet.block]!, index, random.between(0.72, 0.95), random)
  for (const block of blocks)
    if (block.plot === 'clinic' || block.plot === 'government') {
      const use = block.plot === 'clinic' ? 'clinic' : 'office'
      ground.build(
        {
          use,
          block: block.id,
          hamlet: undefined,
          centre: block.centre,
          angle: 0.05,
          width: 46,
          depth: 17,
          floors: 5,
          room: 0,
        },
        block.ring,
        4,
        10,
      )
      fillTownBlock(ground, block, random)
    } else if (block.plot) fillPlot(ground, block, random)
    else if (block.isTown) fillTownBlock(ground, block, random)
  for (const block of blocks.filter(({ isTown, plot }) => !isTown && !plot))
    for (const { line, density } of looseRows(layout, roads))
      if (line.some((p) => isInside(p, block.ring) || distanceToRing(p, block.ring) < 20))
        lineLane(ground, line, block, undefined, density, random)
  return ground.built
}
