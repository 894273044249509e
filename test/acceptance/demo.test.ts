/**
 * What is planted in the demo township, found by the whole product: loaded as `npm start` loads it, matched and kept by the
 * database, asked over HTTP. All of it and nothing else. test/demo/ proves the same of the core alone, from the files.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Assessments } from '../../server/contract/assessment.ts'
import type { CheckReport } from '../../server/contract/check.ts'
import type { Hotspots } from '../../server/contract/hotspots.ts'
import type { PatrolDayRow, PatrolDays } from '../../server/contract/patrols.ts'
import type { Warnings } from '../../server/contract/warnings.ts'
import { distanceMetres } from '../../server/core/geometry/distance-metres.ts'
import { hexagonCentre, pointToHexagon } from '../../server/core/hexagons/hexagon.ts'
import { type Database, openDatabase } from '../../server/db/database.ts'
import { truths } from '../demo/demo-township.ts'
import { type TestPlace, testPlace } from '../support/place.ts'
import { type Service, serviceOn } from '../support/service.ts'

/** Where the demo is not prepared yet, 517,732 fixes are imported and matched, on a machine that may be busy. */
const minutes = 300_000

const town = '990427103'
/** After the month of the demo: a day that still runs has nobody absent. */
const now = Date.parse('2026-11-02T00:00:00+08:00')

let place: TestPlace
let db: Database
let service: Service
beforeAll(async () => {
  place = await testPlace('demo')
  db = await openDatabase(place.options)
  service = serviceOn(db, { now })
}, minutes)
afterAll(async () => {
  await db?.close()
  await place?.remove()
}, minutes)

const get = async <Body>(path: string): Promise<Body> => {
  const { status, text } = await service.get(`/api/areas/${town}/${path}`)
  expect(status).toBe(200)
  return JSON.parse(text) as Body
}
const sorted = (texts: Iterable<string>): string[] => [...texts].sort()

describe('the check', () => {
  const { division } = truths

  it.each(['2026-10-15', division.change.day])(
    'on %s: every planted problem, and no other',
    async (day) => {
      const report = await get<CheckReport>(`check?day=${day}`)
      expect(report.grids).toBe(40)
      expect(report.counts).toEqual(division.counts)
      expect(report.enclaves).toEqual([])
      const of = (code: string): CheckReport['problems'] =>
        report.problems.filter((problem) => problem.code === code)

      const keyOf = (one: { code: string; grids: readonly string[] }): string =>
        `${one.code} ${one.grids.join()}`
      const regional = new Set(division.problems.map(({ code }) => code as string))
      const found = report.problems.filter(({ code }) => regional.has(code))
      expect(sorted(found.map(keyOf))).toEqual(sorted(division.problems.map(keyOf)))
      for (const planted of division.problems.filter(({ area_m2 }) => area_m2 !== undefined)) {
        const one = found.find((problem) => keyOf(problem) === keyOf(planted))!
        // Truths are rounded to 0.01 m².
        expect(Math.abs(one.area_m2! - planted.area_m2!)).toBeLessThan(0.02)
        expect(one.households).toBe(planted.households!.length)
      }
      for (const code of ['household_in_none', 'household_in_several'] as const)
        expect(sorted(of(code).map(({ household }) => household!))).toEqual(sorted(division[code]))
      for (const code of ['households_below', 'households_above'] as const)
        expect(new Map(of(code).map(({ grids, households }) => [grids.join(), households]))).toEqual(
          new Map(division[code].map(({ grid, households }) => [grid, households])),
        )
      const [none, several] = [division.household_in_none.length, division.household_in_several.length]
      expect(report.households).toEqual({
        total: 12_000,
        in_one: 12_000 - none - several,
        in_none: none,
        in_several: several,
      })
    },
    minutes,
  )
})

describe('the patrols', () => {
  const { days, absent } = truths.patrols

  /** All pages of the month; who was absent comes with the first. */
  async function month(): Promise<{ rows: PatrolDayRow[]; absent: PatrolDays['absent'] }> {
    const path = 'patrol-days?from=2026-10-01&to=2026-11-01&limit=300'
    const first = await get<PatrolDays>(path)
    const rows = [...first.rows]
    for (let { next } = first; next !== null; ) {
      const page = await get<PatrolDays>(`${path}&after=${encodeURIComponent(next)}`)
      rows.push(...page.rows)
      next = page.next
    }
    return { rows, absent: first.absent }
  }

  it(
    'meet the rule on exactly the days on which it truly was met; who stayed away is told',
    async () => {
      const found = await month()
      expect(sorted(found.rows.map((row) => `${row.worker} ${row.day} ${row.grid} ${row.met}`))).toEqual(
        sorted(days.map((day) => `${day.worker} ${day.date} ${day.grid} ${day.met}`)),
      )
      expect(sorted(found.absent.map(({ worker, day }) => `${worker} ${day}`))).toEqual(
        sorted(absent.map(({ worker, date }) => `${worker} ${date}`)),
      )
      expect(found.rows.reduce((sum, { fixes }) => sum + fixes, 0)).toBe(truths.counts['fixes'])
    },
    minutes,
  )
})

