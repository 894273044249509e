/** The planner's editor without a browser: what lies where, the tools played on a desk, what is drawn. */
import { describe, expect, it } from 'vitest'
import { checkDivision } from '../../server/core/coverage/check-division.ts'
import { applyEdit } from '../../server/core/planning/drawing/apply-edit.ts'
import type { Drawing } from '../../server/core/planning/drawing/drawing.ts'
import { toJson } from '../../server/core/planning/drawing/drawing-json.ts'
import type { Edit } from '../../server/core/planning/drawing/edit.ts'
import { gridPolygons } from '../../server/core/planning/drawing/grid-polygons.ts'
import type { LngLat } from '../../server/core/values.ts'
import { beforeAfter } from '../../web/screens/plan/editor/before-after.ts'
import { allVillages, checkVillages, labelPoints } from '../../web/screens/plan/editor/check-villages.ts'
import type { Desk, Gesture, Trial } from '../../web/screens/plan/editor/gestures/gesture.ts'
import { gestures } from '../../web/screens/plan/editor/gestures/gestures.ts'
import { gridRows, unassignedGround } from '../../web/screens/plan/editor/grid-rows.ts'
import { rowsChanged, rowsOf } from '../../web/screens/plan/editor/layers.ts'
import { atRest, movingRows } from '../../web/screens/plan/editor/moving-rows.ts'
import { nextCode } from '../../web/screens/plan/editor/next-code.ts'
import {
  atomAt,
  atomsWithin,
  degreesOfPixels,
  lineNear,
  lineRole,
  shapeOf,
  vertexNear,
} from '../../web/screens/plan/editor/places.ts'
import { noRows } from '../../web/screens/plan/editor/rows.ts'
import type { ToolId } from '../../web/screens/plan/editor/tools.ts'
import { drawTown, made, smallTown } from '../core/planning/drawing-town.ts'

const town = drawTown(smallTown())
const band = { from: 30, to: 60 }

/** A household of a grid: a place surely inside it. */
function placeIn(drawing: Drawing, code: string): LngLat {
  const [longitude, latitude] = labelPoints(drawing, [code]).get(code)!
  expect(atomAt(drawing, [longitude, latitude])?.grid).toBe(code)
  expect(drawing.atoms[drawing.members.get(code)![0]!]!.grid).toBe(code)
  return [longitude, latitude]
}

/** Plays a tool: every edit it makes goes to a drawing of its own. */
function play(tool: ToolId, selected: string | null = null, start = town) {
  let drawing = start
  let chosen = selected
  let trial: Trial | null = null
  const edits: Edit[] = []
  const desk: Desk = {
    drawing: () => drawing,
    selected: () => chosen,
    select: (code) => {
      chosen = code
    },
    edit: (edit) => {
      const result = applyEdit(drawing, edit)
      if ('code' in result) return result
      edits.push(edit)
      drawing = result.drawing
      return null
    },
    show: (next) => {
      trial = next
    },
    reach: () => 1e-4,
    taken: () => [],
  }
  const gesture: Gesture = gestures[tool](desk)
  return {
    gesture,
    edits,
    drawing: () => drawing,
    selected: () => chosen,
    trial: () => trial,
    drag: (from: LngLat, to: LngLat) => {
      gesture.move?.(from)
      const taken = gesture.down?.(from) ?? false
      gesture.move?.(to)
      gesture.up?.(to)
      return taken
    },
  }
}

