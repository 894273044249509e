/** Whatever is done to a drawing, it stays a whole coverage, its counts stay true, and all of it can be taken back. */
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import fc from 'fast-check'
import type { MultiPolygon, Position } from 'geojson'
import { describe, expect, it } from 'vitest'
import { checkDivision, type DivisionGrid } from '../../../server/core/coverage/check-division.ts'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import { applyEdit } from '../../../server/core/planning/drawing/apply-edit.ts'
import { arcsNear } from '../../../server/core/planning/drawing/arc-index.ts'
import type { Drawing } from '../../../server/core/planning/drawing/drawing.ts'
import { fromJson, toJson } from '../../../server/core/planning/drawing/drawing-json.ts'
import type { Edit } from '../../../server/core/planning/drawing/edit.ts'
import { gridPolygons, villagePolygons } from '../../../server/core/planning/drawing/grid-polygons.ts'
import {
  emptyHistory,
  type History,
  historyFromJson,
  historyToJson,
  push,
  redo,
  undo,
} from '../../../server/core/planning/drawing/history.ts'
import { atomPolygon } from '../../../server/core/planning/drawing/ring-paths.ts'
import type { AreaGeometry } from '../../../server/core/values.ts'
import { editOf, type Step, steps } from './drawing-dice.ts'
import { drawTown, smallTown } from './drawing-town.ts'

const town = smallTown()
const start = drawTown(town)
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

const partsOf = (geometry: AreaGeometry): Position[][][] =>
  geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates

const townGround = (drawing: Drawing): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [...villagePolygons(drawing).values()].flatMap(partsOf),
})

const startGround = townGround(start)

function expectCover(grids: readonly DivisionGrid[], within: MultiPolygon): void {
  const { counts } = checkDivision({ grids, within })
  expect(topology.filter((code) => counts[code] !== undefined)).toEqual([])
}

/** Grids, with each atom without one, and atoms cover the town; the town is what it was. */
function expectWhole(drawing: Drawing): void {
  const within = townGround(drawing)
  const atoms = drawing.atoms.filter((atom) => atom !== null)
  const ground = (list: typeof atoms): DivisionGrid[] =>
    list.map((atom) => ({ code: `atom ${atom.id}`, geometry: atomPolygon(drawing, atom) }))
  const main = [...drawing.grids.values()].filter((grid) => grid.kind !== 'microgrid')
  const polygons = gridPolygons(
    drawing,
    main.map((grid) => grid.code),
  )
  const grids = [...polygons].map(([code, geometry]): DivisionGrid => ({ code, geometry }))
  expectCover([...grids, ...ground(atoms.filter((atom) => atom.grid === null))], within)
  expectCover(ground(atoms), within)

  expect(Math.abs(areaSquareMetres(within) - areaSquareMetres(startGround))).toBeLessThan(1e-6)
  const vertices = new Set(within.coordinates.flat(2).map(String))
  expect(startGround.coordinates.flat(2).filter((place) => !vertices.has(String(place)))).toEqual([])
  const strays = atoms.filter(
    ({ microgrid, grid }) => microgrid !== null && drawing.grids.get(microgrid)?.parent !== grid,
  )
  expect(strays).toEqual([])
}

