import { describe, expect, test } from 'vitest'
import { barrierOf, barriersOfRoads, barriersOfWater } from '../../../server/core/planning/barrier-rank.ts'
import { at, box, ring, type Step } from './atoms-cases.ts'

describe('barrierOf', () => {
  test('ranks go from what nobody mistakes to what a field swallows', () => {
    const words = ['trunk', 'primary', 'secondary', 'residential', 'track', 'path']
    expect(words.map((word) => barrierOf(word)?.rank)).toEqual([0, 1, 2, 3, 4, 5])
  })

  test.each([
    ['国道', 'trunk'],
    ['街巷', 'residential'],
    ['机耕路', 'track'],
    ['铁路', 'rail'],
    ['河流', 'river'],
    ['围墙', 'wall'],
    [' Primary_Link ', 'primary'],
  ])('%s is %s', (word, same) => {
    expect(barrierOf(word)).not.toBeNull()
    expect(barrierOf(word)).toEqual(barrierOf(same))
  })

  test('rivers, railways and motorways cannot be crossed, streets and walls can', () => {
    for (const word of ['river', 'canal', 'rail', 'motorway']) expect(barrierOf(word)!.crossable).toBe(false)
    for (const word of ['trunk', 'residential', 'stream', 'wall'])
      expect(barrierOf(word)!.crossable).toBe(true)
  })

  test('what is no line on the ground bounds nothing', () => {
    for (const word of ['proposed', 'subway', 'corridor', '', '其他']) expect(barrierOf(word)).toBeNull()
  })
})

describe('barriersOfRoads', () => {
  const path = (...lines: Step[][]) => ({
    type: 'MultiLineString' as const,
    coordinates: lines.map((steps) => steps.map((step) => [...at(step)])),
  })

  test('one barrier a line; a road without a class is weak, one that bounds nothing is left out', () => {
    const roads = [
      {
        id: 'r1',
        name: '学前街',
        class: 'residential',
        path: path(
          [
            [0, 0],
            [1, 0],
          ],
          [
            [2, 0],
            [3, 0],
          ],
        ),
      },
      {
        id: 'r2',
        path: path([
          [0, 1],
          [1, 1],
        ]),
      },
      {
        id: 'r3',
        class: 'proposed',
        path: path([
          [0, 2],
          [1, 2],
        ]),
      },
    ]
    expect(barriersOfRoads(roads).map(({ id, name, rank }) => [id, name, rank])).toEqual([
      ['r1/1', '学前街', 3],
      ['r1/2', '学前街', 3],
      ['r2', null, 4],
    ])
  })
})

describe('barriersOfWater', () => {
  test('banks of rivers and lakes; ponds and ditches are left out', () => {
    // A step is some 98 m east and 111 m north.
    const bodies = [
      { id: 'river', name: '漱溪', boundary: box(0, 0, 20, 0.2) },
      // 49 m × 55 m: half an outline of 104 m.
      { id: 'pond', boundary: box(0, 2, 0.5, 2.5) },
      // 2 km × 2 m.
      { id: 'ditch', boundary: box(0, 4, 20, 4.02) },
    ]
    const island = ring([8, 8], [8.5, 8], [8.5, 8.5], [8, 8.5]).coordinates[0]!
    const lake = { type: 'Polygon' as const, coordinates: [...box(6, 6, 10, 10).coordinates, island] }
    const barriers = barriersOfWater([...bodies, { id: 'lake', boundary: lake }])
    expect(barriers.map(({ id }) => id)).toEqual(['river/1/1', 'lake/1/1', 'lake/1/2'])
    expect(barriers[0]).toMatchObject({ name: '漱溪', kind: 'water', rank: 0, crossable: false })
    expect(barriers[0]!.path).toHaveLength(5)
  })
})
