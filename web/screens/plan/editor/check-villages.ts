/** Checks villages of a drawing as the stored division is checked; pure, run in a worker. */
import polylabel from 'polylabel'
import type { CheckProblem } from '../../../../server/contract/check.ts'
import { checkDivision } from '../../../../server/core/coverage/check-division.ts'
import type { Problem } from '../../../../server/core/coverage/report.ts'
import type { Drawing, DrawnAtom } from '../../../../server/core/planning/drawing/drawing.ts'
import { gridPolygons, groundOf } from '../../../../server/core/planning/drawing/grid-polygons.ts'
import type { SizeBand } from '../../../../server/core/policy/division-policy.ts'
import type { HouseholdPoint, LngLat } from '../../../../server/core/values.ts'

export interface Touched {
  readonly atoms: readonly string[]
  readonly grids: readonly string[]
}

export interface VillageCheck {
  readonly village: string
  readonly problems: readonly CheckProblem[]
}

/** Villages with a grid or an atom that an edit touched. */
export function villagesOf(drawing: Drawing, touched: Touched): Set<string> {
  const villages = new Set<string>()
  for (const id of touched.atoms) {
    const number = drawing.atomNumber.get(id)
    if (number !== undefined) villages.add(drawing.atoms[number]!.village)
  }
  for (const code of touched.grids) {
    const grid = drawing.grids.get(code)
    if (grid) villages.add(grid.village)
  }
  return villages
}

export function allVillages(drawing: Drawing): Set<string> {
  return new Set(drawing.atoms.flatMap((atom) => (atom ? [atom.village] : [])))
}

/** The check of each village by itself: no grid reaches across a village's outline, so nothing is missed. */
export function checkVillages(
  drawing: Drawing,
  villages: ReadonlySet<string>,
  band: SizeBand | null,
): VillageCheck[] {
  return [...villages].toSorted().map((village) => {
    const own = [...drawing.grids.values()].filter((grid) => grid.village === village)
    const polygons = gridPolygons(
      drawing,
      own.map((grid) => grid.code),
    )
    const ground = [...drawing.atoms.keys()].filter((number) => drawing.atoms[number]?.village === village)
    const { problems } = checkDivision({
      grids: own.flatMap((grid) => {
        const geometry = polygons.get(grid.code)
        const { code, kind, parent } = grid
        return geometry ? [{ code, kind, geometry, ...(parent !== null && { parent }) }] : []
      }),
      ...(ground.length > 0 && { within: groundOf(drawing, ground) }),
      households: householdsOn(drawing, (atom) => atom.village === village),
      ...(band && { sizes: band }),
    })
    return { village, problems: problems.map(presented) }
  })
}

/** The households of some atoms. */
export function householdsOn(
  { atoms, households: table }: Drawing,
  isAsked: (atom: DrawnAtom) => boolean,
): HouseholdPoint[] {
  return atoms.flatMap((atom) =>
    atom && isAsked(atom)
      ? atom.households.map((row) => ({
          id: table.ids[row]!,
          longitude: table.longitudes[row]!,
          latitude: table.latitudes[row]!,
        }))
      : [],
  )
}

/** As the server gives problems (contract/check.ts). */
export const presented = (problem: Problem): CheckProblem => ({
  id: problem.id,
  code: problem.code,
  grids: [...problem.grids],
  area_m2: problem.areaSquareMetres,
  width_m: problem.widthMetres,
  length_m: problem.lengthMetres,
  households: problem.households,
  ...(problem.household !== undefined && { household: problem.household }),
  ...(problem.site !== undefined && { site: problem.site }),
  message: problem.message,
  geometry: problem.geometry as unknown as CheckProblem['geometry'],
})

/** Where the names of grids stand: in the roomiest place of each one's largest piece. */
export function labelPoints(drawing: Drawing, codes: Iterable<string>): Map<string, LngLat> {
  const points = new Map<string, LngLat>()
  for (const [code, geometry] of gridPolygons(drawing, codes)) {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
    const [largest] = polygons.toSorted((p, q) => roughArea(q[0]!) - roughArea(p[0]!))
    const shrink = Math.cos((largest![0]![0]![1]! * Math.PI) / 180)
    const flat = largest!.map((ring) => ring.map(([x, y]): [number, number] => [x! * shrink, y!]))
    // A fiftieth of its size is near enough for a name.
    const [x, y] = polylabel(flat, Math.sqrt(roughArea(flat[0]!)) / 50)
    points.set(code, [x! / shrink, y!])
  }
  return points
}

/** In square degrees; for telling larger from smaller. */
function roughArea(ring: readonly (readonly number[])[]): number {
  let doubled = 0
  for (let i = 1; i < ring.length; i++)
    doubled +=
      (ring[i - 1]![0]! - ring[0]![0]!) * (ring[i]![1]! - ring[0]![1]!) -
      (ring[i]![0]! - ring[0]![0]!) * (ring[i - 1]![1]! - ring[0]![1]!)
  return Math.abs(doubled) / 2
}
