/** The monthly sheets of the month shown. */
import type { MonthSheetAnswer } from '../../../../server/contract/assessment.ts'
import { api } from '../../../api.ts'
import { useArea } from '../../../period.ts'
import { useResource } from '../../../use-resource.ts'
import { usePatrolDayShown } from '../data.ts'
import { monthOf } from '../month.ts'

/** `YYYY-MM` */
export const useMonthShown = (): string | undefined => usePatrolDayShown()?.slice(0, 7)

export const useSheets = () => {
  const area = useArea()
  const month = useMonthShown()
  return useResource(area && month ? api.assessments(area.code, month) : null)
}

/** Working days on which something was asked. */
export const countedDays = ({ counts }: Pick<MonthSheetAnswer, 'counts'>): number =>
  counts.met + counts.not_met

/** What was recorded of a worker's month. */
export const useDutyRecords = (worker: string) => {
  const area = useArea()
  const day = usePatrolDayShown()
  return useResource(area && day ? api.dutyRecords(area.code, monthOf(day), worker) : null)
}

/** Objections to days of the month shown, of everybody or of one. */
export const useObjections = (worker?: string) => {
  const area = useArea()
  const day = usePatrolDayShown()
  return useResource(
    area && day ? api.objections(area.code, monthOf(day), worker === undefined ? {} : { worker }) : null,
  )
}

/** May this person enter records, decide and sign off? The server decides; this is what is offered. */
export function useMayAssess(): boolean {
  const role = useResource(api.session()).data?.role
  return role === 'supervisor' || role === 'administrator'
}

/** May this person object? */
export function useMayObject(): boolean {
  const role = useResource(api.session()).data?.role
  return role === 'worker' || role === 'supervisor' || role === 'administrator'
}
