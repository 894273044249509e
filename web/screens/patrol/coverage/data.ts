/** What the coverage view looks at: the lists, and the colour of the grids. */
import type { CoverageOfGrid, OverdueRow } from '../../../../server/contract/coverage.ts'
import type { Target } from '../../../address.ts'
import { api } from '../../../api.ts'
import { useArea } from '../../../period.ts'
import type { Bbox } from '../../../state.ts'
import { useChoice } from '../../../state.ts'
import { useResource } from '../../../use-resource.ts'
import { usePatrolDayShown } from '../data.ts'

export const lists = ['grids', 'households', 'lanes', 'places', 'help'] as const
export type List = (typeof lists)[number]
export type OverdueList = 'households' | 'lanes' | 'places'
export const useList = () => useChoice<List>('list', 'grids', lists)

export const measures = ['passed', 'households', 'lanes'] as const
export type Measure = (typeof measures)[number]
export const useMeasure = () => useChoice<Measure>('fill', 'passed', measures)

/** What each list asks for. */
const questions = {
  households: { kind: 'household', which: 'overdue' },
  lanes: { kind: 'lane', which: 'never' },
  places: { kind: 'place', which: 'overdue', key: true },
} as const

export const useCoverage = (wanted = true) => {
  const area = useArea()
  const day = usePatrolDayShown()
  return useResource(wanted && area && day ? api.coverage(area.code, day) : null)
}

/** Everybody's, or what the worker whose account this is has to go to. */
export const useWhose = () => useChoice<'all' | 'mine'>('whose', 'all')

export const useOwnWorker = () => useResource(api.session()).data?.worker ?? null

export const useOverdue = (list: OverdueList, wanted = true) => {
  const area = useArea()
  const day = usePatrolDayShown()
  const own = useOwnWorker()
  const [whose] = useWhose()
  const question = { ...questions[list], ...(whose === 'mine' && own && { worker: own.id }) }
  return useResource(wanted && area && day ? api.overdue(area.code, day, question) : null)
}

export const useObstacles = () => {
  const area = useArea()
  const day = usePatrolDayShown()
  return useResource(area && day ? api.obstacles(area.code, day) : null)
}

/** Days by which a grid is coloured; null: never. */
export const measureOf = (grid: CoverageOfGrid, measure: Measure): number | null =>
  measure === 'passed' ? grid.passed_days : grid[measure].median_days

/** A lane along a boundary is in the list of both grids. */
export const targetOf = (row: Pick<OverdueRow, 'kind' | 'id' | 'grid'>): Target => ({
  kind: row.kind,
  id: row.kind === 'lane' ? `${row.id}@${row.grid ?? ''}` : row.id,
})

/** Where a row is, with the street around it. */
export function bboxOf(row: Pick<OverdueRow, 'lon' | 'lat' | 'path'>): Bbox {
  const all = row.path?.flat() ?? [[row.lon, row.lat] as const]
  const around = 0.0015
  return [
    Math.min(...all.map(([x]) => x)) - around,
    Math.min(...all.map(([, y]) => y)) - around,
    Math.max(...all.map(([x]) => x)) + around,
    Math.max(...all.map(([, y]) => y)) + around,
  ]
}
