/**
 * What questions about the same records on the same ground have in common, whatever is filtered: who neighbours whom, how the
 * ground is smoothed, the breaks of the legend. Whoever asks several of them hands the same memory to each; it is a function of
 * records and ground alone, so an answer is the same with and without.
 */
import type { LocalMetricFrame } from '../geometry/local-metric-frame.ts'
import type { DensityOptions, Raster } from '../statistics/density-options.ts'
import type { PlanarPoints } from '../statistics/planar.ts'
import type { SpatialWeights } from '../statistics/weights.ts'

export interface AnalysisMemory {
  /** Of the whole placed ground. */
  readonly weights: Map<string, SpatialWeights>
  readonly fields: Map<string, DensityField>
  readonly breaks: Map<string, readonly number[]>
}

/** Kept of each kind; the one made first goes first. */
const mostKept = 8

export const newMemory = (): AnalysisMemory => ({ weights: new Map(), fields: new Map(), breaks: new Map() })

/** What is kept under a key that names all it depends on, made when first asked for. */
export function remember<T>(kept: Map<string, T>, key: string, make: () => T): T {
  const known = kept.get(key)
  if (known !== undefined) return known
  const made = make()
  kept.set(key, made)
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break
    kept.delete(oldest)
  }
  return made
}

export interface DensityField {
  readonly frame: LocalMetricFrame
  /** Every record of the table in metres of the frame, so that a filter only picks. */
  readonly records: PlanarPoints
  readonly options: DensityOptions
  readonly silvermanMetres: number | null
  readonly crossValidatedMetres: number | null
  /** The cells of the whole placed ground, then the squares of the raster. */
  readonly sites: PlanarPoints
  readonly cells: number
  readonly raster: Raster
  readonly divisors: Float64Array
}
