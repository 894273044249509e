/**
 * A plan under edit: what one edit costs against what everything costs, and against the frame of a screen. A town of 2,425 grids, and
 * one of 300 grids on 5,000 atoms with 150,000 vertices.
 */
import { applyEdit, canMove } from '../../server/core/planning/drawing/apply-edit.ts'
import { checkDrawing, checkEdit } from '../../server/core/planning/drawing/check-edit.ts'
import type { Drawing } from '../../server/core/planning/drawing/drawing.ts'
import type { Applied, Edit, VertexPlace } from '../../server/core/planning/drawing/edit.ts'
import type { LngLat } from '../../server/core/values.ts'
import { drawTown, smallTown } from '../core/planning/drawing-town.ts'
import type { BenchRow } from './bench-row.ts'

const FRAME_MILLISECONDS = 16
const EDIT_CHECK_MILLISECONDS = 50

export function bench(): Promise<BenchRow[]> {
  return Promise.resolve([...checks(), ...frames()])
}

/** The middle one of some runs: milliseconds. Each is work of its own, so that nothing is measured that was kept from before. */
function median(runs: number, work: (run: number) => void): number {
  const times = Array.from({ length: runs }, (_, run) => {
    const start = performance.now()
    work(run)
    return performance.now() - start
  })
  return times.toSorted((a, b) => a - b)[Math.floor(runs / 2)]!
}

function made(drawing: Drawing, edit: Edit): Applied {
  const result = applyEdit(drawing, edit)
  if ('code' in result) throw new Error(`the bench was refused: ${result.code}`)
  return result
}

function checks(): BenchRow[] {
  const town = smallTown({ columns: 194, rows: 25, inner: 8, households: 20_000, villages: 1 })
  const drawing = drawTown(town)
  if (drawing.grids.size !== 2425) throw new Error(`the bench has ${drawing.grids.size} grids`)
  const rules = { sizes: { from: 4, to: 15 } }
  const edits = Array.from({ length: 40 }, (_, i) => {
    // An atom of every other column goes to the grid on its west, within its village.
    const atom = drawing.atoms[drawing.atomNumber.get(`a${String(1000 + 2 * 37 * i).padStart(4, '0')}`)!]!
    const neighbour = drawing.figures
      .get(atom.grid!)!
      .neighbours.find(({ grid }) => drawing.grids.get(grid)!.village === atom.village)!
    return made(drawing, { type: 'assign', atoms: [atom.id], grid: neighbour.grid })
  })
  const ours = median(edits.length, (run) => {
    const { drawing: after, touched } = edits[run]!
    checkEdit(after, touched.grids, rules)
  })
  const theirs = median(3, (run) => checkDrawing(edits[run]!.drawing, rules))
  const note = `2,425 grids, ${drawing.atoms.length} atoms, 36 vertices each, 20,000 households`
  return [
    {
      name: 'plan: check after one edit, against a check of everything',
      ours,
      theirs,
      ratio: ours / theirs,
      target: '<= 0.05',
      unit: 'ms',
      note,
    },
    {
      name: 'plan: check after one edit, against 50 ms',
      ours,
      theirs: EDIT_CHECK_MILLISECONDS,
      ratio: ours / EDIT_CHECK_MILLISECONDS,
      target: '<= 1',
      unit: 'ms',
      note,
    },
  ]
}

function frames(): BenchRow[] {
  // 100 × 50 atoms, 17 in a row or so make a grid; 15 vertices inside each side.
  const town = smallTown({ columns: 100, rows: 50, inner: 15, households: 12_000, gridColumns: 17 })
  const drawing = drawTown(town)
  const vertices = drawing.arcs.reduce((sum, arc) => sum + (arc ? arc.path.length / 2 : 0), 0)
  const note = `${drawing.grids.size} grids, ${drawing.atoms.length} atoms, ${vertices} vertices, 12,000 households`
  // Inner vertices and junctions by turns, all over the town, a little to the side.
  const moves = drawing.arcs
    .flatMap((arc, number): [VertexPlace, LngLat][] => {
      if (!arc || arc.left < 0 || arc.right < 0) return []
      const vertex = number % 2 === 0 ? 0 : 5
      return [
        [{ arc: number, vertex }, [arc.path[2 * vertex]! + 0.00003, arc.path[2 * vertex + 1]! + 0.00002]],
      ]
    })
    .filter(([vertex, to]) => canMove(drawing, vertex, to))
  const at = (run: number): [VertexPlace, LngLat] => moves[(run * 97) % moves.length]!
  const row = (name: string, milliseconds: number, budget: number): BenchRow => ({
    name: `plan: ${name}, against ${budget} ms`,
    ours: milliseconds,
    theirs: budget,
    ratio: milliseconds / budget,
    target: '<= 1',
    unit: 'ms',
    note,
  })
  const judging = median(400, (run) => {
    if (!canMove(drawing, ...at(run))) throw new Error('a legal move was refused')
  })
  const moving = median(200, (run) => {
    const [vertex, to] = at(run)
    made(drawing, { type: 'move-vertex', vertex, to })
  })
  const codes = [...drawing.grids.keys()]
  const assigning = median(200, (run) => {
    const grid = drawing.grids.get(codes[(run * 31) % codes.length]!)!
    const neighbour = drawing.figures
      .get(grid.code)!
      .neighbours.find((one) => drawing.grids.get(one.grid)!.village === grid.village)!
    const atoms = drawing.members.get(neighbour.grid)!.slice(0, 5)
    made(drawing, { type: 'assign', atoms: atoms.map((atom) => drawing.atoms[atom]!.id), grid: grid.code })
  })
  return [
    row('a vertex judged while dragged', judging, 1),
    row('a vertex moved', moving, FRAME_MILLISECONDS),
    row('five atoms assigned', assigning, FRAME_MILLISECONDS),
  ]
}