describe('places', () => {
  it('finds the atom under a place wherever one is, and none outside', () => {
    const { longitudes, latitudes } = town.households
    for (const atom of town.atoms)
      for (const row of atom?.households ?? [])
        expect(atomAt(town, [longitudes[row]!, latitudes[row]!])?.id).toBe(atom?.id)
    expect(atomAt(town, [0, 0])).toBeNull()
    // The pond lies in the first atom's hole.
    const pond = town.atoms.find((atom) => atom?.id === 'pond')!
    const [x, y] = [111.9 + 0.5 * 0.004, 28.4 + 0.5 * 0.004]
    expect(atomAt(town, [x, y])?.id).toBe(pond.id)
  })

  it('takes into a box what lies in it wholly', () => {
    const everything = atomsWithin(town, [111, 28], [113, 29])
    expect(everything).toHaveLength(town.atoms.filter(Boolean).length)
    const one = town.atoms[3]!
    const [west, south, east, north] = shapeOf(town, one).bbox
    expect(atomsWithin(town, [east, south], [west, north]).map((atom) => atom.id)).toContain(one.id)
    expect(atomsWithin(town, [west, south], [(west + east) / 2, north])).not.toContain(one)
  })

  it('takes hold of vertices and lines between grids only', () => {
    const arc = town.arcs.findIndex((one) => one && lineRole(town, one) === 'grid' && one.path.length > 4)
    const { path } = town.arcs[arc]!
    const vertex: LngLat = [path[2]!, path[3]!]
    expect(vertexNear(town, vertex, 1e-6)).toMatchObject({ at: vertex })
    const middle: LngLat = [(path[0]! + path[2]!) / 2, (path[1]! + path[3]!) / 2]
    expect(lineNear(town, middle, 1e-6)).toMatchObject({ arc, after: 0 })
    const inner = town.arcs.find((one) => one && lineRole(town, one) === 'atom' && one.path.length > 4)!
    expect(vertexNear(town, [inner.path[2]!, inner.path[3]!], 1e-7)).toBeNull()
  })

  it('knows what a pixel is worth', () => {
    // At zoom 0 the world of 512 px is 360° around: one pixel on the equator is 360 / 512.
    expect(degreesOfPixels(1, 0, 0)).toBeCloseTo(360 / 512, 12)
    // Each zoom halves it; at 60° a degree of longitude is half as long.
    expect(degreesOfPixels(10, 3, 60)).toBeCloseTo((10 * 360 * 0.5) / (512 * 8), 12)
  })
})

describe('tools', () => {
  const code = 'v1-000-000'
  const other = 'v1-000-001'

  it('brush: paints what it passes over into the grid in which it began, as one edit', () => {
    const game = play('brush')
    const from = placeIn(town, code)
    const to = placeIn(town, other)
    expect(game.drag(from, to)).toBe(true)
    expect(game.edits).toHaveLength(1)
    expect(game.edits[0]).toMatchObject({ type: 'assign', grid: code })
    expect(atomAt(game.drawing(), to)?.grid).toBe(code)
  })

  it('brush: goes to the selected grid; nothing happens where there is no grid to give to', () => {
    const game = play('brush', other)
    game.drag(placeIn(town, code), placeIn(town, code))
    expect(game.edits).toMatchObject([{ type: 'assign', grid: other }])
    const bare = play('brush', null, made(town, { type: 'assign', atoms: ['a0000'], grid: null }).drawing)
    const [row] = bare.drawing().atoms[0]!.households
    const { longitudes, latitudes } = town.households
    const nowhere: LngLat = [longitudes[row!]!, latitudes[row!]!]
    expect(atomAt(bare.drawing(), nowhere)?.grid).toBeNull()
    bare.drag(nowhere, nowhere)
    expect(bare.edits).toEqual([])
  })

  it('box: gives what lies wholly inside, of the grid’s village', () => {
    const game = play('box', code)
    game.drag([111, 28], [113, 29])
    const [edit] = game.edits
    expect(edit?.type).toBe('assign')
    const villages = new Set(
      edit?.type === 'assign' ? edit.atoms.map((id) => town.atoms[town.atomNumber.get(id)!]!.village) : [],
    )
    expect([...villages]).toEqual(['v1'])
    expect(game.drawing().figures.get(code)?.atoms).toBe(
      town.atoms.filter((atom) => atom?.village === 'v1').length,
    )
  })

  it('move: drags a vertex; an illegal place is shown as refused and not made', () => {
    const arc = town.arcs.find((one) => one && lineRole(town, one) === 'grid' && one.path.length >= 8)!
    const from: LngLat = [arc.path[2]!, arc.path[3]!]
    const near: LngLat = [from[0] + 1e-6, from[1] + 1e-6]
    const game = play('move')
    expect(game.drag(from, near)).toBe(true)
    expect(game.edits).toMatchObject([{ type: 'move-vertex', to: near }])
    const again = play('move')
    again.gesture.down?.(from)
    again.gesture.move?.([from[0] + 0.02, from[1]])
    expect(again.trial()?.result).toMatchObject({ code: expect.stringMatching(/lines_meet|ring_flips/) })
    again.gesture.up?.([from[0] + 0.02, from[1]])
    expect(again.edits).toEqual([])
    expect(toJson(again.drawing())).toBe(toJson(town))
    // Away from any vertex the map keeps the drag.
    expect(play('move').drag([0, 0], [1, 1])).toBe(false)
  })

  it('points: sets a vertex on a line and takes it away again', () => {
    const arc = town.arcs.find((one) => one && lineRole(town, one) === 'grid')!
    const middle: LngLat = [(arc.path[0]! + arc.path[2]!) / 2, (arc.path[1]! + arc.path[3]!) / 2]
    const game = play('points')
    game.gesture.click?.(middle)
    game.gesture.click?.(middle)
    expect(game.edits.map((edit) => edit.type)).toEqual(['insert-vertex', 'delete-vertex'])
  })

  it('reshape: from junction to junction, whichever of the lines that meet there is meant', () => {
    for (const [arc, one] of town.arcs.entries()) {
      if (!one || lineRole(town, one) !== 'grid') continue
      const game = play('reshape')
      const beside: LngLat = [one.path[2]! + 1.5e-4, one.path[3]! + 1.5e-4]
      const ends = [0, -2].map((i): LngLat => [one.path.at(i)!, one.path.at(i + 1)!])
      for (const place of [ends[0]!, beside, ends[1]!]) game.gesture.click?.(place)
      expect(game.edits).toMatchObject([{ type: 'reshape', arc, path: [beside] }])
    }
  })

  it('split: the side with fewer households becomes the new grid and is selected', () => {
    const game = play('split', code)
    const boxes = town.members.get(code)!.map((atom) => shapeOf(town, town.atoms[atom]!).bbox)
    const [west, east] = [Math.min(...boxes.map((b) => b[0])), Math.max(...boxes.map((b) => b[2]))]
    const [south, north] = [Math.min(...boxes.map((b) => b[1])), Math.max(...boxes.map((b) => b[3]))]
    const middle = (south + north) / 2
    game.gesture.click?.([west - 1e-3, middle])
    game.gesture.click?.([east + 1e-3, middle])
    game.gesture.finish?.()
    expect(game.edits).toMatchObject([{ type: 'split-grid', grid: code }])
    const fresh = game.selected()!
    const households = (of: string): number => game.drawing().figures.get(of)!.households
    expect(households(fresh)).toBeLessThanOrEqual(households(code))
    expect(households(fresh) + households(code)).toBe(town.figures.get(code)!.households)
  })

  it('merge: the selected grid takes in the one clicked; the first click without a selection selects', () => {
    const game = play('merge')
    game.gesture.click?.(placeIn(town, code))
    expect(game.selected()).toBe(code)
    game.gesture.click?.(placeIn(town, other))
    expect(game.edits).toEqual([{ type: 'merge-grids', into: code, grids: [other] }])
    expect(game.drawing().grids.has(other)).toBe(false)
  })

  it('lock: locks, and unlocks', () => {
    const game = play('lock')
    const place = placeIn(town, code)
    game.gesture.click?.(place)
    expect(game.drawing().grids.get(code)?.locked).toBe(true)
    game.gesture.click?.(place)
    expect(toJson(game.drawing())).toBe(toJson(town))
  })
})

