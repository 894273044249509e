import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatGridCode,
  formatMicrogridCode,
  type GridCodePolicy,
  gridCodeFlaws,
  gridCodePattern,
  gridCodePolicyOf,
  gridCodePresets,
  parseGridCode,
  sequenceLimit,
} from '../../../server/core/policy/grid-codes.ts'

const six = gridCodePresets['village3-kind-sequence2']
const national = gridCodePresets['village12-kind-sequence2']
const beijing = gridCodePresets['village12-sequence3']
const village = '990427103001'

describe('the code of a grid', () => {
  it.each<[string, GridCodePolicy, 'ordinary' | 'dedicated', number, string | null]>([
    ['six digits', six, 'ordinary', 1, '001101'],
    ['six digits of a dedicated grid', six, 'dedicated', 12, '001212'],
    // The first grid of the demo township.
    ['fifteen digits with the kind', national, 'ordinary', 1, '990427103001101'],
    ['fifteen digits without', beijing, 'dedicated', 101, '990427103001101'],
    ['99 is the last of two digits', six, 'ordinary', 99, '001199'],
    ['100 has no place in two digits', six, 'ordinary', 100, null],
    ['numbers begin at 1', six, 'ordinary', 0, null],
  ])('%s', (_, policy, kind, sequence, code) => {
    expect(formatGridCode(policy, { village, kind, sequence })).toBe(code)
  })

  it('needs enough digits of the village', () => {
    expect(formatGridCode(six, { village: '001', kind: 'ordinary', sequence: 1 })).toBe('001101')
    for (const short of ['01', '', 'A01'])
      expect(formatGridCode(six, { village: short, kind: 'ordinary', sequence: 1 })).toBeNull()
    expect(formatGridCode(national, { village: '103001', kind: 'ordinary', sequence: 1 })).toBeNull()
  })

  it('of a microgrid goes on from its grid', () => {
    expect(formatMicrogridCode(six, '001101', 7)).toBe('00110107')
    expect(formatMicrogridCode(six, '001101', 100)).toBeNull()
    expect(parseGridCode(six, '00110107')).toEqual({
      village: '001',
      kind: 'microgrid',
      sequence: 7,
      parent: '001101',
    })
  })

  it('holds as many numbers as its digits', () => {
    expect(sequenceLimit(six, 'ordinary')).toBe(99)
    expect(sequenceLimit(beijing, 'dedicated')).toBe(999)
    expect(sequenceLimit(beijing, 'microgrid')).toBe(99)
  })

  it.each([
    ['00110A', 'code_not_digits'],
    ['', 'code_not_digits'],
    ['00110', 'code_length'],
    ['0011011', 'code_length'],
    ['001301', 'code_kind'],
    ['001100', 'code_sequence'],
    ['00110100', 'code_sequence'],
    ['00130101', 'code_kind'],
  ])('%s is refused: %s', (code, reason) => {
    expect(parseGridCode(six, code)).toBe(reason)
    expect(gridCodePattern(six).test(code)).toBe(false)
    expect(gridCodeFlaws(six, { code, village, kind: 'ordinary', parent: null })[0]).toMatchObject({
      code: reason,
      place: { id: code, field: 'code' },
    })
  })

  it('must say what the grid is', () => {
    const codesOf = (grid: Parameters<typeof gridCodeFlaws>[1]): string[] =>
      gridCodeFlaws(six, grid).map((flaw) => flaw.code)
    const grid = { code: '001101', village, kind: 'ordinary', parent: null } as const
    expect(codesOf(grid)).toEqual([])
    expect(codesOf({ ...grid, kind: 'dedicated' })).toEqual(['code_kind'])
    expect(codesOf({ ...grid, village: '990427103002' })).toEqual(['code_village'])
    expect(codesOf({ ...grid, code: '00110101' })).toEqual(['code_parent'])
    expect(codesOf({ ...grid, code: '00110101', kind: 'microgrid', parent: '001101' })).toEqual([])
    expect(codesOf({ ...grid, code: '00110101', kind: 'microgrid', parent: '001102' })).toEqual([
      'code_parent',
    ])
  })

  it('reads back as it was written, in every preset', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<GridCodePolicy>(six, national, beijing),
        fc.stringMatching(/^\d{12}$/),
        fc.constantFrom('ordinary' as const, 'dedicated' as const),
        fc.integer({ min: 1, max: 99 }),
        (policy, of, kind, sequence) => {
          const code = formatGridCode(policy, { village: of, kind, sequence })!
          expect(gridCodePattern(policy).test(code)).toBe(true)
          expect(gridCodeFlaws(policy, { code, village: of, kind, parent: null })).toEqual([])
          expect(parseGridCode(policy, code)).toEqual({
            village: of.slice(policy === six ? -3 : -12),
            kind: policy === beijing ? null : kind,
            sequence,
            parent: null,
          })
        },
      ),
    )
  })
})

describe('the scheme of a policy', () => {
  it('is a preset by name, or parts', () => {
    expect(gridCodePolicyOf({ codes: 'village12-sequence3' })).toBe(beijing)
    const parts = [
      { part: 'sequence', digits: 4 },
      { part: 'village', digits: 2 },
    ]
    const own = gridCodePolicyOf({ codes: { parts } })!
    expect(formatGridCode(own, { village, kind: 'ordinary', sequence: 15 })).toBe('001501')
    expect(own.microgridDigits).toBe(2)
  })

  it.each([
    null,
    {},
    { codes: 'nonesuch' },
    { codes: 'toString' },
    { codes: { parts: [] } },
    { codes: { parts: [{ part: 'village', digits: 3 }] } },
    {
      codes: {
        parts: [
          { part: 'village', digits: 3 },
          { part: 'sequence', digits: 0 },
        ],
      },
    },
    {
      codes: {
        parts: [
          { part: 'village', digits: 3 },
          { part: 'sequence', digits: 2 },
          { part: 'sequence', digits: 2 },
        ],
      },
    },
    {
      codes: {
        parts: [
          { part: 'village', digits: 3 },
          { part: 'kind', ordinary: '1', dedicated: '1' },
          { part: 'sequence', digits: 2 },
        ],
      },
    },
  ])('is none when the rules make no sense: %j', (rules) => {
    expect(gridCodePolicyOf(rules)).toBeNull()
  })
})
