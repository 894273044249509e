import type { Polygon } from 'geojson'
import { describe, expect, test } from 'vitest'
import { checkDivision } from '../../../server/core/coverage/check-division.ts'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import type { Atoms } from '../../../server/core/planning/atoms/input.ts'
import { at, atomNear, atomsOf, box, codes, line, ring, row, type Step, site } from './atoms-cases.ts'

const street = line('street', 'residential', [2, -1], [2, 5])

describe('natural villages', () => {
  test('one that a street runs through is two atoms of one group', () => {
    const { graph, notes } = atomsOf({
      barriers: [street],
      naturalVillages: [site('hamlet', box(1, 1, 3, 3))],
      households: row('h', 10, [1, 2], [3, 2]),
    })
    expect(graph.atoms.map(({ group, households }) => [group, households])).toEqual([
      ['hamlet', 5],
      ['hamlet', 5],
    ])
    expect(notes).toEqual([])
  })

  test('the atom goes with the village that has most of its households; one without stays free', () => {
    const atoms = atomsOf({
      barriers: [street],
      naturalVillages: [site('hamlet', box(0.5, 1, 1.5, 2))],
      households: [...row('in', 3, [0.5, 1.5], [1.5, 1.5]), ...row('out', 9, [0.5, 3], [1.5, 3])],
    })
    expect(atomNear(atoms, [1, 2])).toMatchObject({ group: 'hamlet', households: 12 })
    expect(atomNear(atoms, [3, 2])).toMatchObject({ group: null, households: 0 })
  })

  test('of two in one block each keeps its own ground: their outlines cut', () => {
    const [upper, lower] = [box(1, 2.5, 3, 3.5), box(1, 0.5, 3, 1.5)]
    const atoms = atomsOf({
      naturalVillages: [site('upper', upper), site('lower', lower)],
      households: [...row('u', 4, [1, 3], [3, 3]), ...row('l', 5, [1, 1], [3, 1])],
    })
    const summary = atoms.graph.atoms.map(({ group, households }) => `${group} ${households}`).sort()
    expect(summary).toEqual(['lower 5', 'null 0', 'upper 4'])
    const own = atoms.graph.atoms.find(({ group }) => group === 'upper')!
    expect(areaSquareMetres(own.geometry)).toBeCloseTo(areaSquareMetres(upper), 3)
    expect(codes(atoms)).toEqual(['village_without_barriers'])
  })

  test('on both banks of a river: one group with the water between where a bridge is, else one on each bank', () => {
    const banks = [line('south', 'river', [0, 1.9], [4, 1.9]), line('north', 'river', [0, 2.1], [4, 2.1])]
    const naturalVillages = [site('hamlet', box(1.5, 1, 2.5, 3))]
    const households = [...row('s', 3, [1.6, 1.5], [2.4, 1.5]), ...row('n', 4, [1.6, 2.5], [2.4, 2.5])]
    const groups = ({ graph }: Atoms): string[] =>
      graph.atoms.map((atom) => `${atom.group} ${atom.households}`).sort()
    const bridge = line('bridge', 'footway', [2, 1], [2, 3])
    expect(groups(atomsOf({ barriers: [...banks, bridge], naturalVillages, households }))).toEqual([
      'hamlet 0',
      'hamlet 3',
      'hamlet 4',
    ])
    const apart = atomsOf({ barriers: banks, naturalVillages, households })
    expect(groups(apart)).toEqual(['hamlet 4', 'hamlet#2 3', 'null 0'])
    expect(apart.notes.find(({ code }) => code === 'group_apart')!.ids).toEqual(['hamlet', 'hamlet#2'])
  })

  test('over the boundary of two villages it is a group in each', () => {
    const villages = [
      { code: 'A', boundary: box(0, 0, 4, 4) },
      { code: 'B', boundary: box(4, 0, 8, 4) },
    ]
    const atoms = atomsOf({
      villages,
      naturalVillages: [site('hamlet', box(3, 1, 6, 3))],
      households: row('h', 9, [3, 2], [6, 2]),
    })
    // Nine households in three steps: three in A, six in B.
    expect(atoms.graph.atoms.map(({ village, group, households }) => [village, group, households])).toEqual([
      ['A', 'hamlet@A', 3],
      ['B', 'hamlet', 6],
    ])
    expect(atoms.notes.find(({ code }) => code === 'group_across_villages')!.ids).toEqual([
      'hamlet',
      'B',
      'A',
    ])
  })

  test('one of more households than a grid may have is told', () => {
    const naturalVillages = [site('town', box(1, 1, 3, 3))]
    const few = atomsOf({ barriers: [street], naturalVillages, households: row('h', 500, [1, 2], [3, 2]) })
    const many = atomsOf({ barriers: [street], naturalVillages, households: row('h', 502, [1, 2], [3, 2]) })
    expect(codes(few)).toEqual([])
    expect(many.notes.map(({ code, households }) => [code, households])).toEqual([['group_too_large', 502]])
  })
})

