import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fourHoursThreeKilometres } from '../../../server/core/policy/patrol-policy.ts'
import { laneGeometries, lanesOfGrid } from '../../../server/core/trajectories/grid-lanes.ts'
import { layLanes, type Road } from '../../../server/core/trajectories/lay-lanes.ts'
import {
  matchReadDay,
  type PatrolDay,
  readWorkerDay,
} from '../../../server/core/trajectories/match-worker-day.ts'
import { orderFixes } from '../../../server/core/trajectories/order-fixes.ts'
import { prepareGrid } from '../../../server/core/trajectories/prepare-grid.ts'
import type { AreaGeometry, Fix } from '../../../server/core/values.ts'
import { at, observe, seeded } from './simulate.ts'

const policy = fourHoursThreeKilometres
const day = '2026-10-09'
const noon = Date.parse('2026-10-09T04:00:00Z')
const box = (west: number, south: number, east: number, north: number): AreaGeometry => ({
  type: 'Polygon',
  coordinates: [[at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]],
})
const road = (id: string, points: [number, number][], roadClass = 'residential'): Road => ({
  id,
  class: roadClass,
  path: { type: 'LineString', coordinates: points.map(([x, y]) => at(x, y)) },
})
const onStreet = (geometry: AreaGeometry) => lanesIn([road('R', [[0, 0], [1000, 0]])], geometry) // biome-ignore format: one line
const lanesIn = (roads: readonly Road[], geometry: AreaGeometry) =>
  lanesOfGrid(layLanes(roads), [prepareGrid(geometry)])

/** Fixes every 5 s along corners at 1 m/s. */
function walk(corners: readonly [number, number][], accuracyMetres = 5): Fix[] {
  const fixes: Fix[] = []
  let second = 0
  for (const [i, [x, y]] of corners.entries()) {
    const [px, py] = corners[i - 1] ?? [x, y]
    const seconds = Math.max(5, Math.round(Math.hypot(x - px, y - py)))
    for (let s = 0; s < seconds; s += 5) {
      const share = s / seconds
      const [longitude, latitude] = at(px + share * (x - px), py + share * (y - py))
      fixes.push({ time: noon + (second + s) * 1000, longitude, latitude, accuracyMetres })
    }
    second += seconds
  }
  return fixes
}

function match(fixes: readonly Fix[], roads: readonly Road[], geometry: AreaGeometry): PatrolDay {
  const read = readWorkerDay(orderFixes(fixes), day, policy)!
  const grids = [{ code: 'a', geometry, from: null, to: null }]
  return matchReadDay(read, grids, [], policy, { ground: { lanes: layLanes(roads), places: [] } })[0]!
}

describe('lanes', () => {
  it('are equal pieces of about 100 m, counted along the whole street', () => {
    // 1,040 m: ten pieces of 104 m.
    const { ids, metres } = lanesIn([road('R', [[0, 0], [500, 0], [1040, 0]])], box(-50, -50, 1100, 50)) // biome-ignore format: one line
    expect(ids).toEqual(Array.from({ length: 10 }, (_, k) => `R-${k + 1}`))
    for (const length of metres) expect(length).toBeCloseTo(104, 1)
  })

  it('are the same ground whatever the grid is', () => {
    // The grid ends at 450: four whole pieces of 100 m and half of the fifth.
    const { ids, metres } = onStreet(box(-50, -50, 450, 50))
    expect(ids).toEqual(['R-1', 'R-2', 'R-3', 'R-4', 'R-5'])
    expect(metres[4]).toBeGreaterThan(47)
    expect(metres[4]).toBeLessThan(53)
  })

  it('that poke across a boundary by less than 10 m are no lanes there', () => {
    expect(onStreet(box(-50, -50, 406, 50)).ids).toEqual(['R-1', 'R-2', 'R-3', 'R-4'])
  })

  it('along the boundary belong to the grids on both sides, though it was drawn 30 cm beside', () => {
    const upper = onStreet(box(-50, 0.3, 1050, 500))
    const lower = onStreet(box(-50, -500, 1050, 0.3))
    expect(upper.totalMetres).toBeCloseTo(1000, 0)
    expect(lower.totalMetres).toBeCloseTo(1000, 0)
    expect(onStreet(box(-50, 2, 1050, 500)).ids).toEqual([])
  })

  it('are neither railways nor motorways nor what is no road', () => {
    const roads = ['residential', 'path', '巷', 'rail', 'motorway', 'motorway_link', 'proposed'].map((word) =>
      road(word, [[0, 0], [90, 0]], word)) // biome-ignore format: one line
    expect(layLanes(roads).ids).toEqual(['path-1', 'residential-1', '巷-1'])
  })

  it('are drawn as lines of their own length', () => {
    const lanes = onStreet(box(-50, -50, 450, 50))
    const [first] = laneGeometries(lanes)
    expect(first!.coordinates).toHaveLength(1)
    expect(first!.coordinates[0]!.at(-1)![0]).toBeCloseTo(at(100, 0)[0], 6)
  })

  it('a point repeated and a line without length make no lane', () => {
    expect(layLanes([road('R', [[5, 5], [5, 5]])]).ids).toEqual([]) // biome-ignore format: one line
    expect(layLanes([road('R', [[0, 0], [0, 0], [100, 0]])]).ids).toEqual(['R-1']) // biome-ignore format: one line
  })
})

