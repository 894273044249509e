/** Edits one by one, on squares whose figures can be worked out by hand. */
import type { Polygon } from 'geojson'
import { describe, expect, it } from 'vitest'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import { distanceMetres } from '../../../server/core/geometry/distance-metres.ts'
import { canMove } from '../../../server/core/planning/drawing/apply-edit.ts'
import { applyPatch } from '../../../server/core/planning/drawing/apply-patch.ts'
import { drawingOf } from '../../../server/core/planning/drawing/build-drawing.ts'
import type { Drawing } from '../../../server/core/planning/drawing/drawing.ts'
import { fromJson, toJson } from '../../../server/core/planning/drawing/drawing-json.ts'
import type { VertexPlace } from '../../../server/core/planning/drawing/edit.ts'
import { atomAt, nearestOnLines, nearestVertex } from '../../../server/core/planning/drawing/find-places.ts'
import { graphOf } from '../../../server/core/planning/drawing/graph-of-drawing.ts'
import { gridPolygons, villagePolygons } from '../../../server/core/planning/drawing/grid-polygons.ts'
import { atomPolygon } from '../../../server/core/planning/drawing/ring-paths.ts'
import type { AtomGraph, PlanGrid } from '../../../server/core/planning/values.ts'
import type { LngLat } from '../../../server/core/values.ts'
import {
  at,
  box,
  metresOf,
  squareAtom,
  squareGrids,
  squareHouseholds,
  squares,
  squareTown,
  vertexAt,
} from './drawing-squares.ts'
import { made, refused } from './drawing-town.ts'

const ground = (drawing: Drawing, id: string): Polygon =>
  atomPolygon(drawing, drawing.atoms[drawing.atomNumber.get(id)!]!)

const hasVertex = (polygon: Polygon, [x, y]: LngLat): boolean =>
  polygon.coordinates.flat().some((p) => p[0] === x && p[1] === y)

const moveTo = (drawing: Drawing, from: LngLat, to: LngLat) =>
  ({ type: 'move-vertex', vertex: vertexAt(drawing, from), to }) as const

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

