/** How a kernel density is asked for. */
import type { Kernel } from './kernel.ts'
import type { PlanarArea } from './planar.ts'
import type { RunControl } from './run-control.ts'

export type EdgeCorrection = 'none' | 'uniform' | 'diggle'

/** Squares of a plane in metres. Values of it are row by row, the southern row first, each row from the west. */
export interface Raster {
  readonly west: number
  readonly south: number
  readonly cellMetres: number
  readonly columns: number
  readonly rows: number
}

export interface DensityOptions {
  readonly kernel: Kernel
  /** σ of the Gaussian, radius of the quartic. */
  readonly bandwidthMetres: number
  /** `none` by default; the others need `within`. */
  readonly edge?: EdgeCorrection
  /** The study area. Incidents outside do not count, sites outside have no density. */
  readonly within?: PlanarArea
  /**
   * A Gaussian counts at least within these many σ; when absent 8, as spatstat, or what is as good: what is left out is at most
   * Σw/2πσ² · e^{−c²/2} per m², 1.3e-14 of what all incidents in one place would give, and at many sites at once (kernel-sites.ts)
   * 1e-10. `Infinity`: nothing is left out.
   */
  readonly cutoffBandwidths?: number
  readonly control?: RunControl
}
