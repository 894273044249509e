import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toNumber, toText } from '../../server/formats/cell-values.ts'

describe('values of cells', () => {
  it('reads every number back from the text JavaScript writes for it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(toNumber(String(number))).toBe(number === 0 ? 0 : number)
        expect(toNumber(` ${String(number)} `)).toBe(number === 0 ? 0 : number)
      }),
    )
  })

  it('takes decimals as people write them, full-width too, and nothing else Number() takes', () => {
    expect(['1', '+1', '-.5', '2.', '007', '1e3', '１２．５', 3].map(toNumber)).toEqual([
      1, 1, -0.5, 2, 7, 1000, 12.5, 3,
    ])
    const others = [
      '',
      ' ',
      '0x10',
      ' 0x10',
      '0b1',
      '0o7',
      'Infinity',
      '-Infinity',
      '1e999',
      'NaN',
      '1,5',
      '1 2',
      '12米',
      null,
      undefined,
      true,
      [1],
      Number.NaN,
    ]
    expect(others.map(toNumber)).toEqual(others.map(() => undefined))
  })

  it('keeps all digits of whole numbers and does not invent text for nothing', () => {
    expect([430922101001, 1e21, 1.5, ' a ', null, undefined, true, [1]].map(toText)).toEqual([
      '430922101001',
      '1000000000000000000000',
      '1.5',
      'a',
      '',
      '',
      'true',
      '[1]',
    ])
  })
})
