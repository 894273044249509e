import { eastMetres, localMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import { ringWeights } from '../hexagons/ring-weights.ts'
import { contiguityWeights } from '../statistics/contiguity.ts'
import { distanceBandWeights } from '../statistics/distance-band.ts'
import type { SpatialWeights } from '../statistics/weights.ts'
import { type Cells, withinSteps } from './cells.ts'
import type { AnalysisQuestion } from './values.ts'

/**
 * Who is whose neighbour, binary, none its own: hexagons by rings, grids by shared edge (and so many steps over shared edges), or
 * both by the distance between centres, in metres of the local frame.
 */
export function neighbourhood(
  cells: Cells,
  { rings, bandMetres }: Pick<AnalysisQuestion, 'rings' | 'bandMetres'>,
): SpatialWeights {
  const { placed, picked } = cells
  if (bandMetres !== null) return distanceBandWeights(centresMetres(cells), bandMetres)
  if (placed.geometries === null)
    return ringWeights(
      Array.from(picked, (cell) => placed.cells[cell]!),
      rings,
    )
  const { geometries } = placed
  return withinSteps(contiguityWeights(Array.from(picked, (cell) => geometries[cell]!)), rings)
}

/** The cells' centres in metres around the middle of them all. */
export function centresMetres({ placed, picked }: Cells): [x: number, y: number][] {
  const { centreLongitude, centreLatitude } = placed
  let [longitude, latitude] = [0, 0]
  for (const cell of picked) {
    longitude += centreLongitude[cell]! / picked.length
    latitude += centreLatitude[cell]! / picked.length
  }
  const frame = localMetricFrame(longitude, latitude)
  return Array.from(picked, (cell) => [
    eastMetres(frame, centreLongitude[cell]!),
    northMetres(frame, centreLatitude[cell]!),
  ])
}
