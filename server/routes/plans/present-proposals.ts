/** Feasibility and proposals as they cross the wire. */
import type { KeptProposals } from '../../commands/plans/proposal-shelf.ts'
import type { PlanProposal, ProposalGrid } from '../../commands/plans/propose-on-plan.ts'
import type { Feasibility, Proposal, Proposals } from '../../contract/proposals.ts'
import { proofMessage, relaxationMessage } from '../../core/planning/feasibility-messages.ts'
import type { Feasibility as Judged } from '../../core/planning/feasibility-values.ts'
import type { SizeBand } from '../../core/policy/division-policy.ts'

/** @param nameOf what people call a natural village, by the id of its group */
export const presentFeasibility = (
  one: Judged,
  sizes: SizeBand,
  nameOf: (group: string) => string,
): Feasibility => ({
  village: one.village,
  component: one.component,
  households: one.households,
  verdict: one.verdict,
  grids: one.counts && { ...one.counts },
  fewest_out_of_band: one.fewestOutOfBand,
  proofs: one.proofs.map((proof) => ({
    code: proof.code,
    message: proofMessage(proof, `${sizes.from}–${sizes.to}`),
  })),
  relaxations: one.relaxations.map((way) => ({
    code: way.code,
    message: relaxationMessage(way, nameOf),
    ...(way.code === 'cut_groups' && { groups: way.groups.map(({ id }) => id) }),
  })),
  message: one.message,
})

export function presentProposals(
  { plan, revision, band, plans, seed, keepCurrent, villages, mayCut, found }: KeptProposals,
  nameOf: (group: string) => string,
): NonNullable<Proposals['found']> {
  return {
    plan,
    revision,
    sizes: { ...band },
    plans,
    seed,
    keep_current: keepCurrent,
    villages: villages && [...villages],
    may_cut: [...mayCut],
    atoms: [...found.atoms],
    proposals: found.proposals.map(presentProposal),
    components: found.components.map((one) => presentFeasibility(one, band, nameOf)),
    not_found: found.notFound.map((one) => ({
      village: one.village,
      component: one.component,
      households: one.households,
      out_of_band: one.gridsOutOfBand,
      households_outside: one.householdsOutside,
      message: one.message,
    })),
    notes: found.notes.map(({ code, village, ids, message }) => ({ code, village, ids: [...ids], message })),
  }
}

const presentProposal = ({ number, grids, gridOf, figures }: PlanProposal): Proposal => ({
  number,
  grids: grids.map(presentGrid),
  assignment: [...gridOf],
  figures: {
    grids: figures.grids,
    out_of_band: figures.gridsOutOfBand,
    households_outside: figures.householdsOutside,
    moved_households: figures.movedHouseholds,
    boundary_m: rounded(figures.boundaryMetres, 1),
    barrier_share: rounded(figures.barrierShare, 3),
    compactness: rounded(figures.compactness, 3),
    top_to_bottom: rounded(figures.topToBottom, 3),
    maximal_deviation: rounded(figures.maximalAbsoluteDeviation, 3),
    groups_split: figures.groupsSplit,
  },
})

const presentGrid = (grid: ProposalGrid): Proposal['grids'][number] => ({
  code: grid.code,
  name: grid.name,
  kind: grid.kind,
  village: grid.village,
  is_new: grid.isNew,
  locked: grid.locked,
  at: [...grid.at],
  households: grid.households,
  persons: grid.persons,
  must_visit: grid.mustVisit,
  in_band: grid.inBand,
  area_m2: rounded(grid.areaSquareMetres, 1),
  compactness: rounded(grid.compactness, 3),
  barrier_share: rounded(grid.barrierShare, 3),
  named_share: rounded(grid.namedShare, 3),
})

const rounded = <Value extends number | null>(value: Value, digits: number): Value =>
  (value === null ? null : Math.round(value * 10 ** digits) / 10 ** digits) as Value
