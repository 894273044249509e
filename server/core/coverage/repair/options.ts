/** Which repairs a problem has. Figures and words are added in `describe-option`. */
import type { Region } from '../regions.ts'
import type { Finding } from '../report.ts'
import {
  candidatesFor,
  clip,
  commonMetres,
  type Deed,
  type Ground,
  give,
  movedHouseholds,
  newPieces,
  noDeed,
  splitOf,
  type Transfer,
} from './settle.ts'
import type { RepairAction } from './values.ts'

/** An option before it is put into words. */
export interface DraftOption {
  readonly action: RepairAction
  /** Index of the grid named by the option; -1 for none. */
  readonly owner: number
  readonly deed: Deed
  /** The grounds that change hands. */
  readonly regions: readonly Region[]
  /** Null when no households were given. */
  readonly households: number | null
  /** What speaks against it, the weightier first; the least wins. */
  readonly cost: readonly number[]
}

/** The options of a problem, best first. */
export function optionsFor(ground: Ground, finding: Finding): DraftOption[] {
  return draft(ground, finding).toSorted((a, b) => compareCosts(a.cost, b.cost))
}

function draft(ground: Ground, finding: Finding): DraftOption[] {
  const regions = finding.regions ?? ground.parts.get(finding) ?? []
  switch (finding.code) {
    case 'gap':
    case 'hole':
    case 'inlet':
    case 'overlap':
    case 'duplicate':
      return [
        ...candidatesOf(ground, regions).map((to) => giving(ground, regions, to)),
        ...splitting(ground, regions),
      ]
    case 'sliver':
    case 'disconnected_part':
      return givingPieces(ground, regions)
    case 'outside_area':
      return [option(ground, 'clip', finding.concerns?.[0] ?? -1, regions, regions.map(clip))]
    case 'unmatched_edge':
      return matching(ground, finding, regions)
    case 'invalid_geometry':
      return remaking(ground, finding)
    default:
      return []
  }
}

const candidatesOf = (ground: Ground, regions: readonly Region[]): number[] =>
  [...new Set(regions.flatMap((region) => candidatesFor(ground, region)))].toSorted((a, b) => a - b)

const giving = (ground: Ground, regions: readonly Region[], to: number): DraftOption =>
  option(
    ground,
    'give',
    to,
    regions,
    regions.map((region) => give(region, to)),
  )

/** All pieces to one neighbour that borders each of them; several pieces each to the one it fits best. */
function givingPieces(ground: Ground, regions: readonly Region[]): DraftOption[] {
  const takers = (region: Region): number[] =>
    candidatesFor(ground, region).filter((to) => !region.cover.includes(to))
  const common = candidatesOf(ground, regions).filter((to) =>
    regions.every((one) => takers(one).includes(to)),
  )
  const together = common.map((to) => giving(ground, regions, to))
  if (regions.length < 2 || regions.some((region) => takers(region).length === 0)) return together
  const each = regions.map((region) => bestGiving(ground, region, takers(region))!)
  return [...together, option(ground, 'release', -1, regions, each)]
}

/** The transfer of a region to whichever of some grids it fits best. */
const bestGiving = (ground: Ground, region: Region, candidates: readonly number[]): Transfer | undefined =>
  candidates.map((to) => giving(ground, [region], to)).toSorted((a, b) => compareCosts(a.cost, b.cost))[0]
    ?.deed.transfers[0]

function splitting(ground: Ground, regions: readonly Region[]): DraftOption[] {
  const shares = regions.map((region) => splitOf(ground, region))
  const [first] = shares
  if (!first || shares.some((share) => share === null || share.pair.join() !== first.pair.join())) return []
  const base = option(ground, 'split', -1, regions, [])
  const changed = first.pair.filter(ground.isProtected).length
  const cuts = shares.map((share) => share!.cut)
  return [
    // Never the first choice where a neighbour can have the whole: a line that is there is better than one nobody has seen.
    { ...base, deed: { ...noDeed, cuts }, cost: [changed, 0, 1, ...base.cost.slice(3)] },
  ]
}

/**
 * Between two lines for one edge: each stretch to whom it fits best; or all so that one of the neighbours keeps its line. A
 * seam with the area follows the area.
 */