describe('buildings', () => {
  const house = (x: number, y: number) => site('house', box(x - 0.1, y - 0.1, x + 0.1, y + 0.1))

  test('a path that runs through one does not cut', () => {
    const path = line('path', 'path', [2, 0], [2, 4])
    const households = row('h', 40, [0, 1], [4, 1])
    expect(atomsOf({ barriers: [path], households }).graph.atoms).toHaveLength(2)
    expect(atomsOf({ barriers: [path], households, buildings: [house(2, 2)] }).graph.atoms).toHaveLength(1)
    // Its wall along the path is not in the way.
    expect(atomsOf({ barriers: [path], households, buildings: [house(2.1, 2)] }).graph.atoms).toHaveLength(2)
  })

  test('a street that runs through one is told, with the atoms', () => {
    const atoms = atomsOf({ barriers: [street], buildings: [house(2, 2), house(1, 1)] })
    expect(atoms.notes).toHaveLength(1)
    expect(atoms.notes[0]).toMatchObject({
      code: 'building_cut',
      ids: ['house', ...atoms.graph.atoms.map(({ id }) => id)],
    })
  })
})

describe('households', () => {
  test('are counted with their persons and visits where they stand', () => {
    const atoms = atomsOf({ barriers: [street], households: row('h', 4, [0, 1], [2, 1]) })
    // `row`: three persons each, the first to be visited.
    expect(atomNear(atoms, [1, 2])).toMatchObject({ households: 4, persons: 12, mustVisit: 1 })
    expect(atomNear(atoms, [3, 2])).toMatchObject({ households: 0, persons: 0, mustVisit: 0 })
    expect([...atoms.atomOfHousehold]).toEqual(
      Array(4).fill(atoms.graph.atoms.indexOf(atomNear(atoms, [1, 2]))),
    )
  })

  test('one on a street counts to the atom whose id comes first, on the outer boundary to the only one', () => {
    const [x, y] = at([2, 3])
    const onStreet = { id: 'mid', longitude: x, latitude: y, persons: 1, mustVisit: false }
    const [west, south] = at([0, 1])
    const onEdge = { id: 'edge', longitude: west, latitude: south, persons: 1, mustVisit: false }
    const atoms = atomsOf({ barriers: [street], households: [onStreet, onEdge] })
    const western = atoms.graph.atoms.indexOf(atomNear(atoms, [1, 2]))
    expect([...atoms.atomOfHousehold]).toEqual([0, western])
    expect(atoms.notes.map(({ code, ids }) => [code, ids])).toEqual([['household_on_line', ['mid']]])
  })

  test('outside, at (0, 0), without a place and doubled ones are told and not counted', () => {
    const base = { persons: 1, mustVisit: false }
    const [longitude, latitude] = at([1, 1])
    const atoms = atomsOf({
      barriers: [street],
      households: [
        { ...base, id: 'zero', longitude: 0, latitude: 0 },
        { ...base, id: 'far', longitude: 113, latitude },
        { ...base, id: 'none', longitude: Number.NaN, latitude: Number.NaN },
        { ...base, id: 'twice', longitude, latitude },
        { ...base, id: 'twice', longitude, latitude },
      ],
    })
    expect(atoms.graph.atoms.reduce((sum, atom) => sum + atom.households, 0)).toBe(1)
    expect(atoms.notes.map(({ code, ids }) => [code, ids])).toEqual([
      ['household_at_zero', ['zero']],
      ['household_doubled', ['twice']],
      ['household_outside', ['far', 'none']],
    ])
  })
})

