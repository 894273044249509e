/** One layer of a division: grids that are to cover one ground side by side. */
import { signedAreaOfVertices } from '../geometry/area-square-metres.ts'
import type { AreaGeometry, HouseholdPoint } from '../values.ts'
import { type Arrangement, arrange, type DrawingWishes } from './arrangement.ts'
import { type EdgeTable, edgeTable } from './edge-table.ts'
import { judgeBuildings } from './judge-buildings.ts'
import { judgeSlivers, judgeValidity } from './judge-grids.ts'
import { type Placement, placeHouseholds } from './judge-households.ts'
import { judgeParts } from './judge-parts.ts'
import { judgeRegions, type RegionFinding } from './judge-regions.ts'
import { judgeVillages } from './judge-villages.ts'
import { type Location, locator } from './locate.ts'
import { householdsOn, type NumberedFinding, numberFindings } from './number-problems.ts'
import { faceAreaSquareMetres, type Region } from './regions.ts'
import type { CheckReport, DivisionGrid, DivisionInput, Enclave, Finding, GridSummary } from './report.ts'
import { polygonsOf, type RingTable, ringTable } from './ring-table.ts'

/** What one layer of the report says. */
export type LayerReport = Pick<CheckReport, 'areaSquareMetres' | 'households' | 'enclaves' | 'perGrid'>

/** A layer as it was found, with the drawing that shows why. Owners are indices into `grids`. */
export interface Layer {
  readonly grids: readonly DivisionGrid[]
  /** The owner that is the area, or -1. */
  readonly area: number
  readonly rings: RingTable
  readonly table: EdgeTable
  readonly arrangement: Arrangement
  readonly locate: (longitude: number, latitude: number) => Location
  /** Owners whose geometry is invalid. */
  readonly broken: ReadonlySet<number>
  readonly gridAreas: readonly number[]
  /** Undefined when no households were given. */
  readonly placement: Placement | undefined
  readonly findings: readonly NumberedFinding[]
  readonly report: LayerReport
}

/** A division's layers: its grids, and the microgrids of each parent against that grid. Sorted, whatever the order of input. */
export function layersOf(
  input: DivisionInput,
): { readonly grids: readonly DivisionGrid[]; readonly within: AreaGeometry | undefined }[] {
  const grids = input.grids.toSorted(byCode)
  const isMicro = (grid: DivisionGrid): boolean => grid.kind === 'microgrid'
  const main = grids.every(isMicro) ? grids : grids.filter((grid) => !isMicro(grid))
  const layers = [{ grids: main, within: input.within }]
  if (main.length === grids.length) return layers
  const micro = grids.filter(isMicro)
  for (const parent of new Set(micro.map((grid) => grid.parent)))
    layers.push({
      grids: micro.filter((grid) => grid.parent === parent),
      within: main.find((grid) => grid.code === parent)?.geometry,
    })
  return layers
}

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

/** Checks grids that are to cover one area side by side. @param grids sorted, as `layersOf` gives them */
export function checkLayer(
  grids: readonly DivisionGrid[],
  within: AreaGeometry | undefined,
  input: DivisionInput,
  wishes: DrawingWishes = {},
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
  const arrangement = arrange(table, area, locate, wishes)
  const gridAreas = areasOf(rings, grids.length, broken, arrangement)
  const judged = judgeRegions(arrangement, { area, toleranceMetres, gapWidthMetres, gridAreas })
  const seams = judged.findings.filter((finding) => finding.code === 'unmatched_edge')
  const placement = households && placeHouseholds(households, grids.length, locate, area, seams)
  const enclaves = judged.findings.filter((finding) => finding.code === 'enclave')
  const boundaries = { table, locate, area }
  const findings = [
    ...invalid,
    ...judged.findings.flatMap((finding) => regionProblem(finding, grids)),
    ...judgeSlivers(grids, broken, sliverWidthMetres),
    ...judgeParts(grids, rings, locate, area),
    ...(households && placement ? householdFindings(grids, households, placement, input.sizes) : []),
    ...judgeVillages(input, grids, boundaries, placement),
    ...judgeBuildings(input, grids, boundaries, placement),
  ]
  return {
    grids,
    area,
    rings,
    table,
    arrangement,
    locate,
    broken,
    gridAreas,
    placement,
    findings: numberFindings(findings, households, placement),
    report: {
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
    },
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
      regions: finding.regions,
      concerns: owners,
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
