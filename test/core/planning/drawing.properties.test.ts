/** Whatever is done to a drawing, it stays a whole coverage, its counts stay true, and all of it can be taken back. */
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import fc from 'fast-check'
import type { Position } from 'geojson'
import { describe, expect, it } from 'vitest'
import { checkDivision } from '../../../server/core/coverage/check-division.ts'
import { polygonsOf } from '../../../server/core/coverage/ring-table.ts'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import { applyEdit } from '../../../server/core/planning/drawing/apply-edit.ts'
import { arcsNear } from '../../../server/core/planning/drawing/arc-index.ts'
import type { Drawing } from '../../../server/core/planning/drawing/drawing.ts'
import { fromJson, toJson } from '../../../server/core/planning/drawing/drawing-json.ts'
import type { Edit } from '../../../server/core/planning/drawing/edit.ts'
import { gridPolygons, villagePolygons } from '../../../server/core/planning/drawing/grid-polygons.ts'
import {
  emptyHistory,
  historyFromJson,
  historyToJson,
  push,
  redo,
  undo,
} from '../../../server/core/planning/drawing/history.ts'
import { atomPolygon } from '../../../server/core/planning/drawing/ring-paths.ts'
import type { AreaGeometry, LngLat } from '../../../server/core/values.ts'
import { drawTown, smallTown } from './drawing-town.ts'

/** Dice that a step reads until it has made up an edit. */
interface Step {
  readonly kind: number
  readonly pick: readonly number[]
  readonly shift: readonly [number, number]
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.nat(13),
    pick: fc.array(fc.nat(100_000), { minLength: 4, maxLength: 4 }),
    // Degrees; an atom is 0.004 wide and its vertices 0.001 apart.
    shift: fc.tuple(
      fc.double({ min: -0.003, max: 0.003, noNaN: true }),
      fc.double({ min: -0.003, max: 0.003, noNaN: true }),
    ),
  }),
  { minLength: 1, maxLength: 40, size: '+1' },
)

const of = <T>(list: readonly T[], pick: number): T => list[pick % list.length]!

function numbersOf<T>(list: readonly (T | null)[]): number[] {
  return list.flatMap((one, number) => (one === null ? [] : [number]))
}

/** An edit of the drawing as it is; many are refused, which is meant. */
function editOf(drawing: Drawing, { kind, pick, shift }: Step, serial: number): Edit {
  const [p, q, r, s] = pick as [number, number, number, number]
  const arc = of(numbersOf(drawing.arcs), p)
  const { path } = drawing.arcs[arc]!
  const vertex = q % (path.length / 2)
  // Half of the moves are small, so that many are made.
  const scale = r % 2 === 0 ? 0.1 : 1
  const near: LngLat = [path[2 * vertex]! + scale * shift[0], path[2 * vertex + 1]! + scale * shift[1]]
  // Beside the middle of the segment after the vertex.
  const after = 2 * Math.min(vertex, path.length / 2 - 2)
  const beside: LngLat = [
    (path[after]! + path[after + 2]!) / 2 + 0.05 * shift[0],
    (path[after + 1]! + path[after + 3]!) / 2 + 0.05 * shift[1],
  ]
  const codes = [...drawing.grids.keys()]
  const ordinary = codes.filter((code) => drawing.grids.get(code)!.kind !== 'microgrid')
  const micro = codes.filter((code) => drawing.grids.get(code)!.kind === 'microgrid')
  const grid = of(ordinary, r)
  const atomNumber = of(numbersOf(drawing.atoms), p)
  const atom = drawing.atoms[atomNumber]!
  const [home] = atomPolygon(drawing, atom).coordinates
  const across = (ring: readonly Position[], one: number, other: number): LngLat[] => {
    const [a, b] = [of(ring, one) as [number, number], of(ring, other) as [number, number]]
    const [dx, dy] = [(b[0] - a[0]) / 5, (b[1] - a[1]) / 5]
    return [
      [a[0] - dx, a[1] - dy],
      [(a[0] + b[0]) / 2 + shift[0] / 20, (a[1] + b[1]) / 2 + shift[1] / 20],
      [b[0] + dx, b[1] + dy],
    ]
  }
  switch (kind) {
    case 0:
      return { type: 'assign', atoms: [atom.id], grid: s % 5 === 0 ? null : grid }
    case 1:
    case 2:
    case 3:
      return { type: 'move-vertex', vertex: { arc, vertex: s % 3 === 0 ? 0 : vertex }, to: near }
    case 4:
      return { type: 'insert-vertex', arc, after: vertex, at: beside }
    case 5:
      return { type: 'delete-vertex', vertex: { arc, vertex } }
    case 6: {
      const street = s % 2 === 0 ? { street: { name: '东街', rank: 3 } } : {}
      return { type: 'reshape', arc, from: vertex, to: vertex + 1 + (s % 3), path: [beside], ...street }
    }
    case 7: {
      const cut = of(codes, r)
      const ground = gridPolygons(drawing, [cut]).get(cut)
      return {
        type: 'split-grid',
        grid: cut,
        line: across(ground ? polygonsOf(ground)[0]![0]! : home!, q, s),
        code: `new-${serial}`,
        name: null,
        side: r % 2 ? 'left' : 'right',
      }
    }
    case 8:
      return { type: 'split-atom', atom: atom.id, line: across(home!, q, s) }
    case 9:
      return { type: 'merge-grids', into: grid, grids: [of(ordinary, s)] }
    case 10: {
      const [x, y] = near
      const size = 0.0005 + 0.001 * Math.abs(shift[0] / 0.003)
      const ring: LngLat[] = [
        [x, y],
        [x + size, y],
        [x + size, y + size * 0.8],
        [x, y + size],
      ]
      return { type: 'draw-site', site: `site-${serial}`, ring, code: `site-${serial}`, name: '小学' }
    }
    case 11:
      return { type: 'lock', grid, locked: s % 3 === 0 }
    case 12:
      if (micro.length > 0 && s % 3 > 0) {
        const target = drawing.grids.get(of(micro, q))!
        const own = drawing.members.get(target.parent!) ?? []
        return {
          type: 'assign',
          layer: 'microgrid',
          atoms: own.length ? [drawing.atoms[of(own, r)]!.id] : [atom.id],
          grid: target.code,
        }
      }
      return {
        type: 'add-grid',
        grid: {
          code: `m-${serial}`,
          name: null,
          kind: 'microgrid',
          village: drawing.grids.get(grid)!.village,
          parent: grid,
          locked: false,
        },
      }
    default:
      if (s % 3 === 0) return { type: 'set-code', grid, code: `code-${serial}` }
      return s % 3 === 1
        ? { type: 'rename', grid, name: `网格${serial}` }
        : { type: 'remove-grid', grid: of(codes, q) }
  }
}

