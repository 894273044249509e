/** The monthly sheets of the month shown. */
import type { MonthSheetAnswer } from '../../../../server/contract/assessment.ts'
import { api } from '../../../api.ts'
import { formatNumber } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { useArea } from '../../../period.ts'
import { useResource } from '../../../use-resource.ts'
import { useAccount } from '../account.ts'
import { usePatrolDayShown } from '../data.ts'
import { monthOf } from '../month.ts'
import { text } from './text.ts'

/** `YYYY-MM` */
export const useMonthShown = (): string | undefined => usePatrolDayShown()?.slice(0, 7)

export const useSheets = () => {
  const area = useArea()
  const month = useMonthShown()
  const { seesRecords } = useAccount()
  return useResource(area && month && seesRecords ? api.assessments(area.code, month) : null)
}

/** Working days on which something was asked. */
export const countedDays = ({ counts }: Pick<MonthSheetAnswer, 'counts'>): number =>
  counts.met + counts.not_met

/** Working days were asked of somebody of whom not one position came: what the sheet says may only be a device's fault. */
export const hasNothing = ({ notes }: Pick<MonthSheetAnswer, 'notes'>): boolean =>
  notes.includes('nothing_received')

/** How many of a month's sheets rest on no position at all; null: none does. */
export function nothingWords(sheets: readonly Pick<MonthSheetAnswer, 'notes'>[], say: Say): string | null {
  const n = sheets.filter(hasNothing).length
  if (n === 0) return null
  return say(n === sheets.length ? text.nothingOfAll : text.nothingOfSome, { n: formatNumber(n) })
}

/** What was recorded of a worker's month. */
export const useDutyRecords = (worker: string) => {
  const area = useArea()
  const day = usePatrolDayShown()
  const { seesRecords } = useAccount()
  return useResource(area && day && seesRecords ? api.dutyRecords(area.code, monthOf(day), worker) : null)
}

/** Objections to days of the month shown, of everybody or of one. */
export const useObjections = (worker?: string) => {
  const area = useArea()
  const day = usePatrolDayShown()
  const { seesRecords } = useAccount()
  return useResource(
    area && day && seesRecords
      ? api.objections(area.code, monthOf(day), worker === undefined ? {} : { worker })
      : null,
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
