import { describe, expect, test } from 'vitest'
import { checkDivision } from '../../../server/core/coverage/check-division.ts'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import { distanceMetres } from '../../../server/core/geometry/distance-metres.ts'
import type { LngLat } from '../../../server/core/values.ts'
import {
  at,
  atomNear,
  atomsOf,
  borderOf,
  box,
  codes,
  line,
  ring,
  row,
  type Step,
  site,
} from './atoms-cases.ts'

const metres = (p: Step, q: Step): number => distanceMetres(...at(p), ...at(q))
const cross = [line('east', 'residential', [-1, 2], [5, 2]), line('north', 'tertiary', [2, -1], [2, 5])]

describe('streets', () => {
  test('two that cross without a common node cut a village into four', () => {
    const atoms = atomsOf({ barriers: cross })
    const { graph, notes } = atoms
    expect(graph.atoms).toHaveLength(4)
    for (const [x, y] of [
      [0, 0],
      [2, 0],
      [0, 2],
      [2, 2],
    ] as const)
      expect(areaSquareMetres(atomNear(atoms, [x + 1, y + 1]).geometry)).toBeCloseTo(
        areaSquareMetres(box(x, y, x + 2, y + 2)),
        3,
      )
    // Four sides meet pairwise along the two streets; the corners that touch in the middle are no border.
    expect(graph.borders).toHaveLength(4)
    expect(notes).toEqual([])
  })

  test('a border has its length, its street and its rank', () => {
    const atoms = atomsOf({ barriers: cross })
    const border = borderOf(atoms, atomNear(atoms, [1, 1]), atomNear(atoms, [1, 3]))!
    expect(border.lengthMetres).toBeCloseTo(metres([0, 2], [2, 2]), 6)
    expect(border.barrierMetres).toBeCloseTo(border.lengthMetres, 6)
    expect(border).toMatchObject({ name: 'east', rank: 3, crossable: true })
  })

  test('of several barriers along one border, the name that most of it lies on', () => {
    // 1 step of 'a', then 3 of 'b' in two pieces.
    const barriers = [
      line('a', 'residential', [0, 2], [1, 2]),
      { ...line('b1', 'service', [1, 2], [2, 2]), rank: 3, name: 'b' },
      { ...line('b2', 'service', [2, 2], [4, 2]), rank: 3, name: 'b' },
    ]
    const { graph } = atomsOf({ barriers })
    expect(graph.borders).toHaveLength(1)
    expect(graph.borders[0]).toMatchObject({ name: 'b', rank: 3 })
    expect(graph.borders[0]!.barrierMetres).toBeCloseTo(metres([0, 2], [4, 2]), 6)
  })

  test('a border beside a street lies on it: 5 m are beside, 20 m and lines across are not', () => {
    // 0.045 steps are 5.0 m northward, 0.18 are 20 m; the site's outline is the border.
    const barriers = [line('street', 'residential', [0, 2], [4, 2])]
    const borderAt = (gap: number) => {
      const atoms = atomsOf({ barriers, sites: [site('school', box(0, 2 + gap, 4, 4))] })
      return borderOf(atoms, atomNear(atoms, [2, 1]), atomNear(atoms, [2, 3.05]))
    }
    expect(borderAt(0.045)).toMatchObject({ name: 'street', rank: 3 })
    expect(borderAt(0.045)!.barrierMetres).toBeCloseTo(metres([0, 2.045], [4, 2.045]), 3)
    const strip = atomsOf({ barriers, sites: [site('school', box(0, 2.18, 4, 4))] })
    const border = borderOf(strip, atomNear(strip, [2, 2.09]), atomNear(strip, [2, 3.1]))
    expect(border).toMatchObject({ name: null, rank: null, barrierMetres: 0 })
  })

  test('a dead end bounds nothing, nor does a tree of dead ends, and the outline keeps its four corners', () => {
    const atoms = atomsOf({
      barriers: [
        line('dead', 'residential', [2, -1], [2, 3]),
        line('branch', 'residential', [2, 2], [3, 2]),
        line('twig', 'residential', [3, 2], [3, 3]),
        line('lonely', 'residential', [0.5, 0.5], [1, 1]),
      ],
    })
    expect(atoms.graph.atoms.map(({ geometry }) => geometry.coordinates[0]!.length)).toEqual([5])
    expect(codes(atoms)).toEqual(['village_without_barriers'])
  })

  test('a street drawn 2 m short of the boundary, or of another street, is lengthened to it; 5 m are a dead end', () => {
    // 0.018 steps are 2.0 m northward, 0.045 are 5.0 m.
    const short = (gap: number) => [
      line('long', 'residential', [2, gap], [2, 4 - gap]),
      line('branch', 'residential', [2 + gap, 2], [4, 2]),
    ]
    const closed = atomsOf({ barriers: short(0.018) })
    expect(closed.graph.atoms).toHaveLength(3)
    expect(closed.notes.map(({ code, ids }) => [code, ids])).toEqual([
      ['barrier_lengthened', ['branch', 'long']],
    ])
    expect(atomsOf({ barriers: short(0.045) }).graph.atoms).toHaveLength(1)
  })

  test('a street that ends a micrometre short of the boundary gives way, not the boundary', () => {
    // 8e-12 degrees are 0.8 micrometres: an edge of 443 m bent by them would cost 1.8e-4 m².
    const street = line('street', 'residential', [0, 2], [4, 2])
    const [[west, y], [east]] = street.path as [LngLat, LngLat]
    const short: LngLat[] = [
      [west + 8e-12, y],
      [east - 8e-12, y],
    ]
    const { atoms } = atomsOf({ barriers: [{ ...street, path: short }] }).graph
    const area = atoms.reduce((sum, { geometry }) => sum + areaSquareMetres(geometry), 0)
    expect(atoms).toHaveLength(2)
    expect(Math.abs(area - areaSquareMetres(box(0, 0, 4, 4)))).toBeLessThan(1e-6)
    const grids = atoms.map(({ id, geometry }) => ({ code: id, geometry }))
    expect(checkDivision({ grids, within: box(0, 0, 4, 4) }).problems).toEqual([])
  })

  test('a street that ends a hair beside a corner of the village does not move it', () => {
    // 3e-12 degrees, a third of a micrometre: one place. One street comes first from west to east, the other begins where an edge ends.
    const near = ([x, y]: Step, by: number) => [at([x, y])[0], at([x, y])[1] + by] as const
    const west = { ...line('west', 'residential'), path: [at([-1, 1]), near([0, 0], 3e-12)] }
    const east = { ...line('east', 'residential'), path: [near([4, 4], -3e-12), at([5, 5])] }
    const { graph } = atomsOf({ barriers: [west, east] })
    const corners = graph.atoms[0]!.geometry.coordinates[0]
    for (const corner of [at([0, 0]), at([4, 4])]) expect(corners).toContainEqual([...corner])
  })

  test('a vertex stands where three lines meet, and nowhere else', () => {
    const atoms = atomsOf({ barriers: [cross[0]!, line('path', 'path', [1, -1], [1, 5])] })
    // Five corners each: the path crosses boundary and street, but cuts nothing.
    for (const { geometry } of atoms.graph.atoms) expect(geometry.coordinates[0]).toHaveLength(5)
  })

  test('paths cut only a block of more than thirty households, and not between empty pieces', () => {
    const paths = [1, 2, 3].map((x) => line(`path${x}`, 'path', [x, 0], [x, 4]))
    const few = row('h', 30, [0.2, 1], [1.8, 1])
    expect(atomsOf({ barriers: paths, households: few }).graph.atoms).toHaveLength(1)
    // 31: 0–1 and 1–2 have households, 2–3 and 3–4 none, so path 3 stays out.
    const atoms = atomsOf({ barriers: paths, households: row('h', 31, [0.2, 1], [1.8, 1]) })
    expect(atoms.graph.atoms.map(({ households }) => households).toSorted((p, q) => p - q)).toEqual([
      0, 15, 16,
    ])
    expect(areaSquareMetres(atomNear(atoms, [3, 2]).geometry)).toBeCloseTo(
      areaSquareMetres(box(2, 0, 4, 4)),
      3,
    )
  })

  test('drives are tried before paths', () => {
    const barriers = [line('drive', 'service', [2, 0], [2, 4]), line('path', 'path', [1, 0], [1, 4])]
    const atoms = atomsOf({ barriers, households: row('h', 40, [0.1, 1], [3.9, 1]) })
    expect(atoms.graph.atoms.map(({ households }) => households)).toEqual([20, 20])
  })
})

