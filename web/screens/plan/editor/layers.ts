/** What the editor draws: pure. Rows that have not changed stay the same objects, so that only what an edit touched goes to the GPU. */
import type { Drawing, DrawnAtom } from '../../../../server/core/planning/drawing/drawing.ts'
import { bandStatus, type SizeBand } from '../../../../server/core/policy/division-policy.ts'
import type { LngLat } from '../../../../server/core/values.ts'
import { grounds } from '../../../map/ground.ts'
import type { DeckDescription, MapLibreDescription, Toggle } from '../../../map/layer.ts'
import { type GridLabel, gridLabels } from '../../../map/layers/grids.ts'
import { bandColors, problemColors, type Theme } from '../../../map/palette.ts'
import { dashLayer, microgridDashes } from './dashes.ts'
import type { Trial } from './gestures/gesture.ts'
import type { MovingRows } from './moving-rows.ts'
import { lineRole, shapeOf } from './places.ts'
import type { AtomRow, LineRow, LineStyle, Rgba, Rows } from './rows.ts'

/** The rows of a drawing; those of `before` that still hold are taken from there. */
export function rowsOf(
  before: Rows,
  drawing: Drawing,
  band: SizeBand | null,
  selected: string | null,
  theme: Theme,
): Rows {
  const colors = new Map<string | null, Rgba>([[null, unassignedColor]])
  const colorOf = (code: string | null): Rgba => {
    const known = colors.get(code)
    if (known) return known
    const households = drawing.figures.get(code ?? '')?.households ?? 0
    const status = bandStatus(households, band, drawing.grids.get(code ?? '')?.kind ?? 'ordinary')
    const color = fillColors(theme)[status]
    colors.set(code, color)
    return color
  }
  let i = 0
  const atoms: AtomRow[] = []
  for (const atom of drawing.atoms) {
    if (!atom) continue
    const was = before.atoms[i++]
    const color = colorOf(atom.grid)
    atoms.push(
      was?.atom === atom && was.color === color ? was : { atom, color, polygon: polygonOf(drawing, atom) },
    )
  }
  i = 0
  const lines: LineRow[] = []
  for (const arc of drawing.arcs) {
    if (!arc) continue
    const was = before.lines[i++]
    const left = arc.left < 0 ? null : drawing.atoms[arc.left]!
    const right = arc.right < 0 ? null : drawing.atoms[arc.right]!
    const isSame = was?.arc === arc && was.left === left && was.right === right
    if (isSame && before.selected === selected) {
      lines.push(was)
      continue
    }
    const isOutline = selected !== null && belongsTo(left, selected) !== belongsTo(right, selected)
    const style = isOutline ? 'selected' : lineRole(drawing, arc)
    lines.push(isSame && was.style === style ? was : { path: arc.path, style, arc, left, right })
  }
  return { atoms: sameList(before.atoms, atoms), lines: sameList(before.lines, lines), selected }
}

const belongsTo = (atom: DrawnAtom | null, code: string): boolean =>
  atom !== null && (atom.grid === code || atom.microgrid === code)

/** The list before where every item is the same. */
export function sameList<T>(before: readonly T[], now: readonly T[]): readonly T[] {
  if (before.length !== now.length) return now
  for (let i = 0; i < now.length; i++) if (now[i] !== before[i]) return now
  return before
}

function polygonOf(drawing: Drawing, atom: DrawnAtom): AtomRow['polygon'] {
  const { rings } = shapeOf(drawing, atom)
  const positions: number[] = []
  const holeIndices: number[] = []
  for (const [i, ring] of rings.entries()) {
    if (i > 0) holeIndices.push(positions.length)
    for (const coordinate of ring) positions.push(coordinate)
    positions.push(ring[0]!, ring[1]!)
  }
  return { positions, holeIndices }
}

/** Which rows differ, as deck.gl asks: half-open ranges; all of them when rows came or went. */
export function rowsChanged(
  now: readonly unknown[],
  before: readonly unknown[],
): { startRow: number; endRow?: number }[] {
  if (now.length !== before.length) return [{ startRow: 0 }]
  const ranges: { startRow: number; endRow: number }[] = []
  for (let row = 0; row < now.length; row++) {
    if (now[row] === before[row]) continue
    const last = ranges.at(-1)
    // Copying a few rows more costs less than another range.
    if (last && row - last.endRow < 16) last.endRow = row + 1
    else ranges.push({ startRow: row, endRow: row + 1 })
  }
  return ranges.length > 24 ? [{ startRow: 0 }] : ranges
}