describe('moving', () => {
  it('a junction takes all atoms at it along', () => {
    const { drawing, touched } = made(squareTown(), moveTo(squareTown(), at(1, 1), at(1.2, 1.1)))
    for (const id of ['a', 'b', 'c', 'd']) expect(hasVertex(ground(drawing, id), at(1.2, 1.1))).toBe(true)
    expect(touched).toEqual({ atoms: ['a', 'b', 'c', 'd'], grids: ['v1', 'v2', 'w1'] })
    // a is the square and two triangles of base 1: 1 + 0.2 / 2 + 0.1 / 2.
    const unit = areaSquareMetres(box(0, 0, 1, 1))
    expect(areaSquareMetres(ground(drawing, 'a')) / unit).toBeCloseTo(1.15, 6)
  })

  it('a junction on the outline of a village slides along it, and the neighbour gets the vertex', () => {
    const start = squareTown()
    const { drawing } = made(start, moveTo(start, at(2, 1), at(2.3, 1.4)))
    for (const id of ['b', 'd', 'e']) expect(hasVertex(ground(drawing, id), at(2, 1.4))).toBe(true)
    // The outline keeps the vertex where the junction was.
    expect(hasVertex(ground(drawing, 'e'), at(2, 1))).toBe(true)
    expect(areaSquareMetres(villagePolygons(drawing).get('v')!)).toBeCloseTo(
      areaSquareMetres(box(0, 0, 2, 2)),
      6,
    )
  })

  it('a junction does not slide past the next one or around a corner it would fold over', () => {
    const start = squareTown()
    expect(refused(start, moveTo(start, at(2, 1), at(2, 2))).code).toBe('lines_meet')
    const { drawing } = made(start, moveTo(start, at(1, 0), at(1.5, 0)))
    expect(hasVertex(ground(drawing, 'b'), at(1.5, 0))).toBe(true)
  })

  it('refuses what would cross, touch, or leave the village', () => {
    const start = squareTown()
    const from = vertexAt(start, at(1, 1))
    for (const to of [at(2, 1), at(2, 1.5), at(2.5, 1.5), at(0, 1), at(1, 0), at(1, -1), at(9, 9)]) {
      expect(refused(start, { type: 'move-vertex', vertex: from, to }).code).toBe('lines_meet')
      expect(canMove(start, from, to)).toBe(false)
    }
    expect(canMove(start, from, at(1.9, 1.9))).toBe(true)
    expect(canMove(start, from, [Number.NaN, 0])).toBe(false)
    expect(canMove(start, from, [200, 0])).toBe(false)
  })

  it('refuses a line swept over an island, though nothing crosses', () => {
    const start = squareTown({ ponds: 1 })
    const line = nearestOnLines(start, at(1, 0.5), 1)!
    const { drawing } = made(start, {
      type: 'insert-vertex',
      arc: line.arc,
      after: line.after,
      at: at(0.95, 0.5),
    })
    expect(refused(drawing, moveTo(drawing, at(0.95, 0.5), at(0.5, 0.5))).code).toBe('ring_flips')
    expect(canMove(drawing, vertexAt(drawing, at(0.95, 0.5)), at(0.9, 0.5))).toBe(true)
  })

  it('refuses an island turned inside out', () => {
    const start = squareTown({ ponds: 1 })
    expect(refused(start, moveTo(start, at(0.85, 0.48), at(0.75, 0.49))).code).toBe('ring_flips')
  })

  it('refuses an island drawn around another', () => {
    const start = squareTown({ ponds: 2 })
    expect(refused(start, moveTo(start, at(0.85, 0.48), at(0.98, 0.5))).code).toBe('ring_flips')
    // Short of the pool it may go.
    expect(canMove(start, vertexAt(start, at(0.85, 0.48)), at(0.88, 0.46))).toBe(true)
  })

  it('does not move the outline of a village', () => {
    const start = squareTown()
    expect(refused(start, moveTo(start, at(0, 0), at(0.1, 0.1))).code).toBe('village_line_fixed')
    expect(refused(start, moveTo(start, at(2, 2), at(2.1, 2.1))).code).toBe('village_line_fixed')
    const corner = vertexAt(start, at(0, 0))
    expect(refused(start, { type: 'delete-vertex', vertex: corner }).code).toBe('village_line_fixed')
  })

  it('knows a vertex that is not there', () => {
    const start = squareTown()
    const nowhere: VertexPlace[] = [
      { arc: 99, vertex: 0 },
      { arc: 0, vertex: 99 },
      { arc: 0, vertex: -1 },
      { arc: 0, vertex: 0.5 },
    ]
    for (const vertex of nowhere)
      expect(refused(start, { type: 'move-vertex', vertex, to: at(1, 1) }).code).toBe('unknown_vertex')
  })
})

describe('locked grids', () => {
  it('keep their outline, but not what is inside', () => {
    const { drawing } = made(squareTown(), { type: 'lock', grid: 'v1', locked: true })
    // v1 is a and b, v2 c and d: the line between is locked, that between a and b is not.
    expect(refused(drawing, moveTo(drawing, at(1, 1), at(1.1, 1))).code).toBe('grid_locked')
    const inside = nearestOnLines(drawing, at(1, 0.5), 1)!
    made(drawing, { type: 'insert-vertex', arc: inside.arc, after: inside.after, at: at(1.1, 0.5) })
    expect(refused(drawing, { type: 'assign', atoms: ['a'], grid: 'v2' }).code).toBe('grid_locked')
    expect(refused(drawing, { type: 'assign', atoms: ['c'], grid: 'v1' }).code).toBe('grid_locked')
    expect(refused(drawing, { type: 'merge-grids', into: 'v2', grids: ['v1'] }).code).toBe('grid_locked')
  })

  it('take a vertex on their line only where the line is', () => {
    const { drawing } = made(squareTown(), { type: 'lock', grid: 'v1', locked: true })
    const line = nearestOnLines(drawing, at(0.5, 1), 1)!
    const after = made(drawing, { type: 'insert-vertex', arc: line.arc, after: line.after, at: at(0.5, 1.3) })
    expect(hasVertex(ground(after.drawing, 'a'), at(0.5, 1))).toBe(true)
  })
})

