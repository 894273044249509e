import type { Polygon, Position } from 'geojson'
import { describe, expect, test } from 'vitest'
import { checkDivision, type DivisionGrid } from '../../../../server/core/coverage/check-division.ts'
import { applyRepairs } from '../../../../server/core/coverage/repair/apply-repairs.ts'
import { proposeRepairs } from '../../../../server/core/coverage/repair/propose-repairs.ts'
import { repairDivision } from '../../../../server/core/coverage/repair/repair-division.ts'
import type { Repair, RepairInput, RepairOption } from '../../../../server/core/coverage/repair/values.ts'
import { areaSquareMetres } from '../../../../server/core/geometry/area-square-metres.ts'
import type { AreaGeometry } from '../../../../server/core/values.ts'
import {
  by,
  cells,
  inCell,
  named,
  onNorthSide,
  onSouthSide,
  outlineOf,
  withVertexMoved,
} from '../planted-faults.ts'

/** A rectangle on a plain of a hundred thousandths of a degree (1.1 m north, 0.98 m east) at 28° N. */
const place = (x: number, y: number): Position => [112 + x * 1e-5, 28 + y * 1e-5]
const box = (x0: number, y0: number, x1: number, y1: number): Polygon => ({
  type: 'Polygon',
  coordinates: [[place(x0, y0), place(x1, y0), place(x1, y1), place(x0, y1), place(x0, y0)]],
})
const grid = (code: string, geometry: AreaGeometry): DivisionGrid => ({ code, geometry })
const home = (id: string, x: number, y: number) => {
  const [longitude, latitude] = place(x, y) as [number, number]
  return { id, longitude, latitude }
}

const only = (input: RepairInput): Repair => {
  const repairs = proposeRepairs(input)
  expect(repairs.map(({ problem }) => problem.id)).toEqual(checkDivision(input).problems.map(({ id }) => id))
  expect(repairs).toHaveLength(1)
  return repairs[0]!
}
const actions = ({ options }: Repair): string[] =>
  options.map(({ action, grid: of }) => `${action} ${of ?? ''}`.trim())
const recommended = ({ options, recommended: id }: Repair): RepairOption | undefined =>
  options.find((option) => option.id === id)
const near = (found: number, expected: number): void =>
  expect(Math.abs(found / expected - 1)).toBeLessThan(1e-6)

describe('a gap', () => {
  const polygons = cells(7)
  const { moved, ground } = withVertexMoved(polygons, inCell, onNorthSide, by(0.3))
  const input: RepairInput = { grids: named(moved), within: outlineOf(polygons) }
  const size = areaSquareMetres(ground)

  test('may go to either neighbour or be shared; the longest common line is recommended', () => {
    const repair = only(input)
    expect(actions(repair).toSorted()).toEqual(['give g07', 'give g12', 'split'])
    const best = recommended(repair)!
    // Cell 7 was moved back over two longer edges than the straight way its neighbour has.
    expect(best).toMatchObject({ action: 'give', grid: 'g07', shrinks: [], removes: [], households: null })
    near(best.areaSquareMetres, size)
    near(best.grows[0]!.areaSquareMetres, size)
    expect(repair.reason.en).toBe('it keeps the longest common line')
  })

  test.each(['give:g07', 'give:g12', 'split'])('%s leaves no problem, and the area whole', (choice) => {
    const { options } = only(input)
    const { id } = options.find((option) => option.id.endsWith(choice))!
    const { division, unknown } = applyRepairs(input, [id])
    expect(unknown).toEqual([])
    expect(checkDivision(division).problems).toEqual([])
    const sum = division.grids.reduce((total, one) => total + areaSquareMetres(one.geometry), 0)
    near(sum, areaSquareMetres(input.within!))
    // Those that have nothing to do with it are the same objects.
    expect(division.grids.filter((one, i) => one !== input.grids[i]).length).toBeLessThanOrEqual(2)
  })

  test('counts the households it brings home, and keeps away from protected grids', () => {
    // Half-way between where the vertex was and where it is.
    const [, q, , p] = ground.coordinates[0]!
    const [x, y] = [0, 1].map((k) => (p![k]! + q![k]!) / 2)
    const lived: RepairInput = { ...input, households: [{ id: 'h', longitude: x!, latitude: y! }] }
    const repairs = proposeRepairs(lived)
    expect(recommended(repairs[0]!)?.households).toBe(1)
    expect(repairs[1]).toMatchObject({
      problem: { code: 'household_in_none' },
      options: [],
      recommended: null,
    })
    const locked = only({ ...input, protectedGrids: ['g07'] })
    expect(recommended(locked)).toMatchObject({ action: 'give', grid: 'g12' })
    expect(locked.reason.en).toBe('it leaves protected grids as they are')
    const both = only({ ...input, protectedGrids: ['g07', 'g12'] })
    expect(both.recommended).toBeNull()
    expect(both.options).toHaveLength(3)
  })

  test('wider than the limit stays, with its reason; an id of yesterday is told', () => {
    const repair = only({ ...input, maxGapWidthMetres: 1 })
    expect(repair.recommended).toBeNull()
    expect(repair.reason.en).toContain('wider than the limit')
    expect(repair.options).not.toEqual([])
    expect(applyRepairs(input, ['stale:give:g07'])).toEqual({ division: input, unknown: ['stale:give:g07'] })
  })
})

