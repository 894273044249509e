/** Incidents with a planted cluster, and questions about them. */
import type { Polygon } from 'geojson'
import { questionOf } from '../../../server/contract/analysis-question.ts'
import type { AnalysisInput } from '../../../server/core/analysis/asked.ts'
import { tableOf } from '../../../server/core/analysis/records.ts'
import type { AnalysisQuestion, IncidentRecord } from '../../../server/core/analysis/values.ts'
import { hexagonCentre, hexagonsWithin, pointToHexagon } from '../../../server/core/hexagons/hexagon.ts'

export const box = (west: number, south: number, east: number, north: number): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
})
export const area = box(119.55, 29.88, 119.61, 29.93)
export const middle = pointToHexagon(119.58, 29.905, 9)
export const day = (date: string, time = '08:00'): number => Date.parse(`${date}T${time}:00+08:00`)

let serial = 0
export const record = (hexagon: string, more: Partial<IncidentRecord> = {}): IncidentRecord => {
  const [longitude, latitude] = hexagonCentre(hexagon)
  return {
    id: `i${String(serial++).padStart(6, '0')}`,
    occurredAt: day('2026-10-08'),
    category: 'fire',
    severity: null,
    status: 'reported',
    longitude,
    latitude,
    ...more,
  }
}
/** One incident in every other hexagon around, twelve more in each of the seven in the middle. */
export const records = [
  ...hexagonsWithin(middle, 6)
    .sort()
    .filter((_, i) => i % 2 === 0)
    .map((hexagon) => record(hexagon, { category: 'dispute', severity: 'high' })),
  ...hexagonsWithin(middle, 1).flatMap((hexagon) => Array.from({ length: 12 }, () => record(hexagon))),
]
export const households = hexagonsWithin(middle, 6).map((hexagon) => {
  const [longitude, latitude] = hexagonCentre(hexagon)
  return { longitude, latitude }
})

export const october = { from: '2026-10-01', to: '2026-11-01' }
export const input = (
  asked: Parameters<typeof questionOf>[0],
  of: readonly IncidentRecord[] = records,
  more: Partial<AnalysisInput> = {},
): AnalysisInput => {
  const question: AnalysisQuestion = questionOf({ ...october, ...asked })
  const { unit, resolution } = question
  return {
    question,
    table: tableOf(of),
    ground: { unit, resolution, studyArea: area, grids: [], households },
    readsOtherDays: true,
    withoutPosition: 0,
    refused: 0,
    ...more,
  }
}
