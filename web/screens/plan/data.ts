/** What the plan screen looks at: the stored division of the area and day, or a file's while it is being checked. */
import type { FeatureCollection } from 'geojson'
import type { Area } from '../../../server/contract/areas.ts'
import type { CheckProblem, CheckReport } from '../../../server/contract/check.ts'
import { api } from '../../api.ts'
import type { ApiError } from '../../api-error.ts'
import { useFiles } from '../../files.ts'
import { formatNumber } from '../../i18n/format.ts'
import { type Period, useArea, usePeriod } from '../../period.ts'
import { useChoice, useStored } from '../../state.ts'
import { useResource } from '../../use-resource.ts'
import { useSessionReport } from './editor/session-report.ts'

const tabs = ['problems', 'grids', 'plans', 'import'] as const
export type Tab = (typeof tabs)[number]

/** Today: a division is judged as it stands. */
export const initialPeriod = (_area: Area, today: string): Period => ({ day: today, from: today, to: today })

export const usePlanPeriod = (): Period | undefined => usePeriod({ initialPeriod })

export const useTab = () => useChoice<Tab>('tab', 'problems', tabs)

export interface PlanReport {
  readonly report: CheckReport | undefined
  /** The grids of the file; undefined: the report is of the stored division. */
  readonly fileGrids: FeatureCollection | undefined
  readonly current: boolean
  readonly loading: boolean
  readonly error: ApiError | undefined
  readonly reload: () => void
}

/** The check of what the map shows: of the open plan, of the checked file on the import tab, of the stored division elsewhere. */
export function usePlanReport(): PlanReport {
  const [tab] = useTab()
  const { checked } = useFiles()
  const area = useArea()
  const day = usePlanPeriod()?.day
  const planOpen = useStored((state) => state.address.choices['plan'] !== undefined)
  const live = useSessionReport()
  const showsFile = !planOpen && tab === 'import' && checked !== null
  const stored = useResource(area && day && !showsFile && !planOpen ? api.check(area.code, day) : null)
  if (planOpen) return { report: live, fileGrids: undefined, current: live !== undefined, ...ownReport(live) }
  if (!showsFile || !checked) return { ...stored, report: stored.data, fileGrids: undefined }
  return {
    report: checked.report,
    fileGrids: checked.grids as unknown as FeatureCollection,
    current: true,
    loading: false,
    error: undefined,
    reload: () => {},
  }
}

/** The check of an open plan is made in the browser: nothing is asked of the server. */
const ownReport = (live: CheckReport | undefined) => ({
  loading: live === undefined,
  error: undefined,
  reload: () => {},
})

export const useGrids = () => {
  const area = useArea()
  const day = usePlanPeriod()?.day
  return useResource(area && day ? api.grids(area.code, day) : null)
}

export interface ProblemGroup {
  readonly code: string
  readonly problems: readonly CheckProblem[]
  readonly areaSquareMetres: number
  /** Households the problems touch; one touched twice counts twice. */
  readonly households: number
}

/** Name of the group of problems that somebody accepted. */
export const exceptedGroup = 'excepted'

/** Open problems by kind, as `groupProblems`; then those that somebody accepted, whatever their kind. */
export function groupByLife(
  problems: readonly CheckProblem[],
  isExcepted: (problem: CheckProblem) => boolean,
): ProblemGroup[] {
  const excepted = problems.filter(isExcepted)
  return [
    ...groupProblems(problems.filter((problem) => !isExcepted(problem))),
    ...(excepted.length > 0 ? [groupOf(exceptedGroup, excepted)] : []),
  ]
}

/** Problems by kind; the kind that touches most households first, and so within each kind. */
export function groupProblems(problems: readonly CheckProblem[]): ProblemGroup[] {
  const byCode = new Map<string, CheckProblem[]>()
  for (const problem of problems) byCode.set(problem.code, [...(byCode.get(problem.code) ?? []), problem])
  return [...byCode]
    .map(([code, some]) => groupOf(code, some))
    .toSorted(
      (a, b) =>
        b.households - a.households || b.problems.length - a.problems.length || (a.code < b.code ? -1 : 1),
    )
}

const groupOf = (code: string, problems: readonly CheckProblem[]): ProblemGroup => ({
  code,
  problems: problems.toSorted(
    (a, b) =>
      (b.households ?? 0) - (a.households ?? 0) ||
      (b.area_m2 ?? 0) - (a.area_m2 ?? 0) ||
      (a.id < b.id ? -1 : 1),
  ),
  areaSquareMetres: problems.reduce((sum, problem) => sum + (problem.area_m2 ?? 0), 0),
  households: problems.reduce((sum, problem) => sum + (problem.households ?? 0), 0),
})

/** Problems whose grids, household or id contain the words asked for. */
export function filterProblems(problems: readonly CheckProblem[], wanted: string): readonly CheckProblem[] {
  const words = wanted.trim().toLowerCase()
  if (words === '') return problems
  return problems.filter((problem) =>
    [...problem.grids, problem.household ?? '', problem.id].some((one) => one.toLowerCase().includes(words)),
  )
}

/** `01 · 02` where all share a beginning of 3 or more characters, as the grids of a village do; whole codes elsewhere. */
export const shortCodes = (codes: readonly string[]): string =>
  codes.map((code) => code.slice(-6)).join(' · ')

/** @param areaName where no grid is concerned, the ground is the area's */
export const problemTitle = (problem: CheckProblem, areaName?: string): string =>
  problem.household ??
  (problem.grids.length > 0 ? shortCodes(problem.grids) : (areaName ?? formatNumber(null)))
