/** What the households tab looks at. */
import { api } from '../../../api.ts'
import { useArea } from '../../../period.ts'
import { useChoice } from '../../../state.ts'
import { useResource } from '../../../use-resource.ts'
import { daysOf, useInterval } from '../data.ts'

export const lists = ['reached', 'ladder', 'overdue', 'ledger'] as const
export type List = (typeof lists)[number]
/** The list chosen; empty: none yet. */
export const useChosenList = () => useChoice<List | ''>('list', '')
/** Empty: all households. */
export const useHouseholdCategory = () => useChoice<string>('of', '')

export const useLadder = () => {
  const area = useArea()
  const interval = useInterval()
  const [category] = useHouseholdCategory()
  return useResource(
    area && interval
      ? api.householdLadder(area.code, daysOf(interval), category === '' ? {} : { category })
      : null,
  )
}

export const useLedger = () => {
  const area = useArea()
  const interval = useInterval()
  return useResource(area && interval ? api.householdLedger(area.code, interval.to) : null)
}

/** Must-visit households whose due day has passed. */
export const useOverdueHouseholds = () => {
  const area = useArea()
  const interval = useInterval()
  return useResource(
    area && interval
      ? api.overdue(area.code, interval.to, { kind: 'household', which: 'overdue', key: true })
      : null,
  )
}

/** How old the visits of each grid's households are. */
export const useVisitAges = (wanted: boolean) => {
  const area = useArea()
  const interval = useInterval()
  return useResource(wanted && area && interval ? api.coverage(area.code, interval.to) : null)
}
