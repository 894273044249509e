/**
 * Checks a division of an area into grids: that it is whole, that each household is in exactly one grid, that sizes and codes hold.
 *
 * How it works, and why it is quick:
 * 1. `edge-table` numbers vertices and edges by their exact place, in linear time. An edge that two neighbours use in opposite
 *    directions is one line between them, and so is one that a grid uses along the area's edge. What else there is, is the residue. The
 *    signed sum of all outlines winds around a point (grids that cover it − 1 if the area does) times, and matched edges cancel out
 *    of that sum. So every gap, overlap, hole and piece outside is a face of the drawing of the residue alone. In a whole division
 *    the residue is its outer edge, or nothing when the area is given.
 * 2. `arrangement` cuts the residue where it meets (exact predicates, places a micrometre apart made one) and walks around its
 *    faces; what covers a face is asked of the polygons themselves at a point inside, so an invalid ring cannot spoil its neighbours.
 *    Faces covered wrongly take in the matched edges inside them, so that each face has one set of grids.
 * 3. `regions` joins faces wrong in the same way and measures them: geodesic area, width as twice the largest inscribed circle.
 * 4. `judge-*` decide what each is called. Narrower than the tolerance is an edge drawn twice, not ground.
 *
 * What Turf does: it measures the residue where a measure is about polygons in degrees: the boxes of regions and problems,
 * which hole is whose, which households lie on a problem's ground. What it does not, and why: its areas and lengths are of a
 * sphere, up to 0.5 % off, so these are `geometry`'s, on the ellipsoid; its overlays (`union`, `intersect`, `difference`) take
 * some 10 ms for two grids of 36 vertices and 100 ms for two districts, where the walk around the faces has their result already,
 * and they drop vertices on straight stretches, which neighbours meet at. They are the second opinion in the tests: every
 * overlap is what `intersect` finds, every opening what `difference` leaves of the area without the `union` of the grids.
 *
 * Microgrids are checked as a layer of their own, against the grid that is their parent.
 */

import { signedAreaOfVertices } from '../geometry/area-square-metres.ts'
import type { AreaGeometry, HouseholdPoint } from '../values.ts'
import { type Arrangement, arrange } from './arrangement.ts'
import { edgeTable } from './edge-table.ts'
import { judgeCodes, judgeSlivers, judgeValidity } from './judge-grids.ts'
import { type Placement, placeHouseholds } from './judge-households.ts'
import { judgeParts } from './judge-parts.ts'
import { judgeRegions, type RegionFinding } from './judge-regions.ts'
import { locator } from './locate.ts'
import { householdsOn, numberProblems } from './number-problems.ts'
import { faceAreaSquareMetres, type Region } from './regions.ts'
import type {
  CheckReport,
  DivisionGrid,
  DivisionInput,
  Enclave,
  Finding,
  GridSummary,
  ProblemCode,
} from './report.ts'
import { polygonsOf, type RingTable, ringTable } from './ring-table.ts'

/** The report on a division. Pure: the same set of grids and households gives the same report in any order. */
export function checkDivision(input: DivisionInput): CheckReport {
  const grids = input.grids.toSorted(byCode)
  const isMicro = (grid: DivisionGrid): boolean => grid.kind === 'microgrid'
  const main = grids.every(isMicro) ? grids : grids.filter((grid) => !isMicro(grid))
  const layers = [checkLayer(main, input.within, input)]
  if (main.length < grids.length) {
    const parents = new Set(grids.filter(isMicro).map((grid) => grid.parent))
    for (const parent of parents) {
      const within = main.find((grid) => grid.code === parent)?.geometry
      const micro = grids.filter((grid) => isMicro(grid) && grid.parent === parent)
      layers.push(withoutHouseholdProblems(checkLayer(micro, within, input)))
    }
  }
  const codes = numberProblems(judgeCodes(grids, input.codePattern), undefined, undefined)
  const problems = [...layers.flatMap((layer) => layer.problems), ...codes]
  const counts: Partial<Record<ProblemCode, number>> = {}
  for (const { code } of problems) counts[code] = (counts[code] ?? 0) + 1
  return {
    grids: grids.length,
    areaSquareMetres: layers[0]!.areaSquareMetres,
    valid: problems.length === 0,
    counts,
    households: layers[0]!.households,
    enclaves: layers[0]!.enclaves,
    perGrid: layers.flatMap((layer) => layer.perGrid),
    problems,
  }
}

