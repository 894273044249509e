/** What the work list and the drawer of an incident look at. */
import { useEffect } from 'react'
import type { WaitingIncident } from '../../../../server/contract/incident-life.ts'
import { api } from '../../../api.ts'
import { incidentWork, incidentWorkCounts } from '../../../api-incidents.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { wordOr } from '../../../i18n/words.ts'
import { useArea } from '../../../period.ts'
import { type Bbox, useChoice } from '../../../state.ts'
import { useResource } from '../../../use-resource.ts'
import { text as screenText } from '../text.ts'

export const workLists = ['overdue', 'due_soon', 'mine', 'all'] as const
export type WorkListName = (typeof workLists)[number]

/** Others work meanwhile, and time runs: what is on the screen is asked for again so often. */
const refreshMilliseconds = 60_000

export const useWorkListChoice = () => useChoice<WorkListName>('work', 'all', workLists)

export const useWork = (list: WorkListName) => {
  const area = useArea()
  return useResource(area ? incidentWork(area.code, list) : null)
}

export const useWorkCounts = () => {
  const area = useArea()
  return useResource(area ? incidentWorkCounts(area.code) : null)
}

export function useIncident(id: string) {
  const area = useArea()
  return useResource(area ? api.incidentLife(area.code, id) : null)
}

export function useRefresh(reload: () => void): void {
  useEffect(() => {
    const timer = setInterval(reload, refreshMilliseconds)
    return () => clearInterval(timer)
  }, [reload])
}

/** May this person report? The server decides; this is what is offered. */
export function useMayReport(): boolean {
  const role = useResource(api.session()).data?.role
  return role === 'worker' || role === 'supervisor' || role === 'administrator'
}

/** Whether this person may ask who reported. */
export function useMayReveal(): boolean {
  const role = useResource(api.session()).data?.role
  return role === 'supervisor' || role === 'administrator'
}

/** Names of categories: the policy's, else those of the screen. */
export function useCategoryName(): (code: string) => string {
  const say = useSay()
  const area = useArea()
  const { data } = useResource(area ? api.incidentPolicy(area.code) : null)
  return (code) =>
    say(data?.categories.find((one) => one.code === code)?.title ?? wordOr(screenText.categories, code))
}

/** About 200 m around it. */
const marginDegrees = 0.002

export const bboxAround = ({ lon, lat }: Pick<WaitingIncident, 'lon' | 'lat'>): Bbox | undefined =>
  lon === null || lat === null
    ? undefined
    : [lon - marginDegrees, lat - marginDegrees, lon + marginDegrees, lat + marginDegrees]
