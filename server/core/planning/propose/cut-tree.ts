/**
 * The best way to cut a tree into grids, exactly, by dynamic programming over the households of the part that is still open
 * at each piece. This answers for a whole tree at once what cutting it in two again and again only tries: whether any choice
 * of its edges leaves every part within the band (Ito, Zhou and Nishizeki 2006, "Partitioning a graph of bounded tree-width
 * to connected subgraphs of almost uniform size"). Time: about households × upper bound of the band.
 */
import { type Objective, sizeCost } from './objective.ts'
import type { RootedTree } from './spanning-tree.ts'

/** How an open part came about: the child's share of it, or that the child was cut off. */
const CUT = -1
/** Stands for "more than the band allows"; how much more has been paid for already. */
const OVER = -2

interface OpenParts {
  /** Lowest cost with an open part of so many households; infinite where none has. */
  readonly cost: Float64Array
  /** No open part is smaller: the households of the piece at its top. */
  readonly least: number
  /** Lowest cost with an open part above the band, its excess included, its being out of band not yet. */
  readonly over: number
}

interface Joint {
  /** For each size of the joined part, the child's share, or CUT. */
  readonly share: Int32Array
  /** For a joined part above the band: what the parent's and the child's parts were. */
  readonly overParent: number
  readonly overChild: number
}

interface Closing {
  readonly cost: number
  readonly households: number
}

/**
 * Which grid, numbered from 0, each place of the tree belongs to in the cheapest cut: sizes by `sizeCost`, and each edge cut
 * by its boundary.
 * @param households of each piece
 */
export function cutTree(tree: RootedTree, households: Int32Array, objective: Objective): Int32Array {
  const count = tree.piece.length
  const top = objective.band.to
  const open: (OpenParts | undefined)[] = Array.from({ length: count })
  const joints: Joint[] = Array.from({ length: count })
  const closings: Closing[] = Array.from({ length: count })
  const partAt = (place: number): OpenParts =>
    (open[place] ??= single(households[tree.piece[place]!]!, objective))
  for (let place = count - 1; place >= 0; place--) {
    const part = partAt(place)
    const closing = close(part, objective)
    closings[place] = closing
    open[place] = undefined
    if (place === 0) break
    const parent = tree.parent[place]!
    const cutCost = closing.cost + objective.perBoundaryMetre * tree.cutMetres[place]!
    const joined = join(partAt(parent), part, cutCost, top, objective.perHouseholdOutside)
    open[parent] = joined.part
    joints[place] = joined.joint
  }
  return unroll(tree, joints, closings)
}

function single(households: number, objective: Objective): OpenParts {
  const { band, perHouseholdOutside } = objective
  if (households > band.to)
    return { cost: new Float64Array(0), least: 0, over: perHouseholdOutside * (households - band.to) }
  const cost = new Float64Array(households + 1).fill(Infinity)
  cost[households] = 0
  return { cost, least: households, over: Infinity }
}

function close({ cost, least, over }: OpenParts, objective: Objective): Closing {
  let best = over + objective.perGridOutOfBand
  let households = OVER
  for (let size = least; size < cost.length; size++) {
    if (cost[size] === Infinity) continue
    const total = cost[size]! + sizeCost(objective, size)
    if (total >= best) continue
    best = total
    households = size
  }
  return { cost: best, households }
}

function join(
  parent: OpenParts,
  child: OpenParts,
  cutCost: number,
  top: number,
  perHouseholdOutside: number,
): { part: OpenParts; joint: Joint } {
  const p = parent.cost
  const c = child.cost
  const longest = p.length === 0 ? 0 : Math.max(p.length, Math.min(top + 1, p.length + c.length - 1))
  const cost = new Float64Array(longest).fill(Infinity)
  const share = new Int32Array(longest).fill(CUT)
  for (let a = parent.least; a < p.length; a++) cost[a] = p[a]! + cutCost
  for (let a = parent.least; a < p.length; a++) {
    const mine = p[a]!
    if (mine === Infinity) continue
    const within = Math.min(c.length, top + 1 - a)
    for (let b = child.least; b < within; b++) {
      const offer = mine + c[b]!
      if (offer >= cost[a + b]!) continue
      cost[a + b] = offer
      share[a + b] = b
    }
  }
  const above = joinAbove(parent, child, cutCost, top, perHouseholdOutside)
  const joint = { share, overParent: above.overParent, overChild: above.overChild }
  return { part: { cost, least: parent.least, over: above.cost }, joint }
}

/** The cheapest joined part above the band: one that was already, or two that are together. */
function joinAbove(
  parent: OpenParts,
  child: OpenParts,
  cutCost: number,
  top: number,
  perHouseholdOutside: number,
): { cost: number; overParent: number; overChild: number } {
  const p = parent.cost
  const c = child.cost
  const best = { cost: parent.over + cutCost, overParent: OVER, overChild: CUT }
  const offer = (cost: number, overParent: number, overChild: number): void => {
    if (cost >= best.cost) return
    best.cost = cost
    best.overParent = overParent
    best.overChild = overChild
  }
  for (let a = Math.max(parent.least, top + 2 - c.length); a < p.length; a++) {
    const mine = p[a]! + perHouseholdOutside * (a - top)
    // Most are dearer than the best already: what the child adds is a cost of its own.
    for (let b = Math.max(child.least, top + 1 - a); b < c.length; b++)
      if (mine + c[b]! + perHouseholdOutside * b < best.cost)
        offer(mine + c[b]! + perHouseholdOutside * b, a, b)
  }
  if (child.over < Infinity)
    for (let a = parent.least; a < p.length; a++) offer(p[a]! + child.over + perHouseholdOutside * a, a, OVER)
  if (parent.over < Infinity) {
    for (let b = child.least; b < c.length; b++) offer(parent.over + c[b]! + perHouseholdOutside * b, OVER, b)
    // Two above the band: together they exceed it by both excesses and once more its upper bound.
    offer(parent.over + child.over + perHouseholdOutside * top, OVER, OVER)
  }
  return best
}

/** Walks down from the root: the children of a place were joined from the last to the first, so the first is undone first. */
function unroll(tree: RootedTree, joints: readonly Joint[], closings: readonly Closing[]): Int32Array {
  const count = tree.piece.length
  const grid = new Int32Array(count)
  const size = new Int32Array(count)
  let grids = 1
  if (count > 0) size[0] = closings[0]!.households
  for (let place = 1; place < count; place++) {
    const parent = tree.parent[place]!
    const { share, overParent, overChild } = joints[place]!
    const above = size[parent] === OVER
    const childPart = above ? overChild : share[size[parent]!]!
    if (childPart === CUT) {
      grid[place] = grids++
      size[place] = closings[place]!.households
      if (above) size[parent] = overParent
      continue
    }
    grid[place] = grid[parent]!
    size[place] = childPart
    size[parent] = above ? overParent : size[parent]! - childPart
  }
  return grid
}
