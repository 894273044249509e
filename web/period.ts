/** The time a screen shows: what the address says, else what the screen starts with. Days in Asia/Shanghai. */
import type { Area } from '../server/contract/areas.ts'
import { api } from './api.ts'
import { dayOf } from './i18n/format.ts'
import { useAddress } from './state.ts'
import { useResource } from './use-resource.ts'

export interface Period {
  readonly day: string
  /** First and last day, both shown. The server counts `to` as the first day left out: ask it with `addDays(to, 1)`. */
  readonly from: string
  readonly to: string
}

export interface PeriodChoice {
  readonly day: string | null
  readonly from: string | null
  readonly to: string | null
}

/** The choice where there is one, the start elsewhere; an interval turned round is turned back. */
export function effectivePeriod(choice: PeriodChoice, start: Period): Period {
  const [from, to] = [choice.from ?? start.from, choice.to ?? start.to]
  return { day: choice.day ?? start.day, from: from <= to ? from : to, to: from <= to ? to : from }
}

export const today = (): string => dayOf(Date.now()) as string

/** The area of the address, from the tree of areas. */
export function useArea(): Area | undefined {
  const { area } = useAddress()
  return useResource(api.areas()).data?.areas.find((one) => one.code === area)
}

/** What holds now for a screen; undefined until the areas are known. */
export function usePeriod(screen: {
  readonly initialPeriod: (area: Area, today: string) => Period
}): Period | undefined {
  const address = useAddress()
  const area = useArea()
  return area && effectivePeriod(address, screen.initialPeriod(area, today()))
}
