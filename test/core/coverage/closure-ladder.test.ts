import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { closureByDay, closureLadder, type LadderRow } from '../../../server/core/coverage/closure-ladder.ts'

/** One township of two villages; v1 has two grids, g11 of which has two microgrids; v2 has one grid. Seven households. */
const homes: Readonly<Record<string, string>> = {
  h1: 'm1',
  h2: 'm1',
  h3: 'm2',
  h4: 'g12',
  h5: 'g12',
  h6: 'g21',
  h7: 'g21',
}
const whole = (): LadderRow[] => [
  { level: 'township', units: [{ code: 't', parent: null, total: 7 }] },
  {
    level: 'village',
    units: [
      { code: 'v1', parent: 't', total: 5, households: ['h1', 'h2', 'h3', 'h4', 'h5'] },
      { code: 'v2', parent: 't', total: 2, households: ['h6', 'h7'] },
    ],
  },
  {
    level: 'grid',
    units: [
      { code: 'g11', parent: 'v1', total: 3, households: ['h1', 'h2', 'h3'] },
      { code: 'g12', parent: 'v1', total: 2, households: ['h4', 'h5'] },
      { code: 'g21', parent: 'v2', total: 2, households: ['h6', 'h7'] },
    ],
  },
  {
    level: 'microgrid',
    units: [
      { code: 'm1', parent: 'g11', total: 2, households: ['h1', 'h2'] },
      { code: 'm2', parent: 'g11', total: 1, households: ['h3'] },
    ],
  },
  { level: 'household', units: Object.entries(homes).map(([code, parent]) => ({ code, parent, total: 1 })) },
]
const changed = (level: string, change: (row: LadderRow) => LadderRow['units']): LadderRow[] =>
  whole().map((row) => (row.level === level ? { ...row, units: change(row) } : row))

describe('the ladder', () => {
  test('closes where every household is counted once on every level; grids without microgrids stand for themselves', () => {
    const ladder = closureLadder(whole())
    expect(ladder.firstOpen).toBeNull()
    expect(ladder.steps.map(({ upper, lower }) => `${upper}>${lower}`)).toEqual([
      'township>village',
      'village>grid',
      'grid>microgrid',
      'microgrid>household',
    ])
    // Two microgrids (2 + 1), and g12 and g21 (2 + 2) in their own stead.
    expect(ladder.steps[3]).toMatchObject({ upperTotal: 7, lowerTotal: 7 })
  })

  test('names the first step that is open, both sums and the household left out', () => {
    const { firstOpen, message } = closureLadder(
      changed('grid', ({ units }) => units.with(1, { ...units[1]!, total: 1, households: ['h4'] })),
    )
    expect(firstOpen).toMatchObject({
      upper: 'village',
      lower: 'grid',
      upperTotal: 7,
      lowerTotal: 6,
      gaps: [{ code: 'v1', total: 5, sum: 4, missing: ['h5'], doubled: [], strange: [] }],
    })
    expect(message.en).toBe('village v1 has 5 households, its grids 4; missing h5')
  })

  test('a household counted in two grids is told although the sums agree', () => {
    const { firstOpen } = closureLadder(
      changed('grid', ({ units }) => units.with(1, { ...units[1]!, households: ['h3', 'h4'] })),
    )
    expect(firstOpen?.gaps).toEqual([
      { code: 'v1', total: 5, sum: 5, missing: ['h5'], doubled: ['h3'], strange: [] },
    ])
  })

  test('a unit of an unknown parent, and a household recorded twice', () => {
    const strayed = closureLadder(
      changed('village', ({ units }) => units.with(1, { ...units[1]!, parent: 'elsewhere' })),
    ).firstOpen
    expect(strayed).toMatchObject({
      upper: 'township',
      orphans: ['v2'],
      gaps: [{ code: 't', total: 7, sum: 5 }],
    })
    const twice = closureLadder(
      changed('household', ({ units }) => [...units, { code: 'h6', parent: 'g12', total: 1 }]),
    ).firstOpen
    expect(twice).toMatchObject({ upper: 'microgrid', lower: 'household', repeated: ['h6'] })
    expect(twice?.gaps).toMatchObject([{ code: 'g12', total: 2, sum: 3, strange: ['h6'] }])
  })

  test('the first day that does not close is named, in any order of days', () => {
    const open = changed('township', ({ units }) => [{ ...units[0]!, total: 8 }])
    const { firstOpen, days } = closureByDay([
      { day: '2026-10-03', rows: open },
      { day: '2026-10-01', rows: whole() },
      { day: '2026-10-02', rows: open },
    ])
    expect(firstOpen).toBe('2026-10-02')
    expect(days.map(({ day }) => day)).toEqual(['2026-10-01', '2026-10-02', '2026-10-03'])
    expect(closureByDay([{ day: '2026-10-01', rows: whole() }]).firstOpen).toBeNull()
  })

  test('any one household taken away, anywhere, opens it, and is named where lists are known', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('village', 'grid', 'microgrid'),
        fc.nat(10),
        fc.nat(10),
        (level, unit, member) => {
          const rows = changed(level, ({ units }) => {
            const one = units[unit % units.length]!
            const households = one.households!.filter((_, i) => i !== member % one.total)
            return units.map((other) =>
              other === one ? { ...one, total: one.total - 1, households } : other,
            )
          })
          const { firstOpen } = closureLadder(rows)
          expect(firstOpen).not.toBeNull()
          expect(firstOpen!.lower).toBe(level)
          // The township lists no ids, so what is missing below it is a number only.
          expect(firstOpen!.gaps[0]!.missing).toHaveLength(level === 'village' ? 0 : 1)
        },
      ),
    )
  })
})
