/** Groups blocks into villages and villages into grids: contiguous, even, along roads and water; and the codes they bear. */
import type { Block, Partition } from './blocks.ts'
import type { Building } from './buildings.ts'
import { distance, isInside, type Point } from './plane.ts'
import { type Random, randomStream } from './random.ts'

export const countyCode = '990427'
export const townshipCode = '990427103'
export const countyName = '枕溪县'
export const townshipName = '漱石镇'

export interface Village {
  readonly code: string
  readonly name: string
  readonly blocks: ReadonlySet<number>
}
export interface GridPlan {
  /** Village code, then 1 (ordinary) or 2 (dedicated), then the sequence: its last six digits are the short code of the plans. */
  readonly code: string
  readonly name: string
  readonly kind: 'ordinary' | 'dedicated'
  readonly village: string
  readonly plot: string | undefined
  readonly blocks: ReadonlySet<number>
}

const dedicatedNames: Readonly<Record<string, string>> = {
  middleSchool: '漱石中学',
  primarySchool: '漱石中心小学',
  market: '漱石农贸市场',
  garmentWorks: '鹭汀服装有限公司',
  bambooWorks: '青筠竹业有限公司',
}
/** What stands on a dedicated plot; the village school bears its village's name. */
export const nameOfPlot = (plot: string, villageName: string): string =>
  plot === 'villageSchool' ? villageName.replace('村', '小学') : (dedicatedNames[plot] ?? plot)
const villageNames = ['竹坞村', '上畈村', '枫岭村', '柳湾村', '茶坪村', '石埠村']

interface Part {
  readonly blocks: Set<number>
  weight: number
}

/** Blocks reachable from one another without crossing a river. */
function landmasses(blocks: readonly Block[]): Block[][] {
  const byId = new Map(blocks.map((block) => [block.id, block]))
  const found: Block[][] = []
  const seen = new Set<number>()
  for (const start of blocks) {
    if (seen.has(start.id)) continue
    const mass = [start]
    seen.add(start.id)
    for (const block of mass)
      for (const [id, { kinds }] of block.neighbours) {
        const next = byId.get(id)
        if (!next || seen.has(id) || kinds.has('river')) continue
        seen.add(id)
        mass.push(next)
      }
    found.push(mass)
  }
  return found
}

const isConnected = (ids: ReadonlySet<number>, byId: ReadonlyMap<number, Block>): boolean => {
  const [first] = ids
  if (first === undefined) return false
  const seen = new Set([first])
  for (const id of seen)
    for (const [next, { kinds }] of byId.get(id)!.neighbours)
      if (ids.has(next) && !kinds.has('river')) seen.add(next)
  return seen.size === ids.size
}

