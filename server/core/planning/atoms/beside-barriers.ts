import Flatbush from 'flatbush'
import { eastMetres, localMetricFrame, northMetres } from '../../geometry/local-metric-frame.ts'
import type { Fabric } from './fabric.ts'

/** Sine of 15 degrees: lines that run apart more than this are not beside one another. */
const MOST_SINE = 0.26

/**
 * The barrier that each line runs on or beside, -1 for none. Outlines of villages and sites are seldom drawn on the very line of the
 * street they follow; what is on the ground is the street.
 * @param alongMetres how far from the middle of the line the barrier may be
 * @returns asked for a line; the nearest barrier, of equally near ones the first
 */
export function besideBarriers(fabric: Fabric, alongMetres: number): (line: number) => number {
  const { lines, barrier } = fabric
  const { x, y, from, to } = lines
  const drawn = Array.from(barrier.keys()).filter((line) => barrier[line] !== -1)
  if (drawn.length === 0) return () => -1
  const index = new Flatbush(drawn.length)
  for (const line of drawn) {
    const [a, b] = [from[line]!, to[line]!]
    index.add(Math.min(x[a]!, x[b]!), Math.min(y[a]!, y[b]!), Math.max(x[a]!, x[b]!), Math.max(y[a]!, y[b]!))
  }
  index.finish()
  return (line) => {
    if (barrier[line] !== -1) return barrier[line]!
    const [a, b] = [from[line]!, to[line]!]
    const [mx, my] = [(x[a]! + x[b]!) / 2, (y[a]! + y[b]!) / 2]
    const frame = localMetricFrame(mx, my)
    const [ux, uy] = [
      eastMetres(frame, x[b]!) - eastMetres(frame, x[a]!),
      northMetres(frame, y[b]!) - northMetres(frame, y[a]!),
    ]
    const reachX = alongMetres / frame.metresPerDegreeLongitude
    const reachY = alongMetres / frame.metresPerDegreeLatitude
    let best = -1
    let least = alongMetres
    for (const k of index.search(mx - reachX, my - reachY, mx + reachX, my + reachY)) {
      const other = drawn[k]!
      const [c, d] = [from[other]!, to[other]!]
      const [cx, cy] = [eastMetres(frame, x[c]!), northMetres(frame, y[c]!)]
      const [vx, vy] = [eastMetres(frame, x[d]!) - cx, northMetres(frame, y[d]!) - cy]
      if (Math.abs(ux * vy - uy * vx) > MOST_SINE * Math.hypot(ux, uy) * Math.hypot(vx, vy)) continue
      const t = Math.min(1, Math.max(0, -(cx * vx + cy * vy) / (vx * vx + vy * vy)))
      const distance = Math.hypot(cx + t * vx, cy + t * vy)
      if (distance > least || (distance === least && best !== -1 && barrier[other]! > best)) continue
      best = barrier[other]!
      least = distance
    }
    return best
  }
}
