/** Edits that cut atoms along a line somebody drew, as patches. */

import { distanceMetres } from '../../geometry/distance-metres.ts'
import type { LngLat } from '../../values.ts'
import type { PlanGrid } from '../values.ts'
import { atomRecordOf } from './arc-changes.ts'
import { arcsNear } from './arc-index.ts'
import { type AtomRecord, type Drawing, OUTSIDE, type Patch } from './drawing.ts'
import type { Edit, Refusal } from './edit.ts'
import { codeRefused } from './edit-grids.ts'
import { atomAt } from './find-places.ts'
import { overlaid } from './overlay.ts'
import {
  type DrawnOver,
  drawOver,
  endsOf,
  facesBeside,
  joinedFaces,
  withoutLinesBetween,
} from './overlay-lines.ts'
import { isCounterclockwise, tooNear } from './planar-test.ts'
import { isPlace, refusal } from './refuse.ts'

type Kind<T extends Edit['type']> = Extract<Edit, { type: T }>

/** Pieces of an atom, wherever the line cuts it. */
export function splitAtom(drawing: Drawing, edit: Kind<'split-atom'>): Patch | Refusal {
  const number = drawing.atomNumber.get(edit.atom)
  if (number === undefined) return refusal('unknown_atom', null, edit.atom)
  if (edit.line.length < 2 || !edit.line.every(isPlace)) return refusal('place_not_finite')
  const over = drawOver(drawing, [number], [edit.line.flat()])
  if (over.atomOf.filter((atom) => atom === number).length < 2)
    return refusal('line_does_not_cut', edit.line[0])
  const wrong = nearMiss(over)
  if (wrong) return wrong
  const { arcs, atoms } = overlaid(drawing, [number], over)
  return { type: 'patch', arcs, atoms, grids: [] }
}

/** Gives what lies on one side of the line to a new grid; atoms it crosses are cut. */
export function splitGrid(drawing: Drawing, edit: Kind<'split-grid'>): Patch | Refusal {
  const grid = drawing.grids.get(edit.grid)
  if (!grid) return refusal('unknown_grid', null, edit.grid)
  const taken = codeRefused(drawing, edit.code)
  if (taken) return taken
  if (edit.line.length < 2 || !edit.line.every(isPlace)) return refusal('place_not_finite')
  if (grid.locked) return refusal('grid_locked', edit.line[0], grid.code)
  const members = drawing.members.get(grid.code) ?? []
  const drawn = drawOver(drawing, members, [edit.line.flat()])
  const isNew = sideOfLine(drawn, edit.side)
  const labels = isNew.map(String)
  const over = withoutLinesBetween(drawing, members, drawn, labels)
  const isNewNow = sideOfLine(over, edit.side)
  const sides = new Set(over.atomOf.flatMap((atom, face) => (atom === OUTSIDE ? [] : [isNewNow[face]])))
  if (sides.size < 2) return refusal('line_does_not_cut', edit.line[0])
  const wrong = nearMiss(over)
  if (wrong) return wrong
  const layer = grid.kind === 'microgrid' ? 'microgrid' : 'grid'
  const { arcs, atoms, faceOf } = overlaid(drawing, members, over)
  const records = new Map<number, AtomRecord>(atoms)
  for (const [number, face] of faceOf) {
    if (!isNewNow[face]) continue
    const record = records.get(number) ?? atomRecordOf(drawing.atoms[number]!)
    const locked =
      layer === 'grid' && record.microgrid !== null && drawing.grids.get(record.microgrid)?.locked
    if (locked) return refusal('grid_locked', edit.line[0], record.microgrid ?? '')
    records.set(
      number,
      layer === 'grid'
        ? { ...record, grid: edit.code, microgrid: null }
        : { ...record, microgrid: edit.code },
    )
  }
  const created: PlanGrid = { ...grid, code: edit.code, name: edit.name }
  return { type: 'patch', arcs, atoms: [...records], grids: [[edit.code, created]] }
}

/**
 * Faces on one side of what was drawn. Ground that hangs together without crossing the line goes where more of the line runs along
 * it; ground that the line does not reach counts as on neither side.
 */
function sideOfLine(over: DrawnOver, side: 'left' | 'right'): boolean[] {
  const joined = joinedFaces(over)
  const balance = new Map<number, number>()
  for (const { left, right, line } of facesBeside(over)) {
    const metres = distanceMetres(...endsOf(over, line))
    balance.set(joined[left]!, (balance.get(joined[left]!) ?? 0) + metres)
    balance.set(joined[right]!, (balance.get(joined[right]!) ?? 0) - metres)
  }
  return joined.map((face) => {
    const metres = balance.get(face) ?? 0
    return side === 'left' ? metres > 0 : metres < 0
  })
}

