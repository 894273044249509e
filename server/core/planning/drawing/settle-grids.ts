import { type Drawing, OUTSIDE, type Patch } from './drawing.ts'
import type { Applied } from './edit.ts'
import { gridFigures, type Layer } from './grid-figures.ts'

/** Members and figures of the grids concerned: those of changed atoms, before and after, and those across from them. */
export function settleGrids(
  before: Drawing,
  next: Drawing,
  patch: Patch,
  inverse: Patch,
  reshaped: ReadonlySet<number>,
): Applied {
  const changed = new Set([...reshaped, ...patch.atoms.map(([number]) => number)])
  for (const [number] of patch.arcs)
    for (const arc of [before.arcs[number], next.arcs[number]]) if (arc) changed.add(arc.left).add(arc.right)
  changed.delete(OUTSIDE)
  const concerned = new Set(patch.grids.map(([code]) => code))
  const moved = new Map<string, { gone: Set<number>; come: number[] }>()
  const movesOf = (code: string) => {
    const known = moved.get(code) ?? { gone: new Set(), come: [] }
    moved.set(code, known)
    return known
  }
  const ids = new Set<string>()
  const layers: readonly Layer[] = ['grid', 'microgrid']
  for (const number of changed) {
    const [old, now] = [before.atoms[number], next.atoms[number]]
    for (const [drawing, atom] of [
      [before, old],
      [next, now],
    ] as const) {
      if (!atom) continue
      ids.add(atom.id)
      for (const layer of layers) {
        const code = atom[layer]
        if (code !== null) concerned.add(code)
        for (const half of atom.rings.flat()) {
          const arc = drawing.arcs[half >> 1]!
          const across = (half & 1) === 0 ? arc.right : arc.left
          const other = across < 0 ? null : drawing.atoms[across]![layer]
          if (other !== null) concerned.add(other)
        }
      }
    }
    for (const layer of layers) {
      const [was, is] = [old?.[layer] ?? null, now?.[layer] ?? null]
      if (was === is) continue
      if (was !== null) movesOf(was).gone.add(number)
      if (is !== null) movesOf(is).come.push(number)
    }
  }
  const members = new Map(before.members)
  for (const [code, { gone, come }] of moved)
    members.set(
      code,
      [...(members.get(code) ?? []).filter((atom) => !gone.has(atom)), ...come].toSorted((a, b) => a - b),
    )
  const figures = new Map(before.figures)
  for (const code of concerned) {
    const grid = next.grids.get(code)
    if (!grid) {
      members.delete(code)
      figures.delete(code)
      continue
    }
    if (!members.has(code)) members.set(code, [])
    const layer = grid.kind === 'microgrid' ? 'microgrid' : 'grid'
    figures.set(code, gridFigures(next.arcs, next.atoms, code, members.get(code)!, layer))
  }
  return {
    drawing: { ...next, members, figures },
    inverse,
    touched: {
      atoms: [...ids].toSorted(),
      grids: [...concerned].toSorted(),
    },
  }
}
