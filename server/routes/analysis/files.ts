/** An answer as a file to take away: the same figures, with its card. */
import type { Geometry } from 'geojson'
import type { Analysis, AnalysisCell } from '../../contract/analysis.ts'
import { cardTable, cellTable, findingTable } from '../../contract/analysis-tables.ts'
import { presentAnalysisFeatures } from '../../contract/present-analysis.ts'
import { hexagonBoundary } from '../../core/hexagons/hexagon.ts'
import { analysisCsv, analysisXlsx } from '../../formats/write-analysis.ts'
import type { Answer } from '../route.ts'

export type FileFormat = 'geojson' | 'csv' | 'xlsx'

const types = {
  geojson: 'application/geo+json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/**
 * CSV has one table: clusters or bands where the statistic finds such, else the cells, the last column the address of the card.
 * GeoJSON has the cells with everything else beside them, XLSX a sheet for each table and one for the card.
 * @param geometries of grids by code, asked for with GeoJSON of grids
 * @param created epoch milliseconds, in the workbook
 */
export async function fileOfAnalysis(
  analysis: Analysis,
  format: FileFormat,
  geometries: ReadonlyMap<string, Geometry>,
  created: number,
): Promise<Answer> {
  const name = [analysis.card.data.area ?? 'files', analysis.statistic, analysis.card.filter.from ?? ''].join(
    '-',
  )
  return {
    type: types[format],
    body: await bodyOf(analysis, format, geometries, created),
    headers: { 'content-disposition': `attachment; filename="${name}.${format}"` },
  }
}

/** The text or the bytes of the file. */
export function bodyOf(
  analysis: Analysis,
  format: FileFormat,
  geometries: ReadonlyMap<string, Geometry>,
  created: number,
): string | Promise<Uint8Array> {
  const finding = findingTable(analysis)
  if (format === 'csv') return analysisCsv(finding ?? cellTable(analysis))
  if (format === 'xlsx') {
    const tables = [cellTable(analysis), ...(finding ? [finding] : []), cardTable(analysis)]
    return analysisXlsx(analysis.card.title.zh, created, tables)
  }
  const geometryOf = ({ h3, grid = '' }: AnalysisCell): Geometry =>
    h3 === null
      ? (geometries.get(grid) ?? { type: 'GeometryCollection', geometries: [] })
      : hexagonBoundary(h3)
  return JSON.stringify(presentAnalysisFeatures(analysis, geometryOf))
}
