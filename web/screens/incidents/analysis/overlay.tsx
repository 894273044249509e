/** What the incidents screen lays over the map: the progress of a long analysis, the period before beside this one, the place of a report. */
import type { ReactNode } from 'react'
import { useAddress } from '../../../state.ts'
import type { OverlayProps } from '../../screen.ts'
import { useLook } from '../data.ts'
import { PickOverlay } from '../life/pick-overlay.tsx'
import { BesideMap } from './beside-map.tsx'
import { RunBar } from './run-bar.tsx'
import { useShownMap } from './shown-map.ts'

export function MapOverlay({ owner, pointerTaken }: OverlayProps): ReactNode {
  const look = useLook()
  const isReporting = useAddress().selection?.kind === 'report'
  useShownMap(owner)
  return (
    <>
      {look.isBeside && <BesideMap owner={owner} pointerTaken={pointerTaken} />}
      {isReporting && <PickOverlay owner={owner} pointerTaken={pointerTaken} />}
      <RunBar />
    </>
  )
}
