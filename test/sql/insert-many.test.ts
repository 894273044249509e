/** Many rows into a table, by COPY for the system and by arrays for a viewer: the same rows, the same refusals. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ColumnTypes } from '../../server/db/insert-many.ts'
import { statement } from '../../server/db/sql.ts'
import type { Viewer } from '../../server/db/viewer.ts'
import { failureOf, useDatabase } from '../support/database.ts'

const test = useDatabase()
const viewer: Viewer = { name: 'test', role: 'administrator', areas: 'all' }
const ways = { system: () => test.db.system(), viewer: () => test.db.as(viewer) }

const columns: ColumnTypes = {
  id: 'text',
  n: 'integer',
  big: 'bigint',
  ratio: 'double precision',
  flag: 'boolean',
  day: 'date',
  moment: 'timestamptz',
  json: 'jsonb',
  tags: 'text[]',
  place: 'geometry',
}
const all = statement(
  'select id, n, big, ratio, flag, day, moment, json, tags, st_astext(place) as place from wangge.pile order by id collate "C"',
)

beforeAll(async () => {
  const system = test.db.system()
  await system.none(
    statement(
      `create table wangge.pile (id text constraint pile_pk primary key, n integer, big bigint, ratio double precision,
         flag boolean, day date, moment timestamptz, json jsonb, tags text[], place geometry(Point, 4326))`,
    ),
  )
  await system.none(statement('grant select, insert, delete on wangge.pile to wangge_all'))
})

describe.each(['system', 'viewer'] as const)('by the %s', (way) => {
  const empty = (): Promise<number> => test.db.system().none(statement('delete from wangge.pile'))

  it('every type arrives as it was sent, nulls and marks included', async () => {
    await empty()
    const marks = 'tab\t, line\n, return\r, backslash \\, \\N, quote " and \', 网格 🧭'
    const rows = [
      [
        'a',
        1,
        2 ** 53 - 1,
        0.1,
        true,
        '2026-10-08',
        Date.UTC(2026, 9, 8),
        { a: [marks] },
        [marks, '', 'NULL'],
        'SRID=4326;POINT(1 2)',
      ],
      ['b', null, undefined, null, null, null, null, null, null, null],
      [marks, -1, -5, 1e-300, false, '0001-01-01', -1, [1], [], null],
    ]
    expect(await ways[way]().insertMany('pile', columns, rows)).toBe(3)
    const none = {
      n: null,
      big: null,
      ratio: null,
      flag: null,
      day: null,
      moment: null,
      json: null,
      tags: null,
      place: null,
    }
    expect(await ways[way]().many(all)).toEqual([
      {
        id: 'a',
        n: 1,
        big: 2 ** 53 - 1,
        ratio: 0.1,
        flag: true,
        day: '2026-10-08',
        moment: Date.UTC(2026, 9, 8),
        json: { a: [marks] },
        tags: [marks, '', 'NULL'],
        place: 'POINT(1 2)',
      },
      { id: 'b', ...none },
      {
        id: marks,
        ...none,
        n: -1,
        big: -5,
        ratio: 1e-300,
        flag: false,
        day: '0001-01-01',
        moment: -1,
        json: [1],
        tags: [],
      },
    ])
  })

  it('any text arrives as it was sent', async () => {
    const text = fc.string({ unit: 'grapheme' }).filter((t) => !t.includes('\0'))
    const set = fc.uniqueArray(text, { minLength: 1, maxLength: 50 })
    await fc.assert(
      fc.asyncProperty(set, async (texts) => {
        await empty()
        await ways[way]().insertMany(
          'pile',
          { id: 'text', tags: 'text[]' },
          texts.map((t) => [t, [t]]),
        )
        const rows = await test.db
          .system()
          .many(statement<{ id: string; tags: string[] }>('select id, tags from wangge.pile'))
        expect(rows.map((r) => r.id).toSorted()).toEqual(texts.toSorted())
        expect(rows.every((r) => r.tags[0] === r.id)).toBe(true)
      }),
      { numRuns: 10 },
    )
  })

  it('rows come from a generator, in more than one batch', async () => {
    await empty()
    async function* rows(): AsyncGenerator<unknown[]> {
      for (let i = 0; i < 25_000; i++) yield [String(i), i]
    }
    expect(await ways[way]().insertMany('pile', { id: 'text', n: 'integer' }, rows())).toBe(25_000)
    const sum = statement<{ sum: number }>('select sum(n) as sum from wangge.pile')
    expect(await test.db.system().one(sum)).toEqual({ sum: (25_000 * 24_999) / 2 })
  })

  it.each<[string, unknown[][], object]>([
    [
      'breaks a constraint',
      [
        ['x', 1],
        ['y', 2],
        ['x', 3],
      ],
      { kind: 'unique', constraint: 'pile_pk' },
    ],
    [
      'is no value of its type',
      [
        ['x', 1],
        ['y', 'two'],
      ],
      { kind: 'bad_value' },
    ],
  ])('nothing stays of rows one of which %s, and the connection is usable', async (_, rows, failure) => {
    await empty()
    const good = Array.from({ length: 12_000 }, (_row, i) => [`good ${i}`, i])
    const work = ways[way]().insertMany('pile', { id: 'text', n: 'integer' }, [...good, ...rows])
    expect(await failureOf(work)).toMatchObject(failure)
    for (let i = 0; i < 12; i++) expect(await ways[way]().many(all)).toEqual([])
  })

  it('a source that fails leaves nothing', async () => {
    await empty()
    function* rows(): Generator<unknown[]> {
      yield* Array.from({ length: 11_000 }, (_row, i) => [`row ${i}`, i])
      throw new Error('the file ends in the middle')
    }
    const work = ways[way]().insertMany('pile', { id: 'text', n: 'integer' }, rows())
    await expect(work).rejects.toThrow('the file ends in the middle')
    expect(await ways[way]().many(all)).toEqual([])
  })

  it('rows that are there already are left out when they may be', async () => {
    await empty()
    const insert = (from: number): Promise<number> =>
      ways[way]().insertMany(
        'pile',
        { id: 'text', n: 'integer' },
        Array.from({ length: 10 }, (_row, i) => [String(from + i), i]),
        { onConflict: 'skip' },
      )
    expect([await insert(0), await insert(0), await insert(5)]).toEqual([10, 0, 5])
  })

  it('a table or column that is no name is refused', async () => {
    expect(
      (await failureOf(ways[way]().insertMany('pile; drop table x', { id: 'text' }, [['a']]))).kind,
    ).toBe('fault')
    expect((await failureOf(ways[way]().insertMany('pile', { 'id) --': 'text' }, [['a']]))).kind).toBe(
      'fault',
    )
  })
})
