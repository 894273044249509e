/** What an edit would do to the grids it touches, in households: pure. */
import type { Drawing } from '../../../../server/core/planning/drawing/drawing.ts'
import type { Applied } from '../../../../server/core/planning/drawing/edit.ts'

export interface BeforeAfter {
  readonly code: string
  readonly name: string
  /** Null: no such grid. */
  readonly before: number | null
  readonly after: number | null
}

/** The grids with the greatest change first, at most `most`; grids touched without a change come last, by code. */
export function beforeAfter(drawing: Drawing, { drawing: next, touched }: Applied, most = 3): BeforeAfter[] {
  const change = ({ before, after }: BeforeAfter): number => Math.abs((after ?? 0) - (before ?? 0))
  return touched.grids
    .map((code): BeforeAfter => {
      const grid = next.grids.get(code) ?? drawing.grids.get(code)
      return {
        code,
        name: grid?.name ?? code.slice(-6),
        before: drawing.figures.get(code)?.households ?? null,
        after: next.figures.get(code)?.households ?? null,
      }
    })
    .toSorted((a, b) => change(b) - change(a) || (a.code < b.code ? -1 : 1))
    .slice(0, most)
}