/** `count` connected parts of about equal weight and short common borders: grown from seeds, evened by moves, best of many tries. */
function divide(
  blocks: readonly Block[],
  count: number,
  weightOf: (block: Block) => number,
  partition: Partition,
  random: Random,
): Set<number>[] {
  if (count === 1) return [new Set(blocks.map(({ id }) => id))]
  const byId = new Map(blocks.map((block) => [block.id, block]))
  const target = blocks.reduce((sum, block) => sum + weightOf(block), 0) / count
  const scoreOf = (parts: readonly Part[]): number => {
    let score = 0
    for (const { blocks: ids, weight } of parts) {
      score += (weight / target - 1) ** 2 * 6
      let border = 0
      let area = 0
      for (const id of ids) {
        const block = byId.get(id)!
        area += block.areaSquareMetres
        for (const [next, { lengthMetres, kinds }] of block.neighbours)
          if (!ids.has(next))
            border += lengthMetres * (kinds.has('secondary') || kinds.has('river') ? 0.4 : 1)
      }
      score += border / Math.sqrt(area) / 12
    }
    return score
  }
  let best: { score: number; parts: Part[] } | undefined
  for (let attempt = 0; attempt < 50; attempt++) {
    const seeds: Block[] = [random.pick(blocks)]
    while (seeds.length < count)
      seeds.push(
        random.weighted(blocks, (b) =>
          weightOf(b) > 0 ? Math.min(...seeds.map((s) => distance(s.centre, b.centre))) ** 3 : 0,
        ),
      )
    const parts: Part[] = seeds.map((seed) => ({ blocks: new Set([seed.id]), weight: weightOf(seed) }))
    const free = new Set(blocks.map(({ id }) => id).filter((id) => !seeds.some((seed) => seed.id === id)))
    while (free.size > 0) {
      const grown = [...parts]
        .sort((a, b) => a.weight - b.weight)
        .some((part) => {
          const seed = seeds[parts.indexOf(part)]!
          const edge = [...free].filter((id) =>
            [...byId.get(id)!.neighbours].some(
              ([next, { kinds }]) => part.blocks.has(next) && !kinds.has('river'),
            ),
          )
          const id = edge.sort(
            (a, b) => distance(byId.get(a)!.centre, seed.centre) - distance(byId.get(b)!.centre, seed.centre),
          )[0]
          if (id === undefined) return false
          part.blocks.add(id)
          part.weight += weightOf(byId.get(id)!)
          free.delete(id)
          return true
        })
      if (!grown) break
    }
    if (free.size > 0) continue
    let score = scoreOf(parts)
    for (let step = 0; step < 300; step++) {
      const from = random.pick(parts)
      const id = random.pick([...from.blocks])
      const block = byId.get(id)!
      const targets = parts.filter(
        (part) =>
          part !== from &&
          [...block.neighbours].some(([next, { kinds }]) => part.blocks.has(next) && !kinds.has('river')),
      )
      if (targets.length === 0 || from.blocks.size === 1) continue
      const to = random.pick(targets)
      const move = (a: Part, b: Part): void => {
        a.blocks.delete(id)
        b.blocks.add(id)
        a.weight -= weightOf(block)
        b.weight += weightOf(block)
      }
      move(from, to)
      const after = isConnected(from.blocks, byId) ? scoreOf(parts) : Number.POSITIVE_INFINITY
      if (after < score) score = after
      else move(to, from)
    }
    if (best && score >= best.score) continue
    const isSimple = parts.every((part) =>
      partition.outlineOf(part.blocks).every((ring) => new Set(ring).size === ring.length),
    )
    if (isSimple) best = { score, parts }
  }
  if (!best) throw new Error('no division found')
  return best.parts.map((part) => part.blocks)
}

/** West to east, north to south, as codes are given. */
const inReadingOrder = (a: Point, b: Point): number => Math.round((b[1] - a[1]) / 700) || a[0] - b[0]

const centreOf = (ids: Iterable<number>, blocks: readonly Block[]): Point => {
  const list = [...ids].map((id) => blocks[id]!)
  const area = list.reduce((sum, b) => sum + b.areaSquareMetres, 0)
  return [0, 1].map(
    (axis) => list.reduce((sum, b) => sum + b.centre[axis as 0 | 1] * b.areaSquareMetres, 0) / area,
  ) as unknown as Point
}

export interface Division {
  readonly villages: readonly Village[]
  readonly grids: readonly GridPlan[]
}