const town = smallTown()
const start = drawTown(town)
const outline: AreaGeometry = {
  type: 'MultiPolygon',
  coordinates: [...villagePolygons(start).values()].flatMap((one) => polygonsOf(one) as never),
}
const topology = [
  'invalid_geometry',
  'duplicate',
  'overlap',
  'gap',
  'hole',
  'inlet',
  'outside_area',
  'unmatched_edge',
] as const

function expectWhole(drawing: Drawing): void {
  const villages = villagePolygons(drawing)
  const within: AreaGeometry = {
    type: 'MultiPolygon',
    coordinates: [...villages.values()].flatMap((one) => polygonsOf(one) as never),
  }
  const main = [...drawing.grids.values()]
    .filter((grid) => grid.kind !== 'microgrid')
    .map((grid) => grid.code)
  const open = drawing.atoms.flatMap((atom) =>
    atom && atom.grid === null ? [{ code: `atom ${atom.id}`, geometry: atomPolygon(drawing, atom) }] : [],
  )
  const grids = [...gridPolygons(drawing, main)].map(([code, geometry]) => ({ code, geometry }))
  const report = checkDivision({ grids: [...grids, ...open], within })
  expect(topology.filter((code) => report.counts[code] !== undefined)).toEqual([])
  expect(Math.abs(areaSquareMetres(within) - areaSquareMetres(outline))).toBeLessThan(1e-6)
  // Every vertex of the villages' outlines is still one.
  const now = new Set(polygonsOf(within).flat(2).map(String))
  expect(
    polygonsOf(outline)
      .flat(2)
      .map(String)
      .filter((place) => !now.has(place)),
  ).toEqual([])

  const atomGround = drawing.atoms.flatMap((atom) =>
    atom ? [{ code: atom.id, geometry: atomPolygon(drawing, atom) }] : [],
  )
  expect(checkDivision({ grids: atomGround, within }).counts.overlap).toBeUndefined()
  for (const [code, geometry] of gridPolygons(drawing)) {
    const figures = drawing.figures.get(code)!
    // A household on a line is one neighbour's: the count lies between those without and with the outline.
    const [within, touching] = [true, false].map((ignoreBoundary) =>
      town.households.filter((one) =>
        booleanPointInPolygon([one.longitude, one.latitude], geometry, { ignoreBoundary }),
      ),
    )
    expect(figures.households).toBeGreaterThanOrEqual(within!.length)
    expect(figures.households).toBeLessThanOrEqual(touching!.length)
    if (within!.length === touching!.length)
      expect([figures.persons, figures.mustVisit]).toEqual([
        within!.reduce((sum, one) => sum + one.persons, 0),
        within!.filter((one) => one.mustVisit).length,
      ])
    expect(Math.abs(figures.areaSquareMetres - areaSquareMetres(geometry))).toBeLessThan(1e-5)
  }
  const homes = drawing.atoms.flatMap((atom) => atom?.households ?? [])
  expect([...homes, ...drawing.unplaced].toSorted((a, b) => a - b)).toEqual(town.households.map((_, i) => i))
  expect(drawing.unplaced).toEqual(start.unplaced)
  for (const atom of drawing.atoms) {
    if (!atom || atom.microgrid === null) continue
    expect(drawing.grids.get(atom.microgrid)!.parent).toBe(atom.grid)
  }
}

