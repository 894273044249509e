/** Where the incident being reported is: in the address, so that map and form share it and a reload keeps it. */
import type { LngLat } from '../../../../server/core/values.ts'
import { readState, useChoice } from '../../../state.ts'

/** Five decimals are about a metre. */
export const spotText = ([longitude, latitude]: LngLat): string =>
  `${longitude.toFixed(5)},${latitude.toFixed(5)}`

export function parseSpot(written: string): LngLat | null {
  const match = /^(-?\d{1,3}(?:\.\d+)?),(-?\d{1,2}(?:\.\d+)?)$/.exec(written)
  return match ? [Number(match[1]), Number(match[2])] : null
}

export function useSpot(): [spot: LngLat | null, choose: (spot: LngLat | null) => void] {
  const [written, write] = useChoice<string>('spot', '')
  return [parseSpot(written), (spot) => write(spot === null ? '' : spotText(spot))]
}

/** The middle of what the map shows; null before it was ever moved. */
export function mapCentre(): LngLat | null {
  const { view } = readState().address
  return view && [view.longitude, view.latitude]
}
