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

  it('answers instants of any day to the millisecond, microseconds cut', async () => {
    const written = [
      '1969-12-31T23:59:59.9Z',
      '2000-02-29T00:00:00Z',
      '2026-10-08T09:30:15.12Z',
      '2026-10-08T23:59:59.999999Z',
    ]
    const rows = await test.db
      .system()
      .many(
        statement(
          `select t::timestamptz as moment from unnest($1::text[]) with ordinality as given (t, n) order by n`,
        ),
        [[...written, '2026-10-08T00:00:00+05:30', 'infinity']],
      )
    // Date.parse reads the same instants by itself, and cuts microseconds too.
    expect(rows.map((row) => (row as { moment: number }).moment)).toEqual([
      ...written.map((one) => Date.parse(one)),
      Date.UTC(2026, 9, 7, 18, 30),
      Number.POSITIVE_INFINITY,
    ])
  })
})