/** The atoms filled by how their grid stands against the band, and all lines: those at rest, and over them those that move. */
export function drawingLayers({ settled, moving }: MovingRows, theme: Theme): DeckDescription[] {
  return [...rowLayers('editor', settled, theme), ...rowLayers('editor-moving', moving, theme)]
}

function rowLayers(id: string, rows: MovingRows['moving'], theme: Theme): DeckDescription[] {
  const styles = lineStyles(theme)
  return [
    {
      id: `${id}-atoms`,
      kind: 'deck',
      type: 'SolidPolygonLayer',
      slot: 'fill',
      props: {
        data: rows.atoms as AtomRow[],
        _dataDiff: rowsChanged as never,
        positionFormat: 'XY',
        getPolygon: ((row: AtomRow) => row.polygon) as never,
        getFillColor: ((row: AtomRow) => row.color) as never,
      },
    },
    {
      id: `${id}-lines`,
      kind: 'deck',
      type: 'PathLayer',
      slot: 'line',
      props: {
        data: rows.lines as LineRow[],
        _dataDiff: rowsChanged as never,
        _pathType: 'open',
        positionFormat: 'XY',
        getPath: ((row: LineRow) => row.path) as never,
        getColor: ((row: LineRow) => styles[row.style].color) as never,
        // Lines of microgrids are drawn below, as dashes.
        getWidth: ((row: LineRow) => (row.style === 'microgrid' ? 0 : styles[row.style].width)) as never,
        updateTriggers: { getColor: theme, getWidth: theme },
        widthUnits: 'pixels',
        jointRounded: true,
        capRounded: true,
      },
    },
    dashLayer(`${id}-microgrids`, microgridDashes(rows.lines), styles.microgrid.color),
  ]
}

/** What a tool is about to do: a line being drawn, the vertices to take hold of, a box. Red where it is refused. */
export function trialLayers(
  drawing: Drawing,
  trial: Trial | null,
  vertices: readonly LngLat[],
  theme: Theme,
): DeckDescription[] {
  const refused = trial?.result !== null && trial?.result !== undefined && 'code' in trial.result
  const accent = rgba(refused ? problemColors.overlap : grounds[theme].accent, 255)
  const land = rgba(grounds[theme].land, 255)
  const paths = trial ? [...sketchPaths(trial), ...(refused ? ghostPaths(drawing, trial) : [])] : []
  return [
    {
      id: 'editor-sketch',
      kind: 'deck',
      type: 'PathLayer',
      slot: 'top',
      props: {
        data: paths as LngLat[][],
        getPath: ((path: LngLat[]) => path) as never,
        getColor: accent as never,
        updateTriggers: { getColor: accent.join() },
        getWidth: 2.5,
        widthUnits: 'pixels',
        jointRounded: true,
        capRounded: true,
      },
    },
    {
      id: 'editor-vertices',
      kind: 'deck',
      type: 'ScatterplotLayer',
      slot: 'top',
      props: {
        data: vertices as LngLat[],
        getPosition: ((at: LngLat) => at) as never,
        getRadius: 3,
        radiusUnits: 'pixels',
        getFillColor: land as never,
        getLineColor: rgba(grounds[theme].accent, 255) as never,
        stroked: true,
        lineWidthUnits: 'pixels',
        getLineWidth: 1.5,
      },
    },
    {
      id: 'editor-handle',
      kind: 'deck',
      type: 'ScatterplotLayer',
      slot: 'top',
      props: {
        data: trial?.handle ? [trial.handle] : [],
        getPosition: ((at: LngLat) => at) as never,
        getRadius: 6,
        radiusUnits: 'pixels',
        getFillColor: land as never,
        getLineColor: accent as never,
        updateTriggers: { getLineColor: accent.join() },
        stroked: true,
        lineWidthUnits: 'pixels',
        getLineWidth: 3,
      },
    },
  ]
}

