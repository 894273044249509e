import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { searchWords } from '../../../server/core/policy/search-words.ts'

const finds = (typed: string, address: string): boolean =>
  searchWords(typed).patterns.every((pattern) => new RegExp(pattern).test(address.toLowerCase()))

describe('search words', () => {
  it('a number is a whole one, at either end of the address too', () => {
    expect(finds('12号', '桥头12号')).toBe(true)
    expect(finds('12', '桥头12幢3室')).toBe(true)
    expect(finds('12', '桥头12')).toBe(true)
    expect(finds('12', '桥头112号')).toBe(false)
    expect(finds('12', '桥头120号')).toBe(false)
    expect(finds('2号', '桥头12号')).toBe(false)
  })

  it('each word, in any order, full width and capitals as well', () => {
    expect(searchWords(' １２号　桥头 A ').words).toEqual(['12号', '桥头', 'a'])
    expect(finds('12号 桥头', '临溪镇桥头12号')).toBe(true)
    expect(finds('12号 桥尾', '临溪镇桥头12号')).toBe(false)
  })

  it('finds what is typed literally, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 12 }), (typed) => {
        const { words, patterns } = searchWords(typed)
        words.forEach((word, i) => expect(new RegExp(patterns[i]!).test(word)).toBe(true))
      }),
    )
    expect(finds('.*', '桥头12号')).toBe(false)
  })
})
