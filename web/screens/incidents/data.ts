/** What the incidents screen looks at: the interval, the look, the filter, the answer, and what its breaks are taken from. */
import { useMemo, useState } from 'react'
import type { Analysis } from '../../../server/contract/analysis.ts'
import type { Area } from '../../../server/contract/areas.ts'
import type { Job } from '../../../server/contract/jobs.ts'
import { api } from '../../api.ts'
import { type AnalysisQuery, analysis, incidentCounts } from '../../api-analysis.ts'
import type { ApiError } from '../../api-error.ts'
import { addDays } from '../../i18n/format.ts'
import { type Period, today, useArea, usePeriod } from '../../period.ts'
import { navigate, readState, useAddress, useChoice } from '../../state.ts'
import { useResource } from '../../use-resource.ts'
import { filterNames, type IncidentFilter, noFilter, readFilter, writeFilter } from './analysis/filter.ts'
import {
  comparedPeriod,
  filterQuery,
  isAmount,
  isLong,
  type Look,
  mayBeLong,
  questionQuery,
  readLook,
} from './analysis/look.ts'
import type { Frame } from './analysis/playback.ts'
import { beginAgain, useRun } from './analysis/run.ts'
import { spotsOf } from './spots.ts'

const tabs = ['spots', 'charts', 'coverage', 'work', 'warnings'] as const
export type Tab = (typeof tabs)[number]

/** The year up to the last incident: enough for a pattern to stand out. */
export function initialPeriod(area: Area, now: string): Period {
  const last = area.last_incident_day ?? now
  return { day: last, from: addDays(last, -364), to: last }
}

/** The interval shown; the same object while its days are the same, so that what is made from it stays too. */
export function useInterval(): Period | undefined {
  const period = usePeriod({ initialPeriod })
  const { day, from, to } = period ?? {}
  return useMemo(() => (day && from && to ? { day, from, to } : undefined), [day, from, to])
}

/** The year the screen starts with, whatever is chosen now: what breaks and the timeline refer to. */
export function useReferencePeriod(): Period | undefined {
  const area = useArea()
  return useMemo(() => area && initialPeriod(area, today()), [area])
}

export const useTab = () => useChoice<Tab>('tab', 'spots', tabs)

export function useLook(): Look {
  const { choices } = useAddress()
  return useMemo(() => readLook(choices), [choices])
}

export function useFilter(): IncidentFilter {
  const { choices } = useAddress()
  const key = filterNames.map((name) => choices[name] ?? '').join('&')
  // The same filter stays the same object, whatever else the address says.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => readFilter(choices), [key])
}

/** Puts a part of the filter into the address: a step that Back undoes. */
export function changeFilter(patch: Partial<IncidentFilter>): void {
  const { choices } = readState().address
  const written = writeFilter({ ...readFilter(choices), ...patch })
  navigate({ choices: withChoices(choices, written) })
}

/** Puts choices of the look into the address; empty: at its usual. */
export function changeLook(
  patch: Readonly<Record<string, string>>,
  how: 'push' | 'replace' = 'replace',
): void {
  const { choices } = readState().address
  navigate({ choices: withChoices(choices, patch) }, how)
}

