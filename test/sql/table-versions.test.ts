/** Kept answers are made anew when, and only when, what they are made of has changed. */
import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { analysisVersion } from '../../server/commands/analysis/load-analysis.ts'
import { type Query, readQuery, sql, sqlFolder, statement } from '../../server/db/sql.ts'
import { countedTables, writtenBy } from '../../server/db/table-versions.ts'
import { useDatabase } from '../support/database.ts'
import { seedSmallTown, town } from '../support/small-town.ts'

const test = useDatabase()
beforeAll(() => seedSmallTown(test.db))

const queries = readdirSync(`${sqlFolder}queries`, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.sql'))
  .map((file) => ({ name: file.slice(0, -4), text: readFileSync(`${sqlFolder}queries/${file}`, 'utf8') }))
const withoutComments = (text: string): string => text.replace(/--.*$/gm, '')

/** Tables a statement names after any of the words that precede a table in SQL. */
const named = (text: string, words: string): string[] =>
  Array.from(
    withoutComments(text).matchAll(new RegExp(`\\b(?:${words})\\s+wangge\\.(\\w+)(?!\\w*\\()`, 'gi')),
    (match) => match[1]!,
  )

describe('what statements write to', () => {
  it('is known of each file: every mention of a counted table that is not one of the ways to read it', () => {
    const writers = new Map<string, readonly string[]>()
    for (const { name, text } of queries) {
      const words = withoutComments(text).replace(/\s+/g, ' ')
      const written = Array.from(words.matchAll(/\bwangge\.(\w+)\b(?![(.])/gi))
        .filter(({ index }) => {
          const [before = '', word = ''] = ['', ...words.slice(0, index).trim().split(' ')].slice(-2)
          if (/^\(?from$/i.test(word)) return /^\(?delete$/i.test(before)
          return !/^join$|,$/i.test(word)
        })
        .map((match) => match[1]!)
        .filter((table) => (countedTables as readonly string[]).includes(table))
      const all = [...new Set(written)].sort()
      expect([name, writtenBy(readQuery(name, text)).toSorted()]).toEqual([name, all])
      if (all.length > 0) writers.set(name, all)
    }
    expect(writers.get('incidents/advance')).toEqual(['incidents'])
    expect(writers.size).toBeGreaterThan(10)
  })

  it('happens in statements alone: no function, trigger or cascade writes to a counted table', async () => {
    const rows = await test.db.system().many(
      statement<{ what: string }>(`
        select proname as what from pg_proc where pronamespace = 'wangge'::regnamespace
          and prosrc ~* '(insert\\s+into|update|delete\\s+from|merge\\s+into|truncate)\\s+(only\\s+)?(wangge\\.)?(${countedTables.join('|')})\\M'
        union all
        select conname from pg_constraint where contype = 'f' and (confdeltype in ('c', 'n', 'd') or confupdtype in ('c', 'n', 'd'))
          and conrelid::regclass::text in (${countedTables.map((table) => `'wangge.${table}'`).join(', ')})
        union all
        select tgname from pg_trigger where not tgisinternal`),
    )
    expect(rows).toEqual([])
  })
})

describe('the version of an analysis', () => {
  it('covers every table that its statements read', () => {
    const read = [
      'incidents/list-records',
      'households/list-points',
      'grids/list-division',
      'areas/find-area',
      'areas/find-reach',
      'privacy/list-policies',
    ]
    const tables = read.flatMap((name) =>
      named(readFileSync(`${sqlFolder}queries/${name}.sql`, 'utf8'), 'from|join|,'),
    )
    expect([...new Set(tables)].sort()).toEqual([...countedTables])
  })

  const touch: Query = statement(`update wangge.incidents set status = status where town_id = '${town}'`)
  const moves = async (work: () => Promise<unknown>): Promise<boolean> => {
    const before = await analysisVersion(test.db)
    await work().catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error
    })
    return (await analysisVersion(test.db)) !== before
  }
  class Undo extends Error {}

  it('moves with a write, by statement or in bulk, by the system or a viewer', async () => {
    const { db } = test
    expect(await moves(() => db.system().none(touch))).toBe(true)
    const viewer = { name: 'test', role: 'supervisor', areas: [town] } as const
    expect(await moves(() => db.as(viewer).none(touch))).toBe(true)
    const columns = {
      town_id: 'text',
      incident_id: 'text',
      category: 'text',
      occurred_at: 'timestamptz',
    } as const
    const row = [town, 'bulk', 'fire', Date.parse('2026-10-08T00:00:00Z')]
    expect(await moves(() => db.system().insertMany('incidents', columns, [row]))).toBe(true)
    expect(
      await moves(() => db.system().transaction((open) => open.transaction((inner) => inner.none(touch)))),
    ).toBe(true)
  })

  it('stays when nothing is kept, with reads, and with what phones send', async () => {
    const { db } = test
    const undone = (): Promise<unknown> =>
      db.system().transaction(async (open) => {
        await open.none(touch)
        throw new Undo()
      })
    expect(await moves(undone)).toBe(false)
    expect(await moves(() => db.system().many(sql('privacy/list-policies'), []))).toBe(false)
    const stale = statement(
      `insert into wangge.stale_days (town_id, worker_id, day) values ('${town}', 'w', '2026-10-08') on conflict do nothing`,
    )
    expect(await moves(() => db.system().none(stale))).toBe(false)
  })

  it('is moved by each of two transactions that write the same tables in another order', async () => {
    const { db } = test
    const households = statement(
      `update wangge.households set position = position where town_id = '${town}' and household_id = 'none'`,
    )
    const before = await analysisVersion(db)
    await Promise.all(
      [
        [touch, households],
        [households, touch],
      ].map((order) =>
        db.system().transaction(async (open) => {
          for (const one of order) await open.none(one)
        }),
      ),
    )
    const numbers = (version: string): number =>
      version
        .split(' ')[0]!
        .split('.')
        .reduce((sum, one) => sum + Number(one), 0)
    expect(numbers(await analysisVersion(db)) - numbers(before)).toBe(4)
  })
})