describe('the middle line', () => {
  test('of a straight strip gives each neighbour half of it', () => {
    const strip = [grid('a', box(0, 0, 200, 50)), grid('b', box(0, 54, 200, 100))]
    const input: RepairInput = { grids: strip, within: box(0, 0, 200, 100) }
    const repair = only(input)
    const split = repair.options.find(({ action }) => action === 'split')!
    // The strip is closed off by the area's edge at both ends, on vertices that the area does not have.
    const size = areaSquareMetres(box(0, 50, 200, 54))
    near(split.areaSquareMetres, size)
    expect(split.grows.map((one) => one.grid)).toEqual(['a', 'b'])
    near(split.grows[0]!.areaSquareMetres + split.grows[1]!.areaSquareMetres, size)
    // The line starts in a corner of each end, not in its middle: a quarter of the ends' depth off at most.
    expect(split.grows[0]!.areaSquareMetres / size).toBeGreaterThan(0.4)
    expect(split.grows[0]!.areaSquareMetres / size).toBeLessThan(0.6)
    const { division } = applyRepairs(input, [split.id])
    expect(checkDivision(division).problems).toEqual([])
  })

  test('of an overlap takes from each what the other keeps', () => {
    const input: RepairInput = {
      grids: [grid('a', box(0, 0, 200, 54)), grid('b', box(0, 50, 200, 100))],
      within: box(0, 0, 200, 100),
    }
    const split = only(input).options.find(({ action }) => action === 'split')!
    expect(split.shrinks.map((one) => one.grid)).toEqual(['a', 'b'])
    const { division } = applyRepairs(input, [split.id])
    expect(checkDivision(division).problems).toEqual([])
    for (const [i, { areaSquareMetres: less }] of split.shrinks.entries())
      near(areaSquareMetres(input.grids[i]!.geometry) - less, areaSquareMetres(division.grids[i]!.geometry))
    // a lies in the south and still does.
    const north = Math.max(...(division.grids[0]!.geometry as Polygon).coordinates[0]!.map(([, y]) => y!))
    expect(north).toBeLessThanOrEqual(place(0, 54)[1]!)
    expect(north).toBeGreaterThanOrEqual(place(0, 50)[1]!)
  })

  test('is not offered where one grid lies all around, or three lie along it', () => {
    const hole: Polygon = {
      type: 'Polygon',
      coordinates: [box(0, 0, 50, 50).coordinates[0]!, box(20, 20, 25, 25).coordinates[0]!.toReversed()],
    }
    expect(actions(only({ grids: [grid('a', hole)], within: box(0, 0, 50, 50) }))).toEqual(['give a'])
  })
})

