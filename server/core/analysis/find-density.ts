/** Kernel density of the incidents at the cells' centres, and its contours. */
import { featureCollection, isobands, point } from '@turf/turf'
import type { LocalMetricFrame } from '../geometry/local-metric-frame.ts'
import {
  eastMetres,
  latitudeAt,
  localMetricFrame,
  longitudeAt,
  northMetres,
} from '../geometry/local-metric-frame.ts'
import { bandwidthChoices } from '../statistics/bandwidth.ts'
import { type DensityOptions, densityAtSites, densityOnRaster } from '../statistics/kernel-density.ts'
import { type PlanarArea, type PlanarPoints, planarArea } from '../statistics/planar.ts'
import type { RunControl } from '../statistics/run-control.ts'
import { type Asked, everyRow, type Findings } from './asked.ts'
import { centresMetres, middleOf } from './neighbourhood.ts'
import { AnalysisRefused } from './refused.ts'
import type { Contour } from './values.ts'

/** Squares of the raster that contours are drawn on, along the longer side of the ground. */
const rasterSide = 96
/** Points that cross-validation looks at, in pairs. */
const sampleSize = 500

/**
 * Incidents per km² at each cell's centre. The bandwidth by rule is that of all incidents of the period, whatever is filtered: so
 * two maps of one period are smoothed alike, and the legend stays.
 * @throws AnalysisRefused `unit_unfit` for grids, `records_unfit` where fewer than two places are known; RunStopped
 */
export function findDensity(asked: Asked, control: RunControl): Findings {
  const { question, cells, rows, placed } = asked
  if (question.unit === 'grid')
    throw new AnalysisRefused('unit_unfit', {
      zh: '核密度按六边形表示，请选用 --unit hexagon',
      en: 'kernel density is shown on hexagons: --unit hexagon',
    })
  const frame = localMetricFrame(...middleOf(cells))
  const within = placed.outline === null ? undefined : planarArea(placed.outline, frame)
  const all = pointsOf(asked, everyRow(asked), frame)
  const choices = bandwidthChoices(all, { sampleSize, control })
  const metresOf = (method: string): number | null => {
    const choice = choices.find((one) => one.method === method)
    return (question.kernel === 'gaussian' ? choice?.gaussianMetres : choice?.quarticMetres) ?? null
  }
  const [silverman, crossValidated] = [metresOf('silverman'), metresOf('likelihood')]
  const used =
    typeof question.bandwidth === 'number'
      ? question.bandwidth
      : question.bandwidth === 'cv'
        ? crossValidated
        : silverman
  if (used === null || !(used > 0))
    throw new AnalysisRefused('records_unfit', {
      zh: '事件地点不足两处，无法选取带宽；请以米给出 --bandwidth',
      en: 'incidents in fewer than two places give no bandwidth: give --bandwidth in metres',
    })
  const options: DensityOptions = {
    kernel: question.kernel,
    bandwidthMetres: used,
    edge: within === undefined ? 'none' : question.edge,
    ...(within !== undefined && { within }),
    control,
  }
  const centres = centresMetres(cells, frame)
  const sites = { x: Float64Array.from(centres, ([x]) => x), y: Float64Array.from(centres, ([, y]) => y) }
  const points = pointsOf(asked, rows, frame)
  const at = (of: PlanarPoints): (number | null)[] =>
    Array.from(densityAtSites(of, sites, options).perSquareKm, (value) =>
      Number.isNaN(value) ? null : value,
    )
  const values = at(points)
  return {
    values,
    // As much work as the map itself: only where no breaks came with the question.
    reference: () => (rows.length === all.x.length ? values : at(all)),
    bandwidth: {
      usedMetres: used,
      silvermanMetres: silverman,
      crossValidatedMetres: crossValidated,
    },
    contours: (breaks) => contoursOf(points, sites, within, frame, breaks, options),
  }
}

function pointsOf({ input: { table } }: Asked, rows: Uint32Array, frame: LocalMetricFrame): PlanarPoints {
  return {
    x: Float64Array.from(rows, (row) => eastMetres(frame, table.longitude[row]!)),
    y: Float64Array.from(rows, (row) => northMetres(frame, table.latitude[row]!)),
  }
}

/** Ground between the breaks of the legend; what lies below the lowest is left out. */
function contoursOf(
  points: PlanarPoints,
  sites: PlanarPoints,
  within: PlanarArea | undefined,
  frame: LocalMetricFrame,
  breaks: readonly number[],
  options: DensityOptions,
): Contour[] {
  if (breaks.length === 0 || sites.x.length === 0) return []
  const xs = within ? within.flatMap((ring) => [...ring.filter((_, i) => i % 2 === 0)]) : [...sites.x]
  const ys = within ? within.flatMap((ring) => [...ring.filter((_, i) => i % 2 === 1)]) : [...sites.y]
  const [west, east] = [least(xs), -least(xs.map((x) => -x))]
  const [south, north] = [least(ys), -least(ys.map((y) => -y))]
  const cellMetres = Math.max(east - west, north - south, 1) / rasterSide
  const raster = {
    // A square of margin, so that every contour closes.
    west: west - cellMetres,
    south: south - cellMetres,
    cellMetres,
    columns: Math.ceil((east - west) / cellMetres) + 2,
    rows: Math.ceil((north - south) / cellMetres) + 2,
  }
  const { perSquareKm } = densityOnRaster(points, raster, options)
  const grid = featureCollection(
    Array.from(perSquareKm, (value, i) => {
      const x = raster.west + ((i % raster.columns) + 0.5) * cellMetres
      const y = raster.south + (Math.floor(i / raster.columns) + 0.5) * cellMetres
      return point([longitudeAt(frame, x), latitudeAt(frame, y)], {
        density: Number.isNaN(value) ? 0 : value,
      })
    }),
  )
  const above = perSquareKm.reduce((most, value) => (value > most ? value : most), breaks.at(-1)!) * 2
  const bands = isobands(grid, [...breaks, above], { zProperty: 'density' })
  return bands.features.flatMap((band, i) =>
    band.geometry.coordinates.length === 0
      ? []
      : [{ from: breaks[i]!, to: breaks[i + 1] ?? null, geometry: band.geometry }],
  )
}

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity)
