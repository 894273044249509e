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

/** Begins a long analysis; it is followed, and its answer fetched, by its job. */
export const startAnalysis = (
  area: string,
  query: AnalysisQuery,
  signal: AbortSignal,
): Promise<Answers['job']> => request('job', analysisAddress(area, query), { method: 'POST', signal })

export const readAnalysis = (job: string, signal: AbortSignal): Promise<Answers['analysisJob']> =>
  request('analysisJob', address(['analyses', job]), { signal })

/** The answer as a file to be saved. */
export const analysisFile = (
  area: string,
  query: AnalysisQuery,
  format: 'csv' | 'geojson' | 'xlsx',
): string => analysisAddress(area, { ...query, format })
