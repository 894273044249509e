/**
 * Whether ground can be cut into grids of the wanted size at all, said before anybody draws: by arithmetic, by its indivisible
 * units and, where it is small or a tree, by looking at every plan there is.
 */
import type { SizeBand } from '../policy/division-policy.ts'
import { feasibilityMessage } from './feasibility-messages.ts'
import type { Feasibility, FeasibilityComponent, Proof } from './feasibility-values.ts'
import { gridCounts } from './grid-counts.ts'
import { cutAlongTree } from './propose/cut-along-tree.ts'
import { bestOfAll, ENUMERATE_UP_TO, nearestBands } from './propose/enumerate.ts'
import { objectiveFor } from './propose/objective.ts'
import { outOfBand, partitionOf } from './propose/partition.ts'
import { pieceGraph } from './propose/piece-graph.ts'
import { relaxationsFor } from './relaxations.ts'

/**
 * Judges each component by itself; the order of components and units does not matter.
 * @throws RangeError unless `0 ≤ from ≤ to` and `to > 0`, both whole
 */
export function judgeFeasibility(input: {
  readonly components: readonly FeasibilityComponent[]
  readonly band: SizeBand
}): Feasibility[] {
  const { from, to } = input.band
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to < 1 || from > to)
    throw new RangeError(`not a band of households: ${from}..${to}`)
  return input.components.map((component) => judge(component, input.band))
}

function judge(component: FeasibilityComponent, band: SizeBand): Feasibility {
  const households = component.units.reduce((sum, unit) => sum + unit.households, 0)
  const counts = gridCounts(households, band)
  const tooLarge = component.units
    .filter((unit) => unit.households > band.to)
    .sort((p, q) => q.households - p.households || (p.id < q.id ? -1 : 1))
  const proofs: Proof[] = []
  if (!counts) proofs.push(countProof(households, band))
  if (tooLarge.length > 0) proofs.push({ code: 'unit_too_large', units: tooLarge, to: band.to })
  const inOneGrid = counts !== null && counts.from === 1
  const best = inOneGrid ? null : everyPlan(component, band)
  const fewest = best && best.fewestOutOfBand
  const fewestOutOfBand = fewest ?? Math.max(tooLarge.length, counts ? 0 : 1)
  if (fewest !== null && fewest > 0 && proofs.length === 0)
    proofs.push({ code: 'every_plan_tried', units: component.units.length, fewestOutOfBand: fewest })
  const verdict: Feasibility['verdict'] =
    proofs.length > 0 ? 'impossible' : fewest === 0 || inOneGrid ? 'feasible' : 'unknown'
  const found = { component: component.id, village: component.village, households, verdict, counts }
  const judged = { ...found, proofs, fewestOutOfBand }
  const relaxations =
    verdict === 'impossible' ? relaxationsFor(component, judged, band, best?.bands ?? null) : []
  return { ...judged, relaxations, message: feasibilityMessage({ ...judged, relaxations }, band) }
}

function countProof(households: number, band: SizeBand): Proof {
  const grids = Math.floor(households / band.to)
  if (grids === 0) return { code: 'too_few_households', households, from: band.from }
  return {
    code: 'between_two_counts',
    households,
    grids,
    most: grids * band.to,
    least: (grids + 1) * band.from,
  }
}

/** What every plan comes to. */
interface EveryPlan {
  readonly fewestOutOfBand: number
  /** Bands in which there is a plan; null where these are not known. */
  readonly bands: readonly SizeBand[] | null
}

/** Known for up to 16 units, and the number for trees of any size; null for all others. */
function everyPlan({ units, links }: FeasibilityComponent, band: SizeBand): EveryPlan | null {
  if (!links) return null
  const isTree = links.length === units.length - 1
  const isSmall = units.length <= ENUMERATE_UP_TO
  if (!isTree && !isSmall) return null
  const households = units.map((unit) => unit.households)
  const graph = pieceGraph(
    households,
    links.map(([a, b]) => ({ a, b, cost: 0 })),
  )
  const objective = objectiveFor(graph, band, 0)
  const grid = isTree
    ? cutAlongTree(graph, objective, new Float64Array(graph.neighbour.length), () => 0)
    : bestOfAll(graph, objective)
  const fewest = outOfBand(objective, partitionOf(graph, grid, [], null)).length
  return {
    fewestOutOfBand: fewest,
    bands: fewest > 0 && isSmall ? nearestBands(graph, band).filter((one) => one !== null) : null,
  }
}
