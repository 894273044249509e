/** The errors planted into the published grids. Rings are edited vertex by vertex, so everything not planted stays matched. */
import type { Building } from './buildings.ts'
import {
  blob,
  crossing,
  distance,
  distanceToRing,
  isInside,
  type Line,
  lengthOf,
  linesCross,
  moved,
  type Point,
  pairs,
  parallel,
  signedArea,
} from './plane.ts'
import type { Household } from './population.ts'
import { type Random, randomStream } from './random.ts'

/** A grid as published: outer ring first, then holes; points not repeated. */
export interface Outline {
  readonly code: string
  readonly village: string
  readonly mayBePlanted: boolean
  rings: (readonly Point[])[]
}
export interface Plant {
  readonly code: 'gap' | 'overlap' | 'hole' | 'inlet' | 'unmatched_edge'
  readonly grids: readonly string[]
  /** The planted region; for an unmatched edge the two ends of the edge and the vertex between them. */
  readonly ring: readonly Point[]
  readonly households: readonly string[]
}
interface Ground {
  readonly outlines: Outline[]
  readonly households: readonly Household[]
  readonly buildings: readonly Building[]
  /** Outlines of the natural villages, which no planted error cuts. */
  readonly hamlets: readonly Line[]
  readonly random: Random
  readonly used: Set<string>
}

const insideOf = (ring: readonly Point[], households: readonly Household[]): string[] =>
  households.filter(({ at }) => isInside(at, ring)).map(({ id }) => id)

const cutsSomething = (ring: readonly Point[], { buildings, hamlets }: Ground): boolean =>
  hamlets.some(
    (hamlet) =>
      ring.some((p) => isInside(p, hamlet)) || linesCross([...ring, ring[0]!], [...hamlet, hamlet[0]!]),
  ) ||
  buildings.some(
    ({ centre, corners }) =>
      distanceToRing(centre, ring) < 60 &&
      (corners.some((p) => distanceToRing(p, ring) < 0.5) ||
        pairs([...corners, corners[0]!]).some(([a, b]) =>
          pairs([...ring, ring[0]!]).some(([c, d]) => crossing(a, b, c, d)),
        )),
  )

/** Stretches of a grid's outer ring along which another owner (or none) lies: vertex positions in the ring, in its order. */
function commonStretches(
  grid: Outline,
  owners: ReadonlyMap<string, string>,
  wanted: (owner: string | undefined) => boolean,
  edges: number,
): { at: number; line: Point[]; owner: string | undefined }[] {
  const ring = grid.rings[0]!
  const found: { at: number; line: Point[]; owner: string | undefined }[] = []
  for (let at = 0; at < ring.length; at++) {
    const line = Array.from({ length: edges + 1 }, (_, k) => ring[(at + k) % ring.length]!)
    // The twin of edge a→b in the neighbour's ring runs b→a.
    const across = pairs(line).map(([a, b]) => owners.get(`${b.join()};${a.join()}`))
    if (across.every((owner) => owner === across[0]) && wanted(across[0]))
      found.push({ at, line, owner: across[0] })
  }
  return found
}

function edgeOwners(outlines: readonly Outline[]): Map<string, string> {
  const owners = new Map<string, string>()
  for (const { code, rings } of outlines)
    for (const ring of rings)
      for (const [a, b] of pairs([...ring, ring[0]!])) owners.set(`${a.join()};${b.join()}`, code)
  return owners
}

function replaceStretch(grid: Outline, at: number, line: readonly Point[], inner: readonly Point[]): void {
  const ring = grid.rings[0]!
  const turned = [...ring.slice(at), ...ring.slice(0, at)]
  grid.rings[0] = [turned[0]!, ...inner, ...turned.slice(line.length - 1)]
}