describe('slivers', () => {
  // Two lanes 0.08 steps (8 m) apart: 4 × 111 m × 8 m = 3,500 m², compactness 0.056, 3,500 × 0.056 / 0.4 = 490 < 1,000.
  const lanes = [line('up', 'primary', [2, 0], [2, 4]), line('down', 'primary', [2.08, 0], [2.08, 4])]

  test('the strip between two lanes joins one side, and the merge is told', () => {
    const atoms = atomsOf({ barriers: lanes, households: row('h', 1, [2.02, 2], [2.06, 2]) })
    expect(atoms.graph.atoms).toHaveLength(2)
    expect(codes(atoms)).toEqual(['sliver_merged'])
    expect(atoms.notes[0]).toMatchObject({ households: 1 })
    expect(atoms.notes[0]!.areaSquareMetres).toBeCloseTo(areaSquareMetres(box(2, 0, 2.08, 4)), 3)
    expect(atoms.notes[0]!.ids).toEqual([atoms.graph.atoms.find(({ households }) => households === 1)!.id])
  })

  test('a sliver rather joins across a lane than across a main road, though that line is longer', () => {
    // A wedge on the main road (0.6 steps), the lane's two sides (0.32 each) with a street between: west wins by its lower number.
    const wedge = [
      line('main', 'primary', [0, 2], [4, 2]),
      line('lane', 'residential', [1, 2], [1.3, 2.1], [1.6, 2]),
      line('street', 'residential', [1.3, 2.1], [1.3, 4]),
    ]
    const atoms = atomsOf({ barriers: wedge })
    expect(atoms.graph.atoms).toHaveLength(3)
    const south = atomNear(atoms, [2, 1])
    expect(areaSquareMetres(south.geometry)).toBeCloseTo(areaSquareMetres(box(0, 0, 4, 2)), 3)
  })

  test('a small court of houses stays: 0.4 × 0.4 steps, 1,745 m²', () => {
    const court = line('court', 'residential', [2, 2], [2.4, 2], [2.4, 2.4], [2, 2.4], [2, 2])
    expect(atomsOf({ barriers: [court] }).graph.atoms).toHaveLength(2)
  })

  test('two halves of a small court become one that stays: 0.31 × 0.31 steps, 1,050 m²', () => {
    // Each half, some 520 m², joins the other across the lane rather than anything across the main road around them.
    const court = line('court', 'primary', [2, 2], [2.31, 2], [2.31, 2.31], [2, 2.31], [2, 2])
    const lane = line('lane', 'residential', [2.155, 2], [2.155, 2.31])
    const areas = atomsOf({ barriers: [court, lane] }).graph.atoms.map(({ geometry }) =>
      areaSquareMetres(geometry),
    )
    expect(areas).toHaveLength(2)
    expect(Math.min(...areas)).toBeCloseTo(areaSquareMetres(box(2, 2, 2.31, 2.31)), 3)
  })

  test('never into a site or another village', () => {
    const villages = [
      { code: 'A', boundary: box(0, 0, 4, 4) },
      { code: 'B', boundary: box(4, 0, 4.1, 0.1) },
    ]
    const sites = [site('school', box(0, 0, 4, 3.99))]
    const atoms = atomsOf({ villages, sites })
    expect(atoms.graph.atoms.map(({ village, site: own }) => `${village} ${own}`).sort()).toEqual([
      'A null',
      'A school',
      'B null',
    ])
    expect(codes(atoms).filter((code) => code === 'sliver_kept')).toHaveLength(2)
  })
})

