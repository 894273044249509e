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

import { checkLayer, layersOf } from './check-layer.ts'
import { judgeCodes } from './judge-grids.ts'
import { numberFindings } from './number-problems.ts'
import type { CheckReport, DivisionInput, ProblemCode } from './report.ts'

/** The report on a division. Pure: the same set of grids and households gives the same report in any order. */
export function checkDivision(input: DivisionInput): CheckReport {
  const layers = layersOf(input)
  const [main, ...micro] = layers
  const first = checkLayer(main!.grids, main!.within, input)
  // Microgrids divide their parent's ground; its households, villages and buildings were judged with it.
  const { households, villages: _villages, buildings: _buildings, sizes: _sizes, ...ground } = input
  const others = micro.map(({ grids, within }) =>
    checkLayer(grids, within, { ...ground, ...(households ? { households } : {}) }),
  )
  const grids = layers.flatMap((layer) => layer.grids)
  const codes = numberFindings(judgeCodes(grids, input.codePattern), undefined, undefined)
  const problems = [
    ...first.findings.map(({ problem }) => problem),
    ...others.flatMap(({ findings }) =>
      findings.map(({ problem }) => problem).filter((problem) => problem.household === undefined),
    ),
    ...codes.map(({ problem }) => problem),
  ]
  const counts: Partial<Record<ProblemCode, number>> = {}
  for (const { code } of problems) counts[code] = (counts[code] ?? 0) + 1
  return {
    grids: input.grids.length,
    ...first.report,
    valid: problems.length === 0,
    counts,
    perGrid: [first, ...others].flatMap((layer) => layer.report.perGrid),
    problems,
  }
}

export type { CheckReport, DivisionGrid, DivisionInput, Problem } from './report.ts'
