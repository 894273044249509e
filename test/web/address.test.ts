import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Address, emptyAddress, formatAddress, parseAddress, screenIds } from '../../web/address.ts'
import { knownChoice } from '../../web/state.ts'

const open = (url: string): Address => {
  const { pathname, search } = new URL(url, 'http://localhost')
  return parseAddress(pathname, search)
}

const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const text = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
const word = fc.stringMatching(/^[a-z_]{1,8}$/)
const frameNames = ['area', 'day', 'from', 'to', 'select', 'at', 'lang', 'layers', '__proto__']
const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null })
const decimals = (value: number, count: number): number => Number(value.toFixed(count))

const address: fc.Arbitrary<Address> = fc.record({
  screen: fc.constantFrom(...screenIds),
  area: orNull(text),
  day: orNull(day),
  from: orNull(day),
  to: orNull(day),
  selection: orNull(fc.record({ kind: word, id: text })),
  view: orNull(
    fc.record({
      zoom: fc.double({ min: 0, max: 22, noNaN: true }).map((value) => decimals(value, 2)),
      latitude: fc.double({ min: -85, max: 85, noNaN: true }).map((value) => decimals(value, 5)),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }).map((value) => decimals(value, 5)),
    }),
  ),
  language: fc.constantFrom(null, 'zh' as const, 'en' as const),
  layers: fc.uniqueArray(fc.stringMatching(/^[+-][a-z-]{1,6}$/), { maxLength: 4 }),
  choices: fc.dictionary(
    word.filter((name) => !frameNames.includes(name)),
    text,
    { maxKeys: 3, noNullPrototype: true },
  ),
})

describe('the address', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(address, (written) => {
        const read = open(formatAddress(written))
        // −0 and 0 are the same place.
        expect(JSON.parse(JSON.stringify(read))).toEqual(JSON.parse(JSON.stringify(written)))
      }),
      { numRuns: 500 },
    )
  })

  it('is readable', () => {
    const written = formatAddress({
      ...emptyAddress,
      screen: 'plan',
      area: '330100',
      selection: { kind: 'grid', id: '330100001101' },
      view: { zoom: 14.204, latitude: 29.9011111, longitude: 119.6 },
      layers: ['-names', '+villages'],
      choices: { tab: 'grids' },
    })
    expect(written).toBe(
      '/plan?area=330100&select=grid:330100001101&tab=grids&layers=-names,%2Bvillages&at=14.2/29.90111/119.6',
    )
  })

  it('leaves out what it does not understand, so that old and broken links still open', () => {
    const read = open(
      '/nowhere?day=2026-02-30&from=yesterday&select=grid&at=99/0/0&lang=fr&layers=x,-names&tab=grids',
    )
    expect(read).toEqual({ ...emptyAddress, layers: ['-names'], choices: { tab: 'grids' } })
  })
})

describe('a choice of the address', () => {
  it('is what it says where that is known, and nothing where an old link names what is no more', () => {
    expect(knownChoice('grids', ['grids', 'flow'])).toBe('grids')
    expect(knownChoice('compare', ['grids', 'flow'])).toBeUndefined()
    expect(knownChoice('anything', undefined)).toBe('anything')
    expect(knownChoice(undefined, ['grids'])).toBeUndefined()
  })
})
