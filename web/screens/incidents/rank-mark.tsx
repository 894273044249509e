/** A figure or sign in a disc of the colour that its place has on the map. */
import type { ReactNode } from 'react'
import { inkOn } from '../../map/palette.ts'

interface Props {
  /** Null: no colour on the map, either. */
  readonly color: string | null
  readonly children: ReactNode
}

export function RankMark({ color, children }: Props): ReactNode {
  return (
    <span className="spot-rank" style={color === null ? {} : { background: color, color: inkOn(color) }}>
      {children}
    </span>
  )
}
