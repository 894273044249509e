/** Grids locked, assigned, cut, on squares whose figures can be worked out by hand. */
import type { Polygon } from 'geojson'
import { describe, expect, it } from 'vitest'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import { nearestOnLines } from '../../../server/core/planning/drawing/find-places.ts'
import { gridPolygons } from '../../../server/core/planning/drawing/grid-polygons.ts'
import type { PlanGrid } from '../../../server/core/planning/values.ts'
import type { LngLat } from '../../../server/core/values.ts'
import { at, box, ground, hasVertex, metresOf, moveTo, squareTown } from './drawing-squares.ts'
import { made, refused } from './drawing-town.ts'

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
