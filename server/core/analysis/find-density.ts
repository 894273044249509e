/** Kernel density of the incidents at the cells' centres, or of the incidents over that of the households, and its contours. */
import { featureCollection, isobands, point } from '@turf/turf'
import { latitudeAt, longitudeAt } from '../geometry/local-metric-frame.ts'
import { kernelAt } from '../statistics/kernel.ts'
import { perThousand } from '../statistics/kernel-density.ts'
import type { PlanarPoints } from '../statistics/planar.ts'
import type { RunControl } from '../statistics/run-control.ts'
import { type Asked, everyRow, type Findings } from './asked.ts'
import { type Cells, wholeGround } from './cells.ts'
import { densityField, densityOf, fieldKey, isDual, pointsOf } from './density-field.ts'
import { breaksOf } from './legend.ts'
import { type DensityField, remember } from './memory.ts'
import { centresMetres } from './neighbourhood.ts'
import { AnalysisRefused } from './refused.ts'
import type { Contour } from './values.ts'
import { hiddenHouseholds } from './withhold-small.ts'

/** A rate is told where households, each weighed by k(d)/k(0), are at least so many: over fewer it says nothing. */
const leastHouseholdsNear = 5

const legends = {
  density: { measure: 'density', unit: { zh: '起/平方公里', en: 'incidents per km²' } },
  rate: {
    measure: 'per-1000-households',
    unit: { zh: '起/千户（核密度之比）', en: 'incidents per 1,000 households (ratio of kernel densities)' },
  },
} as const

/**
 * Density, or with the measure `per-1000-households` the dual kernel: the density of incidents over that of households, both with
 * one kernel and bandwidth (Bithell 1990), so that what lies beyond the boundary is missing from both alike.
 * @throws AnalysisRefused `unit_unfit` for grids, `measure_unfit` for smoothed rates, `records_unfit` where fewer than two places
 * are known; RunStopped
 */
export function findDensity(asked: Asked, control: RunControl): Findings {
  const { question, cells, rows, memory, input } = asked
  if (question.unit === 'grid')
    throw new AnalysisRefused('unit_unfit', {
      zh: '核密度按六边形表示，请选用 --unit hexagon',
      en: 'kernel density is shown on hexagons: --unit hexagon',
    })
  if (question.measure === 'eb' || question.measure === 'eb-local')
    throw new AnalysisRefused('measure_unfit', {
      zh: '核密度不作经验贝叶斯平滑：请选用 --measure per-1000-households 或不选',
      en: 'a kernel smooths by itself: --measure per-1000-households, or none',
    })
  const isRate = isDual(question)
  const { leastHouseholds = 1 } = input
  const key = fieldKey(question)
  const field = remember(memory.fields, key, () => densityField(asked, control))
  const valuesAt = (of: Uint32Array, among: Cells): Float64Array => {
    const density = densityOf(field, pointsOf(field, of), control)
    return isRate ? ratesOf(field, density, toldHouseholds(among, field, leastHouseholds), control) : density
  }
  const density = valuesAt(rows, cells)
  return {
    values: Array.from(cells.picked, (cell) => known(density[cell]!)),
    breaks: () =>
      remember(memory.breaks, `kde ${key} ${isRate} ${leastHouseholds}`, () => {
        const all = valuesAt(everyRow(asked), wholeGround(asked.placed))
        return breaksOf(Array.from(all.subarray(0, field.cells), known))
      }),
    legend: isRate ? legends.rate : legends.density,
    dualKernel: isRate ? { leastHouseholds: leastHouseholdsNear } : null,
    bandwidth: {
      usedMetres: field.options.bandwidthMetres,
      silvermanMetres: field.silvermanMetres,
      crossValidatedMetres: field.crossValidatedMetres,
    },
    contours: (breaks) => contoursOf(field, density, breaks),
  }
}

/**
 * Households of each cell at its centre, as they are told: where they are kept back, the mean of what is. So nothing can be
 * reckoned from a rate that is not told besides it.
 */
function toldHouseholds(cells: Cells, { frame }: DensityField, least: number): Required<PlanarPoints> {
  const { placed, picked } = cells
  const counts = Float64Array.from(picked, (cell) => placed.households![cell]!)
  const hidden = hiddenHouseholds(
    Array.from(picked, (cell) => placed.cells[cell]!),
    counts,
    least,
  )
  let [sum, number] = [0, 0]
  counts.forEach((count, i) => {
    sum += hidden[i]! * count
    number += hidden[i]!
  })
  const centres = centresMetres(cells, frame)
  return {
    x: Float64Array.from(centres, ([x]) => x),
    y: Float64Array.from(centres, ([, y]) => y),
    weights: counts.map((count, i) => (hidden[i] === 1 ? sum / number : count)),
  }
}

/** NaN where households are too few, or outside the study area. */
function ratesOf(
  field: DensityField,
  incidents: Float64Array,
  households: PlanarPoints,
  control: RunControl,
): Float64Array {
  const { kernel, bandwidthMetres } = field.options
  const leastPerSquareKm = leastHouseholdsNear * kernelAt(kernel, bandwidthMetres)(0) * 1e6
  const rates = perThousand(incidents, densityOf(field, households, control), leastPerSquareKm)
  return Float64Array.from(rates, (rate) => rate ?? Number.NaN)
}

const known = (value: number): number | null => (Number.isNaN(value) ? null : value)

/** Ground between the breaks of the legend; what lies below the lowest is left out. */
function contoursOf(
  { frame, raster, cells }: DensityField,
  density: Float64Array,
  breaks: readonly number[],
): Contour[] {
  if (breaks.length === 0 || cells === 0) return []
  const squares = density.subarray(cells)
  const grid = featureCollection(
    Array.from(squares, (value, i) => {
      const x = raster.west + ((i % raster.columns) + 0.5) * raster.cellMetres
      const y = raster.south + (Math.floor(i / raster.columns) + 0.5) * raster.cellMetres
      return point([longitudeAt(frame, x), latitudeAt(frame, y)], {
        density: Number.isNaN(value) ? 0 : value,
      })
    }),
  )
  const above = squares.reduce((most, value) => (value > most ? value : most), breaks.at(-1)!) * 2
  const bands = isobands(grid, [...breaks, above], { zProperty: 'density' })
  return bands.features.flatMap((band, i) =>
    band.geometry.coordinates.length === 0
      ? []
      : [{ from: breaks[i]!, to: breaks[i + 1] ?? null, geometry: band.geometry }],
  )
}
