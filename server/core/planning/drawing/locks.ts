import type { ArcRecord, Drawing } from './drawing.ts'

/** Code of a locked grid or microgrid that ends at this arc, or null. */
export function lockAcross(drawing: Drawing, arc: Pick<ArcRecord, 'left' | 'right'>): string | null {
  const left = drawing.atoms[arc.left]
  const right = drawing.atoms[arc.right]
  for (const layer of ['grid', 'microgrid'] as const) {
    const [one, other] = [left?.[layer] ?? null, right?.[layer] ?? null]
    if (one === other) continue
    for (const code of [one, other]) if (code !== null && drawing.grids.get(code)?.locked) return code
  }
  return null
}
