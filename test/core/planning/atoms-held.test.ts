/** Lines in force stay where they are when a plan is drawn from them: streets that follow them are laid on them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOnLines } from '../../../server/core/planning/atoms/lay-on-lines.ts'
import { makeAtoms } from '../../../server/core/planning/atoms/make-atoms.ts'
import { type GroundShare, groundBetween } from '../../../server/core/planning/compare-plans-ground.ts'
import { gridPolygons } from '../../../server/core/planning/drawing/grid-polygons.ts'
import { importDivision } from '../../../server/core/planning/drawing/import-division.ts'
import type { Grid, LngLat } from '../../../server/core/values.ts'
import { at, box, line, ring, type Step } from './atoms-cases.ts'

// 0.01 of a step is 1 m.
const village = box(0, 0, 4, 4)
/** Two grids side by side, with a corner in the line between them. */
const west = ring([0, 0], [2, 0], [2.02, 2], [2, 4], [0, 4])
const east = ring([2, 0], [4, 0], [4, 4], [2, 4], [2.02, 2])
const laid = (...streets: Step[][]): readonly (readonly LngLat[])[] =>
  layOnLines(
    streets.map((steps, i) => line(`s${i}`, 'residential', ...steps)),
    [west, east],
    [village],
    5,
  ).map(({ path }) => path)

/** Back in steps, to a tenth of a millimetre. */
const stepsOf = (path: readonly LngLat[] | undefined): Step[] | undefined =>
  path?.map(([x, y]): Step => [Number(((x - 112) * 1000).toFixed(6)), Number(((y - 28) * 1000).toFixed(6))])

describe('a street beside a line in force', () => {
  it('is laid on it and takes its corners', () => {
    // 2.01 and 2.015 from the line's 2.005, half a metre and a metre off.
    const [path] = laid([
      [2.01, 0.5],
      [2.0155, 3.5],
    ])
    // The line runs 2 east in 200 north: the foot of 1 m is 1 cm along it.
    expect(path).toHaveLength(3)
    expect(path![1]).toEqual(at([2.02, 2]))
    for (const [i, step] of [
      [0, [2.005, 0.5]],
      [2, [2.005, 3.5]],
    ] as const)
      for (const axis of [0, 1] as const)
        expect(Math.abs(path![i]![axis] - at(step)[axis])).toBeLessThan(2e-7)
  })

  it('takes with it the streets that meet it, and leaves alone one that only comes near', () => {
    const along: Step[] = [
      [2.03, 1],
      [2.03, 2],
      [2.03, 3],
    ]
    const meeting: Step[] = [
      [2.03, 1],
      [3, 1],
    ]
    const near: Step[] = [
      [1, 3.5],
      [1.97, 3.5],
    ]
    const [moved, met, kept] = laid(along, meeting, near)
    expect(met![0]).toEqual(moved![0])
    expect(met![0]).not.toEqual(at([2.03, 1]))
    expect(stepsOf(met)![1]).toEqual([3, 1])
    expect(stepsOf(kept)).toEqual(near)
  })

  it('is not drawn aside where it runs farther off', () => {
    const beyond: Step[] = [
      [2.08, 1],
      [2.08, 2],
      [2.08, 3],
    ]
    expect(stepsOf(laid(beyond)[0])).toEqual(beyond)
  })

  it('counts for nothing beside the outline of a village', () => {
    const outer: Step[] = [
      [0.02, 1],
      [0.02, 3],
    ]
    expect(stepsOf(laid(outer)[0])).toEqual(outer)
  })
})

/** What of the ground changes hands between a division and the plan drawn from it. */
function changedBy(grids: readonly Grid[], holds: boolean): GroundShare[] {
  const lattice = [1, 2, 3].flatMap((k) => [
    line(`x${k}`, 'residential', ...[0, 1, 2, 3, 4].map((y): Step => [k, y])),
    line(`y${k}`, 'residential', ...[0, 1, 2, 3, 4].map((x): Step => [x, k])),
  ])
  const { graph } = makeAtoms({
    villages: [{ code: 'A', boundary: village }],
    barriers: lattice,
    sites: [],
    naturalVillages: [],
    buildings: [],
    households: [],
    ...(holds && { held: grids.map(({ geometry }) => geometry) }),
  })
  const { drawing } = importDivision({
    graph,
    grids: grids.map(({ code, geometry }) => ({
      grid: { code, name: null, kind: 'ordinary', village: 'A', parent: null, locked: false },
      geometry,
    })),
    households: [],
  })
  const planned = [...gridPolygons(drawing)].map(([code, geometry]) => ({ code, geometry }))
  return groundBetween(grids, planned).filter(({ from, to, isThread }) => from !== to && !isThread)
}

/** Three grids: one line up the village beside a street, one from it to the east beside another; metres off in steps of 0.01. */
const offs = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 6, maxLength: 6 })
const division = fc
  .record({
    column: fc.integer({ min: 1, max: 3 }),
    row: fc.integer({ min: 1, max: 3 }),
    up: offs,
    across: offs,
  })
  .map(({ column, row, up, across }): Grid[] => {
    const upright = up.map((off, i): Step => [column + off / 100, i === 5 ? 4 : (4 / 5) * i])
    const before = upright.findLastIndex(([, y]) => y < row - 0.05)
    const joint: Step = [column, row]
    const level = across
      .map((off, i): Step => [4 - (4 - column) * (i / 6), row + off / 100])
      .filter(([x]) => x > column + 0.05)
    const south = [...upright.slice(0, before + 1), joint]
    const north = [joint, ...upright.slice(before + 1).filter(([, y]) => y > row + 0.05)]
    const grid = (code: string, ...steps: Step[]): Grid => ({ code, geometry: ring(...steps) })
    return [
      grid('west', [0, 0], ...south, ...north.slice(1), [0, 4]),
      grid('south', ...south.toReversed(), [4, 0], ...level),
      grid('north', joint, ...level.toReversed(), [4, 4], ...north.slice(1).toReversed()),
    ]
  })

describe('a plan drawn from a division in force', () => {
  it('has the ground of its grids, however the streets run beside their lines', () => {
    fc.assert(
      fc.property(division, (grids) => {
        expect(changedBy(grids, true)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('would move every such line if they did not hold', () => {
    const grids: Grid[] = [
      { code: 'west', geometry: west },
      { code: 'east', geometry: east },
    ]
    expect(changedBy(grids, false).map(({ from, to }) => [from, to])).toEqual([['west', 'east']])
    expect(changedBy(grids, true)).toEqual([])
  })
})