describe('what is shown', () => {
  it('says what becomes of the grids an edit touches, the greatest change first', () => {
    const atom = town.atoms[town.members.get('v1-000-001')![0]!]!
    const result = made(town, { type: 'assign', atoms: [atom.id], grid: 'v1-000-000' })
    const n = atom.households.length
    expect(n).toBeGreaterThan(0)
    const before = (code: string): number => town.figures.get(code)!.households
    const rows = new Map(beforeAfter(town, result).map((row) => [row.code, row]))
    expect(rows.get('v1-000-000')).toMatchObject({
      before: before('v1-000-000'),
      after: before('v1-000-000') + n,
    })
    expect(rows.get('v1-000-001')).toMatchObject({
      before: before('v1-000-001'),
      after: before('v1-000-001') - n,
    })
  })

  it('measures grids against the band', () => {
    const rows = gridRows(town, band, new Map([['v1-000-000', 2]]))
    for (const { figures, deviation, status } of rows) {
      const n = figures.households
      expect(deviation).toBe(n < 30 ? n - 30 : n > 60 ? n - 60 : 0)
      expect(status === 'in_band').toBe(deviation === 0)
    }
    expect(rows.find((row) => row.grid.code === 'v1-000-000')?.workers).toBe(2)
    const bare = made(town, { type: 'assign', atoms: ['a0000', 'a0001'], grid: null }).drawing
    expect(unassignedGround(bare)).toEqual({
      atoms: 2,
      households: bare.atoms[0]!.households.length + bare.atoms[1]!.households.length,
    })
  })

  it('keeps the rows an edit does not touch, so that only the others are drawn anew', () => {
    const first = rowsOf(noRows, town, band, null, 'light')
    expect(rowsOf(first, town, band, null, 'light').atoms).toBe(first.atoms)
    const edit: Edit = { type: 'assign', atoms: ['a0002'], grid: 'v1-000-000' }
    const next = rowsOf(first, made(town, edit).drawing, band, null, 'light')
    const changed = next.atoms.filter((row, i) => row !== first.atoms[i]).map((row) => row.atom.id)
    expect(changed).toContain('a0002')
    // The other village has nothing to do with it.
    for (const id of changed) expect(town.atoms[town.atomNumber.get(id)!]!.village).toBe('v1')
    const ranges = rowsChanged(next.atoms, first.atoms)
    const inRanges = next.atoms.filter((_, i) =>
      ranges.some((r) => i >= r.startRow && i < (r.endRow ?? Infinity)),
    )
    for (const id of changed) expect(inRanges.map((row) => row.atom.id)).toContain(id)
  })

  it('draws apart what moves, over what rests, until the hand rests', () => {
    const first = rowsOf(noRows, town, band, null, 'light')
    const resting = atRest(first)
    expect(movingRows(resting, first).settled).toEqual({ atoms: first.atoms, lines: first.lines })
    const edit: Edit = { type: 'assign', atoms: ['a0002'], grid: 'v1-000-000' }
    const next = rowsOf(first, made(town, edit).drawing, band, null, 'light')
    const moved = movingRows(resting, next)
    const changed = (now: readonly unknown[], before: readonly unknown[]): unknown[] =>
      now.filter((row, i) => row !== before[i])
    expect(moved.moving.atoms).toEqual(changed(next.atoms, first.atoms))
    expect(moved.moving.lines).toEqual(changed(next.lines, first.lines))
    // In their place nothing is to be seen of them, and every other row is the same.
    const rests = moved.settled.atoms.map((row, i) => (row === first.atoms[i] ? 'rests' : row.color[3]))
    expect(rests).toEqual(next.atoms.map((row, i) => (row === first.atoms[i] ? 'rests' : 0)))
    expect(moved.settled.lines.map((row) => row.style === 'hidden')).toEqual(
      next.lines.map((row, i) => row !== first.lines[i]),
    )
    // The next frame of the same drag changes nothing of what rests.
    expect(movingRows(moved, next).settled.atoms).toBe(moved.settled.atoms)
    expect(atRest(next).moving.atoms).toEqual([])
    // Taken back: all in their place again.
    const back = movingRows(moved, first)
    expect([back.settled.atoms, back.moving.atoms]).toEqual([first.atoms, []])
  })

  it('checks village by village what the whole check finds', () => {
    const torn = made(town, { type: 'assign', atoms: ['a0003', 'a0008'], grid: null }).drawing
    const found = checkVillages(torn, allVillages(torn), band).flatMap((one) => one.problems)
    const polygons = gridPolygons(torn)
    const whole = checkDivision({
      grids: [...polygons].map(([code, geometry]) => ({ code, geometry, kind: 'ordinary' as const })),
      sizes: band,
      households: torn.households.ids.map((id, row) => ({
        id,
        longitude: torn.households.longitudes[row]!,
        latitude: torn.households.latitudes[row]!,
      })),
    })
    const sizes = (codes: readonly { code: string; grids: readonly string[] }[]): string[] =>
      codes
        .filter((one) => one.code.startsWith('households_'))
        .map((one) => `${one.code} ${one.grids.join()}`)
        .toSorted()
    expect(sizes(found)).toEqual(sizes(whole.problems))
    // Ground nobody has is a gap, and its households are in none.
    const nobody = torn.atoms.reduce((n, atom) => n + (atom?.grid === null ? atom.households.length : 0), 0)
    expect(found.filter((one) => one.code === 'household_in_none')).toHaveLength(nobody)
    expect(found.some((one) => ['gap', 'hole', 'inlet'].includes(one.code))).toBe(true)
  })
})

describe('codes of new grids', () => {
  it('count on within the village and kind, as many digits, never one that was taken', () => {
    const grids = new Map(
      ['330001101', '330001102', '330001201', '330002107'].map((code) => [code, { code } as never]),
    )
    expect(nextCode({ grids }, '330001', 'ordinary')).toBe('330001103')
    expect(nextCode({ grids }, '330001', 'ordinary', ['330001109'])).toBe('330001110')
    expect(nextCode({ grids }, '330001', 'dedicated')).toBe('330001202')
    expect(nextCode({ grids }, '330003', 'ordinary')).toBe('330003101')
    expect(nextCode({ grids }, '330001', 'microgrid', [], '330001101')).toBe('33000110101')
  })
})
