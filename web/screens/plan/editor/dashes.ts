/** Lines as dashes, in metres on the ground: pure. */
import { RADIANS_PER_DEGREE } from '../../../../server/core/geometry/ellipsoid.ts'
import type { DeckDescription } from '../../../map/layer.ts'

/** Metres a degree of latitude takes, to a half per cent. */
const metresPerDegree = 111_000

/**
 * @param path longitude, latitude, …
 * @returns paths of the same form, the first from the line's beginning; a vertex within a dash is kept
 */
export function dashesOf(path: readonly number[], dashMetres: number, gapMetres: number): number[][] {
  const shrink = Math.cos((path[1] ?? 0) * RADIANS_PER_DEGREE)
  const dashes: number[][] = []
  let isDash = true
  let left = dashMetres
  let dash = [path[0]!, path[1]!]
  for (let i = 2; i < path.length; i += 2) {
    let [x, y] = [path[i - 2]!, path[i - 1]!]
    const [endX, endY] = [path[i]!, path[i + 1]!]
    let rest = Math.hypot((endX - x) * shrink, endY - y) * metresPerDegree
    while (rest > left) {
      const share = left / rest
      x += (endX - x) * share
      y += (endY - y) * share
      rest -= left
      if (isDash) dashes.push([...dash, x, y])
      isDash = !isDash
      left = isDash ? dashMetres : gapMetres
      dash = [x, y]
    }
    left -= rest
    if (isDash) dash.push(endX, endY)
  }
  if (isDash && dash.length > 2) dashes.push(dash)
  return dashes
}

type Path = readonly number[]
type Lines = readonly { readonly style: string; readonly path: Path }[]

/** The same lines give the same list: deck.gl then leaves the layer as it is. */
const known = new WeakMap<Lines, readonly Path[]>()

/** The lines between microgrids as dashes of 8 m and gaps of 5 m. */
export function microgridDashes(lines: Lines): readonly Path[] {
  const before = known.get(lines)
  if (before) return before
  const dashes = lines.flatMap(({ style, path }) => (style === 'microgrid' ? dashesOf(path, 8, 5) : []))
  known.set(lines, dashes)
  return dashes
}

/** Dashes as a layer among the lines, thinner than those of grids. */
export const dashLayer = (
  id: string,
  paths: readonly Path[],
  color: readonly [number, number, number, number],
): DeckDescription => ({
  id,
  kind: 'deck',
  type: 'PathLayer',
  slot: 'line',
  props: {
    data: paths as number[][],
    _pathType: 'open',
    positionFormat: 'XY',
    getPath: ((path: Path) => path) as never,
    getColor: [...color] as never,
    updateTriggers: { getColor: color.join() },
    getWidth: 1,
    widthUnits: 'pixels',
  },
})
