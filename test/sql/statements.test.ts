import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sqlFolder } from '../../server/db/sql.ts'
import { statementsOf } from '../../server/db/statements.ts'

describe('statementsOf', () => {
  it.each<[string, string, string[]]>([
    ['nothing', '  -- only a comment; not a statement\n /* nor; this */ ; ;', []],
    ['two, the last without its semicolon', 'select 1;\nselect 2', ['select 1', 'select 2']],
    ['a semicolon in a string', `select 'a;''b'; select 2`, [`select 'a;''b'`, 'select 2']],
    [
      'a backslash that escapes nothing',
      String.raw`select 'a\'; select 2`,
      [String.raw`select 'a\'`, 'select 2'],
    ],
    ['an escape string', String.raw`select e'a\';b'; select 2`, [String.raw`select e'a\';b'`, 'select 2']],
    ['a quoted name', 'select ";""" ; select 2', ['select ";"""', 'select 2']],
    [
      'dollar quotes',
      'do $$ begin; end $$; select $a$ $$; $a$',
      ['do $$ begin; end $$', 'select $a$ $$; $a$'],
    ],
    [
      'parameters and names with a dollar',
      'select $1;select a$b$ from t;select 3',
      ['select $1', 'select a$b$ from t', 'select 3'],
    ],
    [
      'comments that nest',
      'select /* a /* b; */ c; */ 1; select 2',
      ['select /* a /* b; */ c; */ 1', 'select 2'],
    ],
    ['a comment in a statement', 'select 1 -- one;\n+ 2; select 3', ['select 1 -- one;\n+ 2', 'select 3']],
    [
      'a rule’s list',
      'create rule r as on insert to t do (select 1; select 2); select 3',
      ['create rule r as on insert to t do (select 1; select 2)', 'select 3'],
    ],
    [
      'a body in standard SQL',
      'create or replace function f() returns int begin atomic select case when true then 1 end; select 2; end; select 3',
      [
        'create or replace function f() returns int begin atomic select case when true then 1 end; select 2; end',
        'select 3',
      ],
    ],
    [
      'begin and end that are no body',
      'begin; select case when true then 1 end; end; select 1',
      ['begin', 'select case when true then 1 end', 'end', 'select 1'],
    ],
  ])('%s', (_, text, expected) => {
    expect(statementsOf(text)).toEqual(expected)
  })

  it.each([`select 'a`, 'select "a', 'select $$ a', 'select /* /* */'])(
    'refuses what is never closed: %s',
    (text) => {
      expect(() => statementsOf(`select 1;\n${text}`)).toThrow(/line 2: .+ is never closed/)
    },
  )

  it('gives back the statements that were joined, whatever they quote', () => {
    const quoted = fc
      .tuple(fc.constantFrom("'", '"'), fc.string({ minLength: 1 }))
      .map(([q, text]) => q + text.replaceAll(q, q + q) + q)
    const dollars = fc
      .string()
      .filter((text) => !text.includes('$'))
      .map((text) => `$t$${text}$t$`)
    const comment = fc.string().map((text) => `--${text.replaceAll('\n', ' ').replaceAll('\r', ' ')}\n`)
    const one = fc
      .array(fc.oneof(quoted, dollars, comment, fc.constantFrom('a', '1', '(;)', '$1', '+')))
      .map((parts) => `select ${parts.join(' ')} x`)
    fc.assert(
      fc.property(
        fc.array(one),
        fc.constantFrom(';', ' ;\n', ';--;\n', '; /*;*/ '),
        (statements, between) => {
          expect(statementsOf(statements.join(between))).toEqual(statements)
        },
      ),
    )
  })

  it('ends each statement of our migrations where its words say', () => {
    for (const file of readdirSync(`${sqlFolder}migrations`)) {
      const statements = statementsOf(readFileSync(`${sqlFolder}migrations/${file}`, 'utf8'))
      for (const statement of statements)
        expect(statement).toMatch(
          /^(create|comment|alter|grant|revoke|select|insert|update|delete|drop|do)\b/,
        )
    }
  })
})