describe('assigning', () => {
  it('refuses another village, an unknown grid and an unknown atom', () => {
    const start = squareTown()
    expect(refused(start, { type: 'assign', atoms: ['a', 'e'], grid: 'v1' }).code).toBe('other_village')
    expect(refused(start, { type: 'assign', atoms: ['a'], grid: 'x' }).code).toBe('unknown_grid')
    expect(refused(start, { type: 'assign', atoms: ['x'], grid: 'v1' }).code).toBe('unknown_atom')
    expect(refused(start, { type: 'assign', atoms: ['a'], grid: 'v1' }).code).toBe('nothing_to_change')
    expect(refused(start, { type: 'merge-grids', into: 'v1', grids: ['w1'] }).code).toBe('other_village')
  })

  it('keeps microgrids inside their grid', () => {
    const micro: PlanGrid = {
      code: 'm',
      name: null,
      kind: 'microgrid',
      village: 'v',
      parent: 'v1',
      locked: false,
    }
    const added = made(squareTown(), { type: 'add-grid', grid: micro }).drawing
    expect(refused(added, { type: 'assign', layer: 'microgrid', atoms: ['c'], grid: 'm' }).code).toBe(
      'other_grid',
    )
    expect(refused(added, { type: 'assign', atoms: ['c'], grid: 'm' }).code).toBe('not_a_microgrid')
    const { drawing } = made(added, { type: 'assign', layer: 'microgrid', atoms: ['a'], grid: 'm' })
    expect(drawing.figures.get('m')!.households).toBe(1)
    expect(refused(drawing, { type: 'remove-grid', grid: 'v1' }).code).toBe('grid_not_empty')
    const left = made(drawing, { type: 'assign', atoms: ['a'], grid: 'v2' }).drawing
    expect(left.atoms[left.atomNumber.get('a')!]!.microgrid).toBeNull()
    const renamed = made(drawing, { type: 'set-code', grid: 'v1', code: 'v9' }).drawing
    expect(renamed.grids.get('m')!.parent).toBe('v9')
    expect(renamed.figures.get('v9')).toEqual(drawing.figures.get('v1'))
    const merged = made(drawing, { type: 'merge-grids', into: 'v2', grids: ['v1'] }).drawing
    expect(merged.grids.get('m')!.parent).toBe('v2')
    expect([...merged.grids.keys()]).toEqual(['m', 'v2', 'w1'])
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

describe('lines drawn anew', () => {
  it('a stretch along another street has that street’s name, and the rest keeps its own', () => {
    // The arc runs with a on its left: from east to west.
    const start = squareTown()
    const line = nearestOnLines(start, at(0.5, 1), 1)!
    const two = made(start, { type: 'insert-vertex', arc: line.arc, after: 0, at: at(0.7, 1) }).drawing
    const three = made(two, { type: 'insert-vertex', arc: line.arc, after: 1, at: at(0.3, 1) }).drawing
    const { drawing } = made(three, {
      type: 'reshape',
      arc: line.arc,
      from: 1,
      to: 2,
      path: [at(0.7, 1.2), at(0.3, 1.2)],
      street: { name: '后街', rank: 4 },
    })
    const named = drawing.arcs.filter((arc) => arc?.name === '后街')
    expect(named.length).toBe(1)
    expect(named[0]!.barrierMetres).toBe(named[0]!.lengthMetres)
    expect(drawing.arcs.filter((arc) => arc?.name === '中路').length).toBe(2)
    // a grew by 0.4 × 0.2.
    expect(areaSquareMetres(ground(drawing, 'a'))).toBeCloseTo(
      areaSquareMetres(box(0, 0, 1, 1)) + areaSquareMetres(box(0.3, 1, 0.7, 1.2)),
      6,
    )
  })

  it('without a street, the stretch is on none', () => {
    const start = squareTown()
    const { arc } = nearestOnLines(start, at(0.5, 1), 1)!
    const { drawing } = made(start, { type: 'reshape', arc, from: 0, to: 1, path: [at(0.5, 1.2)] })
    expect(drawing.arcs[arc]!.barrierMetres).toBe(0)
    expect(refused(drawing, { type: 'reshape', arc, from: 0, to: 1, path: [at(0.5, -1)] }).code).toBe(
      'lines_meet',
    )
    // Crosses itself where no line was before.
    const bow = [at(0.7, 1.8), at(0.3, 1.2), at(0.7, 1.2), at(0.3, 1.8)]
    expect(refused(start, { type: 'reshape', arc, from: 0, to: 1, path: bow }).code).toBe('lines_meet')
  })
})

describe('cutting', () => {
  it('splits a grid by a line, atoms and all', () => {
    const start = squareTown()
    const line = [at(0.5, -0.2), at(0.5, 1.2)]
    const { drawing } = made(start, {
      type: 'split-grid',
      grid: 'v1',
      line,
      code: 'v3',
      name: '新',
      side: 'left',
    })
    expect(areaSquareMetres(gridPolygons(drawing).get('v3')!)).toBeCloseTo(
      areaSquareMetres(box(0, 0, 0.5, 1)),
      6,
    )
    expect(drawing.atoms.map((atom) => atom!.id).toSorted()).toEqual(['a~1', 'a~2', 'b', 'c', 'd', 'e'])
    // c is not cut, but has the new junction in its line.
    expect(hasVertex(ground(drawing, 'c'), at(0.5, 1))).toBe(true)
    const street = drawing.arcs.filter((arc) => arc?.name === '中路')
    expect(
      street.map((arc) => arc!.lengthMetres / metresOf(at(0, 1), at(1, 1))).map((part) => part.toFixed(6)),
    ).toEqual(['0.500000', '0.500000'])
  })

  it('splits a grid along a line that is there, without cutting an atom', () => {
    const start = squareTown()
    const line = [at(1, -1), at(1, 2)]
    const { drawing } = made(start, {
      type: 'split-grid',
      grid: 'v1',
      line,
      code: 'v3',
      name: null,
      side: 'right',
    })
    expect(drawing.members.get('v3')!.map((atom) => drawing.atoms[atom]!.id)).toEqual(['b'])
    expect(drawing.arcs.length).toBe(start.arcs.length)
  })

  it('refuses a line that ends inside, misses, or has a bad code', () => {
    const start = squareTown()
    const split = (line: LngLat[], code = 'v3') =>
      refused(start, { type: 'split-grid', grid: 'v1', line, code, name: null, side: 'left' }).code
    expect(split([at(0.5, -0.5), at(0.5, 0.5)])).toBe('line_does_not_cut')
    expect(split([at(5, 5), at(6, 6)])).toBe('line_does_not_cut')
    expect(split([at(0.5, -0.2), at(0.5, 1.2)], 'v2')).toBe('code_taken')
    expect(split([at(0.5, -0.2), at(0.5, 1.2)], ' ')).toBe('code_empty')
  })

  it('cuts a site out of several atoms', () => {
    const start = squareTown()
    const ring = [at(0.8, 0.8), at(1.2, 0.8), at(1.2, 1.2), at(0.8, 1.2)]
    const edit = { type: 'draw-site', site: 's1', ring, code: 'school', name: '小学' } as const
    const { drawing, inverse } = made(start, edit)
    expect(areaSquareMetres(gridPolygons(drawing).get('school')!)).toBeCloseTo(
      areaSquareMetres(box(0.8, 0.8, 1.2, 1.2)),
      6,
    )
    expect(drawing.grids.get('school')).toMatchObject({ kind: 'dedicated', village: 'v' })
    expect(drawing.figures.get('school')!.parts).toBe(1)
    const site = drawing.atoms[drawing.members.get('school')![0]!]!.id
    expect(refused(drawing, { type: 'assign', atoms: [site], grid: 'v1' }).code).toBe('site_is_dedicated')
    expect(inverse.grids).toEqual([['school', null]])
  })

  it('cuts a site out of the middle of one atom', () => {
    const { drawing } = made(squareTown(), {
      type: 'draw-site',
      site: 's1',
      ring: [at(0.2, 0.2), at(0.4, 0.2), at(0.4, 0.4), at(0.2, 0.4), at(0.2, 0.2)],
      code: 'school',
      name: null,
    })
    expect(gridPolygons(drawing).get('v1')).toMatchObject({ type: 'Polygon' })
    expect((gridPolygons(drawing).get('v1') as Polygon).coordinates.length).toBe(2)
  })

  it('refuses a site across villages, outside, or crossing itself', () => {
    const start = squareTown()
    const site = (ring: LngLat[]) =>
      refused(start, { type: 'draw-site', site: 's', ring, code: 'school', name: null }).code
    expect(site([at(1.5, 0.5), at(2.5, 0.5), at(2.5, 0.7)])).toBe('other_village')
    expect(site([at(-0.5, 0.5), at(0.5, 0.5), at(0.5, 0.7)])).toBe('outside_village')
    expect(site([at(7, 7), at(8, 7), at(8, 8)])).toBe('outside_village')
    expect(site([at(0.2, 0.2), at(0.6, 0.6), at(0.6, 0.2), at(0.2, 0.6)])).toBe('ring_not_simple')
    expect(site([at(0.2, 0.2), at(0.6, 0.6)])).toBe('ring_not_simple')
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

describe('graphOf', () => {
  it('gives the atoms back, counted and next to each other as they were', () => {
    const { graph, assignment } = graphOf(squareTown())
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
    const { graph, assignment } = graphOf(drawing)
    const again = drawingOf(graph, squareGrids, assignment, squareHouseholds)
    // Rings may begin elsewhere; everything else is the same, and made once more nothing changes at all.
    const atomsOf = (one: AtomGraph) => one.atoms.map(({ geometry: _, ...rest }) => rest)
    expect(atomsOf(graphOf(again).graph)).toEqual(atomsOf(graph))
    expect(graphOf(again).graph.borders).toEqual(graph.borders)
    expect(graphOf(again).assignment).toEqual(assignment)
    const { graph: settled } = graphOf(again)
    expect(toJson(drawingOf(settled, squareGrids, assignment, squareHouseholds))).toBe(toJson(again))
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

describe('deleting a vertex', () => {
  it('between a street and what is beside it joins the two', () => {
    const start = squareTown()
    const { arc } = nearestOnLines(start, at(0.5, 1), 1)!
    const two = made(start, { type: 'insert-vertex', arc, after: 0, at: at(0.7, 1) }).drawing
    const cut = made(two, {
      type: 'reshape',
      arc,
      from: 0,
      to: 1,
      path: [at(0.9, 1.1)],
      street: { name: '后街', rank: 4 },
    })
    expect(cut.drawing.arcs.length).toBe(start.arcs.length + 1)
    const vertex = vertexAt(cut.drawing, at(0.7, 1))
    const { drawing, inverse } = made(cut.drawing, { type: 'delete-vertex', vertex })
    expect(drawing.arcs.filter((one) => one !== null).length).toBe(start.arcs.length)
    // 中路 has 0.7 of the way left, 后街 0.2 and a bit: the longer names the line.
    expect(drawing.arcs[vertexAt(drawing, at(0.9, 1.1)).arc]!.name).toBe('中路')
    expect(hasVertex(ground(drawing, 'a'), at(0.7, 1))).toBe(false)
    expect(hasVertex(ground(drawing, 'c'), at(0.9, 1.1))).toBe(true)
    const back = applyPatch(drawing, inverse).drawing
    expect(toJson(back)).toBe(toJson(cut.drawing))
  })

  it('at the start of a closed line starts it elsewhere; a triangle stays', () => {
    const pond = squareTown({ ponds: 1 })
    const corner = vertexAt(pond, at(0.8, 0.48))
    expect(refused(pond, { type: 'delete-vertex', vertex: corner }).code).toBe('too_few_vertices')
    const { arc, after } = nearestOnLines(pond, at(0.82, 0.48), 1)!
    const more = made(pond, { type: 'insert-vertex', arc, after, at: at(0.82, 0.47) }).drawing
    for (const place of [at(0.8, 0.48), at(0.85, 0.48), at(0.83, 0.52)]) {
      const { drawing } = made(more, { type: 'delete-vertex', vertex: vertexAt(more, place) })
      expect(ground(drawing, 'pond').coordinates[0]!.length).toBe(4)
      expect(hasVertex(ground(drawing, 'a'), place)).toBe(false)
    }
  })

  it('where lines meet is refused, and so is moving one to where it is', () => {
    const start = squareTown()
    const vertex = vertexAt(start, at(1, 1))
    expect(refused(start, { type: 'delete-vertex', vertex }).code).toBe('vertex_is_junction')
    expect(refused(start, { type: 'move-vertex', vertex, to: at(1, 1) }).code).toBe('nothing_to_change')
  })
})
