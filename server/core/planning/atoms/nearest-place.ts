import Flatbush from 'flatbush'
import type { Lines } from '../../coverage/trace-faces.ts'
import { eastMetres, localMetricFrame, northMetres } from '../../geometry/local-metric-frame.ts'
import type { LngLat } from '../../values.ts'

export interface NearPlace {
  readonly place: LngLat
  /** Number of the line it is on. */
  readonly line: number
}

/** Some lines, to be asked for what is nearest to a place. @param lines at least one */
export class NearLines {
  readonly #lines: Lines
  readonly #index: Flatbush

  constructor(lines: Lines) {
    this.#lines = lines
    const { x, y, from, to } = lines
    this.#index = new Flatbush(from.length)
    for (const [line, a] of from.entries()) {
      const b = to[line]!
      this.#index.add(
        Math.min(x[a]!, x[b]!),
        Math.min(y[a]!, y[b]!),
        Math.max(x[a]!, x[b]!),
        Math.max(y[a]!, y[b]!),
      )
    }
    this.#index.finish()
  }

  /**
   * The place on any line but one that is nearest to another, less than `reachMetres` away; a vertex of that line rather than a place
   * a hair beside it. Of equally near ones the first line's.
   * @param own number of the line left out
   */
  nearest([px, py]: LngLat, reachMetres: number, own = -1): NearPlace | null {
    const { x, y, from, to } = this.#lines
    const frame = localMetricFrame(px, py)
    const reachX = reachMetres / frame.metresPerDegreeLongitude
    const reachY = reachMetres / frame.metresPerDegreeLatitude
    let best: NearPlace | null = null
    let least = reachMetres
    const near = this.#index.search(px - reachX, py - reachY, px + reachX, py + reachY)
    for (const line of near.sort((p, q) => p - q)) {
      if (line === own) continue
      const [a, b] = [from[line]!, to[line]!]
      const [ax, ay] = [eastMetres(frame, x[a]!), northMetres(frame, y[a]!)]
      const [dx, dy] = [eastMetres(frame, x[b]!) - ax, northMetres(frame, y[b]!) - ay]
      const t = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy)))
      const distance = Math.hypot(ax + t * dx, ay + t * dy)
      if (distance >= least) continue
      least = distance
      const place: LngLat =
        t === 0
          ? [x[a]!, y[a]!]
          : t === 1
            ? [x[b]!, y[b]!]
            : [x[a]! + t * (x[b]! - x[a]!), y[a]! + t * (y[b]! - y[a]!)]
      best = { place, line }
    }
    return best
  }
}