describe('a lane is walked', () => {
  const street = [road('R', [[0, 0], [300, 0]])] // biome-ignore format: one line
  const wide = box(-200, -200, 500, 200)

  it('along its whole length, the lanes beside it not', () => {
    const { lanes } = match(walk([[0, 0], [100, 0], [100, 150]]), street, wide) // biome-ignore format: one line
    expect(lanes).toMatchObject({ walked: ['R-1'] })
    expect(lanes!.walkedMetres).toBeCloseTo(100, 1)
    expect(lanes!.totalMetres).toBeCloseTo(300, 1)
  })

  it('from 70 % of it on', () => {
    // Steps of 5 m, by their middles: at 68 m the fourteenth, 67.5 m, is passed: 70 m of 100. At 66 m: 65 m.
    const until = (x: number) => match(walk([[-100, 0], [x, 0], [x, 0]]), [road('R', [[0, 0], [100, 0]])], wide) // biome-ignore format: one line
    expect(until(70).lanes!.walked).toEqual(['R-1'])
    expect(until(64).lanes!.walked).toEqual([])
  })

  it('not by crossing it, straight or askew, or by crossings a few steps apart', () => {
    const cross = (...corners: [number, number][]) => match(walk(corners), street, wide).lanes!.walked
    expect(cross([50, -100], [50, 100])).toEqual([])
    expect(cross([-50, -100], [150, 100])).toEqual([])
    expect(cross([20, -60], [20, 60], [50, 60], [50, -60], [80, -60], [80, 60])).toEqual([])
  })

  it('within 25 m aside, not within 27', () => {
    expect(match(walk([[-50, 24], [350, 24]]), street, wide).lanes!.walked).toHaveLength(3) // biome-ignore format: one line
    expect(match(walk([[-50, 27], [350, 27]]), street, wide).lanes!.walked).toEqual([]) // biome-ignore format: one line
  })

  it('not by fixes too inaccurate to tell one street from the next', () => {
    expect(match(walk([[0, 0], [300, 0]], 60), street, wide).lanes!.walked).toEqual([]) // biome-ignore format: one line
  })

  it('not by standing on it, however long', () => {
    const short = [road('R', [[-20, 0], [20, 0]])] // biome-ignore format: one line
    const standing = observe(() => [0, 0], 3600, {
      from: noon,
      every: 10,
      seed: 3,
      sigma: 5,
      correlation: 60,
    })
    expect(match(standing, short, wide).lanes!.walked).toEqual([])
  })

  it('not from outside the grid', () => {
    expect(match(walk([[-50, -5], [350, -5]]), street, box(-200, 0, 500, 200)).lanes!.walked).toEqual([]) // biome-ignore format: one line
  })
})

describe('whatever is walked', () => {
  const streets = Array.from({ length: 6 }, (_, i) => [
    road(`E${i}`, [[-400, i * 90], [400, i * 90 + 30]]), // biome-ignore format: one line
    road(`N${i}`, [[i * 110 - 300, -100], [i * 110 - 280, 600]]), // biome-ignore format: one line
  ]).flat()
  const wander = fc
    .array(fc.tuple(fc.integer({ min: -450, max: 450 }), fc.integer({ min: -100, max: 600 })), {
      minLength: 2,
      maxLength: 6,
    })
    .map((corners) => walk(corners))

  it('the order of the roads and of the fixes, and repeats, make no difference', () => {
    fc.assert(
      fc.property(wander, fc.integer(), (fixes, seed) => {
        const random = seeded(seed)
        const shuffled = [...fixes, ...fixes.slice(0, 9)].sort(() => random() - 0.5)
        const roads = streets.toSorted(() => random() - 0.5)
        const grid = box(-420, -90, 300, 480)
        expect(match(shuffled, roads, grid).lanes).toEqual(match(fixes, streets, grid).lanes)
      }),
      { numRuns: 40 },
    )
  })

  it('more walking never makes a lane unwalked, and lanes walked are those of the definition', () => {
    const grid = box(-500, -200, 500, 700)
    const lanes = lanesIn(streets, grid)
    fc.assert(
      fc.property(wander, fc.integer({ min: 2, max: 400 }), (fixes, cut) => {
        const all = match(fixes, streets, grid).lanes!
        const some = match(fixes.slice(0, cut), streets, grid).lanes!
        expect(some.walked.filter((id) => !all.walked.includes(id))).toEqual([])
        expect(all.totalMetres).toBeCloseTo(lanes.totalMetres, 6)
        expect(all.walkedMetres).toBeCloseTo(
          lanes.metres.reduce((sum, one, i) => (all.walked.includes(lanes.ids[i]!) ? sum + one : sum), 0),
          6,
        )
      }),
      { numRuns: 40 },
    )
  })
})
