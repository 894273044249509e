/** Lines of the editor: dashes of microgrids, a course laid on the streets it runs along. */
import { describe, expect, it } from 'vitest'
import { distanceMetres } from '../../server/core/geometry/distance-metres.ts'
import type { Barrier } from '../../server/core/planning/values.ts'
import type { LngLat } from '../../server/core/values.ts'
import { alongStreets } from '../../web/screens/plan/editor/along-streets.ts'
import { dashesOf, microgridDashes } from '../../web/screens/plan/editor/dashes.ts'

const metres = (path: readonly number[]): number => {
  let sum = 0
  for (let i = 2; i < path.length; i += 2)
    sum += distanceMetres(path[i - 2]!, path[i - 1]!, path[i]!, path[i + 1]!)
  return sum
}

describe('dashes', () => {
  // 0.001° of latitude at 30° are 110.85 m.
  const line = [119.6, 29.9, 119.6, 29.901]

  it('are of one length, begin with the line, and leave gaps of one length', () => {
    const dashes = dashesOf(line, 8, 5)
    // 110.85 m hold eight pairs of 13 m, and 6.85 m of a ninth dash.
    expect(dashes).toHaveLength(9)
    expect(dashes[0]?.slice(0, 2)).toEqual([119.6, 29.9])
    expect(dashes.at(-1)?.slice(-2)).toEqual([119.6, 29.901])
    for (const dash of dashes.slice(0, -1)) expect(metres(dash)).toBeCloseTo(8, 1)
    const gap = metres([...dashes[0]!.slice(-2), ...dashes[1]!.slice(0, 2)])
    expect(gap).toBeCloseTo(5, 1)
  })

  it('go round a corner within one dash', () => {
    const corner = [119.6, 29.90003]
    const [first] = dashesOf([119.6, 29.9, ...corner, 119.601, 29.90003], 8, 5)
    expect(first?.slice(2, 4)).toEqual(corner)
    expect(first).toHaveLength(6)
  })

  it('of a line shorter than a dash are the line', () => {
    expect(dashesOf([119.6, 29.9, 119.60001, 29.9], 8, 5)).toEqual([[119.6, 29.9, 119.60001, 29.9]])
  })
})

it('only lines between microgrids are dashed, the same list as long as the lines are the same', () => {
  const lines = [
    { style: 'grid', path: [119.6, 29.9, 119.6, 29.901] },
    { style: 'microgrid', path: [119.6, 29.9, 119.60001, 29.9] },
  ]
  expect(microgridDashes(lines)).toEqual([[119.6, 29.9, 119.60001, 29.9]])
  expect(microgridDashes(lines)).toBe(microgridDashes(lines))
})

describe('a course along streets', () => {
  const street: Barrier = {
    id: 'r1',
    kind: 'road',
    name: '茶亭路',
    rank: 3,
    crossable: true,
    path: [
      [119.6, 29.9],
      [119.601, 29.9],
      [119.602, 29.901],
      [119.603, 29.901],
    ],
  }
  /** About 5.5 m. */
  const reach = 0.00005
  const from: LngLat = [119.5999, 29.9]

  it('takes the street’s own vertices between two places on it, and its name', () => {
    const drawn: [LngLat, ...LngLat[]] = [
      from,
      [119.6005, 29.90003],
      [119.6025, 29.90097],
      [119.6035, 29.9015],
    ]
    const { path, street: followed } = alongStreets(drawn, [street], reach)
    expect(path).toEqual([
      [expect.closeTo(119.6005, 6), expect.closeTo(29.9, 6)],
      [119.601, 29.9],
      [119.602, 29.901],
      [expect.closeTo(119.6025, 6), expect.closeTo(29.901, 6)],
    ])
    expect(followed).toEqual({ name: '茶亭路', rank: 3 })
  })

  it('stays as drawn where no street is near, and names none', () => {
    const away: [LngLat, ...LngLat[]] = [from, [119.6005, 29.95], [119.6035, 29.95]]
    expect(alongStreets(away, [street], reach)).toEqual({ path: [[119.6005, 29.95]], street: null })
    expect(alongStreets([from, [119.6005, 29.9], [119.6035, 29.95]], [], reach).path).toEqual([
      [119.6005, 29.9],
    ])
  })

  it('leaves both ends where they are', () => {
    const ends: [LngLat, ...LngLat[]] = [
      [119.6001, 29.90002],
      [119.6021, 29.90103],
    ]
    // Both lie near the street: what comes between are its vertices, not their places on it.
    expect(alongStreets(ends, [street], reach).path).toEqual([
      [119.601, 29.9],
      [119.602, 29.901],
    ])
  })
})
