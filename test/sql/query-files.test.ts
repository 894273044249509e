import { describe, expect, it } from 'vitest'
import { queryNames, readQuery, sql } from '../../server/db/sql.ts'
import { useDatabase } from '../support/database.ts'

const good = `-- Lists what is in a box at a moment.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 timestamptz the moment, $4 double precision[] the box in degrees
-- row: code
-- index: grids_boundary
select $1, $2, $3, $4, '$9 is text' -- and $8 a comment
`

describe('readQuery', () => {
  it('takes the name, the scope and the parameters’ types from the file', () => {
    expect(readQuery('grids/list', good)).toEqual({
      name: 'grids/list',
      text: good,
      scoped: true,
      types: ['text[]', 'text[]', 'timestamptz', 'double precision[]'],
    })
  })

  it('takes a statement without a viewer only with a reason', () => {
    const text = (scope: string): string =>
      `-- Counts.\n${scope}-- row: n\n-- index: none, a sequential scan\nselect 1 as n\n`
    expect(readQuery('a/count', text('-- scope: none, areas are public\n')).scoped).toBe(false)
    expect(() => readQuery('a/count', text('-- scope: none,\n'))).toThrow('scope: none, <reason>')
    expect(() => readQuery('a/count', text(''))).toThrow('scope: none, <reason>')
  })

  it.each<[string, (text: string) => string, string]>([
    ['no purpose', (t) => t.slice(t.indexOf('\n') + 1), 'purpose'],
    ['no row', (t) => t.replace('-- row: code\n', ''), 'row'],
    ['no index', (t) => t.replace('-- index: grids_boundary\n', ''), 'index'],
    ['a parameter without a description', (t) => t.replace('$4,', '$4, $5,'), '$5'],
    ['a parameter that is not used', (t) => t.replace('$3, $4', '$3'), '$4'],
    ['two statements', (t) => `${t};\nselect 2`, 'one statement'],
    ['nothing', () => '-- Only words.\n', 'one statement'],
    ['half a scope', (t) => t.replace(' villages of the viewer', ' villages'), 'scope'],
  ])('refuses a file with %s', (_, change, expected) => {
    expect(() => readQuery('grids/list', change(good))).toThrow(expected)
  })
})

describe('sql', () => {
  it('refuses a name without a file', () => {
    expect(() => sql('grids/no-such-file')).toThrow('sql/queries/grids/no-such-file.sql')
  })
})

describe('every query file', () => {
  const test = useDatabase()
  it.each(queryNames())(
    '%s is understood by the database, with the parameter types its header gives',
    async (name) => {
      const { text, types } = sql(name)
      const { prepared } = await test.db.system().transaction(async (t) => {
        await t.none({
          text: `prepare checked (${types.join(', ')}) as ${text}`.replace(' ()', ''),
          scoped: false,
          types: [],
        })
        const row = await t.one<{ prepared: string[] }>({
          text: `select parameter_types::text[] as prepared from pg_prepared_statements where name = 'checked'`,
          scoped: false,
          types: [],
        })
        await t.none({ text: 'deallocate checked', scoped: false, types: [] })
        return row
      })
      const long: Readonly<Record<string, string>> = {
        int: 'integer',
        timestamptz: 'timestamp with time zone',
      }
      expect(prepared).toEqual(types.map((type) => type.replace(/^\w+/, (word) => long[word] ?? word)))
    },
  )
})