const withChoices = (
  choices: Readonly<Record<string, string>>,
  patch: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(Object.entries({ ...choices, ...patch }).filter(([, value]) => value !== ''))

/** The one category chosen; empty where it is none or several. */
export function useFilters(): { readonly category: string } {
  const { categories } = useFilter()
  const category = categories.length === 1 ? (categories[0] ?? '') : ''
  return useMemo(() => ({ category }), [category])
}

/** The server counts `to` as the first day left out. */
export const daysOf = ({ from, to }: Frame) => ({ from, to: addDays(to, 1) })

/** An answer with what was asked: the last good one stays, with the look it belongs to, while another is on its way. */
export interface Shown {
  readonly answer: Analysis
  readonly look: Look
  readonly interval: Frame
  readonly query: AnalysisQuery
}

export interface Asked {
  readonly shown: Shown | undefined
  /** `shown` answers what is asked for now. */
  readonly current: boolean
  readonly loading: boolean
  readonly error: ApiError | undefined
  readonly reload: () => void
  /** The job of a long one that runs. */
  readonly job: Job | null
  readonly isCancelled: boolean
  readonly query: AnalysisQuery | null
}

const sameDays = (a: Frame, b: Frame): boolean => a.from === b.from && a.to === b.to

/**
 * Breaks that keep the colours of the reference year, where another interval is shown. The service takes those of a question from
 * all incidents of its period, so that filters do not move them; only another period would.
 */
function useFixedBreaks(): {
  readonly breaks: readonly number[] | null
  readonly isKnown: boolean
  readonly error: ApiError | undefined
} {
  const area = useArea()
  const look = useLook()
  const interval = useInterval()
  const reference = useReferencePeriod()
  const wanted =
    area && interval && reference && isAmount(look) && !look.ownBreaks && !sameDays(interval, reference)
  const isOverCounts = look.measure === 'significance'
  const plain: Look = {
    ...look,
    ...(isOverCounts && { measure: 'count', method: 'cells' }),
    step: null,
    compare: '',
  }
  const found = useResource(
    wanted ? analysis(area.code, questionQuery(plain, noFilter, reference, null)) : null,
  )
  const breaks = found.current ? (found.data?.legend.breaks ?? null) : null
  return {
    breaks: wanted && breaks && breaks.length > 0 ? breaks : null,
    isKnown: !wanted || breaks !== null,
    error: wanted ? found.error : undefined,
  }
}

export function useAsked(): Asked {
  const area = useArea()
  const look = useLook()
  const filter = useFilter()
  const interval = useInterval()
  const { breaks, isKnown, error: unknownBreaks } = useFixedBreaks()
  const query = useMemo(
    () => (interval && isKnown ? questionQuery(look, filter, interval, breaks) : null),
    [look, filter, interval, breaks, isKnown],
  )
  const long = mayBeLong(look)
  const short = useResource(area && query && !long ? analysis(area.code, query) : null)
  const run = useRun(area?.code, long ? query : null, isLong(look))
  const answer = long ? run?.answer : short.current ? short.data : undefined
  const now = useMemo(
    () => (answer && interval && query ? { answer, look, interval, query } : undefined),
    [answer, look, interval, query],
  )
  const [last, setLast] = useState<Shown | undefined>(undefined)
  if (now && now !== last) setLast(now)
  const error = unknownBreaks ?? (long ? run?.error : short.error)
  return {
    shown: now ?? (error && !last ? undefined : last),
    current: now !== undefined,
    loading: !now && !error && !run?.isCancelled,
    error,
    reload: () => {
      if (long && area && query) beginAgain(area.code, query, isLong(look))
      else short.reload()
    },
    job: (long && !now && run?.job) || null,
    isCancelled: run?.isCancelled ?? false,
    query,
  }
}

export const useSpots = () => {
  const { shown } = useAsked()
  return useMemo(() => shown && spotsOf(shown.answer.cells), [shown])
}

/** Counts of an interval for the charts, under the filter and beside the period it is compared with. */
export const useCounts = (interval: Frame | undefined) => {
  const area = useArea()
  const look = useLook()
  const filter = useFilter()
  return useResource(
    area && interval
      ? incidentCounts(area.code, filterQuery(filter, interval, comparedPeriod(look.compare, interval)))
      : null,
  )
}

/** Counts by day under the filter, of any days. */
export const useDays = (days: Frame) => {
  const area = useArea()
  const filter = useFilter()
  return useResource(area ? incidentCounts(area.code, filterQuery(filter, days, null)) : null)
}

export const useGridsShown = () => {
  const area = useArea()
  const interval = useInterval()
  return useResource(area && interval ? api.grids(area.code, interval.to) : null)
}

const oneOf = <T extends string>(value: string, known: readonly T[], fallback: T): T =>
  known.find((one) => one === value) ?? fallback

/** Days of visits that count as reached, up to the interval's last day. */
export const coverageWindows = ['7', '30', '90'] as const
export const useCoverageWindow = () => useChoice<string>('days', '7')

export const useCoverage = () => {
  const area = useArea()
  const interval = useInterval()
  const [days] = useCoverageWindow()
  return useResource(
    area && interval
      ? api.householdCoverage(area.code, interval.to, Number(oneOf(days, coverageWindows, '7')))
      : null,
  )
}
