/** What would make the impossible possible: the nearest legal ways out, as data. */
import { bandStatus, type SizeBand } from '../policy/division-policy.ts'
import type {
  Feasibility,
  FeasibilityComponent,
  FeasibilityNeighbour,
  FeasibilityUnit,
  Proof,
} from './feasibility.ts'
import { gridCounts } from './grid-counts.ts'

export type Relaxation =
  /** A band in which the arithmetic works. */
  | { readonly code: 'other_band'; readonly band: SizeBand }
  /** The level above approves at least so many grids out of band. */
  | { readonly code: 'approve_exceptions'; readonly grids: number }
  /** A unit too large is approved to be divided, or made a dedicated grid. */
  | { readonly code: 'divide_unit'; readonly unit: FeasibilityUnit }
  /** Other ground is taken in: an exclave declared or a crossing made in one village, or the grids of two villages joined. */
  | {
      readonly code: 'join_neighbour'
      readonly neighbour: FeasibilityNeighbour
      readonly sameVillage: boolean
      /** Of both together. */
      readonly households: number
    }

/** Neighbours told at most. */
const MOST_NEIGHBOURS = 3

/** Ways out for a component with these proofs, by kind; of other bands, the nearest first. */
export function relaxationsFor(
  component: FeasibilityComponent,
  judged: Pick<Feasibility, 'households' | 'proofs' | 'fewestOutOfBand'>,
  band: SizeBand,
): Relaxation[] {
  const { households, proofs, fewestOutOfBand } = judged
  return [
    ...otherBands(households, proofs, band).map((one) => ({ code: 'other_band', band: one }) as const),
    ...proofs.flatMap((proof) =>
      proof.code === 'unit_too_large'
        ? proof.units.map((unit) => ({ code: 'divide_unit', unit }) as const)
        : [],
    ),
    ...joinable(component, households, band),
    { code: 'approve_exceptions', grids: fewestOutOfBand },
  ]
}

/** Bands in which the arithmetic works; none that would let grids be far off what was wanted (`bandStatus`). */
function otherBands(households: number, proofs: readonly Proof[], band: SizeBand): SizeBand[] {
  // A unit too large asks for its own size at least, whatever else is wrong.
  const to = proofs.reduce(
    (most, proof) => (proof.code === 'unit_too_large' ? Math.max(most, proof.units[0]!.households) : most),
    band.to,
  )
  const grids = Math.floor(households / to)
  const bands: SizeBand[] = []
  if (gridCounts(households, { ...band, to })) bands.push({ ...band, to })
  else {
    if (grids > 0) bands.push({ from: band.from, to: Math.ceil(households / grids) })
    if (households > 0) bands.push({ from: Math.floor(households / (grids + 1)), to })
  }
  const change = (one: SizeBand): number => band.from - one.from + one.to - band.to
  return bands
    .filter((one) => change(one) > 0 && !bandStatus(one.from, band, 'ordinary').startsWith('far'))
    .filter((one) => !bandStatus(one.to, band, 'ordinary').startsWith('far'))
    .sort((p, q) => change(p) - change(q))
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
