/** The ground of the map: river, ponds, woods, fields, the town park; and the outlines of the natural villages. */
import type { Partition } from './blocks.ts'
import { Buckets } from './buckets.ts'
import type { Building } from './buildings.ts'
import { type Layout, riverHalfWidthMetres } from './layout.ts'
import {
  bearing,
  blob,
  convexHull,
  distance,
  distanceToLine,
  distanceToRing,
  isInside,
  moved,
  type Point,
  pairs,
  parallel,
  stretchesWhere,
} from './plane.ts'
import { randomStream } from './random.ts'
import type { Hamlet, Road } from './roads.ts'

export interface Land {
  readonly kind: 'water' | 'green'
  readonly use: 'river' | 'pond' | 'wood' | 'farmland' | 'park'
  readonly name?: string
  readonly ring: readonly Point[]
}

export function coverLand(
  seed: string,
  layout: Layout,
  { blocks }: Partition,
  roads: readonly Road[],
  buildings: readonly Building[],
  hamlets: readonly Hamlet[],
): Land[] {
  const random = randomStream(seed, 'land')
  const land: Land[] = []
  for (const stretch of stretchesWhere(
    layout.river,
    (p) => isInside(p, layout.outline) || distanceToRing(p, layout.outline) < 250,
  ))
    land.push({
      kind: 'water',
      use: 'river',
      name: '漱溪',
      ring: [
        ...parallel(stretch, -riverHalfWidthMetres),
        ...parallel(stretch, riverHalfWidthMetres).reverse(),
      ],
    })

  const taken = new Buckets<{ readonly ring: readonly Point[] }>(14)
  for (const { corners } of buildings)
    for (const [a, b] of pairs([...corners, corners[0]!])) taken.add(a, b, { ring: [a, b] })
  for (const { line } of roads) for (const [a, b] of pairs(line)) taken.add(a, b, { ring: [a, b] })
  const isFree = (ring: readonly Point[], apart: number): boolean => {
    const low: Point = [Math.min(...ring.map((p) => p[0])), Math.min(...ring.map((p) => p[1]))]
    const high: Point = [Math.max(...ring.map((p) => p[0])), Math.max(...ring.map((p) => p[1]))]
    for (const { ring: other } of taken.near(low, high))
      if (
        ring.some((p) => distanceToLine(p, other) < apart) ||
        other.some((p) => isInside(p, ring) || distanceToRing(p, ring) < apart)
      )
        return false
    return ring.every((p) => distanceToLine(p, layout.river) > riverHalfWidthMetres + 10)
  }
  const lay = (piece: Land, apart: number): void => {
    if (!isFree(piece.ring, apart)) return
    land.push(piece)
    for (const [a, b] of pairs([...piece.ring, piece.ring[0]!])) taken.add(a, b, { ring: [a, b] })
  }

  for (const block of blocks) {
    if (block.plot === 'park') land.push({ kind: 'green', use: 'park', name: '漱石公园', ring: block.ring })
    const touchesRiver = [...block.neighbours.values()].some(({ kinds }) => kinds.has('river'))
    if (block.isWooded && !touchesRiver && !block.plot)
      land.push({ kind: 'green', use: 'wood', ring: block.ring })
  }
  for (const { centre } of hamlets) {
    for (let n = 0; n < 8; n++) {
      const at = moved(centre, random.between(0, 6.28), random.between(60, 190))
      lay(
        {
          kind: 'water',
          use: 'pond',
          ring: blob(at, random.between(13, 26), 1.2, random.between(0, 3), 14, 0.1, random),
        },
        4,
      )
    }
    for (let n = 0; n < 3; n++) {
      const at = moved(centre, random.between(0, 6.28), random.between(160, 320))
      lay(
        {
          kind: 'green',
          use: 'wood',
          ring: blob(at, random.between(22, 55), 1.3, random.between(0, 3), 22, 0.14, random),
        },
        6,
      )
    }
  }
  for (const block of blocks.filter(({ isTown, isWooded, plot }) => !isTown && !isWooded && !plot)) {
    const angle = bearing(block.ring[0]!, block.ring[Math.floor(block.ring.length / 2)]!)
    const [wide, deep] = [random.between(110, 165), random.between(58, 84)]
    for (let i = -5; i <= 5; i++)
      for (let j = -8; j <= 8; j++) {
        if (!random.chance(0.82)) continue
        const corner = moved(block.centre, angle, i * wide, j * deep)
        const ring = (
          [
            [2, 2],
            [wide - 3, 2],
            [wide - 3, deep - 3],
            [2, deep - 3],
          ] as const
        ).map(([x, y]) => moved(corner, angle, x + random.normal(3), y + random.normal(2.5)))
        if (ring.every((p) => isInside(p, block.ring) && distanceToRing(p, block.ring) > 10))
          lay({ kind: 'green', use: 'farmland', ring }, 5)
      }
  }
  return land
}

/** A natural village's outline: the hull of its houses, 12 m wider. Lies within its block. */
export function hamletOutline(
  index: number,
  hamlet: Hamlet,
  { blocks }: Partition,
  buildings: readonly Building[],
): Point[] {
  const corners = buildings.filter((b) => b.hamlet === index).flatMap((b) => b.corners)
  const around = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => (n * Math.PI) / 4)
  const hull = convexHull(corners.flatMap((p) => around.map((turn) => moved(p, turn, 12))))
  const ring = blocks[hamlet.block]!.ring
  // A house may stand nearer than 12 m to the border: there the outline steps back with it.
  return hull.map((p) => {
    if (isInside(p, ring) && distanceToRing(p, ring) > 1) return p
    const nearest = corners.reduce((a, b) => (distance(b, p) < distance(a, p) ? b : a))
    return moved(nearest, bearing(nearest, p), 3)
  })
}
