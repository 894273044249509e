import type { Position } from 'geojson'
import { arrange } from '../coverage/arrangement.ts'
import { edgeTable } from '../coverage/edge-table.ts'
import { locator } from '../coverage/locate.ts'
import { polygonsWithin } from '../coverage/outline.ts'
import { faceAreaSquareMetres, widthOf } from '../coverage/regions.ts'
import { ringTable } from '../coverage/ring-table.ts'
import { areaSquareMetres, signedRingAreaSquareMetres } from '../geometry/area-square-metres.ts'
import { distanceMetres } from '../geometry/distance-metres.ts'
import { polygonFlaws } from '../geometry/polygon-flaws.ts'
import type { Grid, HouseholdPoint } from '../values.ts'
import type { Assignment, AtomGraph } from './values.ts'

/** Ground that one grid has in the first division and one in the second; null: none. Ground that stays has the same code twice. */
export interface GroundShare {
  readonly from: string | null
  readonly to: string | null
  readonly areaSquareMetres: number
  /**
   * True of ground that changes hands but is nowhere as wide as the tolerance of the check of a division (`toleranceMetres` there):
   * the fault of two drawings of one line, not ground.
   */
  readonly isThread?: boolean
}

/** What each grid's ground becomes between two plans on the same atoms. Sorted by from, then to; none first. */
export function groundOfAtoms(graph: AtomGraph, before: Assignment, after: Assignment): GroundShare[] {
  const sums = new Shares()
  const order = graph.atoms
    .map((_, i) => i)
    .toSorted((p, q) => byText(graph.atoms[p]!.id, graph.atoms[q]!.id))
  for (const i of order)
    sums.add(before[i] ?? null, after[i] ?? null, areaSquareMetres(graph.atoms[i]!.geometry))
  return sums.sorted()
}

/**
 * The same between two divisions given as polygons: both are drawn over one another, cut wherever they meet, and each face is
 * counted to the grids that cover it; where grids of one division overlap, to the one that sorts first by code, before rather to one
 * that has it no more afterwards. A grid whose geometry is the same in both keeps its ground, whatever overlaps it.
 */
export function groundBetween(before: readonly Grid[], after: readonly Grid[]): GroundShare[] {
  const sums = new Shares()
  const shapeOf = ({ geometry }: Grid): string => JSON.stringify(geometry.coordinates)
  const shapesAfter = new Map(byCode(after).map((grid) => [shapeOf(grid), grid]))
  const same = new Set<Grid>()
  for (const grid of byCode(before)) {
    const twin = shapesAfter.get(shapeOf(grid))
    if (!twin || same.has(twin)) continue
    same.add(grid).add(twin)
    sums.add(grid.code, twin.code, areaSquareMetres(grid.geometry))
  }
  const first = byCode(before.filter((grid) => !same.has(grid)))
  const changed = [...first, ...byCode(after.filter((grid) => !same.has(grid)))]
  const rings = ringTable(changed.map((grid) => grid.geometry))
  const broken = new Set(changed.flatMap(({ geometry }, i) => (polygonFlaws(geometry).length > 0 ? [i] : [])))
  const drawn = arrange(edgeTable(rings, broken), -1, locator(rings))
  const changing = new Map<string, Set<number>>()
  for (let face = 1; face < drawn.faces.faces; face++) {
    const cover = drawn.cover[face]!
    const to = cover.find((owner) => owner >= first.length)
    const owners = cover.filter((owner) => owner < first.length)
    // Of several that had it, the first that has it no more: where an overlap is settled, somebody loses ground.
    const kept = codeAt(changed, to)
    const from =
      (to === undefined ? undefined : owners.find((owner) => changed[owner]!.code !== kept)) ?? owners[0]
    if (from === undefined && to === undefined) continue
    const [was, is] = [codeAt(changed, from), codeAt(changed, to)]
    sums.add(was, is, faceAreaSquareMetres(drawn, face))
    if (was === is) continue
    const pair = JSON.stringify([was, is])
    changing.set(pair, (changing.get(pair) ?? new Set()).add(face))
  }
  return sums.sorted().map((share) => {
    const faces = changing.get(JSON.stringify([share.from, share.to]))
    return faces && polygonsWithin(drawn, faces).every(isNarrow) ? { ...share, isThread: true } : share
  })
}

/** Narrower than this is an edge drawn twice: the default of `checkDivision`. */
const THREAD_METRES = 0.02

/** Whether no circle of that width fits in. One does where twice the area is that much of the outline: most ground needs no search. */
function isNarrow(polygon: Position[][]): boolean {
  let [area, outlineMetres] = [0, 0]
  for (const ring of polygon) {
    area += signedRingAreaSquareMetres(ring)
    for (let i = 1; i < ring.length; i++)
      outlineMetres += distanceMetres(ring[i - 1]![0]!, ring[i - 1]![1]!, ring[i]![0]!, ring[i]![1]!)
  }
  return 2 * area < THREAD_METRES * outlineMetres && widthOf([polygon]) < THREAD_METRES
}

/**
 * The grid of every household, by id; null where none has it. On a common edge, and where grids overlap, the one that sorts
 * first by code, as the check of a division has it.
 */
export function gridOfHouseholds(
  households: readonly HouseholdPoint[],
  grids: readonly Grid[],
): Map<string, string | null> {
  const sorted = byCode(grids)
  const locate = locator(ringTable(sorted.map((grid) => grid.geometry)))
  return new Map(
    households.map(({ id, longitude, latitude }) => {
      const { inside, on } = locate(longitude, latitude)
      return [id, codeAt(sorted, inside[0] ?? on[0])]
    }),
  )
}

/** Sums by pair of codes. */
class Shares {
  readonly #sums = new Map<string | null, Map<string | null, number>>()

  add(from: string | null, to: string | null, areaInSquareMetres: number): void {
    const row = this.#sums.get(from) ?? new Map<string | null, number>()
    this.#sums.set(from, row.set(to, (row.get(to) ?? 0) + areaInSquareMetres))
  }

  sorted(): GroundShare[] {
    return [...this.#sums]
      .flatMap(([from, row]) => [...row].map(([to, area]) => ({ from, to, areaSquareMetres: area })))
      .toSorted((p, q) => byText(p.from ?? '', q.from ?? '') || byText(p.to ?? '', q.to ?? ''))
  }
}

const codeAt = (grids: readonly Grid[], index: number | undefined): string | null =>
  index === undefined ? null : grids[index]!.code

const byCode = (grids: readonly Grid[]): Grid[] => grids.toSorted((p, q) => byText(p.code, q.code))
const byText = (p: string, q: string): number => (p < q ? -1 : p > q ? 1 : 0)
