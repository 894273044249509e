/** Random street nets over villages that share wiggly boundaries. */
import fc from 'fast-check'
import type { Polygon } from 'geojson'
import { expect, test } from 'vitest'
import { checkDivision } from '../../../server/core/coverage/check-division.ts'
import { dissolve } from '../../../server/core/coverage/dissolve.ts'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import { distanceMetres } from '../../../server/core/geometry/distance-metres.ts'
import type { AtomInput } from '../../../server/core/planning/atoms/input.ts'
import { makeAtoms } from '../../../server/core/planning/atoms/make-atoms.ts'
import { wigglyDivision } from '../coverage/wiggly-division.ts'
import { box, line, type Step, site } from './atoms-cases.ts'

/** Three by two villages of 4 × 4 steps from (0, 0). */
const towns = [1, 2, 3].map((seed) =>
  wigglyDivision({ columns: 3, rows: 2, inner: 3, seed, west: 112, south: 28, step: 0.004 }),
)

const step: fc.Arbitrary<Step> = fc.tuple(
  fc.double({ min: -0.5, max: 12.5, noNaN: true }),
  fc.double({ min: -0.5, max: 8.5, noNaN: true }),
)
/** Also on whole steps, so that lines meet at their ends, overlap and run over one another. */
const place = fc.oneof(
  step,
  step.map(([x, y]): Step => [Math.round(x), Math.round(y)]),
)
/** Steps off a whole one: 1e-8 steps are a micrometre and the reach of snapping, 0.02 are 2 m and are closed as a gap. */
const hair = fc.constantFrom(0, 3e-9, -3e-9, 9e-9, 1e-8, 2e-8, -1e-7, 1e-6, -1e-5, 1e-3, -0.02)
const nearPlace = fc.oneof(
  place,
  fc.tuple(step, hair, hair).map(([[x, y], dx, dy]): Step => [Math.round(x) + dx, Math.round(y) + dy]),
)
const words = ['trunk', 'tertiary', 'residential', 'service', 'path', 'river', 'rail']
const square = fc.tuple(step, fc.double({ min: 0.05, max: 2, noNaN: true }))

const townOf = (divisions: readonly Polygon[][], places: fc.Arbitrary<Step>): fc.Arbitrary<AtomInput> =>
  fc
    .record({
      villages: fc.constantFrom(...divisions),
      streets: fc.array(
        fc.tuple(fc.constantFrom(...words), fc.array(places, { minLength: 2, maxLength: 6 })),
        { maxLength: 25 },
      ),
      sites: fc.array(square, { maxLength: 3 }),
      naturals: fc.array(square, { maxLength: 4 }),
      houses: fc.array(place, { maxLength: 120 }),
    })
    .map(({ villages, streets, sites, naturals, houses }) => {
      const squares = (prefix: string, list: typeof sites) =>
        list.map(([[x, y], side], i) => site(`${prefix}${i}`, box(x, y, x + side, y + side)))
      return {
        villages: villages.map((boundary, i) => ({ code: `v${i}`, boundary })),
        barriers: streets.map(([word, steps], i) => line(`b${i}`, word, ...steps)),
        sites: squares('s', sites),
        naturalVillages: squares('n', naturals),
        buildings: houses.slice(0, 20).map(([x, y], i) => site(`h${i}`, box(x, y, x + 0.1, y + 0.1))),
        households: houses.map(([x, y], i) => ({
          id: `h${i}`,
          longitude: 112 + x / 1000,
          latitude: 28 + y / 1000,
          persons: 2,
          mustVisit: false,
        })),
        options: { mostHouseholds: 5 },
      }
    })

const town = townOf(towns, place)

const perimeterMetres = ({ coordinates }: Polygon): number =>
  coordinates
    .flatMap((ring) => ring.slice(1).map((p, i) => distanceMetres(ring[i]![0]!, ring[i]![1]!, p[0]!, p[1]!)))
    .reduce((sum, metres) => sum + metres, 0)

test('atoms cover each village once and the town without a flaw', () => {
  fc.assert(
    fc.property(town, (input) => {
      const { graph } = makeAtoms(input)
      const grids = graph.atoms.map(({ id, geometry }) => ({ code: id, geometry }))
      const within = dissolve(input.villages.map(({ boundary }) => boundary))
      // What is narrower than a metre may stay where a site or boundary leaves it no neighbour.
      const { problems } = checkDivision({ grids, within, sliverWidthMetres: 0 })
      expect(problems).toEqual([])
      for (const { code, boundary } of input.villages) {
        const own = graph.atoms.filter(({ village }) => village === code)
        const area = own.reduce((sum, { geometry }) => sum + areaSquareMetres(geometry), 0)
        expect(Math.abs(area - areaSquareMetres(boundary))).toBeLessThan(1e-6)
        const alone = own.map(({ id, geometry }) => ({ code: id, geometry }))
        const report = checkDivision({ grids: alone, within: boundary, sliverWidthMetres: 0 })
        expect(report.problems).toEqual([])
      }
    }),
    { numRuns: 150 },
  )
})

