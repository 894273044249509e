import { describe, expect, it } from 'vitest'
import { statement } from '../../server/db/sql.ts'
import { useDatabase } from '../support/database.ts'

const test = useDatabase()

describe('a statement', () => {
  it('answers rows as values of the product', async () => {
    const row = await test.db.system().one(
      statement(`select 9007199254740991::int8 as big, 1.5::numeric as number, '2026-10-08'::date as day,
        '2026-10-08 00:00+08'::timestamptz as moment, array[1, 2]::int8[] as bigs, '[1, {"a": 2}]'::jsonb as json`),
    )
    expect(row).toEqual({
      big: Number.MAX_SAFE_INTEGER,
      number: 1.5,
      day: '2026-10-08',
      moment: Date.UTC(2026, 9, 7, 16),
      bigs: [1, 2],
      json: [1, { a: 2 }],
    })
  })
})
