import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import { evaluatePlan } from '../../../server/core/planning/evaluate-plan.ts'
import type { Assignment, AtomGraph, PlanGrid } from '../../../server/core/planning/values.ts'
import type { GridKind } from '../../../server/core/values.ts'
import { latticeGraph } from '../../support/lattice-graph.ts'

const grid = (code: string, kind: GridKind = 'ordinary'): PlanGrid => ({
  code,
  name: null,
  kind,
  village: 'v',
  parent: null,
  locked: false,
})

const band = { from: 300, to: 500 }

/** Two rows of three atoms, 100 · (1 … 6) households; the main street runs between the rows. */
const town = latticeGraph({
  columns: 3,
  rows: 2,
  atom: (c, r) => {
    const n = 3 * r + c + 1
    return { households: 100 * n, persons: 250 * n, mustVisit: n, ...(r === 0 ? { group: 'old town' } : {}) }
  },
  border: (_, __, upright) => (upright ? {} : { barrierMetres: 90, name: '人民路', rank: 2 }),
})

describe('the evaluation card', () => {
  // South: A A B (100 + 200, 300); north: B C C (400, 500 + 600). B's two atoms do not touch.
  const card = evaluatePlan(
    town,
    ['C', 'A', 'B'].map((code) => grid(code)),
    ['A', 'A', 'B', 'B', 'C', 'C'],
    { band },
  )
  const [a, b, c] = card.grids

  it('counts people', () => {
    expect(card.grids.map((one) => one.grid.code)).toEqual(['A', 'B', 'C'])
    expect(card.grids.map((one) => one.households)).toEqual([300, 700, 1100])
    expect(a).toMatchObject({ persons: 750, mustVisit: 3, status: 'in_band', deviationHouseholds: 0 })
    // 1 + 2 and so on: n households hundreds, n must-visits.
    expect(b).toMatchObject({ persons: 1750, mustVisit: 7, status: 'above', deviationHouseholds: 200 })
    expect(c).toMatchObject({ status: 'far_above', deviationHouseholds: 600 })
  })

  it('measures balance as the literature does', () => {
    expect(card).toMatchObject({ counted: 3, households: 2100, idealHouseholds: 700 })
    // (1100 − 300) / 700; both ends are 400 off.
    expect(card.topToBottom).toBeCloseTo(8 / 7, 12)
    expect(card.maximalAbsoluteDeviation).toBeCloseTo(4 / 7, 12)
    expect(card.outOfBand).toEqual({ grids: ['B', 'C'], households: 1800 })
  })

  it('measures shape', () => {
    // A is a block of 193 m × 110.9 m: 4π · w · h / (2w + 2h)².
    const [w, h] = [2 * 96.486, 110.852]
    expect(a!.polsbyPopper).toBeCloseTo((4 * Math.PI * w * h) / (2 * w + 2 * h) ** 2, 3)
    expect(a!.perimeterMetres).toBeCloseTo(2 * (w + h), 0)
    expect(a!.areaSquareMetres).toBeCloseTo(
      areaSquareMetres(town.atoms[0]!.geometry) + areaSquareMetres(town.atoms[1]!.geometry),
      6,
    )
  })

  it('measures how clear the drawn boundaries are', () => {
    // A's drawn outline: two steps along the street (96.5 m each, 90 m of it on the street), one step without (110.9 m).
    const [along, across] = [96.486, 110.852]
    expect(a!.drawnMetres).toBeCloseTo(2 * along + across, 0)
    expect(a!.drawnBarrierShare).toBeCloseTo(180 / (2 * along + across), 4)
    expect(a!.drawnNamedShare).toBe(a!.drawnBarrierShare)
    // Of the whole outline of 2 · (2 · 96.5 + 110.9) m.
    expect(a!.barrierShare).toBeCloseTo(180 / (2 * (2 * along + across)), 4)
    expect(a!.namedShare).toBe(a!.barrierShare)
    expect(a!.neighbours.map((one) => one.code)).toEqual(['B', 'C'])
    expect(a!.neighbours[0]!.sharedMetres).toBeCloseTo(along + across, 0)
  })

  it('finds what is cut, split and apart', () => {
    // Cut: A|B and B|C upright, and all three lines along the street.
    expect(card.cutEdges).toBe(5)
    expect(card.grids.map((one) => one.parts)).toEqual([1, 2, 1])
    expect(card.exclaves).toEqual([{ code: 'B', atoms: ['0-2'], households: 300 }])
    expect(card.splitGroups).toEqual([
      {
        village: 'v',
        group: 'old town',
        pieces: [
          { code: 'A', households: 300 },
          { code: 'B', households: 300 },
        ],
      },
    ])
    expect(card.unassigned).toEqual({ atoms: [], households: 0, persons: 0 })
  })

  it('knows what cannot be known', () => {
    const whole = evaluatePlan(town, [grid('A'), grid('Z')], ['A', 'A', 'A', 'A', 'A', 'A'], { band: null })
    expect(whole.grids[0]).toMatchObject({
      drawnMetres: 0,
      drawnBarrierShare: null,
      deviationHouseholds: null,
    })
    expect(whole.grids[1]).toMatchObject({
      parts: 0,
      polsbyPopper: null,
      drawnNamedShare: null,
      status: 'not_applicable',
    })
    expect(whole.outOfBand).toEqual({ grids: [], households: 0 })
    const none = evaluatePlan(town, [], ['gone', null, null, null, null, null], { band })
    expect(none).toMatchObject({
      counted: 0,
      idealHouseholds: null,
      topToBottom: null,
      maximalAbsoluteDeviation: null,
    })
    expect(none.unassigned).toMatchObject({ households: 2100, persons: 5250 })
    expect(none.unassigned.atoms).toHaveLength(6)
    const empty = latticeGraph({ columns: 1, rows: 1 })
    expect(evaluatePlan(empty, [grid('A')], ['A'], { band })).toMatchObject({
      idealHouseholds: 0,
      topToBottom: null,
      outOfBand: { grids: ['A'], households: 0 },
    })
  })

  it('holds dedicated grids to no band, and microgrids to their own', () => {
    const dedicated = evaluatePlan(
      town,
      [grid('A'), grid('S', 'dedicated')],
      ['A', 'A', 'S', 'S', 'S', 'S'],
      { band },
    )
    expect(dedicated).toMatchObject({ counted: 1, households: 300, outOfBand: { grids: [], households: 0 } })
    const micro = evaluatePlan(town, [grid('M', 'microgrid')], ['M', null, null, null, null, null], {
      band: { from: 0, to: 30 },
      kind: 'microgrid',
    })
    expect(micro.grids[0]).toMatchObject({ status: 'far_above', deviationHouseholds: 70 })
  })

  it('leaves the limit of the village out of what is drawn', () => {
    const two = latticeGraph({ columns: 2, rows: 1, atom: (column) => ({ village: `v${column}` }) })
    const apart = evaluatePlan(two, [grid('A'), grid('B')], ['A', 'B'], { band })
    expect(apart.cutEdges).toBe(0)
    expect(apart.grids[0]!.drawnMetres).toBe(0)
    expect(apart.grids[0]!.neighbours.map((one) => one.code)).toEqual(['B'])
  })

  it('counts pieces by what can be crossed, too', () => {
    const river = latticeGraph({ columns: 2, rows: 1, border: () => ({ crossable: false }) })
    expect(evaluatePlan(river, [grid('A')], ['A', 'A'], { band }).grids[0]).toMatchObject({
      parts: 1,
      crossableParts: 2,
    })
  })
})

