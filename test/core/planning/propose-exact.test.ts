/** The two exact parts of the search against trying everything. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutTree } from '../../../server/core/planning/propose/cut-tree.ts'
import { planDistance } from '../../../server/core/planning/propose/distance.ts'
import { bestOfAll } from '../../../server/core/planning/propose/enumerate.ts'
import { improve } from '../../../server/core/planning/propose/improve.ts'
import { objectiveFor, sizeCost } from '../../../server/core/planning/propose/objective.ts'
import { partitionCost, partitionOf } from '../../../server/core/planning/propose/partition.ts'
import {
  componentsOf,
  type PieceGraph,
  pieceGraph,
} from '../../../server/core/planning/propose/piece-graph.ts'
import { type RootedTree, randomTree } from '../../../server/core/planning/propose/spanning-tree.ts'
import { mulberry32 } from '../../../server/core/planning/random.ts'

const band = { from: 4, to: 7 }

/** A random connected graph: a random tree and some more borders. */
const connected = (most: number): fc.Arbitrary<PieceGraph> =>
  fc
    .record({
      households: fc.array(fc.nat(9), { minLength: 1, maxLength: most }),
      parents: fc.array(fc.nat(), { minLength: most, maxLength: most }),
      more: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 9 })), { maxLength: most }),
    })
    .map(({ households, parents, more }) => {
      const count = households.length
      const tree = households
        .slice(1)
        .map((_, i) => ({ a: i + 1, b: parents[i]! % (i + 1), cost: 1 + (i % 3) }))
      return pieceGraph(households, [
        ...tree,
        ...more.map(([a, b, cost]) => ({ a: a % count, b: b % count, cost })),
      ])
    })

/** Every way to number pieces by grids, each once (restricted growth). */
function* everyPlan(count: number): Generator<Int32Array> {
  const grid = new Int32Array(count)
  function* from(piece: number, used: number): Generator<Int32Array> {
    if (piece === count) yield grid
    else
      for (let g = 0; g <= used; g++) {
        grid[piece] = g
        yield* from(piece + 1, Math.max(used, g + 1))
      }
  }
  yield* from(0, 0)
}

const isContiguous = (graph: PieceGraph, grid: Int32Array): boolean => {
  const inside = []
  for (let a = 0; a < graph.count; a++)
    for (let k = graph.start[a]!; k < graph.start[a + 1]!; k++)
      if (grid[a] === grid[graph.neighbour[k]!]) inside.push({ a, b: graph.neighbour[k]!, cost: 1 })
  const parts = componentsOf(pieceGraph(graph.households, inside)).length
  return parts === new Set(grid).size
}

describe('the best of all plans', () => {
  it('costs what the cheapest of every contiguous plan costs', () => {
    fc.assert(
      fc.property(connected(7), (graph) => {
        const objective = objectiveFor(graph, band, 0.5)
        const found = bestOfAll(graph, objective)
        expect(isContiguous(graph, found)).toBe(true)
        let least = Infinity
        for (const grid of everyPlan(graph.count))
          if (isContiguous(graph, grid))
            least = Math.min(least, partitionCost(objective, partitionOf(graph, grid, [], null)))
        expect(partitionCost(objective, partitionOf(graph, found, [], null))).toBeCloseTo(least, 6)
      }),
      { numRuns: 60 },
    )
  })

  it('refuses more than 16 pieces', () => {
    const graph = pieceGraph(new Int32Array(17), [])
    expect(() => bestOfAll(graph, objectiveFor(graph, band, 0))).toThrow(RangeError)
  })
})