/** Moves a stretch of border `depth` metres to the left (into the grid: a gap or an inlet) or right (into the neighbour: an overlap). */
function plantAlong(
  ground: Ground,
  code: 'gap' | 'overlap' | 'inlet',
  wish: { isTown: boolean; households: readonly [number, number] },
): Plant {
  const { outlines, households, random, used } = ground
  const owners = edgeOwners(outlines)
  const byCode = new Map(outlines.map((outline) => [outline.code, outline]))
  for (let attempt = 0; attempt < 6000; attempt++) {
    const grid = random.pick(outlines)
    if (!grid.mayBePlanted || used.has(grid.code) || /00[12]$/.test(grid.village) !== wish.isTown) continue
    const isWanted = (owner: string | undefined): boolean => {
      if (code === 'inlet' || owner === undefined) return code === 'inlet' && owner === undefined
      const other = byCode.get(owner)!
      return other.mayBePlanted && !used.has(owner) && other.village === grid.village
    }
    const stretches = commonStretches(grid, owners, isWanted, random.whole(3, 5))
    if (stretches.length === 0) continue
    const { at, line, owner } = random.pick(stretches)
    if (lengthOf(line) < 70 || lengthOf(line) > 260) continue
    const depth = random.between(14, 34) * (code === 'overlap' ? -1 : 1)
    const inner = parallel(line, depth).slice(1, -1)
    const ring = code === 'overlap' ? [...[...line].reverse(), ...inner] : [...line, ...[...inner].reverse()]
    const host = code === 'overlap' ? byCode.get(owner!)! : grid
    const touched = insideOf(ring, households)
    const isClear =
      inner.every((p) => isInside(p, host.rings[0]!) && distanceToRing(p, host.rings[0]!) > 9) &&
      signedArea(ring) > 0 &&
      touched.length >= wish.households[0] &&
      touched.length <= wish.households[1] &&
      !selfCrosses(ring) &&
      !cutsSomething(ring, ground)
    if (!isClear) continue
    replaceStretch(grid, at, line, inner)
    const grids = owner === undefined ? [grid.code] : [grid.code, owner].sort()
    for (const name of grids) used.add(name)
    return { code, grids, ring, households: touched }
  }
  throw new Error(`no ground for a planted ${code}`)
}

function selfCrosses(ring: readonly Point[]): boolean {
  const sides = pairs([...ring, ring[0]!])
  return sides.some(([a, b], i) =>
    sides.some(([c, d], j) => j > i + 1 && !(i === 0 && j === sides.length - 1) && crossing(a, b, c, d)),
  )
}

function plantHole(ground: Ground, wish: readonly [number, number]): Plant {
  const { outlines, households, random, used } = ground
  for (let attempt = 0; attempt < 4000; attempt++) {
    const home = random.pick(households)
    const grid = outlines.find(({ code }) => code === home.grid)!
    if (!grid.mayBePlanted || used.has(grid.code) || /00[12]$/.test(grid.village)) continue
    const ring = blob(
      moved(home.at, random.between(0, 6), random.between(0, 20)),
      random.between(16, 28),
      1.2,
      random.between(0, 3),
      9,
      0.05,
      random,
    )
    const touched = insideOf(ring, households)
    if (touched.length < wish[0] || touched.length > wish[1] || cutsSomething(ring, ground)) continue
    if (!ring.every((p) => isInside(p, grid.rings[0]!) && distanceToRing(p, grid.rings[0]!) > 40)) continue
    grid.rings.push([...ring].reverse())
    used.add(grid.code)
    return { code: 'hole', grids: [grid.code], ring, households: touched }
  }
  throw new Error('no ground for a planted hole')
}

/** Gives one grid a vertex in the middle of a long common edge that its neighbour lacks. */
function plantUnmatchedEdge({ outlines, random, used }: Ground): Plant {
  const owners = edgeOwners(outlines)
  const byCode = new Map(outlines.map((outline) => [outline.code, outline]))
  const isFree = (code: string | undefined, village: string): boolean =>
    code !== undefined &&
    !used.has(code) &&
    byCode.get(code)!.mayBePlanted &&
    byCode.get(code)!.village === village
  const found = outlines
    .filter(({ code, village }) => isFree(code, village))
    .flatMap((grid) =>
      commonStretches(grid, owners, (code) => isFree(code, grid.village), 1)
        .filter(({ line }) => distance(line[0]!, line[1]!) > 34)
        .map((stretch) => ({ grid, ...stretch })),
    )
  const { grid, at, line, owner } = random.pick(found)
  const [a, b] = [line[0]!, line[1]!]
  const middle: Point = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
  replaceStretch(grid, at, line, [middle])
  const grids = [grid.code, owner!].sort()
  for (const name of grids) used.add(name)
  return { code: 'unmatched_edge', grids, ring: [a, middle, b], households: [] }
}

/** Edits the outlines in place. */
export function plantErrors(
  seed: string,
  outlines: Outline[],
  households: readonly Household[],
  buildings: readonly Building[],
  hamlets: readonly Line[],
): Plant[] {
  const ground: Ground = {
    outlines,
    households,
    buildings,
    hamlets,
    random: randomStream(seed, 'plants'),
    used: new Set(),
  }
  return [
    plantAlong(ground, 'gap', { isTown: true, households: [4, 14] }),
    plantAlong(ground, 'overlap', { isTown: true, households: [4, 14] }),
    plantAlong(ground, 'gap', { isTown: false, households: [1, 6] }),
    plantAlong(ground, 'overlap', { isTown: false, households: [0, 4] }),
    plantAlong(ground, 'gap', { isTown: false, households: [0, 0] }),
    plantAlong(ground, 'inlet', { isTown: false, households: [0, 0] }),
    plantHole(ground, [1, 4]),
    plantUnmatchedEdge(ground),
  ]
}
