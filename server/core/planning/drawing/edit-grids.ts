/** Edits of grids and of which atoms they have, as patches. */
import type { PlanGrid } from '../values.ts'
import { atomRecordOf } from './arc-changes.ts'
import type { AtomRecord, Drawing, DrawnAtom, Patch } from './drawing.ts'
import type { Edit, Refusal } from './edit.ts'
import type { Layer } from './grid-figures.ts'
import { refusal } from './refuse.ts'
import { placeInAtom } from './ring-paths.ts'

type Kind<T extends Edit['type']> = Extract<Edit, { type: T }>

/** Gives atoms to a grid. An atom that leaves its grid leaves its microgrid, too. */
export function assign(drawing: Drawing, edit: Kind<'assign'>): Patch | Refusal {
  const layer = edit.layer ?? 'grid'
  const target = edit.grid === null ? null : drawing.grids.get(edit.grid)
  if (target === undefined) return refusal('unknown_grid', null, edit.grid ?? '')
  if (target && layerOf(target) !== layer) return refusal('not_a_microgrid', null, target.code)
  const atoms: [number, AtomRecord][] = []
  const seen = new Set<number>()
  for (const id of edit.atoms) {
    const number = drawing.atomNumber.get(id)
    if (number === undefined) return refusal('unknown_atom', null, id)
    const atom = drawing.atoms[number]!
    if (atom[layer] === edit.grid || seen.has(number)) continue
    seen.add(number)
    const wrong = cannotGo(drawing, atom, target, layer)
    if (wrong) return wrong
    const record = atomRecordOf(atom)
    atoms.push([
      number,
      layer === 'grid'
        ? { ...record, grid: edit.grid, microgrid: null }
        : { ...record, microgrid: edit.grid },
    ])
  }
  if (atoms.length === 0) return refusal('nothing_to_change')
  return { type: 'patch', arcs: [], atoms, grids: [] }
}

/** Why an atom cannot go to a grid (null: to none). */
function cannotGo(drawing: Drawing, atom: DrawnAtom, target: PlanGrid | null, layer: Layer): Refusal | null {
  const place = placeInAtom(drawing, atom)
  const locked = [atom[layer], layer === 'grid' ? atom.microgrid : null, target?.code ?? null].find(
    (code) => code !== null && drawing.grids.get(code)?.locked,
  )
  if (locked) return refusal('grid_locked', place, locked)
  if (!target) return null
  if (target.village !== atom.village) return refusal('other_village', place, atom.id)
  if (layer === 'microgrid' && target.parent !== atom.grid) return refusal('other_grid', place, atom.id)
  if (layer === 'grid' && atom.site !== null && target.kind !== 'dedicated')
    return refusal('site_is_dedicated', place, atom.id)
  return null
}

const layerOf = (grid: PlanGrid): Layer => (grid.kind === 'microgrid' ? 'microgrid' : 'grid')

/** Grids become one; those merged into it are gone, their microgrids belong to it. */
export function mergeGrids(drawing: Drawing, edit: Kind<'merge-grids'>): Patch | Refusal {
  const into = drawing.grids.get(edit.into)
  if (!into) return refusal('unknown_grid', null, edit.into)
  const layer = layerOf(into)
  const gone = new Set(edit.grids)
  gone.delete(edit.into)
  if (gone.size === 0) return refusal('nothing_to_change')
  const atoms: [number, AtomRecord][] = []
  const grids: [string, PlanGrid | null][] = []
  for (const code of gone) {
    const grid = drawing.grids.get(code)
    if (!grid) return refusal('unknown_grid', null, code)
    if (layerOf(grid) !== layer) return refusal('not_a_microgrid', null, code)
    if (grid.village !== into.village) return refusal('other_village', null, code)
    if (layer === 'microgrid' && grid.parent !== into.parent) return refusal('other_grid', null, code)
    const locked = [grid, into].find((one) => one.locked)
    if (locked) return refusal('grid_locked', null, locked.code)
    for (const number of drawing.members.get(code) ?? []) {
      const atom = drawing.atoms[number]!
      if (layer === 'grid' && atom.site !== null && into.kind !== 'dedicated')
        return refusal('site_is_dedicated', placeInAtom(drawing, atom), atom.id)
      atoms.push([number, { ...atomRecordOf(atom), [layer]: into.code }])
    }
    grids.push([code, null])
    for (const micro of microgridsOf(drawing, code)) grids.push([micro.code, { ...micro, parent: into.code }])
  }
  return { type: 'patch', arcs: [], atoms, grids }
}

