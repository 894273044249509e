/**
 * A filter changed on 200,000 incidents of a county: the question over HTTP, from the address to the cells of the answer, as the screen
 * asks for it and has it. What is held against it is the half second in which the map has to show it. Each question is new to the service; the
 * incidents of the period are in its memory, as after the first map. Needs DATABASE_URL.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AnalysisColumns } from '../../server/contract/analysis.ts'
import { byCells } from '../../server/contract/cell-columns.ts'
import { mulberry32 } from '../../server/core/planning/random.ts'
import { type Database, openDatabase } from '../../server/db/database.ts'
import { serverUrl, testPlace } from '../support/place.ts'
import { serviceOn } from '../support/service.ts'
import type { BenchRow } from './bench-row.ts'

const incidents = Number(process.env['BENCH_INCIDENTS'] ?? 200_000)
const [county, town] = ['C', 'T']
const [west, south, side] = [119.3, 29.7, 0.45]
const categories = ['fire', 'traffic', 'safety', 'dispute', 'environment', 'fraud']
const hotPlaces = 40
const yearMilliseconds = 365 * 86_400_000
const yearStart = Date.parse('2026-01-01T00:00:00+08:00')
const targetMilliseconds = 500

/** Half of them evenly over the county, half within a kilometre or so of forty places. */
function rowsOf(): unknown[][] {
  const random = mulberry32(1)
  const spread = (): number => (random() + random() + random() - 1.5) * 0.02
  const places = Array.from({ length: hotPlaces }, () => [
    west + 0.03 + random() * (side - 0.06),
    south + 0.03 + random() * (side - 0.06),
  ])
  return Array.from({ length: incidents }, (_, i) => {
    const [x, y] = places[i % hotPlaces]!
    const isHot = i % 2 === 0
    const longitude = isHot ? x! + spread() : west + random() * side
    const latitude = isHot ? y! + spread() : south + random() * side
    const point = `SRID=4326;POINT(${longitude.toFixed(7)} ${latitude.toFixed(7)})`
    const at = yearStart + Math.floor(random() * yearMilliseconds)
    return [town, `i${i}`, categories[Math.floor(random() * categories.length)], at, point]
  })
}

async function fill(db: Database): Promise<void> {
  const [east, north] = [west + side, south + side]
  const boundary = `SRID=4326;MULTIPOLYGON(((${west} ${south},${east} ${south},${east} ${north},${west} ${north},${west} ${south})))`
  await db.system().insertMany(
    'areas',
    {
      area_code: 'text',
      parent_code: 'text',
      level: 'text',
      name: 'text',
      town_id: 'text',
      lineage: 'text[]',
      boundary: 'geometry',
    },
    [
      [county, null, 'county', county, null, [county], boundary],
      [town, county, 'township', town, town, [county, town], boundary],
    ],
  )
  await db.system().insertMany(
    'incidents',
    {
      town_id: 'text',
      incident_id: 'text',
      category: 'text',
      occurred_at: 'timestamptz',
      position: 'geometry',
    },
    rowsOf(),
  )
  await db.maintain()
}

/** Questions by name: each asked with several filters, none of them asked before. */
const questions: Readonly<Record<string, string>> = {
  'gi-star of counts': 'statistic=gi-star',
  'gi-star per km²': 'statistic=gi-star&measure=per-km2',
  'local Moran, 999 permutations': 'statistic=local-moran',
  'kernel density': 'statistic=kde',
  'kernel density, Gaussian': 'statistic=kde&kernel=gaussian',
}
const filters = [
  'categories=fire',
  'categories=fire,traffic',
  'hours=8,9,10,11',
  'weekdays=1,2,3',
  'hours=20,21,22&categories=fraud',
]

export async function bench(): Promise<BenchRow[]> {
  if (serverUrl === undefined) return []
  const place = await testPlace('migrated')
  const db = await openDatabase(place.options)
  let stop = async (): Promise<void> => {}
  try {
    await fill(db)
    const service = serviceOn(db, { now: yearStart + yearMilliseconds })
    const path = (query: string): string =>
      `/api/areas/${county}/analysis?from=2026-01-01&to=2027-01-01&${query}&format=columns`
    const server = createServer(service.app)
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    stop = async () => void server.close()
    const { port } = server.address() as AddressInfo
    const ask = async (query: string): Promise<number> => {
      const began = performance.now()
      const response = await fetch(`http://127.0.0.1:${port}${path(query)}`)
      const body = (await response.json()) as AnalysisColumns
      if (!response.ok) throw new Error(`${query}: ${response.status} ${JSON.stringify(body)}`)
      const { cells, n } = byCells(body)
      const taken = performance.now() - began
      if (n === 0 || cells.length !== n) throw new Error(`${query}: ${cells.length} cells of ${n}`)
      return taken
    }
    const rows: BenchRow[] = []
    for (const [name, question] of Object.entries(questions)) {
      const first = await ask(question)
      // Checked against its schema, too; the answer is kept by then.
      await service.get(path(question))
      const times: number[] = []
      for (const filter of filters) times.push(await ask(`${question}&${filter}`))
      const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!
      rows.push({
        name: `filter changed on ${incidents} incidents: ${name}, against ${targetMilliseconds} ms`,
        ours: median,
        theirs: targetMilliseconds,
        ratio: median / targetMilliseconds,
        target: '<= 1',
        unit: 'ms',
        note: `median of ${times.map((one) => one.toFixed(0)).join(', ')}; without a filter, the first time ${first.toFixed(0)} ms`,
      })
    }
    return rows
  } finally {
    await stop()
    await db.close()
    await place.remove()
  }
}
