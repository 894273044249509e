/** Filters as they are written. The examples are those of OGC 21-065r2 (opengeospatial/ogcapi-features, cql2/standard/schema/examples). */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deepest, type Expression } from '../../../server/core/filters/expression.ts'
import { readFilterJson } from '../../../server/core/filters/read-json.ts'
import { type FilterRead, readFilterText } from '../../../server/core/filters/read-text.ts'

interface Example {
  readonly name: string
  readonly text: string
  readonly json: string
}
const examples = JSON.parse(
  readFileSync(new URL('standard-examples.json', import.meta.url), 'utf8'),
) as Example[]

const expressionOf = ({ expression, flaws }: FilterRead): Expression => {
  if (!expression) throw new Error(flaws?.[0]?.message.en)
  return expression
}
/** Without the places, in which text and JSON differ; instants of one moment alike, however many zeros they end in. */
const meaning = (read: FilterRead): unknown =>
  JSON.parse(
    JSON.stringify(expressionOf(read), (key, value: unknown) =>
      key === 'spot' ? undefined : typeof value === 'string' ? value.replace(/\.0+Z$/, 'Z') : value,
    ),
  )

describe('the examples of the standard', () => {
  it('are all there', () => {
    expect(examples).toHaveLength(120)
  })
  it.each(examples)('$name says the same as text and as JSON', ({ text, json }) => {
    expect(meaning(readFilterText(text))).toEqual(meaning(readFilterJson(json)))
  })
})

describe('a text', () => {
  const literal = (text: string): unknown => {
    const read = expressionOf(readFilterText(text))
    return read.kind === 'literal' ? read.value : read
  }
  it.each([
    [`'O''Neill'`, "O'Neill"],
    [String.raw`'O\'Neill'`, "O'Neill"],
    [String.raw`'a\tb\nc'`, 'a\tb\nc'],
    // A pattern of LIKE escapes its own wildcards.
    [String.raw`'50\%'`, String.raw`50\%`],
    [String.raw`'a\\b'`, String.raw`a\b`],
    ["'网格'", '网格'],
    ['-1.5e3', -1500],
    ['.5', 0.5],
    ['tRuE', true],
  ])('%s is %j', (text, value) => {
    expect(literal(text)).toBe(value)
  })

  it('binds NOT before AND before OR', () => {
    expect(meaning(readFilterText('not a=1 and b=2 or c=3'))).toEqual(
      meaning(readFilterText('((not (a=1)) and (b=2)) or (c=3)')),
    )
  })

  it('takes names of any script, quoted ones even where they are words', () => {
    expect(meaning(readFilterText(`"like" = 1 and 网格 = 2`))).toMatchObject({
      of: [
        { of: [{ kind: 'property', name: 'like' }, { value: 1 }] },
        { of: [{ name: '网格' }, { value: 2 }] },
      ],
    })
  })

  it.each([
    ['', 1],
    ['a = ', 5],
    ['a == 1', 4],
    ["a = 'open", 5],
    ['a = 1 and', 10],
    ['(a = 1', 7],
    ['a = 1)', 6],
    ['a between 1 or 2', 13],
    ['a not = 1', 7],
    ['a in ()', 7],
    ['a ; drop table', 3],
    ['s_intersects(geometry, POINT(1))', 31],
    ['s_intersects(geometry, BBOX(1,2,3))', 35],
    ['a is 1', 6],
    ['date(1) = a', 6],
  ])('%j is refused at character %d', (text, character) => {
    const [flaw] = readFilterText(text).flaws ?? []
    expect(flaw).toMatchObject({ code: 'filter_syntax', place: { field: 'filter', character } })
    expect(flaw?.message.zh).toContain(`第 ${character} 个字符`)
  })

  it('stands no deeper in itself than it may', () => {
    const nested = (n: number): FilterRead => readFilterText(`${'('.repeat(n)}a = 1${')'.repeat(n)}`)
    expect(nested(deepest).flaws).toBeUndefined()
    expect(nested(deepest + 1).flaws?.[0]?.code).toBe('filter_too_deep')
    expect(readFilterText(`${'not '.repeat(8000)}a`).flaws?.[0]?.code).toBe('filter_too_deep')
    expect(readFilterText('f('.repeat(3000)).flaws?.[0]?.code).toBe('filter_too_deep')
    const deepJson = `${'{"op":"not","args":['.repeat(400)}true${']}'.repeat(400)}`
    expect(readFilterJson(deepJson).flaws?.[0]?.code).toBe('filter_too_deep')
  })
})

describe('JSON', () => {
  it.each([
    ['{', ''],
    ['null', ''],
    ['{"op":"="}', ''],
    ['{"op":"=","args":[{"property":1},1]}', '/args/0'],
    ['{"op":"s_within","args":[{"property":"g"},{"type":"constructor","coordinates":[1,2]}]}', '/args/1'],
    ['{"op":"s_within","args":[{"property":"g"},{"type":"Polygon","coordinates":[[1,2]]}]}', '/args/1'],
    ['{"bbox":[1,2,3]}', ''],
  ])('%j is refused at %j', (json, pointer) => {
    expect(readFilterJson(json).flaws?.[0]).toMatchObject({
      code: 'filter_syntax',
      place: { field: `filter#${pointer}` },
    })
  })
})

it('whatever is given is read or refused, never thrown at', () => {
  const words = fc.constantFrom(
    ...['(', ')', ',', 'and', 'or', 'not', 'like', 'in', 'between', 'is', 'null', 'a', "'b'", '1', '-', '*'],
    ...['=', '<>', 's_within', 'POINT', 'BBOX', 'Z', 'interval', 'date', "'..'", '"q"', '∎', "'", '\\', '^'],
  )
  fc.assert(
    fc.property(fc.array(words, { maxLength: 25 }), fc.string({ unit: 'binary' }), (parts, any) => {
      for (const text of [parts.join(' '), any]) {
        const { expression, flaws } = readFilterText(text)
        expect((expression === undefined) === (flaws?.length === 1)).toBe(true)
        readFilterJson(text)
      }
    }),
  )
})