/** Cuts a ring out of the atoms it lies on, as a dedicated grid. */
export function drawSite(drawing: Drawing, edit: Kind<'draw-site'>): Patch | Refusal {
  const taken = codeRefused(drawing, edit.code)
  if (taken) return taken
  if (!edit.ring.every(isPlace)) return refusal('place_not_finite')
  const path = simpleRing(edit.ring)
  if (!path) return refusal('ring_not_simple', edit.ring[0] ?? null)
  const atoms = atomsNear(drawing, edit.ring)
  const over = drawOver(drawing, atoms, [path])
  if (over.leaves) return refusal('outside_village', edit.ring[0])
  const wrong = nearMiss(over)
  if (wrong) return wrong
  const inside = insideRing(over)
  const { arcs, atoms: changed, faceOf } = overlaid(drawing, atoms, over)
  const records = new Map<number, AtomRecord>(changed)
  let village: string | null = null
  let isEmpty = true
  for (const [number, face] of faceOf) {
    if (!inside[face]) continue
    isEmpty = false
    const record = records.get(number) ?? atomRecordOf(drawing.atoms[number]!)
    village ??= record.village
    if (village !== record.village) return refusal('other_village', edit.ring[0], record.id)
    const locked = [record.grid, record.microgrid].find(
      (code) => code !== null && drawing.grids.get(code)?.locked,
    )
    if (locked) return refusal('grid_locked', edit.ring[0], locked)
    records.set(number, { ...record, site: edit.site, group: null, grid: edit.code, microgrid: null })
  }
  if (isEmpty || village === null) return refusal('outside_village', edit.ring[0])
  const { code, name } = edit
  const created: PlanGrid = { code, name, kind: 'dedicated', village, parent: null, locked: false }
  return { type: 'patch', arcs, atoms: [...records], grids: [[code, created]] }
}

/** The ring closed and counterclockwise; null when it crosses or touches itself or encloses nothing. */
function simpleRing(ring: readonly LngLat[]): number[] | null {
  const [first, last] = [ring[0], ring.at(-1)]
  const isClosed = first && last && first[0] === last[0] && first[1] === last[1]
  const open = isClosed ? ring.slice(0, -1) : ring
  const n = open.length
  if (n < 3) return null
  for (let i = 0; i < n; i++) {
    const [a, b] = [open[i]!, open[(i + 1) % n]!]
    for (let j = i + 1; j < n; j++) {
      const [c, d] = [open[j]!, open[(j + 1) % n]!]
      const [aShared, bShared] = [i === 0 && j === n - 1, j === i + 1]
      if (tooNear(a[0], a[1], b[0], b[1], c[0], c[1], d[0], d[1], aShared, bShared, bShared)) return null
    }
  }
  const counterclockwise = isCounterclockwise(open.flat()) ? open : open.toReversed()
  return [...counterclockwise, counterclockwise[0]!].flat()
}

/** Numbers of the atoms that a ring may lie on: those along lines near it, or the one it lies inside of. */
function atomsNear(drawing: Drawing, ring: readonly LngLat[]): number[] {
  const longitudes = ring.map(([longitude]) => longitude)
  const latitudes = ring.map(([, latitude]) => latitude)
  const near = arcsNear(
    drawing.index,
    Math.min(...longitudes),
    Math.min(...latitudes),
    Math.max(...longitudes),
    Math.max(...latitudes),
  ).flatMap((number) => [drawing.arcs[number]!.left, drawing.arcs[number]!.right])
  const around = atomAt(drawing, ring[0]!)
  const atoms = new Set([...near, around ?? OUTSIDE])
  atoms.delete(OUTSIDE)
  return [...atoms].toSorted((a, b) => a - b)
}

/** Faces that a counterclockwise ring encloses: all that hangs together with what lies left of it. */
function insideRing(over: DrawnOver): boolean[] {
  const joined = joinedFaces(over)
  const inside = new Set(facesBeside(over).map(({ left }) => joined[left]!))
  return joined.map((face, own) => over.atomOf[own] !== OUTSIDE && inside.has(face))
}

/** Something drawn that comes too near to another line without meeting it, or meets it at too flat an angle. */
function nearMiss(over: DrawnOver): Refusal | null {
  const { lines, arcOf } = over
  const lineCount = arcOf.length
  for (let i = 0; i < lineCount; i++) {
    if (arcOf[i]! >= 0) continue
    const [a, b] = [lines.from[i]!, lines.to[i]!]
    const [ax, ay, bx, by] = endsOf(over, i)
    for (let j = 0; j < lineCount; j++) {
      if (i === j || (arcOf[j]! < 0 && j < i)) continue
      const [c, d] = [lines.from[j]!, lines.to[j]!]
      const [cx, cy, dx, dy] = endsOf(over, j)
      if (tooNear(ax, ay, bx, by, cx, cy, dx, dy, a === c || a === d, b === c || b === d, c === a || c === b))
        return refusal('lines_meet', [ax, ay])
    }
  }
  return null
}