describe('the best cut of a tree', () => {
  const costOfCut = (tree: RootedTree, graph: PieceGraph, cut: (place: number) => boolean): number => {
    const objective = objectiveFor(graph, band, 0.5)
    const sizes: number[] = []
    const grid: number[] = []
    let metres = 0
    for (const [place, piece] of tree.piece.entries()) {
      const own = place === 0 || cut(place)
      grid[place] = own ? sizes.length : grid[tree.parent[place]!]!
      if (own && place > 0) metres += tree.cutMetres[place]!
      const mine = grid[place]
      sizes[mine] = (sizes[mine] ?? 0) + graph.households[piece]!
    }
    return sizes.reduce((sum, size) => sum + sizeCost(objective, size), objective.perBoundaryMetre * metres)
  }

  it('costs what the cheapest of every choice of its edges costs, parts far above the band included', () => {
    fc.assert(
      fc.property(connected(10), fc.nat(), (graph, seed) => {
        const tree = randomTree(graph, new Float64Array(graph.neighbour.length), mulberry32(seed))
        const grid = cutTree(tree, graph.households, objectiveFor(graph, band, 0.5))
        let least = Infinity
        for (let edges = 0; edges < 2 ** (graph.count - 1); edges++)
          least = Math.min(
            least,
            costOfCut(tree, graph, (place) => ((edges >> (place - 1)) & 1) === 1),
          )
        const found = costOfCut(tree, graph, (place) => grid[place] !== grid[tree.parent[place]!])
        expect(found).toBeCloseTo(least, 6)
      }),
      { numRuns: 200 },
    )
  })

  it('knows the boundary that each cut makes', () => {
    fc.assert(
      fc.property(connected(10), fc.nat(), (graph, seed) => {
        const tree = randomTree(graph, new Float64Array(graph.neighbour.length), mulberry32(seed))
        for (let place = 1; place < graph.count; place++) {
          const below = new Int32Array(graph.count)
          for (let at = 0; at < graph.count; at++)
            below[tree.piece[at]!] =
              at === place || (at > 0 && below[tree.piece[tree.parent[at]!]!]! > 0) ? 1 : 0
          const { metres } = partitionOf(graph, below, [], null)
          expect(tree.cutMetres[place]).toBeCloseTo(metres[1]!, 9)
        }
      }),
      { numRuns: 100 },
    )
  })
})

describe('the improvement', () => {
  it('keeps its sums and never makes a plan worse or a grid fall apart', () => {
    fc.assert(
      fc.property(
        connected(14),
        fc.nat(),
        fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 14, maxLength: 14 }),
        (graph, seed, old) => {
          const stability = {
            current: Int32Array.from(old.slice(0, graph.count)),
            weight: Float64Array.from(graph.households, (one) => one + 0.01),
          }
          const objective = objectiveFor(graph, band, 0.5)
          const ground = { graph, objective, stability, scratch: new Int32Array(graph.count).fill(-1) }
          const start = partitionOf(graph, new Int32Array(graph.count), [0], stability)
          const found = improve(ground, start, {
            steps: 30,
            patience: 30,
            free: () => true,
            random: mulberry32(seed),
            shouldStop: () => false,
          })
          const again = partitionOf(graph, found.grid, found.continues, stability)
          expect(found.households).toEqual(again.households)
          expect(found.pieces).toEqual(again.pieces)
          for (const [grid, metres] of again.metres.entries())
            expect(found.metres[grid]).toBeCloseTo(metres, 6)
          for (const [grid, moved] of again.moved.entries()) expect(found.moved[grid]).toBeCloseTo(moved, 6)
          const named = found.continues.filter((one, grid) => one >= 0 && found.pieces[grid]! > 0)
          expect(new Set(named).size).toBe(named.length)
          expect(isContiguous(graph, found.grid)).toBe(true)
          expect(partitionCost(objective, found)).toBeLessThanOrEqual(partitionCost(objective, start) + 1e-6)
          expect(ground.scratch.every((one) => one === -1)).toBe(true)
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('how different two plans are', () => {
  it('counts the households that change grid, whatever the numbers of the grids', () => {
    const weight = [10, 20, 30, 40]
    // 10 of 100 households leave the first grid for the second.
    expect(planDistance(Int32Array.of(0, 0, 1, 1), Int32Array.of(5, 2, 5, 5), weight)).toBeCloseTo(0.1, 12)
    expect(planDistance(Int32Array.of(0, 0, 1, 1), Int32Array.of(1, 1, 0, 0), weight)).toBe(0)
  })
})
