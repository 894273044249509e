import type { Position } from 'geojson'
import { expect, test } from 'vitest'
import { chainLines } from '../../../server/core/coverage/chain-lines.ts'

const [a, b, c, d, e]: Position[] = [
  [0, 0],
  [1, 0],
  [2, 0],
  [3, 1],
  [3, -1],
]
type Line = readonly [Position, Position]

test('joins lines end to end whatever way they run, and stops where they branch', () => {
  const straight: Line[] = [
    [b!, c!],
    [b!, a!],
  ]
  expect(chainLines(straight)).toEqual([[a, b, c].toReversed()])
  const fork: Line[] = [...straight, [c!, d!], [c!, e!]]
  expect(chainLines(fork).map((chain) => chain.length)).toEqual([3, 2, 2])
})

test('a closed chain comes back to its start', () => {
  const [ring, ...more] = chainLines([
    [a!, b!],
    [d!, b!],
    [d!, a!],
  ])
  expect(more).toEqual([])
  expect(ring).toHaveLength(4)
  expect(ring![0]).toEqual(ring![3])
})
