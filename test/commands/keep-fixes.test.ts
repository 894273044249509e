/** Fixes of days gone by: packed without changing a figure, kept as long as policy says, their figures longer. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { keepFixes } from '../../server/commands/keep-fixes.ts'
import { matchStaleDays } from '../../server/commands/match-stale-days.ts'
import { createFixWriter } from '../../server/commands/positions/fix-writer.ts'
import { rematchDays } from '../../server/commands/rematch-days.ts'
import { listFixes } from '../../server/db/fixes.ts'
import { statement } from '../../server/db/sql.ts'
import { useDatabase } from '../support/database.ts'
import { fixes, seedSmallTown, town } from '../support/small-town.ts'

const test = useDatabase()
const dayMilliseconds = 86_400_000
const first = fixes[0]!
const worker = first.worker
/** Three days after the fixes: their day is packed. */
const later = first.time + 3 * dayMilliseconds

beforeAll(() => seedSmallTown(test.db))
beforeEach(async () => {
  for (const table of ['fixes', 'fix_blocks', 'patrol_days', 'stale_days'])
    await test.db.system().none(statement(`delete from wangge.${table}`))
  await test.db.system().none(statement(`delete from wangge.policies where kind = 'retention'`))
  await write(fixes)
})

async function write(given: typeof fixes): Promise<void> {
  const writer = createFixWriter(test.db, { onWritten: () => {} })
  await writer.write({ town, fixes: given, notes: [], now: later })
  await matchStaleDays(test.db, { towns: [town] })
}
const figures = (): Promise<unknown[]> =>
  test.db.system().many(statement('select * from wangge.patrol_days order by day, worker_id, grid_code'))
const count = async (table: string): Promise<number> =>
  (await test.db.system().one(statement<{ n: number }>(`select count(*)::int as n from wangge.${table}`))).n
const all = (): ReturnType<typeof listFixes> =>
  listFixes(test.db.system(), town, worker, first.time - dayMilliseconds, first.time + 2 * dayMilliseconds)
const rematch = async (): Promise<void> => {
  const day = '2000-01-01'
  const viewer = { name: 'test', role: 'administrator', areas: 'all' } as const
  await rematchDays(test.db, { area: town, from: day, to: '2100-01-01', viewer })
}

describe('keeping fixes', () => {
  it('packs days gone by: the same fixes, the same figures, no rows left, their partition dropped', async () => {
    const [before, fixesBefore] = [await figures(), await all()]
    expect(fixesBefore.length).toBeGreaterThan(10)
    const kept = await keepFixes(test.db, { now: later })
    expect(kept.packed).toBeGreaterThan(0)
    expect(kept.dropped).toBeGreaterThan(0)
    expect([await count('fixes'), await all()]).toEqual([0, fixesBefore])
    await rematch()
    expect(await figures()).toEqual(before)
  })

  it('packs what is older than a quarter of an hour of today too; the rest and the last fix stay as rows', async () => {
    const before = [await figures(), await all()]
    const hour = 3_600_000
    expect(await keepFixes(test.db, { now: first.time + hour / 4 })).toMatchObject({ packed: 0 })
    // At a fix every 20 s, 91 of 181 lie before the half hour.
    expect(await keepFixes(test.db, { now: first.time + 0.75 * hour + 10_000 })).toMatchObject({ packed: 1 })
    expect(await count('fixes')).toBe(181 - 91)
    await rematch()
    expect([await figures(), await all()]).toEqual(before)
    await write(fixes.slice(80, 100)) // some again: of those that are packed and those that are not
    expect([await figures(), await all()]).toEqual(before)
    expect(await keepFixes(test.db, { now: first.time + 5 * hour })).toMatchObject({ packed: 1 })
    expect(await count('fixes')).toBe(1)
    await rematch()
    expect([await figures(), await all()]).toEqual(before)
  })

  it('what comes in late joins the block at the next packing; what is known already changes nothing', async () => {
    const [missing, ...others] = fixes
    await test.db.system().none(statement('delete from wangge.fixes'))
    await test.db.system().none(statement('delete from wangge.patrol_days'))
    await write(others)
    await keepFixes(test.db, { now: later })
    await write([missing!, fixes[5]!]) // one is new, one stands in the block
    const whole = await figures()
    expect((await all()).filter((fix) => fix.time === missing!.time)).toHaveLength(1)
    await keepFixes(test.db, { now: later })
    expect(await count('fixes')).toBe(0)
    await rematch()
    expect(await figures()).toEqual(whole)
    expect(await all()).toHaveLength(
      new Set(fixes.filter((f) => f.worker === worker).map((f) => f.time)).size,
    )
  })

  it('removes raw fixes after 90 days, and keeps what they amounted to whatever is matched again', async () => {
    await keepFixes(test.db, { now: later })
    const before = await figures()
    expect(await keepFixes(test.db, { now: later + 87 * dayMilliseconds })).toMatchObject({ removed: 0 })
    const kept = await keepFixes(test.db, { now: later + 88 * dayMilliseconds })
    expect(kept.removed).toBeGreaterThan(0)
    expect(await count('fix_blocks')).toBe(0)
    await rematch()
    // A straggler of that day does not become the whole day.
    await write([fixes[0]!])
    expect(await figures()).toEqual(before)
  })

  it('keeps them as long as the place says: for ever, or a week', async () => {
    const rule = (days: string): string =>
      `insert into wangge.policies (area_code, kind, valid_from, name, rules) values ('${town}', 'retention', '2020-01-01', 'x', '{"raw_days": ${days}}')`
    await test.db.system().none(statement(rule('null')))
    await keepFixes(test.db, { now: later })
    expect(await keepFixes(test.db, { now: later + 4000 * dayMilliseconds })).toMatchObject({ removed: 0 })
    await test.db.system().none(statement(`delete from wangge.policies where kind = 'retention'`))
    await test.db.system().none(statement(rule('7')))
    expect(await keepFixes(test.db, { now: later + 4 * dayMilliseconds })).toMatchObject({ removed: 0 })
    expect((await keepFixes(test.db, { now: later + 5 * dayMilliseconds })).removed).toBeGreaterThan(0)
  })
})
