import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closureLadder } from '../../../server/core/coverage/closure-ladder.ts'
import {
  type ClosureArea,
  type ClosureGrid,
  type ClosureHousehold,
  closureRows,
} from '../../../server/core/coverage/closure-rows.ts'

const areas: readonly ClosureArea[] = [
  { code: 't', parent: null, level: 'township' },
  { code: 'v1', parent: 't', level: 'village' },
  { code: 'v2', parent: 't', level: 'village' },
]
/** v1 has g1, which has two microgrids, and g2; v2 has g3. */
const grids: readonly ClosureGrid[] = [
  { code: 'g1', kind: 'ordinary', area: 'v1', parent: null },
  { code: 'g2', kind: 'ordinary', area: 'v1', parent: null },
  { code: 'g3', kind: 'dedicated', area: 'v2', parent: null },
  { code: 'm1', kind: 'microgrid', area: 'v1', parent: 'g1' },
  { code: 'm2', kind: 'microgrid', area: 'v1', parent: 'g1' },
]
const home = (
  id: string,
  village: string | null,
  inside: string[],
  edge: string[] = [],
): ClosureHousehold => ({
  id,
  town: 't',
  village,
  inside,
  edge,
})
const whole = [
  home('a', 'v1', ['g1', 'm1']),
  home('b', 'v1', ['g1', 'm2']),
  home('c', 'v1', ['g2']),
  home('d', 'v2', ['g3']),
]
const climb = (homes: readonly ClosureHousehold[]) => closureLadder(closureRows(areas, grids, homes))

describe('rows of the ladder', () => {
  it('close where register and map agree', () => {
    const ladder = climb(whole)
    expect(ladder.firstOpen).toBeNull()
    expect(ladder.steps.map(({ upper, lower, upperTotal }) => [upper, lower, upperTotal])).toEqual([
      ['township', 'village', 4],
      ['village', 'grid', 4],
      // Only g1 is divided: it has two.
      ['grid', 'microgrid', 2],
      // Two microgrids of one household each, and g2 and g3 in their own stead.
      ['microgrid', 'household', 4],
    ])
  })

  it.each([
    [
      'registered in no village',
      home('x', null, ['g2']),
      'township',
      'village',
      { code: 't', missing: ['x'] },
    ],
    ['living in no grid', home('x', 'v1', []), 'village', 'grid', { code: 'v1', missing: ['x'] }],
    [
      'living in two grids',
      home('x', 'v1', ['g1', 'g2', 'm1']),
      'village',
      'grid',
      { code: 'v1', doubled: ['x'] },
    ],
    [
      'in a grid but none of its microgrids',
      home('x', 'v1', ['g1']),
      'grid',
      'microgrid',
      { code: 'g1', missing: ['x'] },
    ],
  ] as const)('a household %s opens the step from %s', (_, one, upper, lower, gap) => {
    const { firstOpen } = climb([...whole, one])
    expect(firstOpen).toMatchObject({ upper, lower })
    expect(firstOpen?.gaps).toContainEqual(expect.objectContaining(gap))
  })

  it('a household registered in one village and living in another is missing here and strange there', () => {
    const { firstOpen } = climb([...whole, home('x', 'v1', ['g3'])])
    expect(firstOpen?.gaps).toMatchObject([
      { code: 'v1', total: 4, sum: 3, missing: ['x'], strange: [] },
      { code: 'v2', total: 1, sum: 2, missing: [], strange: ['x'] },
    ])
  })

  it('a household on a common line is the first grid’s, and doubles nothing', () => {
    expect(climb([...whole, home('x', 'v1', [], ['g1', 'g2', 'm1'])]).firstOpen).toBeNull()
  })

  it('close whatever the order of areas, grids and households', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...areas], { minLength: areas.length }),
        fc.shuffledSubarray([...grids], { minLength: grids.length }),
        fc.shuffledSubarray([...whole, home('x', null, [])], { minLength: 5 }),
        (someAreas, someGrids, homes) => {
          expect(closureLadder(closureRows(someAreas, someGrids, homes))).toEqual(
            climb([...whole, home('x', null, [])]),
          )
        },
      ),
      { numRuns: 50 },
    )
  })
})
