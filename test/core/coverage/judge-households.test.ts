import { describe, expect, test } from 'vitest'
import { checkDivision, type DivisionGrid } from '../../../server/core/coverage/check-division.ts'
import type { HouseholdPoint } from '../../../server/core/values.ts'

describe('households', () => {
  const square = (code: string, x: number): DivisionGrid => ({
    code,
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [x, 28],
          [x + 0.01, 28],
          [x + 0.01, 28.01],
          [x, 28.01],
          [x, 28],
        ],
      ],
    },
  })
  const at = (id: string, longitude: number, latitude: number): HouseholdPoint => ({
    id,
    longitude,
    latitude,
  })

  test('one on the common edge belongs to the smaller code, at (0, 0) or without a place to none', () => {
    const report = checkDivision({
      grids: [square('b', 112.015625), square('a', 112.015625 + 0.01)],
      households: [
        at('in', 112.02, 28.005),
        at('edge', 112.015625 + 0.01, 28.005),
        at('zero', 0, 0),
        at('lost', Number.NaN, 28),
      ],
    })
    expect(report.households).toEqual({ total: 4, inOne: 2, inNone: 2, inSeveral: 0 })
    expect(report.perGrid.map(({ grid, households }) => [grid, households])).toEqual([
      ['a', 1],
      ['b', 1],
    ])
    expect(report.problems.map(({ code, household }) => [code, household])).toEqual([
      ['household_in_none', 'lost'],
      ['household_in_none', 'zero'],
    ])
  })

  test('a problem carries the households on its ground', () => {
    const report = checkDivision({
      grids: [square('a', 112), square('b', 112.008)],
      households: [at('1', 112.009, 28.005), at('2', 112.0095, 28.002), at('3', 112.001, 28.001)],
    })
    expect(report.problems).toMatchObject([
      { code: 'overlap', grids: ['a', 'b'], households: 2 },
      { code: 'household_in_several', grids: ['a', 'b'], household: '1' },
      { code: 'household_in_several', grids: ['a', 'b'], household: '2' },
    ])
  })

  test('sizes: both ends allowed, dedicated grids not held to them', () => {
    const households = [1, 2, 3].map((i) => at(`${i}`, 112.001 + i / 1000, 28.005))
    const grids = [
      square('a', 112),
      square('b', 112 + 0.01),
      { ...square('c', 112 + 0.01 + 0.01), kind: 'dedicated' as const },
    ]
    expect(checkDivision({ grids, households, sizes: { from: 0, to: 3 } }).problems).toEqual([])
    expect(
      checkDivision({ grids, households, sizes: { from: 1, to: 2 } }).problems.map((p) => [p.code, p.grids]),
    ).toEqual([
      ['households_below', ['b']],
      ['households_above', ['a']],
    ])
  })
})
