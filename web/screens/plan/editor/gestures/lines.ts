/** Lines drawn by clicks: a new course for a boundary, a cut through a grid, the outline of a dedicated site. */
import { applyEdit } from '../../../../../server/core/planning/drawing/apply-edit.ts'
import type { Edit } from '../../../../../server/core/planning/drawing/edit.ts'
import type { LngLat } from '../../../../../server/core/values.ts'
import { type AlongStreets, alongStreets } from '../along-streets.ts'
import { nextCode } from '../next-code.ts'
import { atomAt, type NearVertex, vertexNear, verticesNear } from '../places.ts'
import { text } from '../text.ts'
import { type Desk, type Gesture, tryOut } from './gesture.ts'

/** Two vertices of one line. */
interface Ends {
  readonly start: NearVertex
  readonly end: NearVertex
}

/** From one vertex of a line between grids, by new places, to another vertex of it; along the streets that it runs on. */
export function reshape(desk: Desk): Gesture {
  // At a junction, of each line that meets there: which is meant is known at the other end.
  let from: readonly NearVertex[] = []
  let path: readonly LngLat[] = []
  const endAt = (at: LngLat): Ends | null => {
    for (const end of verticesNear(desk.drawing(), at, desk.reach())) {
      const start = from.find(({ arc, vertex }) => arc === end.arc && vertex !== end.vertex)
      if (start) return { start, end }
    }
    return null
  }
  const courseTo = (start: LngLat, at: LngLat): AlongStreets =>
    alongStreets([start, ...path, at], desk.streets?.() ?? [], desk.reach())
  const editBetween = ({ start, end }: Ends): Edit => {
    const { path: course, street } = courseTo(start.at, end.at)
    return {
      type: 'reshape',
      arc: start.arc,
      from: start.vertex,
      to: end.vertex,
      path: course,
      ...(street && { street }),
    }
  }
  const startOver = (): void => {
    from = []
    path = []
  }
  return {
    move: (at) => {
      const [first] = from
      if (!first) {
        const near = vertexNear(desk.drawing(), at, desk.reach())
        return desk.show({ at, edit: null, result: null, ...(near && { handle: near.at }) })
      }
      const ends = endAt(at)
      desk.show({
        ...tryOut(desk, at, ends && editBetween(ends)),
        sketch: { path: [first.at, ...courseTo(first.at, at).path, at], closed: false },
        hint: text.reshapeOn,
      })
    },
    click: (at) => {
      if (from.length === 0) {
        from = verticesNear(desk.drawing(), at, desk.reach())
        return
      }
      const ends = endAt(at)
      if (!ends) {
        path = [...path, at]
        return
      }
      const edit = editBetween(ends)
      startOver()
      desk.show({ at, edit: null, result: null })
      desk.edit(edit)
    },
    back: () => {
      const was = from.length > 0
      if (path.length > 0) path = path.slice(0, -1)
      else startOver()
      desk.show(null)
      return was
    },
  }
}

/** A line right through the selected grid, or through the one under most of the line. The side with fewer households becomes new. */
export function split(desk: Desk): Gesture {
  return drawn(desk, 2, false, (line) => {
    const drawing = desk.drawing()
    const code = desk.selected() ?? gridUnder(desk, line)
    const grid = code === null ? undefined : drawing.grids.get(code)
    if (!grid) return null
    const fresh = nextCode(drawing, grid.village, grid.kind, desk.taken(), grid.parent)
    const edit = (side: 'left' | 'right'): Edit => ({
      type: 'split-grid',
      grid: grid.code,
      line,
      code: fresh,
      name: null,
      side,
    })
    const left = applyEdit(drawing, edit('left'))
    if ('code' in left) return edit('left')
    const households = (of: string): number => left.drawing.figures.get(of)?.households ?? 0
    return edit(households(fresh) <= households(grid.code) ? 'left' : 'right')
  })
}

/** A ring around ground that becomes a dedicated grid. */
export function drawSite(desk: Desk): Gesture {
  return drawn(desk, 3, true, (ring) => {
    const drawing = desk.drawing()
    const village = ring[0] && atomAt(drawing, ring[0])?.village
    if (village === undefined) return null
    const code = nextCode(drawing, village, 'dedicated', desk.taken())
    return { type: 'draw-site', site: code, ring: [...ring, ring[0]!], code, name: null }
  })
}

/** The grid that most of a line lies in. */
function gridUnder(desk: Desk, line: readonly LngLat[]): string | null {
  const lengths = new Map<string, number>()
  for (const [i, to] of line.slice(1).entries()) {
    const from = line[i]!
    const step = Math.hypot(to[0] - from[0], to[1] - from[1]) / samples
    for (let k = 0; k < samples; k++) {
      const share = (k + 0.5) / samples
      const place: LngLat = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
      const code = atomAt(desk.drawing(), place)?.grid
      if (code != null) lengths.set(code, (lengths.get(code) ?? 0) + step)
    }
  }
  return [...lengths].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0] ?? null
}

/** Places looked at along each stretch of a line. */
const samples = 24

/** Clicks make a line; a double click or Enter completes it. */
function drawn(
  desk: Desk,
  least: number,
  closed: boolean,
  editOf: (path: readonly LngLat[]) => Edit | null,
): Gesture {
  let path: readonly LngLat[] = []
  let pointer: LngLat | null = null
  const show = (): void => {
    if (!pointer) return
    const whole = [...path, pointer]
    const complete = path.length > 0 && whole.length >= least
    desk.show({
      ...tryOut(desk, pointer, complete ? editOf(whole) : null),
      ...(path.length > 0 && { sketch: { path: whole, closed }, hint: text.finishLine }),
    })
  }
  return {
    move: (at) => {
      pointer = at
      show()
    },
    click: (at) => {
      pointer = at
      const last = path.at(-1)
      // The second click of a double click stands where the first stood.
      if (!last || Math.hypot(last[0] - at[0], last[1] - at[1]) > desk.reach() / 4) path = [...path, at]
      show()
    },
    finish: () => {
      const edit = path.length >= least ? editOf(path) : null
      if (!edit) return
      path = []
      if (pointer) desk.show({ at: pointer, edit: null, result: null })
      if (desk.edit(edit) === null && 'code' in edit) desk.select(edit.code)
    },
    back: () => {
      const was = path.length > 0
      path = path.slice(0, -1)
      show()
      return was
    },
  }
}
