/** What the incidents screen looks at: the interval, the filters, the hexagons and what the breaks are taken from. */
import { useMemo } from 'react'
import type { Area } from '../../../server/contract/areas.ts'
import { api } from '../../api.ts'
import { addDays } from '../../i18n/format.ts'
import { type Period, today, useArea, usePeriod } from '../../period.ts'
import { useChoice } from '../../state.ts'
import { useResource } from '../../use-resource.ts'
import { breaksOf, type Measure, measures, valueOf } from './measures.ts'
import { spotsOf } from './spots.ts'

export type Tab = 'spots' | 'coverage' | 'work'
export const resolutions = ['8', '9', '10'] as const
export const ringChoices = ['1', '2', '3'] as const

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

const oneOf = <T extends string>(value: string, known: readonly T[], fallback: T): T =>
  known.find((one) => one === value) ?? fallback

export const useTab = () => useChoice<Tab>('tab', 'spots')

export interface Filters {
  readonly measure: Measure
  /** Empty: all. */
  readonly category: string
  readonly resolution: (typeof resolutions)[number]
  readonly rings: (typeof ringChoices)[number]
  /** Breaks of what is shown now instead of the fixed ones. */
  readonly ownBreaks: boolean
}

export function useFilters(): Filters {
  const [measure] = useChoice<string>('measure', 'count')
  const [category] = useChoice<string>('category', '')
  const [resolution] = useChoice<string>('resolution', '9')
  const [rings] = useChoice<string>('rings', '1')
  const [breaks] = useChoice<string>('breaks', 'fixed')
  return useMemo(
    () => ({
      measure: oneOf(measure, measures, 'count'),
      category,
      resolution: oneOf(resolution, resolutions, '9'),
      rings: oneOf(rings, ringChoices, '1'),
      ownBreaks: breaks === 'own',
    }),
    [measure, category, resolution, rings, breaks],
  )
}

/** The server counts `to` as the first day left out. */
export const daysOf = ({ from, to }: Period) => ({ from, to: addDays(to, 1) })

export const useHotspots = () => {
  const area = useArea()
  const interval = useInterval()
  const { category, resolution, rings } = useFilters()
  return useResource(
    area && interval
      ? api.hotspots(area.code, daysOf(interval), {
          category,
          resolution: Number(resolution),
          rings: Number(rings),
        })
      : null,
  )
}

/** Class breaks of the measure shown: of the reference year and all categories, or of what is shown if the person asks. */
export function useBreaks(): readonly number[] | undefined {
  const area = useArea()
  const reference = useReferencePeriod()
  const { measure, resolution, rings, ownBreaks } = useFilters()
  const wanted = !ownBreaks && area && reference
  const fixed = useResource(
    wanted
      ? api.hotspots(area.code, daysOf(reference), { resolution: Number(resolution), rings: Number(rings) })
      : null,
  )
  const shown = useHotspots()
  const source = ownBreaks ? shown : fixed
  return useMemo(
    () =>
      source.data && measure !== 'significance'
        ? breaksOf(source.data.cells.map((cell) => valueOf(cell, measure)))
        : undefined,
    [source.data, measure],
  )
}

export const useSpots = () => {
  const { data } = useHotspots()
  return useMemo(() => data && spotsOf(data.cells), [data])
}

export const useSummary = (period: Period | undefined) => {
  const area = useArea()
  return useResource(area && period ? api.incidentSummary(area.code, daysOf(period)) : null)
}

export const useGridsShown = () => {
  const area = useArea()
  const interval = useInterval()
  return useResource(area && interval ? api.grids(area.code, interval.to) : null)
}

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
