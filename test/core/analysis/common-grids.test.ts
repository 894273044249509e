import { expect, it } from 'vitest'
import { commonGrids } from '../../../server/core/analysis/common-grids.ts'

it('a hexagon is known by the grid of most of its incidents that count, of as many by the lower code', () => {
  //                     a: 1, 2, 2, none     b: 2, 1     c: none     outside
  const hexagons = { cells: ['a', 'b', 'c'], cellOf: Int32Array.of(0, 0, 0, 0, 1, 1, 2, -2) }
  const grids = { cells: ['1', '2'], cellOf: Int32Array.of(0, 1, 1, -3, 1, 0, -3, -2) }
  const rows = Uint32Array.from({ length: 8 }, (_, row) => row)
  const found = (some: Uint32Array) => Object.fromEntries(commonGrids(some, hexagons, grids))
  expect(found(rows)).toEqual({ a: '2', b: '1' })
  // Without the third row there are as many of each.
  expect(found(rows.filter((row) => row !== 2))).toEqual({ a: '1', b: '1' })
  expect(found(Uint32Array.of(4, 6, 7))).toEqual({ b: '2' })
})