/** All that is worked out, as text: comparing texts is quick. */
function settled(drawing: Drawing): string[] {
  const { arcs, atoms, grids, nodes, atomNumber, figures, unplaced, members } = drawing
  return [
    JSON.stringify(arcs),
    JSON.stringify(atoms),
    JSON.stringify([...grids]),
    JSON.stringify(nodes),
    JSON.stringify([...atomNumber].toSorted()),
    JSON.stringify([...figures].toSorted()),
    JSON.stringify(unplaced),
    JSON.stringify([...members].filter(([, list]) => list.length > 0).toSorted()),
  ]
}

/** What is worked out as one goes along is what is worked out from nothing. */
function expectSettled(drawing: Drawing): void {
  const fresh = fromJson(toJson(drawing))
  expect(toJson(fresh)).toBe(toJson(drawing))
  expect(settled(drawing)).toEqual(settled(fresh))
  // Every arc is found where it is.
  for (const [number, arc] of drawing.arcs.entries())
    for (let i = 0; arc && i < arc.path.length; i += 2)
      expect(
        arcsNear(drawing.index, arc.path[i]!, arc.path[i + 1]!, arc.path[i]!, arc.path[i + 1]!).includes(
          number,
        ),
      ).toBe(true)
}

describe('a drawing under any edits', () => {
  it('stays whole, counts true, refuses without a trace, and goes back and forth to the byte', () => {
    const tally = new Map<string, number>()
    fc.assert(
      fc.property(steps, (sequence) => {
        let drawing = start
        let history = emptyHistory
        const texts = [toJson(start)]
        for (const [i, step] of sequence.entries()) {
          const edit = editOf(drawing, step, i)
          const result = applyEdit(drawing, edit)
          const outcome = 'code' in result ? result.code : 'made'
          tally.set(`${edit.type} ${outcome}`, (tally.get(`${edit.type} ${outcome}`) ?? 0) + 1)
          if ('code' in result) {
            expect(toJson(drawing)).toBe(texts.at(-1))
            continue
          }
          drawing = result.drawing
          history = push(history, edit, result)
          texts.push(toJson(drawing))
        }
        expectWhole(drawing)
        expectSettled(drawing)
        history = historyFromJson(historyToJson(history))
        const last = drawing
        for (const text of texts.slice(0, -1).toReversed()) {
          const back = undo(history, drawing)!
          ;({ drawing, history } = back)
          expect(toJson(drawing)).toBe(text)
        }
        expect(undo(history, drawing)).toBeNull()
        expectSettled(drawing)
        for (const text of texts.slice(1)) {
          const again = redo(history, drawing)!
          ;({ drawing, history } = again)
          expect(toJson(drawing)).toBe(text)
        }
        expect(settled(drawing)).toEqual(settled(last))
      }),
      { numRuns: Number(process.env['DRAWING_RUNS'] ?? 100) },
    )
    // The dice make every kind of edit.
    if (process.env['DRAWING_TALLY'])
      console.log(
        [...tally]
          .toSorted()
          .map(([k, n]) => `${k} ${n}`)
          .join('\n'),
      )
    for (const type of [
      'assign',
      'move-vertex',
      'insert-vertex',
      'delete-vertex',
      'reshape',
      'split-grid',
      'split-atom',
      'merge-grids',
      'draw-site',
      'lock',
      'add-grid',
      'set-code',
    ])
      expect(tally.get(`${type} made`) ?? 0, type).toBeGreaterThan(0)
  })
})
