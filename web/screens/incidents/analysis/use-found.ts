/** How many things the result found: hot spots, sure changes or clusters; what its list holds. */
import { useAsked, useSpots } from '../data.ts'
import { sureChanges } from './change-list.tsx'
import { usePicture } from './use-picture.ts'

/** @returns null where there is no result, or one that is no list */
export function useFound(): number | null {
  const { shown } = useAsked()
  const spots = useSpots()
  const picture = usePicture()
  if (!shown || shown.answer.statistic === 'kde' || shown.answer.statistic === 'knox') return null
  if (picture?.changes) return sureChanges(picture.changes.values()).length
  return shown.answer.clusters?.length ?? spots?.length ?? null
}
