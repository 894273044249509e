import { type BandStatus, bandStatus, type SizeBand } from '../policy/division-policy.ts'
import type { GridKind } from '../values.ts'
import { type GroundPart, groundParts } from './evaluate-plan-parts.ts'
import { isWithinVillage, tallyGrids } from './evaluate-plan-tally.ts'
import type { Assignment, AtomGraph, PlanGrid } from './values.ts'

/** A grid's figures. Undefined is null, never 0. */
export interface GridCard {
  readonly grid: PlanGrid
  readonly households: number
  readonly persons: number
  readonly mustVisit: number
  readonly status: BandStatus
  /** Households above the band's upper end, or (negative) below its lower; 0 inside; null for a grid no band is about. */
  readonly deviationHouseholds: number | null
  readonly areaSquareMetres: number
  /** Every outline, around holes too. */
  readonly perimeterMetres: number
  /** Polsby & Popper 1991: 4π · area / perimeter², 1 for a circle, π/4 for a square; null without ground. */
  readonly polsbyPopper: number | null
  /** Share of the outline on a barrier people can see, 0 … 1; the limit of what atoms cover counts as none. Null without ground. */
  readonly barrierShare: number | null
  /** Share of the outline on a barrier that has a name. */
  readonly namedShare: number | null
  /** The part of the outline that the plan has drawn: inside the village, against another grid or ground not yet assigned. */
  readonly drawnMetres: number
  /** Share of the drawn outline on a barrier people can see: what the planner answers for. Null when none is drawn. */
  readonly drawnBarrierShare: number | null
  /** Share of the drawn outline on a barrier that has a name; null when none is drawn. */
  readonly drawnNamedShare: number | null
  /** Pieces of ground, joined only by lines of positive length: 1 for a contiguous grid, 0 for one without ground. */
  readonly parts: number
  /** The same when lines that nobody can cross do not join. */
  readonly crossableParts: number
  /** Grids it has a line in common with, of any village, by code. */
  readonly neighbours: readonly { readonly code: string; readonly sharedMetres: number }[]
}

/** A plan's figures. Those of balance are about the grids the band is about: the ordinary ones. */
export interface PlanCard {
  /** By code. */
  readonly grids: readonly GridCard[]
  /** K: grids the band is about. */
  readonly counted: number
  /** H: their households. */
  readonly households: number
  /** H / K; null when K is 0. */
  readonly idealHouseholds: number | null
  /** (most − fewest) / ideal; null when the ideal is 0 or unknown. */
  readonly topToBottom: number | null
  /** The largest |households − ideal| / ideal; null as above. */
  readonly maximalAbsoluteDeviation: number | null
  /** Codes of the grids outside the band, and the households in them. */
  readonly outOfBand: { readonly grids: readonly string[]; readonly households: number }
  /** Lines between neighbouring atoms of one village that are assigned to different grids. */
  readonly cutEdges: number
  readonly splitGroups: readonly SplitGroup[]
  /** Atoms in no grid of the plan, by id. */
  readonly unassigned: {
    readonly atoms: readonly string[]
    readonly households: number
    readonly persons: number
  }
  /** All pieces of grids but the one with the most households (then the most ground). */
  readonly exclaves: readonly GroundPart[]
}

/** A group that should lie in one grid and lies in several. */
export interface SplitGroup {
  readonly village: string
  readonly group: string
  readonly pieces: readonly { readonly code: string; readonly households: number }[]
}

/**
 * The evaluation card of a plan: balance, shape, clarity of boundaries, contiguity, splits. Definitions of balance follow the
 * districting literature (ideal, top-to-bottom, maximal absolute deviation); the headline is what the rule is about, the grids
 * out of band and the households in them. A code that is none of the grids' counts as not assigned.
 * @param options.band households a grid should have; null when the place has no rule
 * @param options.kind the kind of grid the band is about; ordinary by default
 */