const microgridsOf = (drawing: Drawing, parent: string): PlanGrid[] =>
  [...drawing.grids.values()].filter((grid) => grid.kind === 'microgrid' && grid.parent === parent)

export function addGrid(drawing: Drawing, { grid }: Kind<'add-grid'>): Patch | Refusal {
  const wrong = codeRefused(drawing, grid.code)
  if (wrong) return wrong
  if (grid.kind === 'microgrid') {
    const parent = grid.parent === null ? undefined : drawing.grids.get(grid.parent)
    if (!parent || parent.kind === 'microgrid') return refusal('unknown_grid', null, grid.parent ?? '')
    if (parent.village !== grid.village) return refusal('other_village', null, grid.code)
  }
  if (!drawing.atoms.some((atom) => atom?.village === grid.village))
    return refusal('unknown_village', null, grid.village)
  return { type: 'patch', arcs: [], atoms: [], grids: [[grid.code, grid]] }
}

/** Why a code cannot be given to a new grid, if it cannot. */
export function codeRefused(drawing: Drawing, code: string): Refusal | null {
  if (code.trim() === '') return refusal('code_empty')
  return drawing.grids.has(code) ? refusal('code_taken', null, code) : null
}

export function removeGrid(drawing: Drawing, { grid: code }: Kind<'remove-grid'>): Patch | Refusal {
  const grid = drawing.grids.get(code)
  if (!grid) return refusal('unknown_grid', null, code)
  if (grid.locked) return refusal('grid_locked', null, code)
  if ((drawing.members.get(code)?.length ?? 0) > 0 || microgridsOf(drawing, code).length > 0)
    return refusal('grid_not_empty', null, code)
  return { type: 'patch', arcs: [], atoms: [], grids: [[code, null]] }
}

/** Locks, unlocks or names a grid. */
export function changeGrid(
  drawing: Drawing,
  code: string,
  change: Partial<Pick<PlanGrid, 'locked' | 'name'>>,
): Patch | Refusal {
  const grid = drawing.grids.get(code)
  if (!grid) return refusal('unknown_grid', null, code)
  const changed = { ...grid, ...change }
  if (changed.locked === grid.locked && changed.name === grid.name) return refusal('nothing_to_change')
  return { type: 'patch', arcs: [], atoms: [], grids: [[code, changed]] }
}

/** A grid's code is only its name: it may change while the grid is locked. */
export function setCode(drawing: Drawing, edit: Kind<'set-code'>): Patch | Refusal {
  const grid = drawing.grids.get(edit.grid)
  if (!grid) return refusal('unknown_grid', null, edit.grid)
  if (edit.code === edit.grid) return refusal('nothing_to_change')
  const wrong = codeRefused(drawing, edit.code)
  if (wrong) return wrong
  const layer = layerOf(grid)
  return {
    type: 'patch',
    arcs: [],
    atoms: (drawing.members.get(grid.code) ?? []).map((number) => [
      number,
      { ...atomRecordOf(drawing.atoms[number]!), [layer]: edit.code },
    ]),
    grids: [
      [grid.code, null],
      [edit.code, { ...grid, code: edit.code }],
      ...microgridsOf(drawing, grid.code).map((micro): [string, PlanGrid] => [
        micro.code,
        { ...micro, parent: edit.code },
      ]),
    ],
  }
}
