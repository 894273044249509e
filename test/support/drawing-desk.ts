/** The planner's map as a hand uses it: places of a drawing on the page, clicks and drags there, and what to look for in a drawing. */

import type { Locator, Page } from 'playwright-core'
import { nearestOnPath } from '../../server/core/planning/drawing/along-path.ts'
import { canMove } from '../../server/core/planning/drawing/apply-edit.ts'
import { type Drawing, isVillageLine } from '../../server/core/planning/drawing/drawing.ts'
import type { Edit } from '../../server/core/planning/drawing/edit.ts'
import type { LngLat } from '../../server/core/values.ts'

export interface View {
  readonly zoom: number
  readonly latitude: number
  readonly longitude: number
}

/** A view as the address says it. */
export const viewParameter = ({ zoom, latitude, longitude }: View): string =>
  `${zoom}/${latitude}/${longitude}`

/** Web Mercator at 512 px a tile: degrees to pixels of the whole world. */
function worldPixel([longitude, latitude]: LngLat, zoom: number): [number, number] {
  const size = 512 * 2 ** zoom
  const y = Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360))
  return [((longitude + 180) / 360) * size, (0.5 - y / (2 * Math.PI)) * size]
}

/** A hand on a map that stands still at a view. */
export class Desk {
  readonly #page: Page
  readonly #view: View

  constructor(page: Page, view: View) {
    this.#page = page
    this.#view = view
  }

  async #pixel(place: LngLat): Promise<[number, number]> {
    const box = await this.#page.locator('.maplibregl-canvas').boundingBox()
    if (!box) throw new Error('no map')
    const { zoom, longitude, latitude } = this.#view
    const [x, y] = worldPixel(place, zoom)
    const [cx, cy] = worldPixel([longitude, latitude], zoom)
    return [box.x + box.width / 2 + x - cx, box.y + box.height / 2 + y - cy]
  }

  async moveTo(place: LngLat, steps = 4): Promise<void> {
    await this.#page.mouse.move(...(await this.#pixel(place)), { steps })
  }

  async clickAt(place: LngLat): Promise<void> {
    await this.moveTo(place)
    await this.#page.mouse.click(...(await this.#pixel(place)))
  }

  /** @param release false: the button stays down, as in the middle of a drag */
  async drag(from: LngLat, to: LngLat, release = true): Promise<void> {
    await this.moveTo(from)
    await this.#page.mouse.down()
    await this.moveTo(to)
    if (release) await this.#page.mouse.up()
  }

  tool(name: string): Locator {
    const bar = this.#page.getByRole('toolbar', { name: '绘制工具' })
    return bar.getByRole('button', { name, exact: true })
  }

  /** What the bar beside the pointer says. */
  said(): Promise<string> {
    return this.#page.locator('.pointer-bar').innerText()
  }

  async savedAt(revision: number): Promise<void> {
    await this.#page.getByText(`已保存 · 第 ${revision} 版`).waitFor()
  }
}

/** An arc's vertices in the order of a half-arc. */
export function verticesOf(drawing: Drawing, half: number): LngLat[] {
  const { path } = drawing.arcs[half >> 1]!
  const vertices = Array.from({ length: path.length / 2 }, (_, i): LngLat => [path[2 * i]!, path[2 * i + 1]!])
  return (half & 1) === 0 ? vertices : vertices.toReversed()
}

export const degreesBetween = ([ax, ay]: LngLat, [bx, by]: LngLat): number => Math.hypot(bx - ax, by - ay)

export const between = ([ax, ay]: LngLat, [bx, by]: LngLat, share: number): LngLat => [
  ax + (bx - ax) * share,
  ay + (by - ay) * share,
]

/** A junction of three grids inside the village with no other vertex within 20 m, and where its lines end. */
export function innerJunction(drawing: Drawing): { at: LngLat; ends: LngLat[] } {
  for (const halves of drawing.nodes) {
    const arcs = halves.map((half) => drawing.arcs[half >> 1]!)
    const sides = arcs.flatMap((arc) => [arc.left, arc.right].map((atom) => drawing.atoms[atom]?.grid ?? ''))
    const lines = halves.map((half) => verticesOf(drawing, half))
    const [at] = lines[0] ?? []
    if (!at || new Set(sides).size < 3 || sides.includes('')) continue
    if (arcs.some((arc) => isVillageLine(drawing, arc))) continue
    if (lines.every((line) => line.slice(1).every((one) => degreesBetween(at, one) > 2e-4)))
      return { at, ends: lines.map((line) => line.at(-1)!) }
  }
  throw new Error('no junction of three grids')
}

/** How far the nearest junction is from a place, in degrees. */
export const nearestJunction = (drawing: Drawing, place: LngLat): number =>
  Math.min(
    ...drawing.nodes.flatMap((halves) =>
      halves.map((half) => degreesBetween(verticesOf(drawing, half)[0]!, place)),
    ),
  )

/** Where the households of a grid are. */
export const homesOf = (drawing: Drawing, grid: string): LngLat[] =>
  (drawing.members.get(grid) ?? []).flatMap((atom) =>
    drawing.atoms[atom]!.households.map(
      (row): LngLat => [drawing.households.longitudes[row]!, drawing.households.latitudes[row]!],
    ),
  )

/** The household of a grid that is farthest from every line: a click there means the ground, not a line beside it. */
export function homeApart(drawing: Drawing, grid: string): LngLat {
  const metresToLines = ([x, y]: LngLat): number =>
    Math.min(...drawing.arcs.map((arc) => (arc ? nearestOnPath(arc.path, x, y).distanceMetres : Infinity)))
  const homes = homesOf(drawing, grid).map((home) => ({ home, metres: metresToLines(home) }))
  return homes.reduce((best, one) => (one.metres > best.metres ? one : best)).home
}

/** A line from west to east through the middle of a grid's households, well beyond them. */
export function middleLine(drawing: Drawing, grid: string): [LngLat, LngLat] {
  const homes = homesOf(drawing, grid)
  const [west, east] = [Math.min(...homes.map(([x]) => x)), Math.max(...homes.map(([x]) => x))]
  const [south, north] = [Math.min(...homes.map(([, y]) => y)), Math.max(...homes.map(([, y]) => y))]
  const wide = (east - west) * 0.4
  const middle = (south + north) / 2
  return [
    [west - wide, middle],
    [east + wide, middle],
  ]
}

/** An edit that bends the boundary of two grids by some 3 m; they exchange a little ground. */
export function bentBoundary(drawing: Drawing, codes: readonly [string, string]): Edit {
  for (const [arc, one] of drawing.arcs.entries()) {
    const sides = one && [one.left, one.right].map((atom) => drawing.atoms[atom]?.grid)
    if (!one || !codes.every((code) => sides?.includes(code))) continue
    for (let vertex = 1; vertex < one.path.length / 2 - 1; vertex++) {
      const to: LngLat = [one.path[2 * vertex]! + 3e-5, one.path[2 * vertex + 1]! + 3e-5]
      const place = { arc, vertex }
      if (canMove(drawing, place, to)) return { type: 'move-vertex', vertex: place, to }
    }
  }
  throw new Error(`no boundary of ${codes.join(' and ')} can be bent`)
}