describe('an overlap', () => {
  test('never takes a grid’s last ground: a grid drawn over another is cut out of it', () => {
    const input: RepairInput = { grids: [grid('a', box(0, 0, 100, 100)), grid('b', box(40, 40, 60, 60))] }
    const repair = only(input)
    expect(recommended(repair)).toMatchObject({ action: 'give', grid: 'b', removes: [] })
    expect(repair.options.at(-1)).toMatchObject({ grid: 'a', removes: ['b'] })
    const { division } = repairDivision(input)
    near(
      areaSquareMetres(division.grids[0]!.geometry),
      areaSquareMetres(box(0, 0, 100, 100)) - areaSquareMetres(box(40, 40, 60, 60)),
    )
  })

  test('does not cut a grid in two when the other may give way', () => {
    // b's tongue runs right through a, farther than a's line is long.
    const tongue: Polygon = {
      type: 'Polygon',
      coordinates: [
        [
          place(100, 0),
          place(200, 0),
          place(200, 100),
          place(100, 100),
          place(100, 52),
          place(0, 52),
          place(0, 48),
          place(100, 48),
          place(100, 0),
        ],
      ],
    }
    const [repair] = proposeRepairs({ grids: [grid('a', box(0, 0, 100, 100)), grid('b', tongue)] }) as [
      Repair,
    ]
    expect(repair.problem.code).toBe('overlap')
    expect(recommended(repair)).toMatchObject({ action: 'give', grid: 'a' })
    expect(repair.reason.en).toBe('it cuts no grid in pieces')
  })

  test('of the whole: two codes for one ground are for a person to settle, one record twice is not', () => {
    const same = box(0, 0, 50, 50)
    const two = only({ grids: [grid('a', same), grid('b', same)] })
    expect(two).toMatchObject({ recommended: null, problem: { code: 'duplicate' } })
    expect(two.options.map(({ removes }) => removes)).toEqual([['b'], ['a']])
    const { division, left } = repairDivision({ grids: [grid('a', same), grid('a', same)] })
    expect(division.grids).toHaveLength(1)
    expect(left).toEqual([])
  })
})

describe('at the area’s edge', () => {
  const polygons = cells(9)
  const within = outlineOf(polygons)

  test('what is outside is clipped, but never from a protected grid unasked', () => {
    const { moved, ground } = withVertexMoved(polygons, 2, onSouthSide, by(-0.3))
    const input: RepairInput = { grids: named(moved), within }
    const repair = only(input)
    expect(recommended(repair)).toMatchObject({ action: 'clip', grid: 'g02', grows: [] })
    near(recommended(repair)!.shrinks[0]!.areaSquareMetres, areaSquareMetres(ground))
    expect(checkDivision(repairDivision(input).division).problems).toEqual([])
    expect(only({ ...input, protectedGrids: ['g02'] }).recommended).toBeNull()
  })

  test('grids may meet on a straight line of the area that has no vertex there', () => {
    const halves = [grid('a', box(0, 0, 100, 50)), grid('b', box(0, 50, 100, 100))]
    expect(checkDivision({ grids: halves, within: box(0, 0, 100, 100) }).problems).toEqual([])
    // The other way round the grids lack a vertex of the area's, and get it.
    const bent = box(0, 0, 100, 100).coordinates[0]!
    const area: Polygon = { type: 'Polygon', coordinates: [bent.toSpliced(1, 0, place(50, 0))] }
    const repair = only({ grids: halves, within: area })
    expect(repair).toMatchObject({ problem: { code: 'unmatched_edge', grids: ['a'] } })
    const { division } = repairDivision({ grids: halves, within: area })
    expect(checkDivision(division).problems).toEqual([])
    expect((division.grids[0]!.geometry as Polygon).coordinates[0]).toContainEqual(place(50, 0))
  })
})

describe('what is thin', () => {
  test('two lines for one edge: matched, or either line kept', () => {
    const polygons = cells(8)
    const { moved } = withVertexMoved(polygons, inCell, onNorthSide, (p) => [p[0]! + 2e-8, p[1]! + 2e-8])
    const input: RepairInput = { grids: named(moved) }
    const repair = only(input)
    expect(repair.problem.code).toBe('unmatched_edge')
    expect(actions(repair)[0]).toBe('match')
    expect(actions(repair).toSorted()).toEqual(['keep_line g07', 'keep_line g12', 'match'])
    for (const { id, action, grid: kept } of repair.options) {
      const { division } = applyRepairs(input, [id])
      expect(checkDivision(division).problems).toEqual([])
      const before = input.grids.find(({ code }) => code === kept)?.geometry
      const after = division.grids.find(({ code }) => code === kept)?.geometry
      expect(
        action === 'match' || Math.abs(areaSquareMetres(after!) - areaSquareMetres(before!)) < 1e-6,
      ).toBe(true)
    }
  })

  test('a thin piece goes to the neighbour with the longest line; a thin grid stays', () => {
    // a has a second piece, half a metre wide, between b and c, and longer along c.
    const a: AreaGeometry = {
      type: 'MultiPolygon',
      coordinates: [box(-100, 20, 0, 80).coordinates, box(100, 0, 100.5, 100).coordinates],
    }
    const b: Polygon = {
      type: 'Polygon',
      coordinates: [box(0, 0, 100, 100).coordinates[0]!.toSpliced(4, 0, place(0, 80), place(0, 20))],
    }
    const c: Polygon = {
      type: 'Polygon',
      coordinates: [
        [
          place(100, 100),
          place(100.5, 100),
          place(100.5, 0),
          place(200, 0),
          place(200, 120),
          place(100, 120),
          place(100, 100),
        ],
      ],
    }
    const input: RepairInput = { grids: [grid('a', a), grid('b', b), grid('c', c)] }
    const repairs = proposeRepairs(input)
    expect(repairs.map(({ problem }) => problem.code)).toEqual(['disconnected_part', 'sliver'])
    expect(repairs.map((repair) => recommended(repair)?.grid)).toEqual(['c', 'c'])
    const { division, left } = repairDivision(input)
    expect(left).toEqual([])
    near(areaSquareMetres(division.grids[0]!.geometry), areaSquareMetres(box(-100, 20, 0, 80)))
    expect(checkDivision(division).problems).toEqual([])
    const thin = proposeRepairs({ grids: [grid('b', b), grid('thin', box(100, 0, 100.5, 100))] })
    expect(thin).toMatchObject([{ problem: { code: 'sliver' }, recommended: null }])
    expect(thin[0]!.options[0]).toMatchObject({ grid: 'b', removes: ['thin'] })
  })
})