function sketchPaths({ sketch, box }: Trial): (readonly LngLat[])[] {
  const paths: (readonly LngLat[])[] = []
  if (sketch) paths.push(sketch.closed ? [...sketch.path, sketch.path[0]!] : sketch.path)
  if (box) {
    const [[ax, ay], [bx, by]] = box
    paths.push([
      [ax, ay],
      [bx, ay],
      [bx, by],
      [ax, by],
      [ax, ay],
    ])
  }
  return paths
}

/** Where the lines would run if the vertex were set there all the same. */
function ghostPaths(drawing: Drawing, { edit, at }: Trial): LngLat[][] {
  if (edit?.type !== 'move-vertex') return []
  const arc = drawing.arcs[edit.vertex.arc]
  if (!arc) return []
  const last = arc.path.length / 2 - 1
  const v = edit.vertex.vertex
  const ends =
    v === 0 || v === last
      ? drawing.nodes[v === 0 ? arc.from : arc.to]!.map((half): LngLat => {
          const { path } = drawing.arcs[half >> 1]!
          return (half & 1) === 0 ? [path[2]!, path[3]!] : [path.at(-4)!, path.at(-3)!]
        })
      : [v - 1, v + 1].map((i): LngLat => [arc.path[2 * i]!, arc.path[2 * i + 1]!])
  return ends.map((end) => [end, at])
}

/** Vertices of a grid's outline, for the tools that take hold of them. */
export function outlineVertices(drawing: Drawing, code: string): LngLat[] {
  const found: LngLat[] = []
  for (const number of drawing.members.get(code) ?? [])
    for (const half of drawing.atoms[number]!.rings.flat()) {
      const arc = drawing.arcs[half >> 1]!
      const role = lineRole(drawing, arc)
      if (role !== 'grid' && role !== 'microgrid') continue
      for (let i = 0; i < arc.path.length; i += 2) found.push([arc.path[i]!, arc.path[i + 1]!])
    }
  return found
}

/** Names and households of grids, as the plan screen has them. */
export function editorLabels(
  drawing: Drawing,
  points: ReadonlyMap<string, LngLat>,
  detailOf: (code: string) => string,
  theme: Theme,
  toggle: Toggle,
): MapLibreDescription {
  const labels = [...drawing.grids.values()].flatMap((grid): GridLabel[] => {
    const position = points.get(grid.code)
    if (!position || (drawing.members.get(grid.code)?.length ?? 0) === 0) return []
    const name = grid.name ?? grid.code.slice(-6)
    return [
      { code: grid.code, position, name, detail: detailOf(grid.code), order: grid.parent === null ? 0 : 1 },
    ]
  })
  return gridLabels('editor', theme, labels, toggle)
}

const unassignedColor: Rgba = [0, 0, 0, 0]

const fills = new Map<Theme, Record<ReturnType<typeof bandStatus>, Rgba>>()

/** The same colour is the same object, so that rows can be compared. */
function fillColors(theme: Theme): Record<ReturnType<typeof bandStatus>, Rgba> {
  const known = fills.get(theme)
  if (known) return known
  const colors = bandColors[theme]
  const made = {
    far_below: rgba(colors.far_below, 140),
    below: rgba(colors.below, 140),
    in_band: rgba(colors.in_band, 110),
    above: rgba(colors.above, 140),
    far_above: rgba(colors.far_above, 140),
    not_applicable: rgba(colors.not_applicable, 110),
  }
  fills.set(theme, made)
  return made
}

function lineStyles(theme: Theme): Record<LineStyle, { readonly color: Rgba; readonly width: number }> {
  const ground = grounds[theme]
  return {
    village: { color: rgba(ground.border, 255), width: 2.5 },
    grid: { color: rgba(ground.text, 255), width: 1.6 },
    microgrid: { color: rgba(ground.grid, 255), width: 1 },
    atom: { color: rgba(ground.grid, 110), width: 0.7 },
    selected: { color: rgba(ground.accent, 255), width: 3.5 },
    hidden: { color: [0, 0, 0, 0], width: 0 },
  }
}

/** #RRGGBB (an alpha in it is not read) with an alpha 0–255. */
function rgba(hex: string, alpha: number): Rgba {
  const part = (i: number): number => Number.parseInt(hex.slice(i, i + 2), 16)
  return [part(1), part(3), part(5), alpha]
}
