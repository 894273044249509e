/** The nightly watch on the demo: each planted spot is told of in its first week, where it lies, and by nothing else of its category. */
import { beforeAll, expect, test } from 'vitest'
import { findWarnings } from '../../server/core/analysis/find-warnings.ts'
import { type RecordTable, tableOf } from '../../server/core/analysis/records.ts'
import { pointToHexagon } from '../../server/core/hexagons/hexagon.ts'
import { usualWarnings } from '../../server/core/policy/warning-policy.ts'
import { addDays } from '../../server/core/trajectories/local-day.ts'
import type { AreaGeometry } from '../../server/core/values.ts'
import { demoRows, truths } from './demo-township.ts'

let tables: Map<string, RecordTable>
let studyArea: AreaGeometry
beforeAll(async () => {
  const rows = await demoRows('incidents')
  studyArea = (await demoRows('areas')).find(({ level }) => level === 'township')!.boundary!
  tables = new Map(
    truths.hot_spots.map(({ category }) => [
      category,
      tableOf(
        rows
          .filter((one) => one.category === category)
          .map((one) => ({ ...one, severity: null, status: 'reported' })),
      ),
    ]),
  )
})

/** The usual policy with as few replications as a recurrence of 365 nights allows: p of the strongest is 1/400. */
const policy = { ...usualWarnings, replications: 399 }
const watch = (category: string, night: string) =>
  findWarnings({ table: tables.get(category)!, studyArea, night, policy })

test.each(truths.hot_spots)(
  '$name opens a warning within a week',
  ({ category, lon, lat, resolution, from }) => {
    const heart = pointToHexagon(lon, lat, resolution)
    const [one, ...others] = watch(category, addDays(from, 7))
    expect(others).toEqual([])
    expect(one).toMatchObject({ category, method: 'scan', from, to: addDays(from, 7), p: 1 / 400 })
    expect(one!.hexagons).toContain(heart)
    expect(one!.recurrenceDays).toBe(400)
    // 240 in 92 days, 220 in 123: 18 and 12.5 a week on average, beside a background of less than one there.
    expect(one!.observed).toBeGreaterThan(3 * one!.expected)
    // The night before it began there was nothing to tell.
    expect(watch(category, from)).toEqual([])
  },
)
