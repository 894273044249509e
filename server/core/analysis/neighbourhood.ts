import { eastMetres, localMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import { ringWeights } from '../hexagons/ring-weights.ts'
import { contiguityWeights } from '../statistics/contiguity.ts'
import { distanceBandWeights } from '../statistics/distance-band.ts'
import { type SpatialWeights, weightsAmong } from '../statistics/weights.ts'
import { type Cells, wholeGround, withinSteps } from './cells.ts'
import { type AnalysisMemory, remember } from './memory.ts'
import type { PlacedRecords } from './place-records.ts'
import type { AnalysisQuestion } from './values.ts'

/**
 * Who is whose neighbour, binary, none its own: hexagons by rings, grids by shared edge (and so many steps over shared edges), or
 * both by the distance between centres, in metres of the local frame of the whole ground. That is found once for all of it.
 */
export function neighbourhood(
  cells: Cells,
  { rings, bandMetres }: Pick<AnalysisQuestion, 'rings' | 'bandMetres'>,
  memory: AnalysisMemory,
): SpatialWeights {
  const { placed, picked } = cells
  const { geometries } = placed
  const found = (key: string, make: (placed: PlacedRecords) => SpatialWeights): SpatialWeights =>
    weightsAmong(
      remember(memory.weights, key, () => make(placed)),
      picked,
    )
  if (bandMetres !== null)
    return found(`metres ${bandMetres}`, () =>
      distanceBandWeights(centresMetres(wholeGround(placed)), bandMetres),
    )
  if (geometries === null) return found(`rings ${rings}`, () => ringWeights(placed.cells, rings))
  return withinSteps(
    found('edges', () => contiguityWeights(geometries)),
    rings,
  )
}

/** The mean of the cells' centres: where a local frame for them stands. */
export function middleOf({ placed, picked }: Cells): [longitude: number, latitude: number] {
  let [longitude, latitude] = [0, 0]
  for (const cell of picked) {
    longitude += placed.centreLongitude[cell]! / picked.length
    latitude += placed.centreLatitude[cell]! / picked.length
  }
  return [longitude, latitude]
}

/** The cells' centres in metres of a local frame, their own when none is given. */
export function centresMetres(
  cells: Cells,
  frame = localMetricFrame(...middleOf(cells)),
): [x: number, y: number][] {
  const { placed, picked } = cells
  return Array.from(picked, (cell) => [
    eastMetres(frame, placed.centreLongitude[cell]!),
    northMetres(frame, placed.centreLatitude[cell]!),
  ])
}
