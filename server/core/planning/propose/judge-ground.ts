import type { SizeBand } from '../../policy/division-policy.ts'
import { judgeFeasibility } from '../feasibility.ts'
import type { Feasibility } from '../feasibility-values.ts'
import type { AtomGraph } from '../values.ts'
import { canonicalGraph } from './canonical-graph.ts'
import { currentPlan } from './propose-plans.ts'
import type { ProposeOptions } from './values.ts'
import { feasibilityComponents, villageGround } from './village-ground.ts'

/**
 * Whether the ground of villages can be cut into grids of a size, component by component: what `proposePlans` would divide,
 * judged without a search. Locked and dedicated grids of the current plan keep their ground and are not judged.
 * @returns by village, then component; the order of atoms and borders does not matter
 * @throws RangeError for a band that is none
 */
export function judgeGround(
  input: AtomGraph,
  band: SizeBand,
  current: ProposeOptions['current'] | null = null,
): Feasibility[] {
  const { graph, position } = canonicalGraph(input)
  const plan =
    current &&
    currentPlan(
      current.grids,
      position.map((at) => current.assignment[at] ?? null),
    )
  const codes = [...new Set(graph.atoms.map((atom) => atom.village))].sort()
  const villages = codes.map((code) => villageGround(graph, code, plan, band))
  return judgeFeasibility({ components: feasibilityComponents(graph, villages, band), band })
}
