import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberGrids, type UnnumberedGrid } from '../../../server/core/planning/number-grids.ts'
import { gridCodePresets } from '../../../server/core/policy/grid-codes.ts'

const six = gridCodePresets['village3-kind-sequence2']
const beijing = gridCodePresets['village12-sequence3']

/** A grid of 500 m × 500 m at so many metres east and north of 120° E 30° N (96,486 m and 110,852 m a degree there). */
const at = (id: string, east: number, north: number, more: Partial<UnnumberedGrid> = {}): UnnumberedGrid => ({
  id,
  village: '990427103001',
  kind: 'ordinary',
  parent: null,
  longitude: 120 + east / 96_486,
  latitude: 30 + north / 110_852,
  areaSquareMetres: 250_000,
  ...more,
})

const codesOf = (grids: readonly UnnumberedGrid[], used: readonly string[] = []): Record<string, string> =>
  Object.fromEntries([...numberGrids(grids, six, used).codes].toSorted(([p], [q]) => (p < q ? -1 : 1)))

describe('numbering', () => {
  it('reads rows from the north, each from the west', () => {
    // The middle column stands 200 m higher than its neighbours: still the same rows, as 200 m < 500 m.
    const grids = [
      at('a', 0, 1000),
      at('b', 500, 1200),
      at('c', 1000, 1000),
      at('d', 0, 500),
      at('e', 500, 700),
      at('f', 1000, 500),
    ]
    expect(codesOf(grids)).toEqual({
      a: '001101',
      b: '001102',
      c: '001103',
      d: '001104',
      e: '001105',
      f: '001106',
    })
  })

  it('counts kinds, villages and parents each from 1', () => {
    const grids = [
      at('a', 0, 0),
      at('b', 500, 0, { kind: 'dedicated' }),
      at('c', 1000, 0),
      at('d', 1500, 0, { village: '990427103002' }),
      at('m', 0, 0, { kind: 'microgrid', parent: '001101' }),
      at('n', 0, 100, { kind: 'microgrid', parent: '001102' }),
    ]
    expect(codesOf(grids)).toEqual({
      a: '001101',
      b: '001201',
      c: '001102',
      d: '002101',
      m: '00110101',
      n: '00110201',
    })
    const { codes } = numberGrids(grids.slice(0, 3), beijing, [])
    expect([codes.get('a'), codes.get('b'), codes.get('c')]).toEqual([
      '990427103001001',
      '990427103001002',
      '990427103001003',
    ])
  })

  it('never gives a code again, and fills numbers that never were used', () => {
    expect(codesOf([at('a', 0, 0), at('b', 500, 0)], ['001101', '001103'])).toEqual({
      a: '001102',
      b: '001104',
    })
  })

  it('says when the numbers are used up', () => {
    const used = Array.from({ length: 98 }, (_, i) => `0011${String(i + 1).padStart(2, '0')}`)
    const { codes, flaws } = numberGrids([at('a', 0, 0), at('b', 500, 0)], six, used)
    expect([...codes]).toEqual([['a', '001199']])
    expect(flaws).toMatchObject([{ code: 'codes_exhausted', place: { id: 'b' } }])
  })

  it('says when a code cannot be written', () => {
    const { codes, flaws } = numberGrids(
      [at('a', 0, 0, { village: '1' }), at('m', 0, 0, { kind: 'microgrid' })],
      six,
      [''],
    )
    expect(codes.size).toBe(0)
    expect(flaws.map((flaw) => [flaw.code, flaw.place.id])).toEqual([
      ['code_unwritable', 'a'],
      ['code_unwritable', 'm'],
    ])
  })

  it('is a permutation of the lowest free numbers, whatever the order of the input', () => {
    const grids = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), {
        minLength: 1,
        maxLength: 40,
      })
      .map((places) => places.map(([east, north], i) => at(`g${i}`, east * 300, north * 300)))
    fc.assert(
      fc.property(
        grids.chain((some) =>
          fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
        ),
        fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { maxLength: 10 }),
        ([some, shuffled], numbers) => {
          const used = numbers.map((n) => `0011${String(n).padStart(2, '0')}`)
          const codes = codesOf(some, used)
          expect(codesOf(shuffled, used)).toEqual(codes)
          const free = Array.from({ length: 99 }, (_, i) => `0011${String(i + 1).padStart(2, '0')}`)
            .filter((code) => !used.includes(code))
            .slice(0, some.length)
          expect(Object.values(codes).toSorted()).toEqual(free)
        },
      ),
    )
  })
})
