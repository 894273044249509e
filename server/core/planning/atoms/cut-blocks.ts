import type { Barrier } from '../values.ts'
import type { CutBuildings } from './buildings.ts'
import { type Cells, eachSide, type Owners, unite } from './cells.ts'
import type { Fabric } from './fabric.ts'
import type { AtomOptions } from './input.ts'

/**
 * Decides which lines cut, and returns the block of each cell, as the lowest cell in it.
 *
 * Outlines of villages and sites cut, and so do barriers up to `alwaysCutRank`. Weaker ones, rank by rank, cut a block that
 * holds more than `mostHouseholds`, but not between two pieces without households: fields stay in one piece. Last, where two
 * natural villages have households in one block, their outlines cut it, so that no atom holds both. A weak barrier or the outline
 * of a natural village that runs through a building does not cut: the atoms on both sides are one.
 * @param households of each cell
 */
export function cutBlocks(
  fabric: Fabric,
  cells: Cells,
  households: Int32Array,
  barriers: readonly Barrier[],
  owners: Owners,
  cutsBuilding: CutBuildings,
  options: AtomOptions,
): Int32Array {
  const count = fabric.lines.from.length
  const cuts = new Uint8Array(count)
  const weakLines = new Map<number, number[]>()
  const outlines: number[] = []
  for (let line = 0; line < count; line++) {
    const rank = fabric.barrier[line] === -1 ? null : barriers[fabric.barrier[line]!]!.rank
    const isFirm = fabric.owners[line]!.some((owner) => owner < owners.villages + owners.sites)
    if (isFirm || (rank !== null && rank <= options.alwaysCutRank)) cuts[line] = 1
    else if (rank !== null) {
      const same = weakLines.get(rank)
      if (same) same.push(line)
      else weakLines.set(rank, [line])
    }
    if (fabric.owners[line]!.length > 0) outlines.push(line)
  }
  const sum = (blocks: Int32Array): Int32Array => {
    const sums = new Int32Array(blocks.length)
    for (const [cell, block] of blocks.entries()) sums[block]! += households[cell]!
    return sums
  }
  let blocks = unite(fabric, cells, cuts)
  for (const rank of [...weakLines.keys()].sort((p, q) => p - q)) {
    const before = sum(blocks)
    const added = weakLines.get(rank)!.filter((line) => {
      let isCrowded = false
      eachSide(fabric, cells, line, (left, right) => {
        if (left === -1 || right === -1 || blocks[left] !== blocks[right]) return
        if (before[blocks[left]!]! > options.mostHouseholds) isCrowded = true
      })
      return isCrowded && cutsBuilding(line).length === 0
    })
    for (const line of added) cuts[line] = 1
    const divided = unite(fabric, cells, cuts)
    const after = sum(divided)
    for (const line of added) {
      let isNeeded = false
      eachSide(fabric, cells, line, (left, right) => {
        if (left === -1 || right === -1) return
        if (after[divided[left]!]! + after[divided[right]!]! > 0) isNeeded = true
      })
      if (!isNeeded) cuts[line] = 0
    }
    blocks = unite(fabric, cells, cuts)
  }
  const shared = sharedBlocks(cells, blocks, households)
  const firstNatural = owners.villages + owners.sites
  const added = outlines.filter((line) => {
    let isShared = false
    eachSide(fabric, cells, line, (left, right) => {
      if (left === -1 || right === -1 || blocks[left] !== blocks[right]) return
      const naturals = shared.get(blocks[left]!)
      if (naturals && fabric.owners[line]!.some((owner) => naturals.has(owner - firstNatural)))
        isShared = true
    })
    return isShared && cuts[line] === 0 && cutsBuilding(line).length === 0
  })
  for (const line of added) cuts[line] = 1
  return added.length > 0 ? unite(fabric, cells, cuts) : blocks
}

/** Blocks in which more than one natural village has households, with those. */
function sharedBlocks(cells: Cells, blocks: Int32Array, households: Int32Array): Map<number, Set<number>> {
  const naturals = new Map<number, Set<number>>()
  for (const [cell, block] of blocks.entries()) {
    const natural = cells.natural[cell]!
    if (natural === -1 || households[cell] === 0 || cells.site[cell] !== -1) continue
    const known = naturals.get(block)
    if (known) known.add(natural)
    else naturals.set(block, new Set([natural]))
  }
  return new Map([...naturals].filter(([, here]) => here.size > 1))
}
