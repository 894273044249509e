/** What analyses are kept by: it changes with what they read, and with nothing else. */
import { beforeAll, describe, expect, it } from 'vitest'
import { statement } from '../../server/db/sql.ts'
import { findAnalysedVersion, findVersion, foldAnalysedChanges } from '../../server/db/version.ts'
import { useDatabase } from '../support/database.ts'
import { seedSmallTown, town } from '../support/small-town.ts'

const test = useDatabase()

beforeAll(() => seedSmallTown(test.db))

/** Whether a statement changes the version of what analyses read, and that of everything. */
async function changes(text: string): Promise<readonly [analysed: boolean, everything: boolean]> {
  const before = [await findAnalysedVersion(test.db), await findVersion(test.db)]
  await test.db.system().none(statement(text))
  return [(await findAnalysedVersion(test.db)) !== before[0], (await findVersion(test.db)) !== before[1]]
}

describe('the version of what analyses read', () => {
  it.each([
    `insert into wangge.incidents (town_id, incident_id, category, occurred_at) values ('${town}', 'v1', 'fire', now())`,
    `update wangge.incidents set severity = 'high' where incident_id = 'v1'`,
    `delete from wangge.incidents where incident_id = 'v1'`,
    `update wangge.households set position = position where town_id = '${town}'`,
    `update wangge.grids set name = '一' where town_id = '${town}'`,
    `update wangge.areas set name = name`,
    `delete from wangge.policies`,
  ])('changes with %s', async (text) => {
    expect(await changes(text)).toEqual([true, true])
  })

  it('stays while fixes come in, and while nothing is written', async () => {
    expect(
      await changes(
        `insert into wangge.stale_days (town_id, worker_id, day) values ('${town}', 'w1', '2026-10-08')`,
      ),
    ).toEqual([false, true])
    expect(await findAnalysedVersion(test.db)).toBe(await findAnalysedVersion(test.db))
  })

  it('of a transaction that is undone stays as it was', async () => {
    const before = await findAnalysedVersion(test.db)
    await expect(
      test.db.system().transaction(async (open) => {
        await open.none(statement('update wangge.areas set name = name'))
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    expect(await findAnalysedVersion(test.db)).toBe(before)
  })

  it('stays while its marks become one', async () => {
    const before = await findAnalysedVersion(test.db)
    await Promise.all([foldAnalysedChanges(test.db), foldAnalysedChanges(test.db)])
    expect(await findAnalysedVersion(test.db)).toBe(before)
    const { rows } = await test.db
      .system()
      .one(statement<{ rows: number }>('select count(*)::int as rows from wangge.analysed_changes'))
    expect(rows).toBe(1)
    expect(await changes('update wangge.areas set name = name')).toEqual([true, true])
  })
})
