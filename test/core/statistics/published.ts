/** Reads the published answers (tables of numbers computed with R spdep) that the tests of this folder compare with. */
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { type SpatialWeights, weightsFromNeighbours } from '../../../server/core/statistics/weights.ts'
import { realData } from '../../support/real-data.ts'

export interface Table {
  readonly length: number
  texts(column: string): string[]
  numbers(column: string): number[]
}

export function publishedTable(path: string): Table {
  const rows = parse<Record<string, string>>(readFileSync(realData(path)), { columns: true })
  const texts = (column: string): string[] =>
    rows.map((row) => {
      const text = row[column]
      if (text === undefined) throw new Error(`${path} has no column ${column}`)
      return text
    })
  return { length: rows.length, texts, numbers: (column) => texts(column).map(Number) }
}

/** Lines of a table without a header. */
export const publishedLines = (path: string): string[] =>
  readFileSync(realData(path), 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '')

export const publishedJson = (path: string): unknown => JSON.parse(readFileSync(realData(path), 'utf8'))

/** Neighbour lists as R writes them in a column `nb`: "2 5 6", counting from 1. */
export const neighboursOfColumn = (lists: readonly string[]): SpatialWeights =>
  weightsFromNeighbours(lists.map((list) => (list === '' ? [] : list.split(' ').map((j) => Number(j) - 1))))

/** Neighbours from a table of links `from`,`to` between ids. */
export function neighboursOfLinks(links: Table, ids: readonly string[]): SpatialWeights {
  const index = new Map(ids.map((id, i) => [id, i]))
  const lists: number[][] = ids.map(() => [])
  const to = links.texts('to')
  links.texts('from').forEach((from, row) => {
    lists[index.get(from)!]!.push(index.get(to[row]!)!)
  })
  return weightsFromNeighbours(lists)
}