describe('ids', () => {
  const idAt = (atoms: Atoms, step: Step): string => atomNear(atoms, step).id

  test('of ground stay the same when the neighbour is cut by a street that ends at the common line', () => {
    const before = atomsOf({ barriers: [street] })
    const after = atomsOf({ barriers: [street, line('new', 'residential', [0, 2], [2, 2])] })
    expect(after.graph.atoms).toHaveLength(3)
    expect(idAt(after, [3, 2])).toBe(idAt(before, [3, 2]))
    expect(before.graph.atoms.map(({ id }) => id)).not.toContain(idAt(after, [1, 1]))
  })

  test('begin with the village and tell concentric rings apart', () => {
    const rings = [1.5, 1, 0.5].map((r) =>
      line(
        `ring${r}`,
        'residential',
        [2 - r, 2 - r],
        [2 + r, 2 - r],
        [2 + r, 2 + r],
        [2 - r, 2 + r],
        [2 - r, 2 - r],
      ),
    )
    const ids = atomsOf({ barriers: rings }).graph.atoms.map(({ id }) => id)
    expect(new Set(ids).size).toBe(4)
    for (const id of ids) expect(id).toMatch(/^A-[0-9a-z]{14}$/)
  })
})

describe('bad input', () => {
  test('nothing at all', () => {
    expect(atomsOf({ villages: [] })).toMatchObject({ graph: { atoms: [], borders: [] }, notes: [] })
  })

  test('villages that overlap and leave a gap are told, and each is whole by its own outline', () => {
    const villages = [
      { code: 'A', boundary: box(0, 0, 4, 2) },
      { code: 'B', boundary: ring([0, 2], [1, 2.05], [2, 2], [2, 1.5], [4, 1.5], [4, 4], [0, 4]) },
    ]
    const atoms = atomsOf({ villages, barriers: [line('street', 'residential', [1.5, 0], [1.5, 4])] })
    for (const { code, boundary } of villages) {
      const own = atoms.graph.atoms.filter(({ village }) => village === code)
      const grids = own.map(({ id, geometry }) => ({ code: id, geometry }))
      expect(checkDivision({ grids, within: boundary }).problems).toEqual([])
    }
    const told = atoms.notes.filter(({ code }) => code === 'villages_disagree')
    expect(told.map(({ ids }) => ids)).toEqual([
      ['A', 'B'],
      ['A', 'B'],
    ])
  })

  test('lines of no extent, doubled, reversed, or with places that are none', () => {
    const doubled = { ...street, id: 'again', name: 'again', path: street.path.toReversed() }
    const atoms = atomsOf({
      barriers: [
        street,
        doubled,
        line('point', 'residential', [1, 1], [1, 1]),
        { ...line('nan', 'residential'), path: [[Number.NaN, 28] as const, at([1, 1])] },
        { ...line('empty', 'residential'), path: [] },
      ],
    })
    expect(atoms.graph.atoms).toHaveLength(2)
    expect(atoms.graph.borders[0]).toMatchObject({ name: 'again' })
    expect(atoms.notes.map(({ code, ids }) => [code, ids])).toEqual([
      ['barrier_unusable', ['empty']],
      ['barrier_unusable', ['nan']],
      ['barrier_unusable', ['point']],
    ])
  })

  test('outlines that cross themselves, are not closed, or are no outlines', () => {
    const bow = ring([0, 0], [4, 4], [4, 0], [0, 4])
    const open: Polygon = { type: 'Polygon', coordinates: [box(5, 0, 7, 2).coordinates[0]!.slice(0, 4)] }
    const nothing: Polygon = { type: 'Polygon', coordinates: [] }
    const atoms = atomsOf({
      villages: [
        { code: 'bow', boundary: bow },
        { code: 'open', boundary: open },
        { code: 'nothing', boundary: nothing },
      ],
      buildings: [site('house', nothing)],
      sites: [site('nowhere', { type: 'Polygon', coordinates: [[[Number.NaN, 0]]] })],
    })
    // A bow covers its two triangles; an open ring is closed.
    expect(atoms.graph.atoms.map(({ village }) => village)).toEqual(['bow', 'bow', 'open'])
    const flawed = atoms.notes.filter(({ code }) => code === 'geometry_flawed')
    expect(flawed.map(({ ids }) => ids[0])).toEqual(['bow', 'nothing', 'nowhere', 'open'])
  })

  test('a village in two parts, and one given in two pieces that fit together', () => {
    const parts = [
      { code: 'A', boundary: box(0, 0, 2, 2) },
      { code: 'A', boundary: box(2, 0, 4, 2) },
      { code: 'A', boundary: box(6, 0, 8, 2) },
    ]
    const atoms = atomsOf({ villages: parts })
    const areas = atoms.graph.atoms.map(({ geometry }) => areaSquareMetres(geometry))
    expect(areas.toSorted((p, q) => p - q)).toEqual(
      [box(6, 0, 8, 2), box(0, 0, 4, 2)].map((one) => expect.closeTo(areaSquareMetres(one), 3)),
    )
    expect(atoms.graph.borders).toEqual([])
  })
})