function matching(ground: Ground, finding: Finding, regions: readonly Region[]): DraftOption[] {
  const owners = finding.concerns ?? []
  const best = (region: Region, keep: number | null): Transfer => {
    if (region.kind === 'outside') return clip(region)
    const candidates = candidatesFor(ground, region)
    // Who keeps its line takes what it has already, and nothing that it has not.
    const isKept = (to: number): boolean => (region.kind === 'open' ? to !== keep : to === keep)
    const kept = keep === null ? candidates : candidates.filter(isKept)
    return bestGiving(ground, region, kept.length > 0 ? kept : candidates) ?? clip(region)
  }
  const transfersFor = (keep: number | null): Transfer[] => regions.map((region) => best(region, keep))
  const matched = option(ground, 'match', -1, regions, transfersFor(null))
  if (finding.detail?.['area'] || regions.length === 0 || owners.length < 2) return [matched]
  return [
    matched,
    ...owners.map((owner): DraftOption => {
      const keeping = option(ground, 'keep_line', owner, regions, transfersFor(owner))
      return { ...keeping, cost: [keeping.cost[0]!, keeping.cost[1]!, 1, ...keeping.cost.slice(3)] }
    }),
  ]
}

function remaking(ground: Ground, finding: Finding): DraftOption[] {
  const [owner] = finding.concerns ?? []
  const { arrangement } = ground.layer
  const hasGround = arrangement.cover.some((cover) => cover.includes(owner!))
  const isOutOfRange = finding.flaws?.some(({ reason }) => reason === 'coordinate_out_of_range')
  if (owner === undefined || !hasGround || isOutOfRange) return []
  const base = option(ground, 'make_valid', owner, [], [])
  return [{ ...base, deed: { ...noDeed, remade: [owner] } }]
}

/**
 * An option with what speaks against it: protected grids that would gain or lose ground, grids left without any, new pieces
 * cut off, households moved, the shortness of the common line, and the order of the grids.
 */
function option(
  ground: Ground,
  action: RepairAction,
  owner: number,
  regions: readonly Region[],
  transfers: readonly Transfer[],
): DraftOption {
  const { layer, isProtected } = ground
  const losers = [...new Set(transfers.flatMap(({ from }) => from))]
  // Whoever keeps what was shared has that ground already.
  const gainers = transfers.flatMap(({ to, faces }) =>
    to === null || [...faces].every((face) => layer.arrangement.cover[face]!.includes(to)) ? [] : [to],
  )
  const touched = [...new Set([...losers, ...gainers])]
  const households = regions.map((region, i) => movedHouseholds(ground, region, transfers[i]?.to ?? null))
  const moved = households.includes(null) ? null : households.reduce<number>((sum, n) => sum + n!, 0)
  const common = regions.reduce((sum, region, i) => {
    const to = transfers[i]?.to
    return to === null || to === undefined ? sum : sum + commonMetres(region, to)
  }, 0)
  return {
    action,
    owner,
    regions,
    households: layer.placement ? moved : null,
    deed: { ...noDeed, transfers },
    cost: [
      touched.filter(isProtected).length,
      losers.filter((loser) => isLeftWithout(ground, loser, transfers)).length,
      losers.reduce((sum, loser) => sum + newPieces(ground, loser, transfers), 0),
      moved ?? 0,
      -common,
      owner,
    ],
  }
}

/** Area that transfers take from a grid. */
export const lostBy = (owner: number, transfers: readonly Transfer[]): number =>
  transfers
    .filter(({ from }) => from.includes(owner))
    .reduce((sum, { areaSquareMetres }) => sum + areaSquareMetres, 0)

/** Part of a grid's ground that may be left and still be nothing. */
const REMNANT = 1e-6

/** Whether the transfers take all of a grid's ground. Of two of the same code one may go: the grid is still there. */
export function isLeftWithout(
  { layer }: Ground,
  owner: number,
  transfers: readonly Transfer[],
  lostBefore = 0,
): boolean {
  const lost = lostBy(owner, transfers) + lostBefore
  if (lost < (1 - REMNANT) * layer.gridAreas[owner]!) return false
  const { code } = layer.grids[owner]!
  return !transfers.some(({ to }) => to !== null && to !== owner && layer.grids[to]!.code === code)
}

function compareCosts(a: readonly number[], b: readonly number[]): number {
  for (const [i, cost] of a.entries()) if (cost !== b[i]) return cost - b[i]!
  return 0
}