test('lines a hair beside boundaries and one another leave nothing wider than ten micrometres', () => {
  const lattice = [0, 4, 8].flatMap((x) => [0, 4].map((y) => box(x, y, x + 4, y + 4)))
  fc.assert(
    fc.property(townOf([lattice], nearPlace), (input) => {
      const { atoms } = makeAtoms(input).graph
      const grids = atoms.map(({ id, geometry }) => ({ code: id, geometry }))
      const within = box(0, 0, 12, 8)
      const { problems } = checkDivision({ grids, within, sliverWidthMetres: 0 })
      expect(problems.filter(({ widthMetres }) => !(widthMetres! < 1e-5))).toEqual([])
      const area = atoms.reduce((sum, { geometry }) => sum + areaSquareMetres(geometry), 0)
      expect(Math.abs(area - areaSquareMetres(within))).toBeLessThan(1e-2)
    }),
    { numRuns: 150 },
  )
})

test('borders are the outlines that atoms share, and everybody is counted once', () => {
  fc.assert(
    fc.property(town, (input) => {
      const { graph, notes, atomOfHousehold } = makeAtoms(input)
      const { atoms, borders } = graph
      for (const [i, { a, b, lengthMetres, barrierMetres }] of borders.entries()) {
        expect(a).toBeLessThan(b)
        expect(b).toBeLessThan(atoms.length)
        const before = borders[i - 1] ?? { a: -1, b: -1 }
        expect(before.a - a || before.b - b).toBeLessThan(0)
        expect(lengthMetres).toBeGreaterThan(0)
        expect(barrierMetres).toBeLessThanOrEqual(lengthMetres + 1e-6)
      }
      // Every metre of outline lies along one neighbour or along the edge of the town.
      const outlines = atoms.reduce((sum, { geometry }) => sum + perimeterMetres(geometry), 0)
      const shared = borders.reduce((sum, { lengthMetres }) => sum + 2 * lengthMetres, 0)
      const within = dissolve(input.villages.map(({ boundary }) => boundary))
      expect(Math.abs(outlines - shared - perimeterMetres(asPolygon(within)))).toBeLessThan(1e-3)

      const counted = atoms.reduce((sum, { households }) => sum + households, 0)
      expect(counted).toBe([...atomOfHousehold].filter((atom) => atom !== -1).length)
      const told = notes.filter(({ code }) => code === 'household_outside')
      expect(counted + told.reduce((sum, { households = 0 }) => sum + households, 0)).toBe(
        input.households.length,
      )
    }),
    { numRuns: 100 },
  )
})

const asPolygon = (area: ReturnType<typeof dissolve>): Polygon =>
  area.type === 'Polygon' ? area : { type: 'Polygon', coordinates: area.coordinates.flat() }

test('groups are connected by lines that can be crossed, and lie in one village', () => {
  fc.assert(
    fc.property(town, (input) => {
      const { atoms, borders } = makeAtoms(input).graph
      const groups = new Set(atoms.flatMap(({ group }) => group ?? []))
      for (const group of groups) {
        const members = atoms.flatMap((atom, i) => (atom.group === group ? [i] : []))
        expect(new Set(members.map((i) => atoms[i]!.village)).size).toBe(1)
        const reached = new Set(members.slice(0, 1))
        for (const i of reached)
          for (const { a, b, crossable } of borders) {
            if (!crossable || (a !== i && b !== i)) continue
            const next = a === i ? b : a
            if (members.includes(next)) reached.add(next)
          }
        expect(reached.size).toBe(members.length)
      }
    }),
    { numRuns: 100 },
  )
})

test('the order of the input and the direction of lines do not show', () => {
  fc.assert(
    fc.property(town, fc.integer(), (input, seed) => {
      const turned: AtomInput = {
        ...input,
        villages: shuffled(input.villages, seed),
        barriers: shuffled(input.barriers, seed).map((barrier, i) =>
          (seed + i) % 2 === 0 ? { ...barrier, path: barrier.path.toReversed() } : barrier,
        ),
        sites: shuffled(input.sites, seed),
        naturalVillages: shuffled(input.naturalVillages, seed),
        buildings: shuffled(input.buildings, seed),
        households: shuffled(input.households, seed),
      }
      const [one, other] = [makeAtoms(input), makeAtoms(turned)]
      expect(JSON.stringify(other.graph)).toBe(JSON.stringify(one.graph))
      expect(JSON.stringify(other.notes)).toBe(JSON.stringify(one.notes))
    }),
    { numRuns: 100 },
  )
})

/** In an order that a seed gives. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  const keys = list.map((_, i) => Math.imul(i + 1, 0x9e3779b1 ^ seed) >>> 0)
  return list
    .map((_, i) => i)
    .sort((i, j) => keys[i]! - keys[j]! || i - j)
    .map((i) => list[i]!)
}