test('a piece that lies apart may be an exclave and stays, but may be given away', () => {
  const pieces: AreaGeometry = {
    type: 'MultiPolygon',
    coordinates: [box(0, 0, 50, 50), box(100, 0, 150, 50), box(200, 0, 250, 50)].map(
      (one) => one.coordinates,
    ),
  }
  const input: RepairInput = {
    grids: [grid('a', pieces), grid('b', box(50, 0, 100, 50)), grid('c', box(150, 0, 200, 50))],
  }
  const repair = only(input)
  expect(repair).toMatchObject({ problem: { code: 'disconnected_part', grids: ['a'] }, recommended: null })
  expect(repair.reason.en).toContain('it may be an exclave')
  expect(repairDivision(input)).toMatchObject({ done: [], division: input })
  // The middle piece lies between b and c, the eastern one beside c only.
  expect(actions(repair).toSorted()).toEqual(['give c', 'release'])
  const { id } = repair.options.find(({ action }) => action === 'release')!
  const { division } = applyRepairs(input, [id])
  expect(checkDivision(division).problems).toEqual([])
  near(areaSquareMetres(division.grids[0]!.geometry), areaSquareMetres(box(0, 0, 50, 50)))
})

test('a polygon that crosses itself is drawn again around what it winds around', () => {
  // A bow tie: two triangles that meet in (50, 50).
  const bow: Polygon = {
    type: 'Polygon',
    coordinates: [[place(0, 0), place(100, 100), place(100, 0), place(0, 100), place(0, 0)]],
  }
  const input: RepairInput = { grids: [grid('bow', bow)] }
  expect(actions(only(input))).toEqual(['make_valid bow'])
  const { division } = repairDivision(input)
  const triangle = (x: number): Polygon => ({
    type: 'Polygon',
    coordinates: [[place(x, 0), place(x, 100), place(50, 50), place(x, 0)]],
  })
  near(
    areaSquareMetres(division.grids[0]!.geometry),
    areaSquareMetres(triangle(0)) + areaSquareMetres(triangle(100)),
  )
  expect(division.grids[0]!.geometry.type).toBe('MultiPolygon')
  expect(checkDivision(division).problems).toEqual([])
})

test('microgrids follow a parent that was repaired', () => {
  const micro = (code: string, geometry: Polygon): DivisionGrid => ({
    code,
    geometry,
    kind: 'microgrid',
    parent: 'a',
  })
  const input: RepairInput = {
    grids: [
      grid('a', box(0, 0, 100, 100)),
      grid('b', box(104, 0, 200, 100)),
      micro('a1', box(0, 0, 50, 100)),
      micro('a2', box(50, 0, 100, 100)),
    ],
    within: box(0, 0, 200, 100),
    households: [home('h', 102, 50)],
  }
  const { division, done, left } = repairDivision(input)
  expect(left).toEqual([])
  expect(done.map(({ option }) => option.grid)).toEqual(['a', 'a2'])
  near(areaSquareMetres(division.grids[3]!.geometry), areaSquareMetres(box(50, 0, 104, 100)))
  expect(checkDivision(division).problems).toEqual([])
})