export function divideTownship(
  seed: string,
  partition: Partition,
  buildings: readonly Building[],
  townOutline: readonly Point[],
  townSplitX: number,
): Division {
  const random = randomStream(seed, 'division')
  const { blocks } = partition
  const room = new Map<number, number>()
  for (const building of buildings) room.set(building.block, (room.get(building.block) ?? 0) + building.room)
  const isDedicated = (block: Block): boolean =>
    block.plot !== undefined && (block.plot === 'villageSchool' || block.plot in dedicatedNames)
  const weightOf = (block: Block): number => room.get(block.id) ?? 0
  const rural = landmasses(
    blocks.filter((block) => !isInside(block.centre, townOutline) && !isDedicated(block)),
  )
  const peopled = rural.filter((mass) => mass.some(({ site }) => site !== undefined))
  const sites = peopled.map((mass) => mass.filter(({ site }) => site !== undefined).length)
  const total = sites.reduce((a, b) => a + b, 0)
  const villageSets = peopled.flatMap((mass, i) =>
    divide(
      mass,
      Math.max(1, Math.round((sites[i]! / total) * villageNames.length)),
      weightOf,
      partition,
      random,
    ),
  )
  if (villageSets.length !== villageNames.length) throw new Error(`${villageSets.length} villages`)
  villageSets.sort((a, b) => inReadingOrder(centreOf(a, blocks), centreOf(b, blocks)))
  const townSets = [new Set<number>(), new Set<number>()]
  for (const block of blocks)
    if (isInside(block.centre, townOutline)) townSets[block.centre[0] < townSplitX ? 0 : 1]!.add(block.id)
  const sets = [...townSets, ...villageSets]
  const owned = new Set(sets.flatMap((set) => [...set]))
  /** Land without people cut off by water, and dedicated plots in the country: to the neighbour with the longest border. */
  for (
    let left = blocks.filter(({ id }) => !owned.has(id));
    left.length > 0;
    left = blocks.filter(({ id }) => !owned.has(id))
  )
    for (const block of left) {
      const border = (set: ReadonlySet<number>): number =>
        [...block.neighbours].reduce(
          (sum, [id, b]) => sum + (set.has(id) ? b.lengthMetres * (b.kinds.has('river') ? 0.1 : 1) : 0),
          0,
        )
      const home = sets.reduce((a, b) => (border(b) > border(a) ? b : a))
      if (border(home) === 0) continue
      home.add(block.id)
      owned.add(block.id)
    }
  const villages = sets.map(
    (set, i): Village => ({
      code: `990427103${i < 2 ? `00${i + 1}` : `20${i - 1}`}`,
      name: i < 2 ? ['漱石社区', '东桥社区'][i]! : villageNames[i - 2]!,
      blocks: set,
    }),
  )
  const gridCounts = [
    6,
    6,
    ...shares(
      villageSets.map((set) => [...set].reduce((sum, id) => sum + weightOf(blocks[id]!), 0)),
      22,
    ),
  ]
  const grids = villages.flatMap((village, i): GridPlan[] => {
    const own = [...village.blocks].map((id) => blocks[id]!)
    const ordinary = divide(
      own.filter((block) => !isDedicated(block)),
      gridCounts[i]!,
      weightOf,
      partition,
      random,
    )
    ordinary.sort((a, b) => inReadingOrder(centreOf(a, blocks), centreOf(b, blocks)))
    const named = ordinary.map(
      (ids, n): GridPlan => ({
        code: `${village.code}1${String(n + 1).padStart(2, '0')}`,
        name: `${village.name}第${'一二三四五六七八九'[n]}网格`,
        kind: 'ordinary',
        village: village.code,
        plot: undefined,
        blocks: ids,
      }),
    )
    const dedicated = own
      .filter(isDedicated)
      .sort((a, b) => inReadingOrder(a.centre, b.centre))
      .map(
        (block, n): GridPlan => ({
          code: `${village.code}2${String(n + 1).padStart(2, '0')}`,
          name: `${nameOfPlot(block.plot!, village.name)}专属网格`,
          kind: 'dedicated',
          village: village.code,
          plot: block.plot,
          blocks: new Set([block.id]),
        }),
      )
    return [...named, ...dedicated]
  })
  return { villages, grids }
}

/** Whole numbers in proportion to the weights that sum to `total` (largest remainders). */
export function shares(weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  const exact = weights.map((w) => (w / sum) * total)
  const whole = exact.map(Math.floor)
  const order = exact.map((e, i) => ({ i, rest: e - whole[i]! })).sort((a, b) => b.rest - a.rest || a.i - b.i)
  for (const { i } of order.slice(0, total - whole.reduce((a, b) => a + b, 0))) whole[i] = whole[i]! + 1
  return whole
}
