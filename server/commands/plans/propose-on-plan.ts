/**
 * Feasibility of a plan's ground and proposals on its atoms, from its drawing as it is stored. Pure, and long for a town: run
 * in a thread.
 */
import { areaSquareMetres } from '../../core/geometry/area-square-metres.ts'
import { groundOfAtoms } from '../../core/planning/compare-plans-ground.ts'
import { atomGraphOf } from '../../core/planning/drawing/atom-graph.ts'
import type { Drawing } from '../../core/planning/drawing/drawing.ts'
import { fromJson } from '../../core/planning/drawing/drawing-json.ts'
import { groundOf } from '../../core/planning/drawing/grid-polygons.ts'
import { evaluatePlan, type PlanCard } from '../../core/planning/evaluate-plan.ts'
import type { Feasibility } from '../../core/planning/feasibility-values.ts'
import { matchCodes } from '../../core/planning/match-codes.ts'
import { judgeGround } from '../../core/planning/propose/judge-ground.ts'
import { proposePlans } from '../../core/planning/propose/propose-plans.ts'
import type { Proposal, ProposalScore, Proposals, ProposedGrid } from '../../core/planning/propose/values.ts'
import type { Assignment, AtomGraph, PlanGrid } from '../../core/planning/values.ts'
import type { SizeBand } from '../../core/policy/division-policy.ts'
import type { LngLat } from '../../core/values.ts'
import { interiorPosition } from '../import-context.ts'
import { asMultiPolygon } from './plan-grids.ts'

export interface JudgeInput {
  /** As `toJson` writes a drawing. */
  readonly document: string
  readonly band: SizeBand
}

export interface ProposeInput extends JudgeInput {
  /** Codes of the villages to divide; null: all. */
  readonly villages: readonly string[] | null
  readonly plans: number
  readonly seed: number
  /** What is in the band stays where it is, and few households change grid. Otherwise all unlocked ordinary grids are drawn anew. */
  readonly keepCurrent: boolean
  /** Natural villages, by group, that may be divided where it is proved that no plan keeps all of them whole. */
  readonly mayCut: readonly string[]
}

/** A grid of a proposal. One that continues a grid of the plan has its code; others are `new-1` … until somebody adopts them. */
export interface ProposalGrid extends ProposedGrid {
  /** False for a grid that stays as it is: locked or dedicated. */
  readonly drawn: boolean
  /** It continues no grid of the plan. */
  readonly isNew: boolean
  /** A place inside it. */
  readonly at: LngLat
  readonly areaSquareMetres: number
  readonly compactness: number | null
  /** Shares of its drawn outline on lines people can see, and on such that have a name. */
  readonly barrierShare: number | null
  readonly namedShare: number | null
}

export interface ProposalFigures
  extends Pick<
      ProposalScore,
      'gridsOutOfBand' | 'householdsOutside' | 'groupsSplit' | 'boundaryMetres' | 'topToBottom'
    >,
    Pick<PlanCard, 'maximalAbsoluteDeviation'> {
  /** Ordinary grids: those the band is about. */
  readonly grids: number
  /** Households whose grid is another than in the plan; null where the plan has no grids. */
  readonly movedHouseholds: number | null
  /** Of the lines between grids. */
  readonly barrierShare: number | null
  /** Mean of the ordinary grids' Polsby–Popper. */
  readonly compactness: number | null
}

export interface PlanProposal {
  readonly number: number
  /** Those of the villages asked for, by code. */
  readonly grids: readonly ProposalGrid[]
  /** Index into `grids` of each atom's grid; null outside the villages asked for. */
  readonly gridOf: readonly (number | null)[]
  readonly figures: ProposalFigures
}

export interface PlanProposals extends Pick<Proposals, 'components' | 'notFound' | 'notes'> {
  /** Ids of the plan's atoms, in the order of `gridOf`. */
  readonly atoms: readonly string[]
  /** The best first, no two alike. */
  readonly proposals: readonly PlanProposal[]
}

/** Told by the thread's owner: how far it is, and whether it should end with the best found so far. */
export interface SearchControl {
  readonly onProgress: (step: number, total: number) => void
  readonly shouldStop: () => boolean
}

export function judgePlan({ document, band }: JudgeInput): readonly Feasibility[] {
  const { graph, grids, assignment } = readPlan(document)
  return judgeGround(graph, band, { grids, assignment })
}

export function proposeOnPlan(
  { document, band, villages, plans, seed, keepCurrent, mayCut }: ProposeInput,
  control: SearchControl,
): PlanProposals {
  const plan = readPlan(document)
  const { graph, grids, assignment } = plan
  const staying = new Set(grids.filter(stays).map((grid) => grid.code))
  const found = proposePlans(graph, {
    band,
    plans,
    seed,
    mayCut,
    ...(villages && { villages }),
    current: keepCurrent
      ? { grids, assignment }
      : {
          grids: grids.filter(stays),
          assignment: assignment.map((code) => (code !== null && staying.has(code) ? code : null)),
        },
    ...control,
  })
  const known = new Set<string>()
  const different = found.proposals.filter(({ assignment: own }) => {
    const shape = shapeOf(own)
    return !known.has(shape) && known.add(shape)
  })
  return {
    atoms: graph.atoms.map((atom) => atom.id),
    proposals: different
      .map((proposal) => (keepCurrent ? proposal : withOldCodes(plan, proposal)))
      .map((proposal, i) => evaluated(plan, proposal, i + 1, band)),
    components: found.components,
    notFound: found.notFound,
    notes: found.notes,
  }
}

