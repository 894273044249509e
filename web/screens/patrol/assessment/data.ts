/** The monthly sheets of the month shown. */
import type { MonthSheetAnswer } from '../../../../server/contract/assessment.ts'
import { api } from '../../../api.ts'
import { useArea } from '../../../period.ts'
import { useResource } from '../../../use-resource.ts'
import { usePatrolDayShown } from '../data.ts'

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
