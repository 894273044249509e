/**
 * Everything an analyst may ask of the demo with the settings of the product: each category and all together, the ten months and each
 * of them. What is planted stands in truths.json; whatever else is found, is found falsely.
 */
import { beforeAll, expect, test } from 'vitest'
import { questionOf } from '../../server/contract/analysis-question.ts'
import { analyse } from '../../server/core/analysis/analyse.ts'
import { type PlacedRecords, placeRecords } from '../../server/core/analysis/place-records.ts'
import { type RecordTable, tableOf } from '../../server/core/analysis/records.ts'
import type { CellResult } from '../../server/core/analysis/values.ts'
import { distanceMetres } from '../../server/core/geometry/distance-metres.ts'
import { hexagonCentre } from '../../server/core/hexagons/hexagon.ts'
import { correct } from '../../server/core/statistics/false-discovery.ts'
import { twoSidedP } from '../../server/core/statistics/normal.ts'
import { demoRows, truths } from './demo-township.ts'

interface Asked {
  readonly question: string
  readonly cells: readonly CellResult[]
  /** Of the category and period asked about. */
  readonly planted: typeof truths.hot_spots
}

const month = (n: number): string => `2026-${String(n).padStart(2, '0')}-01`
const periods = [
  [month(1), month(11)],
  ...Array.from({ length: 10 }, (_, i) => [month(i + 1), month(i + 2)]),
] as [string, string][]

const asked: Asked[] = []
beforeAll(async () => {
  const rows = await demoRows('incidents')
  const table: RecordTable = tableOf(
    rows.map(({ id, occurredAt, category, severity = null, status, longitude, latitude }) => ({
      id,
      occurredAt,
      category,
      severity,
      status: status ?? 'reported',
      longitude,
      latitude,
    })),
  )
  const studyArea = (await demoRows('areas')).find(({ level }) => level === 'township')!.boundary!
  const { unit, resolution } = questionOf({})
  const ground = { unit, resolution, studyArea, grids: [], households: null }
  const placed: PlacedRecords = placeRecords(table, ground)
  for (const category of [null, ...table.categories])
    for (const [from, to] of periods) {
      const question = questionOf({ from, to, ...(category !== null && { categories: [category] }) })
      const input = { question, table, ground, placed, readsOtherDays: true, withoutPosition: 0, refused: 0 }
      asked.push({
        question: `${category ?? 'all'} ${from}–${to}`,
        cells: analyse(input).cells,
        planted: truths.hot_spots.filter(
          (spot) => (category === null || spot.category === category) && spot.from < to && from < spot.to,
        ),
      })
    }
})

/** A hexagon reaches 200 m from its centre here, its neighbours' centres lie 340 m off: farther away no sum holds a planted incident. */
const isPlanted = ({ planted }: Asked, { id, z }: CellResult): boolean =>
  z! > 0 &&
  planted.some(({ lon, lat, radius_m: radius }) => {
    return distanceMetres(lon, lat, ...hexagonCentre(id)) <= radius + 540
  })

const foundBy = (qOf: (cells: readonly CellResult[]) => readonly (number | null)[]) =>
  asked.map((one) => {
    const q = qOf(one.cells)
    const found = one.cells.filter((_, i) => q[i] !== null && q[i]! < 0.05)
    return { ...one, found, isFalse: found.filter((cell) => !isPlanted(one, cell)) }
  })

test('13 × 11 questions: planted spots are found wherever they lie in the data, and nothing else in any', () => {
  const answers = foundBy((cells) => cells.map(({ q }) => q))
  expect(answers).toHaveLength(143)
  // Market: 3 months, dump: 4 months, each of its category and of all, less August and July, which all share; and the ten months: 3.
  const withSpots = answers.filter(({ planted }) => planted.length > 0)
  expect(withSpots).toHaveLength(3 + 4 + (3 + 4 - 2) + 3)
  for (const { question, planted, found } of withSpots)
    for (const spot of planted)
      expect(
        found.some(
          ({ id }) => distanceMetres(spot.lon, spot.lat, ...hexagonCentre(id)) <= spot.radius_m + 540,
        ),
        `${spot.name} in ${question}`,
      ).toBe(true)
  // Benjamini–Hochberg at 0.05 lets one in twenty of the found be false on average: of 140 seven. None is.
  expect(answers.reduce((sum, { found }) => sum + found.length, 0)).toBe(140)
  expect(answers.flatMap(({ question, isFalse }) => isFalse.map(({ id }) => `${question} ${id}`))).toEqual([])
})

test('by the normal p alone, which counts so few do not have, most would be false', () => {
  const answers = foundBy((cells) =>
    correct(
      cells.map(({ z }) => (z === null ? null : twoSidedP(z))),
      'bh',
    ),
  )
  const empty = answers.filter(({ planted }) => planted.length === 0)
  expect([empty.length, empty.filter(({ found }) => found.length > 0).length]).toEqual([128, 96])
  const sum = (list: 'found' | 'isFalse'): number => answers.reduce((n, one) => n + one[list].length, 0)
  expect([sum('found'), sum('isFalse')]).toEqual([688, 548])
})
