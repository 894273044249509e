/** The map of the view that is shown: coverage, unless a worker's day is explained on it. */
import type { MapContent } from '../screen.ts'
import { useCoverageMap } from './coverage/map-content.ts'
import { useView, useWorker } from './data.ts'
import { usePatrolMap } from './map-content.ts'

export function useShownMap(): MapContent {
  const [view] = useView()
  const worker = useWorker()
  const isCoverage = view === 'coverage' && worker === null
  const patrol = usePatrolMap()
  const coverage = useCoverageMap(isCoverage)
  return isCoverage ? coverage : patrol
}