describe('any plan', () => {
  const plans = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
    .chain(([columns, rows]) =>
      fc.record({
        graph: fc
          .array(fc.tuple(fc.nat(200), fc.boolean()), {
            minLength: columns * rows,
            maxLength: columns * rows,
          })
          .map((rolls) =>
            latticeGraph({
              columns,
              rows,
              atom: (c, r) => {
                const [households, isOld] = rolls[r * columns + c]!
                return { households, group: isOld ? 'old' : null }
              },
            }),
          ),
        assignment: fc.array(fc.constantFrom('A', 'B', 'C', null), {
          minLength: columns * rows,
          maxLength: columns * rows,
        }),
        order: fc.shuffledSubarray(
          Array.from({ length: columns * rows }, (_, i) => i),
          { minLength: columns * rows },
        ),
      }),
    )
  const grids = ['A', 'B', 'C'].map((code) => grid(code))

  it('counts every household and metre once', () => {
    fc.assert(
      fc.property(plans, ({ graph, assignment }) => {
        const card = evaluatePlan(graph, grids, assignment, { band })
        const all = graph.atoms.reduce((sum, atom) => sum + atom.households, 0)
        expect(card.grids.reduce((sum, one) => sum + one.households, 0) + card.unassigned.households).toBe(
          all,
        )
        for (const one of card.grids) {
          expect(one.parts === 0).toBe(one.polsbyPopper === null)
          // No shape beats the circle.
          expect(one.polsbyPopper ?? 0).toBeLessThanOrEqual(1)
          expect(one.perimeterMetres).toBeGreaterThanOrEqual(one.drawnMetres - 1e-6)
          expect(card.exclaves.filter((part) => part.code === one.grid.code)).toHaveLength(
            Math.max(0, one.parts - 1),
          )
          for (const { code, sharedMetres } of one.neighbours) {
            const back = card.grids.find((other) => other.grid.code === code)!
            expect(back.neighbours.find((other) => other.code === one.grid.code)!.sharedMetres).toBe(
              sharedMetres,
            )
          }
        }
      }),
    )
  })

  it('is judged the same in any order of the input, bit for bit', () => {
    fc.assert(
      fc.property(plans, ({ graph, assignment, order }) => {
        const shuffled = inOrder(graph, assignment, order)
        expect(evaluatePlan(shuffled.graph, grids.toReversed(), shuffled.assignment, { band })).toEqual(
          evaluatePlan(graph, grids, assignment, { band }),
        )
      }),
    )
  })
})

function inOrder(
  { atoms, borders }: AtomGraph,
  assignment: Assignment,
  order: readonly number[],
): { graph: AtomGraph; assignment: Assignment } {
  const place = (i: number): number => order.indexOf(i)
  return {
    graph: {
      atoms: order.map((i) => atoms[i]!),
      borders: borders
        .map((one) => ({
          ...one,
          a: Math.min(place(one.a), place(one.b)),
          b: Math.max(place(one.a), place(one.b)),
        }))
        .toSorted((p, q) => p.a - q.a || p.b - q.b),
    },
    assignment: order.map((i) => assignment[i] ?? null),
  }
}
