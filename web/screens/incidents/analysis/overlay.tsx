/** What the incidents screen lays over the map: the progress of a long analysis, and the period before beside this one. */
import type { ReactNode } from 'react'
import type { OverlayProps } from '../../screen.ts'
import { useLook } from '../data.ts'
import { BesideMap } from './beside-map.tsx'
import { RunBar } from './run-bar.tsx'
import { useShownMap } from './shown-map.ts'

export function MapOverlay({ owner, pointerTaken }: OverlayProps): ReactNode {
  const look = useLook()
  useShownMap(owner)
  return (
    <>
      {look.isBeside && <BesideMap owner={owner} pointerTaken={pointerTaken} />}
      <RunBar />
    </>
  )
}
