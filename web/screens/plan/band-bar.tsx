/** Households against the band, as a small bar: the band is the grey zone, the count a bar in the band's colour. */
import type { ReactNode } from 'react'
import type { Grid, Grids } from '../../../server/contract/grids.ts'
import { bandColors } from '../../map/palette.ts'
import { useTheme } from '../../preferences.ts'

interface Props {
  readonly grid: Pick<Grid, 'households' | 'band_status'>
  readonly band: Grids['band']
  /** The count that fills the bar's whole length. */
  readonly most: number
  readonly width?: number
}

/** Everything else says the same in text beside it, so it is hidden from readers of the page. */
export function BandBar({ grid, band, most, width = 72 }: Props): ReactNode {
  const theme = useTheme()
  const at = (households: number): number => (Math.min(households, most) / Math.max(most, 1)) * width
  return (
    <svg className="band-bar" width={width} height="14" aria-hidden="true">
      {band && (
        <rect
          x={at(band.from)}
          y="0"
          width={at(band.to) - at(band.from)}
          height="14"
          fill="var(--line)"
          rx="1"
        />
      )}
      {grid.households !== null && (
        <rect
          x="0"
          y="4"
          width={Math.max(1, at(grid.households))}
          height="6"
          rx="1"
          fill={grid.band_status === 'in_band' ? 'var(--in-band)' : bandColors[theme][grid.band_status]}
          stroke="var(--line-strong)"
          strokeWidth="0.5"
        />
      )}
    </svg>
  )
}

/** The scale of the bars: room for the largest grid, and for the whole band. */
export const barScale = (grids: Grids): number =>
  Math.max(...grids.grids.map((grid) => grid.households ?? 0), (grids.band?.to ?? 0) * 1.2, 1)
