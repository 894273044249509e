/** What would make the impossible possible: the nearest legal ways out, as data. */
import { bandStatus, type SizeBand } from '../policy/division-policy.ts'
import type {
  Feasibility,
  FeasibilityComponent,
  FeasibilityNeighbour,
  Proof,
  Relaxation,
} from './feasibility-values.ts'
import { gridCounts } from './grid-counts.ts'

/** Neighbours told at most. */
const MOST_NEIGHBOURS = 3

/**
 * Ways out for a component with these proofs, by kind; of other bands, the nearest first.
 * @param known bands that have a plan, where every plan was looked at
 */
export function relaxationsFor(
  component: FeasibilityComponent,
  judged: Pick<Feasibility, 'households' | 'counts' | 'proofs' | 'fewestOutOfBand'>,
  band: SizeBand,
  known: readonly SizeBand[] | null,
): Relaxation[] {
  const { households, counts, proofs, fewestOutOfBand } = judged
  // Where the arithmetic allows no number of grids, it does not matter what is divided.
  const groups = counts === null ? null : (component.groupsToCut?.() ?? null)
  return [
    ...bandsFor(households, proofs, band, known).map((one) => ({ code: 'other_band', band: one }) as const),
    ...proofs.flatMap((proof) =>
      proof.code === 'unit_too_large'
        ? proof.units.map((unit) => ({ code: 'divide_unit', unit }) as const)
        : [],
    ),
    ...(groups ? [{ code: 'cut_groups', groups } as const] : []),
    ...joinable(component, households, band),
    { code: 'approve_exceptions', grids: fewestOutOfBand },
  ]
}

/** Other bands, the nearest first; none that would let grids be far off what was wanted (`bandStatus`). */
function bandsFor(
  households: number,
  proofs: readonly Proof[],
  band: SizeBand,
  known: readonly SizeBand[] | null,
): SizeBand[] {
  // Where not every plan was looked at, arithmetic says what might do.
  const bands = known ?? arithmeticBands(households, proofs, band)
  const change = (one: SizeBand): number => band.from - one.from + one.to - band.to
  const isFar = (size: number): boolean => bandStatus(size, band, 'ordinary').startsWith('far')
  return bands
    .filter((one) => change(one) > 0 && !isFar(one.from) && !isFar(one.to))
    .sort((p, q) => change(p) - change(q))
}

function arithmeticBands(households: number, proofs: readonly Proof[], band: SizeBand): SizeBand[] {
  // A unit too large asks for its own size at least, whatever else is wrong.
  const to = proofs.reduce(
    (most, proof) => (proof.code === 'unit_too_large' ? Math.max(most, proof.units[0]!.households) : most),
    band.to,
  )
  if (gridCounts(households, { ...band, to })) return [{ ...band, to }]
  const grids = Math.floor(households / to)
  return [
    ...(grids > 0 ? [{ from: band.from, to: Math.ceil(households / grids) }] : []),
    ...(households > 0 ? [{ from: Math.floor(households / (grids + 1)), to }] : []),
  ]
}

function joinable(component: FeasibilityComponent, households: number, band: SizeBand): Relaxation[] {
  const own = (neighbour: FeasibilityNeighbour): number => (neighbour.village === component.village ? 0 : 1)
  return (component.neighbours ?? [])
    .filter((neighbour) => gridCounts(households + neighbour.households, band) !== null)
    .sort((p, q) => own(p) - own(q) || q.households - p.households || (p.id < q.id ? -1 : 1))
    .slice(0, MOST_NEIGHBOURS)
    .map((neighbour) => ({
      code: 'join_neighbour',
      neighbour,
      sameVillage: own(neighbour) === 0,
      households: households + neighbour.households,
    }))
}