export function evaluatePlan(
  atomGraph: AtomGraph,
  grids: readonly PlanGrid[],
  assignment: Assignment,
  { band, kind = 'ordinary' }: { readonly band: SizeBand | null; readonly kind?: GridKind },
): PlanCard {
  const sorted = grids.toSorted((p, q) => byText(p.code, q.code))
  const indexOf = new Map(sorted.map((grid, i) => [grid.code, i]))
  const { graph, order } = orderedById(atomGraph)
  const gridOf = order.map((i) => indexOf.get(assignment[i] ?? '') ?? -1)
  const tallies = tallyGrids(graph, gridOf, sorted.length)
  const parts = groundParts(graph, gridOf, sorted)
  const cards = sorted.map((grid, g): GridCard => {
    const sums = tallies[g]!
    const share = (metres: number, of: number): number | null => (of > 0 ? metres / of : null)
    const isCounted = band !== null && grid.kind === kind
    return {
      grid,
      households: sums.households,
      persons: sums.persons,
      mustVisit: sums.mustVisit,
      status: isCounted ? bandStatus(sums.households, band, 'ordinary') : 'not_applicable',
      deviationHouseholds: isCounted ? deviationFrom(band, sums.households) : null,
      areaSquareMetres: sums.areaSquareMetres,
      perimeterMetres: sums.perimeterMetres,
      polsbyPopper:
        sums.perimeterMetres > 0 ? (4 * Math.PI * sums.areaSquareMetres) / sums.perimeterMetres ** 2 : null,
      barrierShare: share(sums.barrierMetres, sums.perimeterMetres),
      namedShare: share(sums.namedMetres, sums.perimeterMetres),
      drawnMetres: sums.drawnMetres,
      drawnBarrierShare: share(sums.drawnBarrierMetres, sums.drawnMetres),
      drawnNamedShare: share(sums.drawnNamedMetres, sums.drawnMetres),
      parts: parts.counts[g]!,
      crossableParts: parts.crossableCounts[g]!,
      neighbours: [...sums.shared]
        .map(([other, sharedMetres]) => ({ code: sorted[other]!.code, sharedMetres }))
        .toSorted((p, q) => byText(p.code, q.code)),
    }
  })
  const outside = cards.filter((card) => (card.deviationHouseholds ?? 0) !== 0)
  const unassigned = graph.atoms.filter((_, i) => gridOf[i] === -1)
  return {
    grids: cards,
    ...balanceOf(cards.filter((card) => card.grid.kind === kind).map((card) => card.households)),
    outOfBand: {
      grids: outside.map((card) => card.grid.code),
      households: sum(outside.map((card) => card.households)),
    },
    cutEdges: graph.borders.filter(({ a, b }) => gridOf[a] !== gridOf[b] && isWithinVillage(graph, a, b))
      .length,
    splitGroups: splitGroups(graph, gridOf, sorted),
    unassigned: {
      atoms: unassigned.map((atom) => atom.id).toSorted(byText),
      households: sum(unassigned.map((atom) => atom.households)),
      persons: sum(unassigned.map((atom) => atom.persons)),
    },
    exclaves: parts.exclaves,
  }
}

/** Signed distance in households from the band; 0 inside. */
export const deviationFrom = (band: SizeBand, households: number): number =>
  households > band.to ? households - band.to : households < band.from ? households - band.from : 0

/** The same graph with its atoms in the order of their ids: sums of lengths keep their last digit in any order of the input. */
function orderedById({ atoms, borders }: AtomGraph): { graph: AtomGraph; order: readonly number[] } {
  const order = atoms.map((_, i) => i).toSorted((p, q) => byText(atoms[p]!.id, atoms[q]!.id))
  const rank = new Int32Array(atoms.length)
  for (const [r, i] of order.entries()) rank[i] = r
  const ranked = borders.map((border) => {
    const [a, b] = [rank[border.a]!, rank[border.b]!]
    return { ...border, a: Math.min(a, b), b: Math.max(a, b) }
  })
  return {
    graph: {
      atoms: order.map((i) => atoms[i]!),
      borders: ranked.toSorted((p, q) => p.a - q.a || p.b - q.b || p.lengthMetres - q.lengthMetres),
    },
    order,
  }
}

/** How evenly households are spread over grids; see `PlanCard`. */
export type Balance = Pick<
  PlanCard,
  'counted' | 'households' | 'idealHouseholds' | 'topToBottom' | 'maximalAbsoluteDeviation'
>

/** @param sizes households of each grid the band is about */
export function balanceOf(sizes: readonly number[]): Balance {
  const households = sum(sizes)
  const ideal = sizes.length > 0 ? households / sizes.length : null
  const most = Math.max(...sizes)
  const fewest = Math.min(...sizes)
  return {
    counted: sizes.length,
    households,
    idealHouseholds: ideal,
    topToBottom: ideal ? (most - fewest) / ideal : null,
    maximalAbsoluteDeviation: ideal ? Math.max(most - ideal, ideal - fewest) / ideal : null,
  }
}

function splitGroups(graph: AtomGraph, gridOf: readonly number[], grids: readonly PlanGrid[]): SplitGroup[] {
  const villages = new Map<string, Map<string, Map<number, number>>>()
  for (const [i, { village, group, households }] of graph.atoms.entries()) {
    const grid = gridOf[i]!
    if (group === null || grid === -1) continue
    const groups = villages.get(village) ?? new Map<string, Map<number, number>>()
    const pieces = groups.get(group) ?? new Map<number, number>()
    villages.set(village, groups.set(group, pieces.set(grid, (pieces.get(grid) ?? 0) + households)))
  }
  return [...villages]
    .flatMap(([village, groups]) =>
      [...groups]
        .filter(([, pieces]) => pieces.size > 1)
        .map(([group, pieces]) => ({
          village,
          group,
          pieces: [...pieces]
            .map(([grid, households]) => ({ code: grids[grid]!.code, households }))
            .toSorted((p, q) => byText(p.code, q.code)),
        })),
    )
    .toSorted((p, q) => byText(p.village, q.village) || byText(p.group, q.group))
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const byText = (p: string, q: string): number => (p < q ? -1 : p > q ? 1 : 0)