describe('sites', () => {
  test('are cut out exactly, whatever runs through them', () => {
    const school = ring([1, 1], [3, 1.2], [2.5, 3])
    const atoms = atomsOf({ barriers: cross, sites: [site('school', school)] })
    const own = atoms.graph.atoms.filter((atom) => atom.site === 'school')
    expect(own).toHaveLength(1)
    expect(areaSquareMetres(own[0]!.geometry)).toBeCloseTo(areaSquareMetres(school), 3)
    expect(codes(atoms)).toEqual([])
  })

  test('one that reaches over the boundary is clipped to the village that has most of it', () => {
    const villages = [
      { code: 'A', boundary: box(0, 0, 4, 4) },
      { code: 'B', boundary: box(4, 0, 8, 4) },
    ]
    const atoms = atomsOf({ villages, sites: [site('market', box(2, 1, 5, 2))] })
    const [own, ...others] = atoms.graph.atoms.filter((atom) => atom.site === 'market')
    expect(others).toEqual([])
    expect(own!.village).toBe('A')
    expect(areaSquareMetres(own!.geometry)).toBeCloseTo(areaSquareMetres(box(2, 1, 4, 2)), 3)
    const note = atoms.notes.find(({ code }) => code === 'site_clipped')!
    expect(note.ids).toEqual(['market', 'A'])
    expect(note.areaSquareMetres).toBeCloseTo(areaSquareMetres(box(4, 1, 5, 2)), 3)
  })

  test('of two that overlap the first by id has the ground, in any order', () => {
    const sites = [site('s2', box(1, 1, 3, 2)), site('s1', box(2, 1, 3.5, 2))]
    for (const given of [sites, sites.toReversed()]) {
      const atoms = atomsOf({ sites: given })
      const areaOf = (id: string): number =>
        areaSquareMetres(atoms.graph.atoms.find((atom) => atom.site === id)!.geometry)
      expect(areaOf('s1')).toBeCloseTo(areaSquareMetres(box(2, 1, 3.5, 2)), 3)
      expect(areaOf('s2')).toBeCloseTo(areaSquareMetres(box(1, 1, 2, 2)), 3)
      expect(atoms.notes.find(({ code }) => code === 'sites_overlap')!.ids).toEqual(['s1', 's2'])
    }
  })

  test('one outside every village is told', () => {
    expect(codes(atomsOf({ barriers: cross, sites: [site('far', box(9, 9, 10, 10))] }))).toEqual([
      'site_outside',
    ])
  })
})

