/** What the kernel densities of one period have in common, whatever is filtered. */
import {
  eastMetres,
  type LocalMetricFrame,
  localMetricFrame,
  northMetres,
} from '../geometry/local-metric-frame.ts'
import { bandwidthChoices } from '../statistics/bandwidth.ts'
import type { DensityOptions, Raster } from '../statistics/density-options.ts'
import { densityAtSites, rasterCentres, siteDivisors } from '../statistics/kernel-density.ts'
import { type PlanarArea, type PlanarPoints, planarArea } from '../statistics/planar.ts'
import type { RunControl } from '../statistics/run-control.ts'
import { type Asked, everyRow } from './asked.ts'
import { type Cells, wholeGround } from './cells.ts'
import type { DensityField } from './memory.ts'
import { centresMetres, middleOf } from './neighbourhood.ts'
import type { RecordTable } from './records.ts'
import { AnalysisRefused } from './refused.ts'
import type { AnalysisQuestion, EdgeCorrection } from './values.ts'

/** Squares of the raster that contours are drawn on, along the longer side of the ground. */
const rasterSide = 96
/** Points that cross-validation looks at, in pairs. */
const sampleSize = 500

/** What a field depends on, of a memory's records and ground. */
export const fieldKey = (question: AnalysisQuestion): string => {
  const { period, bandwidth, kernel } = question
  return JSON.stringify([period.from, period.to, bandwidth, kernel, edgeOf(question)])
}

/** Whether households are smoothed, too, and what is shown is the ratio. */
export const isDual = ({ measure }: AnalysisQuestion): boolean => measure === 'per-1000-households'

/** Of a ratio the mass at a site divides out: with the uniform correction it is what it is with none. */
const edgeOf = (question: AnalysisQuestion): EdgeCorrection =>
  isDual(question) && question.edge === 'uniform' ? 'none' : question.edge

/**
 * The bandwidth by rule is that of all incidents of the period, whatever is filtered: so two maps of one period are smoothed alike,
 * and the legend stays.
 * @throws AnalysisRefused `records_unfit` where fewer than two places are known; RunStopped
 */
export function densityField(asked: Asked, control: RunControl): DensityField {
  const { question, placed } = asked
  const whole = wholeGround(placed)
  const frame = localMetricFrame(...middleOf(whole))
  const records = metresOf(asked.input.table, frame)
  const choices = bandwidthChoices(pointsOf({ records }, everyRow(asked)), { sampleSize, control })
  const chosenMetres = (method: string): number | null => {
    const choice = choices.find((one) => one.method === method)
    return (question.kernel === 'gaussian' ? choice?.gaussianMetres : choice?.quarticMetres) ?? null
  }
  const [silvermanMetres, crossValidatedMetres] = [chosenMetres('silverman'), chosenMetres('likelihood')]
  const used =
    typeof question.bandwidth === 'number'
      ? question.bandwidth
      : question.bandwidth === 'cv'
        ? crossValidatedMetres
        : silvermanMetres
  if (used === null || !(used > 0))
    throw new AnalysisRefused('records_unfit', {
      zh: '事件地点不足两处，无法选取带宽；请以米给出 --bandwidth',
      en: 'incidents in fewer than two places give no bandwidth: give --bandwidth in metres',
    })
  const within = placed.outline === null ? undefined : planarArea(placed.outline, frame)
  const options: DensityOptions = {
    kernel: question.kernel,
    bandwidthMetres: used,
    edge: within === undefined ? 'none' : edgeOf(question),
    ...(within !== undefined && { within }),
  }
  const centres = sitesOf(whole, frame)
  const raster = rasterOver(centres, within)
  const squares = rasterCentres(raster)
  const sites = {
    x: Float64Array.from([...centres.x, ...squares.x]),
    y: Float64Array.from([...centres.y, ...squares.y]),
  }
  return {
    frame,
    records,
    options,
    silvermanMetres,
    crossValidatedMetres,
    sites,
    cells: centres.x.length,
    raster,
    divisors: siteDivisors(sites, options),
  }
}

/** Points per km² at each site of the field; NaN outside the study area. */
export const densityOf = (
  { sites, options, divisors }: DensityField,
  points: PlanarPoints,
  control: RunControl,
): Float64Array => densityAtSites(points, sites, { ...options, control }, divisors).perSquareKm

/** Some of the field's records. */
export function pointsOf({ records }: Pick<DensityField, 'records'>, rows: Uint32Array): PlanarPoints {
  const points = { x: new Float64Array(rows.length), y: new Float64Array(rows.length) }
  for (let i = 0; i < rows.length; i++) {
    points.x[i] = records.x[rows[i]!]!
    points.y[i] = records.y[rows[i]!]!
  }
  return points
}

/** Every record of the table in metres; NaN where its position is not known. */
const metresOf = ({ longitude, latitude }: RecordTable, frame: LocalMetricFrame): PlanarPoints => ({
  x: longitude.map((one) => eastMetres(frame, one)),
  y: latitude.map((one) => northMetres(frame, one)),
})

function sitesOf(cells: Cells, frame: LocalMetricFrame): PlanarPoints {
  const centres = centresMetres(cells, frame)
  return { x: Float64Array.from(centres, ([x]) => x), y: Float64Array.from(centres, ([, y]) => y) }
}

function rasterOver(sites: PlanarPoints, within: PlanarArea | undefined): Raster {
  const along = (start: 0 | 1): readonly [number, number] => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    const add = (value: number): void => {
      least = Math.min(least, value)
      most = Math.max(most, value)
    }
    if (within) for (const ring of within) for (let k = start; k < ring.length; k += 2) add(ring[k]!)
    else for (const value of start === 0 ? sites.x : sites.y) add(value)
    return least <= most ? [least, most] : [0, 0]
  }
  const [[west, east], [south, north]] = [along(0), along(1)]
  const cellMetres = Math.max(east - west, north - south, 1) / rasterSide
  return {
    // A square of margin, so that every contour closes.
    west: west - cellMetres,
    south: south - cellMetres,
    cellMetres,
    columns: Math.ceil((east - west) / cellMetres) + 2,
    rows: Math.ceil((north - south) / cellMetres) + 2,
  }
}
