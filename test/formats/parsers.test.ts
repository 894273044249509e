/** The small parsers: well-known text, and where JSON breaks. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findJsonError } from '../../server/formats/json-error.ts'
import { looksLikeWkt, parseWkt } from '../../server/formats/wkt.ts'
import { toWkt } from '../../server/formats/write-features.ts'
import { anyGeometry } from './arbitraries.ts'

describe('well-known text', () => {
  it('reads back every geometry it writes', () => {
    fc.assert(
      fc.property(anyGeometry, (geometry) => {
        expect(parseWkt(toWkt(geometry))).toEqual({ geometry })
      }),
    )
  })

  const accepted: readonly (readonly [string, unknown])[] = [
    ['point(120 30)', [120, 30]],
    ['SRID=4326;POINT Z (120 30 5)', [120, 30, 5]],
    ['POINTZ(120 30 5)', [120, 30, 5]],
    [
      'MULTIPOINT ((1 2), (3 4))',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      'MULTIPOINT (1 2, 3 4)',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['POLYGON EMPTY', []],
    [
      ' LINESTRING ( -1.5e1 .5 , 2. 3 ) ',
      [
        [-15, 0.5],
        [2, 3],
      ],
    ],
  ]
  for (const [text, coordinates] of accepted)
    it(`accepts ${text}`, () => expect(parseWkt(text)).toMatchObject({ geometry: { coordinates } }))

  const refused: readonly (readonly [string, number])[] = [
    ['', 1],
    ['CIRCLE (1 2)', 7],
    ['POINT (1)', 9],
    ['POINT (1 2', 11],
    ['POINT (1 2) x', 13],
    ['POLYGON ((1 2, a b))', 15],
  ]
  for (const [text, offset] of refused)
    it(`refuses ${text || 'nothing'} at ${offset}`, () => expect(parseWkt(text)).toEqual({ offset }))

  it('does not take a mere word for it', () => {
    expect(looksLikeWkt('Point')).toBe(false)
    expect(looksLikeWkt('multipolygon (((')).toBe(true)
  })

  it('refuses deep nesting instead of exhausting the stack', () => {
    expect(parseWkt('GEOMETRYCOLLECTION ('.repeat(100_000))).toHaveProperty('offset')
  })
})

describe('where JSON breaks', () => {
  const parses = (text: string): boolean => {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }

  it('finds an error exactly where JSON.parse finds one, in broken JSON of any kind', () => {
    const spoilt = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '}', ']', '"', '\\', '1', '-', '.', 'e', '\n', '\t', ' ', '{', 'u00'),
      )
      .map(([text, at, inserted]) => {
        const place = at % (text.length + 1)
        return text.slice(0, place) + inserted + text.slice(place + (at % 3))
      })
    fc.assert(
      fc.property(spoilt, (text) => {
        expect(findJsonError(text) === undefined).toBe(parses(text))
      }),
      { numRuns: 2000 },
    )
  })

  const table: readonly (readonly [string, number, number])[] = [
    ['{"a": 1,\n "b": }', 2, 7],
    ['[1, 2', 1, 6],
    ['{"a" 1}', 1, 6],
    ['["a\nb"]', 1, 4],
    ['[1] 2', 1, 5],
    ['', 1, 1],
    ['[01]', 1, 3],
    ['{"a":1,}', 1, 8],
    ["{'a':1}", 1, 2],
  ]
  for (const [text, line, column] of table)
    it(`${JSON.stringify(text)} at ${line}:${column}`, () =>
      expect(findJsonError(text)).toMatchObject({ line, column }))

  it('walks deep nesting and long strings without recursion', () => {
    expect(findJsonError('['.repeat(1_000_000))).toMatchObject({ column: 1_000_001 })
    expect(findJsonError(`["${'网'.repeat(1_000_000)}"]`)).toBeUndefined()
  })
})