type Layer = Pick<CheckReport, 'areaSquareMetres' | 'households' | 'enclaves' | 'perGrid' | 'problems'>

const withoutHouseholdProblems = (layer: Layer): Layer => ({
  ...layer,
  problems: layer.problems.filter((problem) => problem.household === undefined),
})

/** By code, then by the westernmost vertex, so that the order of input never shows. */
function byCode(a: DivisionGrid, b: DivisionGrid): number {
  if (a.code !== b.code) return a.code < b.code ? -1 : 1
  const [p, q] = [westernmost(a.geometry), westernmost(b.geometry)]
  return p[0] - q[0] || p[1] - q[1] || p[2] - q[2]
}

function westernmost(geometry: AreaGeometry): [longitude: number, latitude: number, vertices: number] {
  let [x, y, vertices] = [Infinity, Infinity, 0]
  for (const position of polygonsOf(geometry).flat(2)) {
    vertices++
    if (position[0]! < x || (position[0] === x && position[1]! < y)) [x, y] = position as [number, number]
  }
  return [x, y, vertices]
}

/** Checks grids that are to cover one area side by side. */
function checkLayer(
  grids: readonly DivisionGrid[],
  within: AreaGeometry | undefined,
  input: DivisionInput,
): Layer {
  const { toleranceMetres = 0.02, gapWidthMetres = 10, sliverWidthMetres = 1, households } = input
  const area = within ? grids.length : -1
  const { findings: invalid, broken } = judgeValidity(grids)
  const rings = ringTable(
    grids.map((grid) => grid.geometry),
    within,
  )
  const table = edgeTable(rings, broken)
  const locate = locator(rings)
  const arrangement = arrange(table, area, locate)
  const gridAreas = areasOf(rings, grids.length, broken, arrangement)
  const judged = judgeRegions(arrangement, { area, toleranceMetres, gapWidthMetres, gridAreas })
  const seams = judged.findings.filter((finding) => finding.code === 'unmatched_edge')
  const placement = households && placeHouseholds(households, grids.length, locate, area, seams)
  const enclaves = judged.findings.filter((finding) => finding.code === 'enclave')
  const findings = [
    ...invalid,
    ...judged.findings.flatMap((finding) => regionProblem(finding, grids)),
    ...judgeSlivers(grids, broken, sliverWidthMetres),
    ...judgeParts(grids, rings, locate, area),
    ...(households && placement ? householdFindings(grids, households, placement, input.sizes) : []),
  ]
  return {
    areaSquareMetres: coveredArea(gridAreas, judged.regions),
    households: summarise(placement),
    enclaves: describeEnclaves(enclaves, grids, households),
    perGrid: grids.map(
      (grid, i): GridSummary => ({
        grid: grid.code,
        households: placement ? placement.perGrid[i]! : null,
        areaSquareMetres: gridAreas[i]!,
        parts: rings.ownerPart[i + 1]! - rings.ownerPart[i]!,
      }),
    ),
    problems: numberProblems(findings, households, placement),
  }
}

/** Area of each grid: of its rings, or, where those cross, of the faces it covers. */
function areasOf(
  rings: RingTable,
  grids: number,
  broken: ReadonlySet<number>,
  arrangement: Arrangement,
): number[] {
  const areas = Array.from({ length: grids }, () => 0)
  for (let grid = 0; grid < grids; grid++) {
    if (broken.has(grid)) continue
    for (let part = rings.ownerPart[grid]!; part < rings.ownerPart[grid + 1]!; part++)
      for (let ring = rings.partRing[part]!; ring < rings.partRing[part + 1]!; ring++)
        areas[grid]! += signedAreaOfVertices(
          rings.x,
          rings.y,
          rings.ringVertex[ring]!,
          rings.ringVertex[ring + 1]!,
        )
  }
  if (broken.size === 0) return areas
  for (const [face, cover] of arrangement.cover.entries())
    for (const grid of cover) if (broken.has(grid)) areas[grid]! += faceAreaSquareMetres(arrangement, face)
  return areas
}

