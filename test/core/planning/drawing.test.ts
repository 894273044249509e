/** A drawing made, measured, asked and written, on squares whose figures can be worked out by hand. */
import { describe, expect, it } from 'vitest'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import { distanceMetres } from '../../../server/core/geometry/distance-metres.ts'
import { atomGraphOf } from '../../../server/core/planning/drawing/atom-graph.ts'
import { drawingOf } from '../../../server/core/planning/drawing/build-drawing.ts'
import type { Drawing } from '../../../server/core/planning/drawing/drawing.ts'
import { fromJson, toJson } from '../../../server/core/planning/drawing/drawing-json.ts'
import { atomAt, nearestOnLines, nearestVertex } from '../../../server/core/planning/drawing/find-places.ts'
import { gridPolygons } from '../../../server/core/planning/drawing/grid-polygons.ts'
import type { AtomGraph } from '../../../server/core/planning/values.ts'
import type { LngLat } from '../../../server/core/values.ts'
import {
  at,
  box,
  metresOf,
  moveTo,
  squareAtom,
  squareGrids,
  squareHouseholds,
  squares,
  squareTown,
} from './drawing-squares.ts'
import { made } from './drawing-town.ts'

describe('drawingOf', () => {
  it('cuts the atoms into arcs where three lines meet, in any order of the input', () => {
    const drawing = squareTown()
    // Five lines inside (a|b, c|d, a|c, b|d, and v's with w in two), the outer ring of v in 4 and of w in 1.
    expect(drawing.arcs.length).toBe(4 + 2 + 4 + 1)
    expect(drawing.nodes.length).toBe(1 + 3 + 1 + 2)
    const turned: AtomGraph = { atoms: squares.atoms.toReversed(), borders: [] }
    const turnedRings = turned.atoms.map((atom) => ({
      ...atom,
      geometry: { ...atom.geometry, coordinates: atom.geometry.coordinates.map((ring) => ring.toReversed()) },
    }))
    const again = drawingOf({ atoms: turnedRings, borders: [] }, [], [])
    expect(toJson(again)).toBe(toJson(drawingOf({ ...squares, borders: [] }, [], [])))
  })

  it('says so when atoms overlap', () => {
    const atoms = [squareAtom('a', 'v', box(0, 0, 1, 1)), squareAtom('b', 'v', box(0, 0, 1, 1))]
    expect(() => drawingOf({ atoms, borders: [] }, [], [])).toThrow(RangeError)
  })
})

describe('the figures of a grid', () => {
  it('are what can be worked out by hand', () => {
    const drawing = squareTown()
    const figures = drawing.figures.get('v1')!
    const [width, height] = [metresOf(at(0, 0), at(2, 0)), metresOf(at(0, 0), at(0, 1))]
    const top = metresOf(at(0, 1), at(2, 1))
    const perimeter = width + 2 * height + top
    expect(figures.areaSquareMetres).toBeCloseTo(areaSquareMetres(box(0, 0, 2, 1)), 6)
    expect(figures.perimeterMetres).toBeCloseTo(perimeter, 6)
    expect(figures.compactness).toBeCloseTo((4 * Math.PI * figures.areaSquareMetres) / perimeter ** 2, 12)
    // a|c lies on 中路 over its whole length, b|d on a nameless path over half of it.
    const [ac, bd] = [metresOf(at(0, 1), at(1, 1)), metresOf(at(1, 1), at(2, 1))]
    expect(figures.namedShare).toBeCloseTo(ac / perimeter, 9)
    expect(figures.barrierShare).toBeCloseTo((ac + bd / 2) / perimeter, 9)
    expect([figures.atoms, figures.parts, figures.households, figures.persons, figures.mustVisit]).toEqual([
      2, 1, 2, 7, 1,
    ])
    expect(figures.neighbours.map(({ grid }) => grid)).toEqual(['v2', 'w1'])
    expect(figures.neighbours[0]!.lengthMetres).toBeCloseTo(top, 6)
  })

  it('count pieces that hang together along lines only', () => {
    const { drawing } = made(squareTown(), { type: 'assign', atoms: ['b', 'c'], grid: null })
    const { drawing: crossed } = made(drawing, { type: 'assign', atoms: ['d'], grid: 'v1' })
    // a and d have but a corner in common.
    expect(crossed.figures.get('v1')!.parts).toBe(2)
    expect(gridPolygons(crossed, ['v1']).get('v1')!.type).toBe('MultiPolygon')
    expect(crossed.figures.get('v2')).toMatchObject({
      atoms: 0,
      parts: 0,
      compactness: null,
      namedShare: null,
    })
  })

  it('give a household on a common line to the atom that sorts first, wherever the line goes', () => {
    const start = squareTown({
      households: [
        { id: 'h', longitude: at(1, 0.5)[0], latitude: at(1, 0.5)[1], persons: 1, mustVisit: false },
      ],
    })
    const homeOf = (drawing: Drawing) =>
      drawing.atoms.filter((atom) => atom?.households.length).map((atom) => atom!.id)
    expect(homeOf(start)).toEqual(['a'])
    const line = nearestOnLines(start, at(1, 0.5), 1)!
    const west = made(start, { type: 'insert-vertex', arc: line.arc, after: line.after, at: at(0.9, 0.5) })
    expect(homeOf(west.drawing)).toEqual(['b'])
    expect(homeOf(made(west.drawing, moveTo(west.drawing, at(0.9, 0.5), at(1.1, 0.5))).drawing)).toEqual([
      'a',
    ])
  })
})

