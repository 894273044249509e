/** What a check of whole villages says after an edit, from looking around what the edit touched: pure, run in a worker. */
import type { CheckProblem } from '../../../../server/contract/check.ts'
import { checkDivision } from '../../../../server/core/coverage/check-division.ts'
import { checkEdit } from '../../../../server/core/planning/drawing/check-edit.ts'
import type { Drawing } from '../../../../server/core/planning/drawing/drawing.ts'
import type { SizeBand } from '../../../../server/core/policy/division-policy.ts'
import {
  checkVillages,
  householdsOn,
  presented,
  type Touched,
  type VillageCheck,
  villagesOf,
} from './check-villages.ts'

/**
 * The problems of the villages that an edit touched.
 * @param touched of `before`, `after` or both
 * @param known problems before the edit, by village, of every village
 */
export function checkAround(
  before: Drawing,
  after: Drawing,
  touched: Touched,
  known: ReadonlyMap<string, readonly CheckProblem[]>,
  band: SizeBand | null,
): VillageCheck[] {
  // What is gone had its village before, what is new has it after.
  const villages = new Set([...villagesOf(before, touched), ...villagesOf(after, touched)])
  const lost = villagesOf(before, {
    atoms: touched.atoms.filter((id) => losesGrid(before, after, id)),
    grids: [],
  })
  return [...villages].toSorted().flatMap((village) => {
    const own = known.get(village) ?? []
    // Ground beside no grid is a problem that names none, and is found from no grid.
    const isNameless = own.some((one) => one.grids.length === 0 && one.household === undefined)
    if (isNameless || lost.has(village)) return checkVillages(after, new Set([village]), band)
    const { asked, found } = lookAround(before, after, touched, village, band)
    const kept = own.filter(
      (one) => one.household === undefined && !one.grids.some((code) => asked.has(code)),
    )
    return [{ village, problems: [...kept, ...found, ...householdsInNone(after, village)] }]
  })
}

function losesGrid(before: Drawing, after: Drawing, id: string): boolean {
  const [was, is] = [before, after].map(({ atoms, atomNumber }) => atoms[atomNumber.get(id) ?? -1])
  return was?.grid != null && is?.grid === null
}

/** The problems that name a grid whose problems may have changed, and these grids. */
function lookAround(
  before: Drawing,
  after: Drawing,
  touched: Touched,
  village: string,
  band: SizeBand | null,
): { readonly asked: ReadonlySet<string>; readonly found: readonly CheckProblem[] } {
  const rules = band ? { sizes: band } : {}
  const villageOf = (code: string): string | undefined =>
    (after.grids.get(code) ?? before.grids.get(code))?.village
  const own = touched.grids.filter((code) => villageOf(code) === village)
  // Microgrids divide the ground of their grid, and its ground may be another.
  const grounds = new Set(own.map((code) => after.grids.get(code)?.parent ?? code))
  const within = [...after.grids.values()].filter(({ parent }) => parent !== null && grounds.has(parent))
  const asked = new Set([...own, ...grounds, ...within.map(({ code }) => code)])
  const found = checkEdit(after, [...asked], rules)
  // Ground taken from the middle of a gap touched nobody; what is left of the gap names whom it named when it was whole.
  const named = found.flatMap(({ grids }) => grids).filter((code) => !asked.has(code))
  if (named.length === 0) return { asked, found: found.map(presented) }
  for (const code of named) asked.add(code)
  return { asked, found: checkEdit(after, [...asked], rules).map(presented) }
}

/** Households on ground without a grid, one problem each. */
function householdsInNone(drawing: Drawing, village: string): CheckProblem[] {
  const households = householdsOn(drawing, (atom) => atom.grid === null && atom.village === village)
  return households.length === 0 ? [] : checkDivision({ grids: [], households }).problems.map(presented)
}
