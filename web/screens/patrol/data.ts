/** What the patrol screen looks at: the day or month, its people, and the one whose day is explained. */
import { useMemo } from 'react'
import type { Area } from '../../../server/contract/areas.ts'
import { api } from '../../api.ts'
import { addDays } from '../../i18n/format.ts'
import { type Period, today as todayNow, useArea, usePeriod } from '../../period.ts'
import { useAddress, useChoice } from '../../state.ts'
import { createStore, useStore } from '../../store.ts'
import { useResource } from '../../use-resource.ts'
import { useAccount } from './account.ts'
import { monthOf } from './month.ts'
import { formatSpan, parseSpan, type Span, workerOfTarget } from './trace-time.ts'
import { type WorkerDay, workersOf } from './workers.ts'

/** In the order in which they stand over the list. */
export const views = ['live', 'day', 'month', 'coverage', 'sheets', 'evidence'] as const
export type View = (typeof views)[number]

/** The last day with a patrol: what a supervisor comes for. */
export function initialPeriod(area: Area, today: string): Period {
  const day = area.last_patrol_day ?? today
  return { day, from: day, to: day }
}

/** Who may not see what a view shows is shown the day. */
export function useView() {
  const [view, setView] = useChoice<View>('view', 'day', views)
  const { seesRecords } = useAccount()
  return [seesRecords || !recordViews.includes(view) ? view : 'day', setView] as const
}

/** Views of what decides over people. */
export const recordViews: readonly View[] = ['sheets', 'evidence']

export const useIsLive = (): boolean => useView()[0] === 'live'

/** Live is today, whatever day was looked at before. */
export function usePatrolDayShown(): string | undefined {
  const day = usePeriod({ initialPeriod })?.day
  return useIsLive() ? todayNow() : day
}

export const usePatrolDays = () => {
  const area = useArea()
  const day = usePatrolDayShown()
  const isLive = useIsLive()
  const { isUnbound } = useAccount()
  return useResource(
    area && day && !isLive && !isUnbound
      ? api.allPatrolDays(area.code, { from: day, to: addDays(day, 1) })
      : null,
  )
}

export const useMonth = () => {
  const area = useArea()
  const day = usePatrolDayShown()
  const { isUnbound } = useAccount()
  return useResource(area && day && !isUnbound ? api.allPatrolDays(area.code, monthOf(day)) : null)
}

export function usePeople(): readonly WorkerDay[] | undefined {
  const { data } = usePatrolDays()
  return useMemo(() => data && workersOf(data), [data])
}

/** The worker the selection is about. */
export const useWorker = (): string | null => workerOfTarget(useAddress().selection)

export const usePatrolDay = () => {
  const area = useArea()
  const day = usePatrolDayShown()
  const worker = useWorker()
  const isLive = useIsLive()
  return useResource(area && day && worker !== null && !isLive ? api.patrolDay(area.code, worker, day) : null)
}

export const useGridsOfDay = () => {
  const area = useArea()
  const day = usePatrolDayShown()
  return useResource(area && day ? api.grids(area.code, day) : null)
}

/** Name of a grid by its code; the code where it has none or is not known yet. */
export function useGridName(): (code: string) => string {
  const { data } = useGridsOfDay()
  return useMemo(() => {
    const names = new Map(data?.grids.map((grid) => [grid.code, grid.name ?? grid.code]))
    return (code: string) => names.get(code) ?? code
  }, [data])
}

/** The part of the day marked on the timeline, kept in the address. */
export function useMarked(): [Span | null, (span: Span | null) => void] {
  const [value, choose] = useChoice<string>('span', '')
  const span = useMemo(() => parseSpan(value), [value])
  return [span, (next) => choose(next === null ? '' : formatSpan(next))]
}

/** Where the timeline's cursor stands, in seconds since midnight: of this page only, it follows every key. */
const cursor = createStore<{ readonly second: number | null }>({ second: null })
export const useCursor = (): number | null => useStore(cursor, (value) => value.second)
export const readCursor = (): number | null => cursor.read().second
export const setCursor = (second: number | null): void => cursor.write({ second })