describe('atomGraphOf', () => {
  it('gives the atoms back, counted and next to each other as they were', () => {
    const { graph, assignment } = atomGraphOf(squareTown())
    expect(graph.atoms.map(({ id, households }) => [id, households])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 1],
      ['d', 0],
      ['e', 0],
    ])
    expect(assignment).toEqual(['v1', 'v1', 'v2', 'v2', 'w1'])
    expect(graph.borders.map(({ a, b, name, rank }) => [a, b, name, rank])).toEqual([
      [0, 1, null, null],
      [0, 2, '中路', 3],
      [1, 3, null, 5],
      [1, 4, null, null],
      [2, 3, null, null],
      [3, 4, null, null],
    ])
    const bd = graph.borders[2]!
    expect(bd.lengthMetres).toBeCloseTo(metresOf(at(1, 1), at(2, 1)), 6)
    expect(bd.barrierMetres / bd.lengthMetres).toBeCloseTo(0.5, 9)
  })

  it('is what the same drawing can be made of', () => {
    const { drawing } = made(squareTown(), moveTo(squareTown(), at(1, 1), at(1.2, 1.1)))
    const { graph, assignment } = atomGraphOf(drawing)
    const again = drawingOf(graph, squareGrids, assignment, squareHouseholds)
    // Rings may begin elsewhere; everything else is the same, and made once more nothing changes at all.
    const atomsOf = (one: AtomGraph) => one.atoms.map((atom) => ({ ...atom, geometry: null }))
    expect(atomsOf(atomGraphOf(again).graph)).toEqual(atomsOf(graph))
    expect(atomGraphOf(again).graph.borders).toEqual(graph.borders)
    expect(atomGraphOf(again).assignment).toEqual(assignment)
    const { graph: settled } = atomGraphOf(again)
    expect(toJson(drawingOf(settled, squareGrids, assignment, squareHouseholds))).toBe(toJson(again))
  })
})

describe('what lies under the pointer', () => {
  it('is found near and not far', () => {
    const drawing = squareTown({ ponds: 1 })
    expect(nearestVertex(drawing, at(1.01, 1.01), 5)!.place).toEqual(at(1, 1))
    expect(nearestVertex(drawing, at(1.5, 1.5), 5)).toBeNull()
    const line = nearestOnLines(drawing, at(0.5, 1.01), 5)!
    expect(line.distanceMetres).toBeCloseTo(distanceMetres(...at(0.5, 1.01), ...at(0.5, 1)), 6)
    expect(nearestOnLines(drawing, at(0.5, 1.5), 5)).toBeNull()
    const idAt = (place: LngLat) => {
      const atom = atomAt(drawing, place)
      return atom === null ? null : drawing.atoms[atom]!.id
    }
    expect([at(0.5, 0.5), at(1.5, 0.5), at(0.1, 1.9), at(2.9, 0.1), at(0.83, 0.49)].map(idAt)).toEqual([
      'a',
      'b',
      'c',
      'e',
      'pond',
    ])
    expect([at(-1, 0.5), at(4, 0.5), at(1, 3)].map(idAt)).toEqual([null, null, null])
  })
})

describe('a drawing as text', () => {
  it('comes back the same, figures and all', () => {
    const { drawing } = made(squareTown(), moveTo(squareTown(), at(1, 1), at(1.2, 1.1)))
    const again = fromJson(toJson(drawing))
    expect(toJson(again)).toBe(toJson(drawing))
    expect([...again.figures]).toEqual([...drawing.figures])
    expect(() => fromJson('{"version":2}')).toThrow(RangeError)
  })
})
