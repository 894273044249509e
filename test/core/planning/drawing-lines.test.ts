/** Lines moved, drawn anew and joined, and what is refused, on squares whose figures can be worked out by hand. */
import { describe, expect, it } from 'vitest'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import { canMove } from '../../../server/core/planning/drawing/apply-edit.ts'
import { applyPatch } from '../../../server/core/planning/drawing/apply-patch.ts'
import { toJson } from '../../../server/core/planning/drawing/drawing-json.ts'
import type { VertexPlace } from '../../../server/core/planning/drawing/edit.ts'
import { nearestOnLines } from '../../../server/core/planning/drawing/find-places.ts'
import { villagePolygons } from '../../../server/core/planning/drawing/grid-polygons.ts'
import { at, box, ground, hasVertex, moveTo, squareTown, vertexAt } from './drawing-squares.ts'
import { made, refused } from './drawing-town.ts'

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
