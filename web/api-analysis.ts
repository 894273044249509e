/** What analysts ask of the service about incidents: one question, one answer, one card. Requests go through api.ts. */
import { byCells } from '../server/contract/cell-columns.ts'
import { type Answers, address, type Resource, request } from './api.ts'

/** The parts of a question that are not at their default, as the address of the service writes them. */
export type AnalysisQuery = Readonly<Record<string, string>>

export const analysisAddress = (area: string, query: AnalysisQuery): string =>
  address(['areas', area, 'analysis'], query)

export const analysis = (area: string, query: AnalysisQuery): Resource<Answers['analysis']> => ({
  url: analysisAddress(area, { ...query, format: 'columns' }),
  answer: 'analysisColumns',
  read: (body) => byCells(body as Answers['analysisColumns']),
})

/** Counts for the charts, under every filter but the chart's own. */
export const incidentCounts = (area: string, query: AnalysisQuery): Resource<Answers['incidentCounts']> => ({
  url: address(['areas', area, 'incident-counts'], query),
  answer: 'incidentCounts',
})

/** By which grid each hexagon is known, of all at once. */
export const hexagonGrids = (area: string, query: AnalysisQuery): Resource<Answers['hexagonGrids']> => ({
  url: address(['areas', area, 'hexagon-grids'], query),
  answer: 'hexagonGrids',
})

const cellsOf = (answer: Answers['analysis'] | Answers['analysisColumns']): Answers['analysis'] =>
  Array.isArray(answer.cells)
    ? (answer as Answers['analysis'])
    : byCells(answer as Answers['analysisColumns'])

/** Asks, and is given a job instead where the answer takes more than a moment. */
export async function askAnalysis(
  area: string,
  query: AnalysisQuery,
  signal: AbortSignal,
): Promise<Answers['analysis'] | Answers['job']> {
  const url = analysisAddress(area, { ...query, format: 'columns' })
  const found = await request('analysisOrJob', url, {
    signal,
    headers: { prefer: 'respond-async, wait=2' },
  })
  return 'cells' in found ? cellsOf(found) : found
}

/** Begins a long analysis; it is followed, and its answer fetched, by its job. */
export const startAnalysis = (
  area: string,
  query: AnalysisQuery,
  signal: AbortSignal,
): Promise<Answers['job']> =>
  request('job', analysisAddress(area, { ...query, format: 'columns' }), { method: 'POST', signal })

export async function readAnalysis(
  job: string,
  signal: AbortSignal,
): Promise<{ readonly job: Answers['job']; readonly answer: Answers['analysis'] | null }> {
  const found = await request('analysisJob', address(['analyses', job]), { signal })
  return { job: found.job, answer: found.answer && cellsOf(found.answer) }
}

/** The answer as a file to be saved. */
export const analysisFile = (
  area: string,
  query: AnalysisQuery,
  format: 'csv' | 'geojson' | 'xlsx',
): string => analysisAddress(area, { ...query, format })