/** Counts are those of Turf's point in polygon; a household on a line, which is one neighbour's, leaves room for doubt. */
function expectCounts(drawing: Drawing): void {
  const homes = drawing.atoms.flatMap((atom) => atom?.households ?? [])
  expect([...homes, ...drawing.unplaced].toSorted((a, b) => a - b)).toEqual(town.households.map((_, i) => i))
  expect(drawing.unplaced).toEqual(start.unplaced)
  const wrong = [...gridPolygons(drawing)].filter(([code, geometry]) => {
    const figures = drawing.figures.get(code)!
    const [least, most] = [true, false].map((ignoreBoundary) => {
      const inside = town.households.filter(({ longitude, latitude }) =>
        booleanPointInPolygon([longitude, latitude], geometry, { ignoreBoundary }),
      )
      return [
        inside.length,
        inside.reduce((sum, one) => sum + one.persons, 0),
        inside.filter((one) => one.mustVisit).length,
      ]
    }) as [number[], number[]]
    return (
      [figures.households, figures.persons, figures.mustVisit].some(
        (count, i) => count < least[i]! || count > most[i]!,
      ) || Math.abs(figures.areaSquareMetres - areaSquareMetres(geometry)) > 1e-5
    )
  })
  expect(wrong.map(([code]) => code)).toEqual([])
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

/** All that is worked out, as text: comparing texts is quick. */
function settled(drawing: Drawing): string[] {
  const { arcs, atoms, grids, nodes, atomNumber, figures, unplaced, members } = drawing
  return [
    JSON.stringify(arcs),
    JSON.stringify(atoms),
    JSON.stringify([...grids]),
    JSON.stringify(nodes),
    JSON.stringify([...atomNumber].toSorted(byKey)),
    JSON.stringify([...figures].toSorted(byKey)),
    JSON.stringify(unplaced),
    JSON.stringify([...members].filter(([, list]) => list.length > 0).toSorted(byKey)),
  ]
}

/** What is worked out as one goes along is what is worked out from nothing, and every arc is found where it is. */
function expectSettled(drawing: Drawing): void {
  const fresh = fromJson(toJson(drawing))
  expect(toJson(fresh)).toBe(toJson(drawing))
  expect(settled(drawing)).toEqual(settled(fresh))
  const lost = [...drawing.arcs.entries()].filter(([number, arc]) => {
    const path = arc?.path ?? []
    return path.some((x, i) => {
      const y = path[i + 1]
      return i % 2 === 0 && y !== undefined && !arcsNear(drawing.index, x, y, x, y).includes(number)
    })
  })
  expect(lost).toEqual([])
}

interface Course {
  readonly drawing: Drawing
  readonly history: History
  /** The drawing as text at the start and after each edit made. */
  readonly texts: readonly string[]
  /** The drawing as text before and after each edit refused. */
  readonly refused: readonly (readonly [before: string, after: string])[]
  readonly made: readonly Edit['type'][]
}

function run(sequence: readonly Step[]): Course {
  let drawing = start
  let history = emptyHistory
  const texts = [toJson(start)]
  const refused: [string, string][] = []
  const made: Edit['type'][] = []
  for (const [i, step] of sequence.entries()) {
    const edit = editOf(drawing, step, i)
    const result = applyEdit(drawing, edit)
    if ('code' in result) {
      refused.push([texts.at(-1)!, toJson(drawing)])
      continue
    }
    drawing = result.drawing
    history = push(history, edit, result)
    texts.push(toJson(drawing))
    made.push(edit.type)
  }
  return { drawing, history, texts, refused, made }
}

describe('a drawing under any edits', () => {
  it('stays whole, counts true, refuses without a trace, and goes back and forth to the byte', () => {
    const kinds = new Set<Edit['type']>()
    fc.assert(
      fc.property(steps, (sequence) => {
        const { drawing: last, texts, refused, made, history: kept } = run(sequence)
        for (const type of made) kinds.add(type)
        expect(refused.filter(([before, after]) => before !== after)).toEqual([])
        expectWhole(last)
        expectCounts(last)
        expectSettled(last)

        let drawing = last
        let history = historyFromJson(historyToJson(kept))
        for (const text of texts.slice(0, -1).toReversed()) {
          ;({ drawing, history } = undo(history, drawing)!)
          expect(toJson(drawing)).toBe(text)
        }
        expect(undo(history, drawing)).toBeNull()
        expectSettled(drawing)
        for (const text of texts.slice(1)) {
          ;({ drawing, history } = redo(history, drawing)!)
          expect(toJson(drawing)).toBe(text)
        }
        expect(redo(history, drawing)).toBeNull()
        expect(settled(drawing)).toEqual(settled(last))
      }),
      { numRuns: 100 },
    )
    // The dice make every kind of edit.
    expect([...kinds].toSorted()).toEqual(
      [
        'add-grid',
        'assign',
        'delete-vertex',
        'draw-site',
        'insert-vertex',
        'lock',
        'merge-grids',
        'move-vertex',
        'remove-grid',
        'rename',
        'reshape',
        'set-code',
        'split-atom',
        'split-grid',
      ].toSorted(),
    )
  })
})