/** Which atoms are together, whatever their grids are called. */
function shapeOf(assignment: Assignment): string {
  const numbers = new Map<string | null, number>()
  return assignment
    .map((code) => {
      const number = numbers.get(code) ?? numbers.size
      numbers.set(code, number)
      return number
    })
    .join()
}

/** Neither drawn anew nor taken apart by a proposal. */
export const stays = (grid: PlanGrid): boolean => grid.locked || grid.kind !== 'ordinary'

interface PlanOnAtoms {
  readonly drawing: Drawing
  readonly graph: AtomGraph
  /** Microgrids are no part of a proposal. */
  readonly grids: readonly PlanGrid[]
  readonly assignment: Assignment
}

function readPlan(document: string): PlanOnAtoms {
  const drawing = fromJson(document)
  const grids = [...drawing.grids.values()].filter((grid) => grid.kind !== 'microgrid')
  return { drawing, grids, ...atomGraphOf(drawing) }
}

/** Grids drawn anew take over the codes of those most of whose households they have. */
function withOldCodes({ drawing, graph, grids, assignment }: PlanOnAtoms, proposal: Proposal): Proposal {
  const divisionOf = (own: readonly PlanGrid[], codes: Assignment) => ({
    grids: own,
    gridOf: new Map(
      graph.atoms.flatMap(({ id }, i) =>
        drawing.atoms[drawing.atomNumber.get(id)!]!.households.map(
          (row) => [drawing.households.ids[row]!, codes[i] ?? null] as const,
        ),
      ),
    ),
  })
  const divided = new Set(proposal.grids.map((grid) => grid.village))
  const { codes } = matchCodes(
    divisionOf(
      grids.filter((grid) => !stays(grid) && divided.has(grid.village)),
      assignment,
    ),
    divisionOf(
      proposal.grids.filter((grid) => !stays(grid)),
      proposal.assignment,
    ),
    groundOfAtoms(graph, assignment, proposal.assignment),
  )
  const before = new Map(grids.map((grid) => [grid.code, grid]))
  return {
    ...proposal,
    grids: proposal.grids.map((grid) => ({ ...grid, ...before.get(codes.get(grid.code) ?? '') })),
    assignment: proposal.assignment.map((code) => (code === null ? null : (codes.get(code) ?? code))),
  }
}

function evaluated(
  { drawing, graph, grids: before, assignment }: PlanOnAtoms,
  proposal: Proposal,
  number: number,
  band: SizeBand,
): PlanProposal {
  const card = evaluatePlan(graph, proposal.grids, proposal.assignment, { band })
  const cardOf = new Map(card.grids.map((one) => [one.grid.code, one]))
  const sorted = proposal.grids.toSorted((p, q) => (p.code < q.code ? -1 : 1))
  const indexOf = new Map(sorted.map((grid, i) => [grid.code, i]))
  const gridOf = proposal.assignment.map((code) => (code === null ? null : (indexOf.get(code) ?? null)))
  const known = new Set(before.map((grid) => grid.code))
  const atomsOf = sorted.map((): number[] => [])
  for (const [i, grid] of gridOf.entries())
    if (grid !== null) atomsOf[grid]!.push(drawing.atomNumber.get(graph.atoms[i]!.id)!)
  const grids = sorted.map((grid, i): ProposalGrid => {
    const figures = cardOf.get(grid.code)!
    const ground = groundOf(drawing, atomsOf[i]!)
    const [longitude = 0, latitude = 0] = interiorPosition(asMultiPolygon(ground))
    return {
      ...grid,
      drawn: !stays(grid) || grid.site !== null,
      isNew: !known.has(grid.code),
      at: [longitude, latitude],
      areaSquareMetres: areaSquareMetres(ground),
      compactness: figures.polsbyPopper,
      barrierShare: figures.drawnBarrierShare,
      namedShare: figures.drawnNamedShare,
    }
  })
  const { gridsOutOfBand, householdsOutside, groupsSplit, boundaryMetres, offBarrierMetres, topToBottom } =
    proposal.score
  const compact = grids.flatMap((grid) =>
    grid.kind === 'ordinary' && grid.compactness !== null ? [grid.compactness] : [],
  )
  return {
    number,
    grids,
    gridOf,
    figures: {
      grids: grids.filter((grid) => grid.kind === 'ordinary').length,
      gridsOutOfBand,
      householdsOutside,
      movedHouseholds: before.some((grid) => grid.kind === 'ordinary')
        ? movedHouseholds(graph, assignment, proposal.assignment)
        : null,
      boundaryMetres,
      barrierShare: boundaryMetres > 0 ? 1 - offBarrierMetres / boundaryMetres : null,
      compactness: compact.length > 0 ? compact.reduce((sum, one) => sum + one, 0) / compact.length : null,
      topToBottom,
      maximalAbsoluteDeviation: card.maximalAbsoluteDeviation,
      groupsSplit,
    },
  }
}

/** Households whose grid's code changes; those that had or have none do not count. */
function movedHouseholds({ atoms }: AtomGraph, before: Assignment, after: Assignment): number {
  let moved = 0
  for (const [i, { households }] of atoms.entries()) {
    const [old, now] = [before[i] ?? null, after[i] ?? null]
    if (old !== null && now !== null && old !== now) moved += households
  }
  return moved
}
