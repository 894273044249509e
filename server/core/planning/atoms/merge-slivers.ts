import type { Barrier } from '../values.ts'
import { type Cells, eachSide } from './cells.ts'
import type { Fabric } from './fabric.ts'
import type { AtomOptions } from './input.ts'

/** A sliver that went into its neighbour, or had none. */
export interface Merge {
  /** The blocks as they were named at the time; `into` is -1 where it stayed. */
  readonly block: number
  readonly into: number
  readonly areaSquareMetres: number
  readonly households: number
}

interface Block {
  area: number
  outline: number
  households: number
  readonly isSite: boolean
  readonly links: Map<number, Link>
}

/** The common line of two blocks. */
interface Link {
  metres: number
  strongMetres: number
  /** Some of it can be walked across. */
  isOpen: boolean
}

/**
 * Joins slivers to the neighbour with the longest common line, rather across a weak line than a strong one and across that than
 * one that cannot be crossed; never with a site or another village. Smallest first, until none is left that has a neighbour.
 * @param blocks block of each cell; changed in place
 */
export function mergeSlivers(
  fabric: Fabric,
  cells: Cells,
  blocks: Int32Array,
  households: Int32Array,
  barriers: readonly Barrier[],
  options: AtomOptions,
): Merge[] {
  const graph = blockGraph(fabric, cells, blocks, households, barriers, options)
  const into = new Map<number, number>()
  const merges: Merge[] = []
  for (let changed = true; changed; ) {
    changed = false
    const due = [...graph]
      .filter(([, block]) => isSliver(block, options))
      .sort(([i, p], [j, q]) => effectiveArea(p, options) - effectiveArea(q, options) || i - j)
    for (const [at] of due) {
      const block = graph.get(at)!
      const neighbour = isSliver(block, options) ? bestNeighbour(block, graph) : -1
      if (neighbour === -1) continue
      merges.push({
        block: at,
        into: neighbour,
        areaSquareMetres: block.area,
        households: block.households,
      })
      join(graph, at, neighbour)
      into.set(at, neighbour)
      changed = true
    }
  }
  for (const [at, block] of graph)
    if (isSliver(block, options))
      merges.push({ block: at, into: -1, areaSquareMetres: block.area, households: block.households })
  for (const [cell, block] of blocks.entries()) {
    let last = block
    for (let next = into.get(last); next !== undefined; next = into.get(last)) last = next
    blocks[cell] = last
  }
  return merges
}

function blockGraph(
  fabric: Fabric,
  cells: Cells,
  blocks: Int32Array,
  households: Int32Array,
  barriers: readonly Barrier[],
  { strongBelowRank }: AtomOptions,
): Map<number, Block> {
  const graph = new Map<number, Block>()
  for (const [cell, at] of blocks.entries()) {
    let block = graph.get(at)
    if (!block) {
      block = { area: 0, outline: 0, households: 0, isSite: cells.site[cell] !== -1, links: new Map() }
      graph.set(at, block)
    }
    block.area += fabric.areaSquareMetres[cells.face[cell]!]!
    block.households += households[cell]!
  }
  for (let line = 0; line < fabric.lines.from.length; line++) {
    const metres = fabric.metres[line]!
    const barrier = fabric.barrier[line]!
    const one: Link = {
      metres,
      strongMetres: barrier !== -1 && barriers[barrier]!.rank < strongBelowRank ? metres : 0,
      isOpen: fabric.uncrossable[line] === 0 || fabric.crossed[line] === 1,
    }
    eachSide(fabric, cells, line, (left, right) => {
      const p = left === -1 ? -1 : blocks[left]!
      const q = right === -1 ? -1 : blocks[right]!
      if (p === q) return
      if (p !== -1) graph.get(p)!.outline += metres
      if (q !== -1) graph.get(q)!.outline += metres
      if (p === -1 || q === -1) return
      addLink(graph.get(p)!.links, q, one)
      addLink(graph.get(q)!.links, p, one)
    })
  }
  return graph
}

function addLink(links: Map<number, Link>, to: number, more: Link): void {
  const link = links.get(to)
  if (!link) links.set(to, { ...more })
  else {
    link.metres += more.metres
    link.strongMetres += more.strongMetres
    link.isOpen ||= more.isOpen
  }
}

/** Area, less where the shape is thin. */
function effectiveArea({ area, outline }: Block, { sliverCompactness }: AtomOptions): number {
  const compactness = (4 * Math.PI * area) / (outline * outline)
  return area * Math.min(1, compactness / sliverCompactness)
}

const isSliver = (block: Block, options: AtomOptions): boolean =>
  !block.isSite && effectiveArea(block, options) < options.sliverAreaSquareMetres

function bestNeighbour({ links }: Block, graph: ReadonlyMap<number, Block>): number {
  let [best, bestClass, bestMetres] = [-1, Infinity, 0]
  for (const [to, { metres, strongMetres, isOpen }] of links) {
    if (graph.get(to)!.isSite) continue
    const reluctance = !isOpen ? 2 : strongMetres > metres / 2 ? 1 : 0
    const isBetter =
      reluctance !== bestClass
        ? reluctance < bestClass
        : metres !== bestMetres
          ? metres > bestMetres
          : to < best
    if (isBetter) [best, bestClass, bestMetres] = [to, reluctance, metres]
  }
  return best
}

function join(graph: Map<number, Block>, at: number, into: number): void {
  const from = graph.get(at)!
  const target = graph.get(into)!
  target.area += from.area
  target.households += from.households
  target.outline += from.outline - 2 * from.links.get(into)!.metres
  for (const [to, link] of from.links) {
    const back = graph.get(to)!.links
    back.delete(at)
    if (to === into) continue
    addLink(target.links, to, link)
    addLink(back, into, link)
  }
  graph.delete(at)
}
