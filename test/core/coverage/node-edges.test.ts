import { describe, expect, test } from 'vitest'
import { nodeEdges, SNAP_DEGREES } from '../../../server/core/coverage/node-edges.ts'

type Edge = readonly [ax: number, ay: number, bx: number, by: number]

/** Cuts edges; each piece as its edge and the places it runs between. */
function cut(...edges: Edge[]): { edge: number; from: string; to: string }[] {
  const x = edges.flatMap(([ax, , bx]) => [ax, bx])
  const y = edges.flatMap(([, ay, , by]) => [ay, by])
  const pieces = nodeEdges(
    x,
    y,
    edges.map((_, i) => 2 * i),
    edges.map((_, i) => 2 * i + 1),
  )
  const place = (v: number): string => `${pieces.x[v]} ${pieces.y[v]}`
  return pieces.edge.map((edge, i) => ({
    edge,
    from: place(pieces.from[i]!),
    to: place(pieces.to[i]!),
  }))
}

describe('edges are cut', () => {
  test('where they cross', () => {
    expect(cut([0, 0, 2, 2], [0, 2, 2, 0])).toEqual([
      { edge: 0, from: '0 0', to: '1 1' },
      { edge: 0, from: '1 1', to: '2 2' },
      { edge: 1, from: '0 2', to: '1 1' },
      { edge: 1, from: '1 1', to: '2 0' },
    ])
  })

  test('at a vertex on another’s edge', () => {
    expect(cut([0, 0, 2, 0], [1, 0, 1, 1])).toEqual([
      { edge: 0, from: '0 0', to: '1 0' },
      { edge: 0, from: '1 0', to: '2 0' },
      { edge: 1, from: '1 0', to: '1 1' },
    ])
  })

  test('along a stretch in common, both into the same pieces', () => {
    const pieces = cut([0, 0, 3, 0], [4, 0, 1, 0])
    const onBoth = pieces.filter(({ from, to }) => [from, to].toSorted().join() === '1 0,3 0')
    expect(onBoth.map(({ edge }) => edge)).toEqual([0, 1])
    expect(pieces).toHaveLength(4)
  })

  test('not where they only come near, if it is by more than a snap', () => {
    expect(cut([0, 0, 2, 0], [1, 2 * SNAP_DEGREES, 1, 1])).toHaveLength(2)
    expect(cut([0, 0, 2, 0], [1, SNAP_DEGREES / 2, 1, 1])).toHaveLength(3)
  })
})

test('vertices within a snap become one place, and an edge between them none', () => {
  const near = SNAP_DEGREES / 4
  const pieces = cut([0, 0, 1, 0], [1 + near, 0, 1, 1], [1, near, 1 + near, near])
  expect(pieces).toEqual([
    { edge: 0, from: '0 0', to: '1 0' },
    { edge: 1, from: '1 0', to: '1 1' },
  ])
})