/** All grids' areas, ground they share counted once. */
const coveredArea = (gridAreas: readonly number[], regions: readonly Region[]): number =>
  gridAreas.reduce((sum, area) => sum + area, 0) -
  regions
    .filter((region) => region.kind === 'overlap')
    .reduce((sum, region) => sum + (region.cover.length - 1) * region.areaSquareMetres, 0)

function regionProblem(finding: RegionFinding, grids: readonly DivisionGrid[]): Finding[] {
  const { code, owners, places, withArea, areaSquareMetres, widthMetres, lengthMetres, geometry, ground } =
    finding
  if (code === 'enclave') return []
  return [
    {
      code,
      grids: owners.map((owner) => grids[owner]!.code),
      areaSquareMetres,
      widthMetres,
      lengthMetres,
      geometry,
      ground,
      detail: { places, ...(withArea ? { area: 1 } : {}) },
    },
  ]
}

function describeEnclaves(
  enclaves: readonly RegionFinding[],
  grids: readonly DivisionGrid[],
  households: readonly HouseholdPoint[] | undefined,
): Enclave[] {
  const counts = households
    ? householdsOn(
        enclaves.map((enclave) => enclave.ground),
        households,
      )
    : null
  return enclaves
    .map((enclave, i) => ({
      areaSquareMetres: enclave.areaSquareMetres,
      widthMetres: enclave.widthMetres,
      grids: enclave.owners.map((owner) => grids[owner]!.code),
      households: counts ? counts[i]! : null,
      geometry: enclave.ground,
    }))
    .toSorted((a, b) => b.areaSquareMetres - a.areaSquareMetres)
}

function summarise(placement: Placement | undefined): CheckReport['households'] {
  const grids = placement?.grids ?? []
  const inNone = grids.filter((own) => own.length === 0).length
  const inSeveral = grids.filter((own) => own.length > 1).length
  return { total: grids.length, inOne: grids.length - inNone - inSeveral, inNone, inSeveral }
}

/** One finding for each household in no grid or in several, and one for each grid out of the size band. */
function householdFindings(
  grids: readonly DivisionGrid[],
  households: readonly HouseholdPoint[],
  placement: Placement,
  sizes: DivisionInput['sizes'],
): Finding[] {
  const figures = { areaSquareMetres: null, widthMetres: null, lengthMetres: null }
  const findings: Finding[] = []
  for (const [i, own] of placement.grids.entries()) {
    if (own.length === 1) continue
    const { id, longitude, latitude } = households[i]!
    const isPlace = Number.isFinite(longitude) && Number.isFinite(latitude)
    findings.push({
      ...figures,
      code: own.length === 0 ? 'household_in_none' : 'household_in_several',
      grids: own.map((grid) => grids[grid]!.code),
      geometry: isPlace ? { type: 'Point', coordinates: [longitude, latitude] } : null,
      household: id,
      count: 1,
    })
  }
  if (!sizes) return findings
  for (const [i, grid] of grids.entries()) {
    const count = placement.perGrid[i]!
    const isOut = count < sizes.from || count > sizes.to
    if (!isOut || grid.kind === 'dedicated' || grid.kind === 'microgrid') continue
    findings.push({
      ...figures,
      code: count < sizes.from ? 'households_below' : 'households_above',
      grids: [grid.code],
      geometry: grid.geometry,
      count,
      detail: { count, bound: count < sizes.from ? sizes.from : sizes.to },
    })
  }
  return findings
}

export type { CheckReport, DivisionGrid, DivisionInput, Problem } from './report.ts'