describe('water and rails', () => {
  const banks = [
    line('south bank', 'river', [-1, 1.8], [5, 1.8]),
    line('north bank', 'river', [-1, 2.2], [5, 2.2]),
  ]
  const both = [...row('s', 1, [1, 1], [1, 1]), ...row('n', 1, [1, 3], [1, 3])]

  test('a river without a bridge: its water may go with one side, and the other bank cannot be crossed', () => {
    const south = row('s', 2, [1, 1], [3, 1])
    const north = row('n', 3, [1, 3], [3, 3])
    const atoms = atomsOf({ barriers: banks, households: [...south, ...north] })
    expect(atoms.graph.atoms.map(({ households }) => households).toSorted((p, q) => p - q)).toEqual([0, 2, 3])
    expect(
      atoms.graph.borders.map(({ crossable }) => crossable).toSorted((p, q) => Number(p) - Number(q)),
    ).toEqual([false, true])
    // Two sides with people, and no way between them: the smaller is told.
    expect(atoms.notes.map(({ code, households }) => [code, households])).toEqual([
      ['cut_off_joined', 0],
      ['cut_off', 2],
    ])
  })

  test('a field behind a railway goes with the other side, all its pieces with it', () => {
    const rail = line('rail', 'rail', [0, 2], [4, 2])
    const street = line('street', 'residential', [2, 2], [2, 4])
    const atoms = atomsOf({ barriers: [rail, street], households: row('h', 2, [1, 1], [3, 1]) })
    // Two fields with the street between, each with its half of the railway: one of those is opened.
    expect(
      atoms.graph.borders.map(({ crossable }) => crossable).toSorted((p, q) => Number(p) - Number(q)),
    ).toEqual([false, true, true])
    expect(codes(atoms)).toEqual(['cut_off_joined'])
  })

  test('a bridge makes both banks crossable where it stands, even when its street ends behind it', () => {
    const bridge = line('bridge', 'residential', [2, 0], [2, 2.6])
    const atoms = atomsOf({ barriers: [...banks, bridge] })
    expect(atoms.graph.atoms.length).toBeGreaterThan(2)
    expect(atoms.graph.borders.every(({ crossable }) => crossable)).toBe(true)
  })

  test('a street that ends at the railway is no crossing, one that goes on is', () => {
    const rail = line('rail', 'rail', [0, 2], [4, 2])
    const crossable = (north: number): boolean[] => {
      const street = line('street', 'residential', [2, 1], [2, north])
      return atomsOf({ barriers: [rail, street], households: both }).graph.borders.map(
        (border) => border.crossable,
      )
    }
    expect(crossable(2)).toEqual([false])
    expect(crossable(3)).toEqual([true])
  })

  test('two streets that reach the railway from the same side are no crossing', () => {
    const rail = line('rail', 'rail', [0, 2], [4, 2])
    const streets = [line('one', 'residential', [1, 1], [2, 2]), line('two', 'residential', [3, 1], [2, 2])]
    expect(atomsOf({ barriers: [rail, ...streets], households: both }).graph.borders).toEqual([
      expect.objectContaining({ crossable: false }),
    ])
  })
})