describe('the nightly watch', () => {
  it('has told of each planted hot spot where it lies, and measured what followed', async () => {
    const { warnings, accuracy } = await get<Warnings>('warnings?limit=100')
    for (const { category, lon, lat, resolution, from, to } of truths.hot_spots) {
      const heart = pointToHexagon(lon, lat, resolution)
      const told = warnings.filter((one) => one.category === category && one.hexagons.includes(heart))
      expect(told.length).toBeGreaterThan(0)
      // A window of whole weeks, of which the first may begin a week before.
      for (const one of told) expect([one.to > from, one.from < to]).toEqual([true, true])
    }
    // Nights are four weeks apart: all but the last ones are measured.
    expect(accuracy.warnings).toBeGreaterThanOrEqual(truths.hot_spots.length)
    expect(accuracy.pai).toBeGreaterThan(1)
  })
})

describe('the assessment of October 2026 by document 004', () => {
  it('counts each working day of each full-time worker once: met, not met, or stayed away', async () => {
    const { policy, sheets } = await get<Assessments>('assessments/2026-10')
    expect(policy.name).toBe('004')
    expect(sheets).toHaveLength(40)
    const { met, absent, days } = truths.patrols
    const sum = (count: (sheet: Assessments['sheets'][number]) => number): number =>
      sheets.reduce((total, sheet) => total + count(sheet), 0)
    // 40 workers, 18 working days; the month is over. A day in two grids is met when the two together are.
    expect(sum(({ counts }) => counts.met + counts.not_met)).toBe(40 * 18)
    expect(sum(({ counts }) => counts.ahead + counts.excused + counts.unassigned)).toBe(0)
    const notMet = new Set(
      [...days.filter((day) => !day.met), ...absent].map(({ worker, date }) => `${worker} ${date}`),
    )
    const counted = sheets.flatMap(({ worker, days: own }) =>
      own.filter(({ status }) => status === 'not_met').map(({ day }) => `${worker} ${day}`),
    )
    expect(sorted(counted)).toEqual(sorted(notMet))
    expect(sum(({ counts }) => counts.met)).toBe(met)
  })

  it('pays by the document: 800 less 25 a day, nothing from three days running or five', async () => {
    const { sheets } = await get<Assessments>('assessments/2026-10')
    for (const { counts, longest_run: run, patrol, card } of sheets) {
      const isLost = run.length >= 3 || counts.not_met >= 5
      expect(patrol?.amount).toBe(isLost ? 0 : 800 - 25 * counts.not_met)
      expect(card).toBe(isLost ? 'yellow' : 'none')
    }
    expect(sheets.some(({ card }) => card === 'yellow')).toBe(true)
  })
})

describe('the hot spots', () => {
  const spots = truths.hot_spots
  const significant = async (query: string): Promise<Hotspots['cells']> =>
    (await get<Hotspots>(`hotspots?${query}`)).cells.filter(({ q }) => q !== null && q < 0.05)

  /** The spots whose neighbourhood reaches a hexagon: beyond radius + 540 m nothing of a spot is in its sum (test/demo). */
  const reaching = ({ h3 }: Hotspots['cells'][number]): string[] => {
    const [longitude, latitude] = hexagonCentre(h3)
    return spots
      .filter((spot) => distanceMetres(spot.lon, spot.lat, longitude, latitude) <= spot.radius_m + 540)
      .map(({ name }) => name)
  }

  it.each(spots)('$name is the only one of its category and period', async (spot) => {
    const query = `from=${spot.from}&to=${spot.to}&category=${spot.category}&resolution=${spot.resolution}`
    const found = await significant(query)
    expect(found.length).toBeGreaterThan(0)
    expect(found.map(reaching)).toEqual(found.map(() => [spot.name]))
    expect(found.filter(({ z }) => z! <= 0)).toEqual([])
  })

  it('among all incidents of the year these two stand out, and nothing else', async () => {
    const found = await significant('from=2026-01-01&to=2027-01-01')
    expect(found.filter((cell) => reaching(cell).length !== 1)).toEqual([])
    expect(sorted(new Set(found.flatMap(reaching)))).toEqual(sorted(spots.map(({ name }) => name)))
    expect(found.filter(({ z }) => z! <= 0)).toEqual([])
  })
})
