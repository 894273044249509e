/** Proposals that jobs have made, kept in memory until they are adopted or others take their place. */
import type { SizeBand } from '../../core/policy/division-policy.ts'
import type { PlanProposals, ProposeInput } from './propose-on-plan.ts'

/** What was asked, of which revision of which plan, and what was found. */
export interface KeptProposals extends Omit<ProposeInput, 'document'> {
  readonly plan: string
  readonly revision: number
  readonly band: SizeBand
  readonly found: PlanProposals
}

export interface ProposalShelf {
  keep(job: string, proposals: KeptProposals): void
  find(job: string): KeptProposals | undefined
}

/** A town's proposals are a megabyte; the same seed makes them again. */
const mostKept = 20

export function createProposalShelf(): ProposalShelf {
  const kept = new Map<string, KeptProposals>()
  return {
    keep(job, proposals) {
      kept.set(job, proposals)
      for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest)
    },
    find: (job) => kept.get(job),
  }
}
