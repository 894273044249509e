/**
 * How much of a kernel's mass falls inside an area: what every edge correction divides by.
 *
 * In polar coordinates around the site the mass inside is ∮ G(r) dθ along the outline, with G(r) = ∫₀ʳ k(s) s ds (Green), so
 * an outline of straight edges needs one integral an edge and no raster. Along an edge at signed distance p from the site,
 * t metres from the foot, r² = p² + t² and dθ = p dt / r².
 *
 *     Gaussian  2π G = 1 − e^{−r²/2σ²}              Gauss–Legendre on pieces of σ/2
 *     quartic   2π G = 1 − (1 − r²/h²)³ for r ≤ h   in closed form
 *
 * Error: below 1e-9 for the Gaussian (tested against products of normal probabilities), rounding for the quartic.
 */
import type { Kernel } from './kernel.ts'
import { isInside, type PlanarArea } from './planar.ts'

/** Beyond these many σ the Gaussian is taken as none: e^{−24.5} = 2e-11. */
const gaussianReach = 7

/** Share in [0, 1] of the mass of a kernel centred at (x, y) that lies inside the area. */
export function kernelMass(
  area: PlanarArea,
  kernel: Kernel,
  bandwidthMetres: number,
): (x: number, y: number) => number {
  const reach = kernel === 'gaussian' ? gaussianReach : 1
  const smooth = kernel === 'gaussian' ? gaussianPart : quarticPart
  return (x, y) => {
    let sum = 0
    let near = Number.POSITIVE_INFINITY
    eachEdge(area, x, y, bandwidthMetres, reach, (p, from, to, start, end) => {
      near = Math.min(near, Math.abs(p))
      sum += smooth(p, start, end) - angle(p, start, end)
    })
    // On or beside a line, inside or outside is a matter of rounding: there every angle is added up instead.
    if (near < 1e-6) return clamp(directMass(area, x, y, bandwidthMetres, reach, smooth))
    return clamp((isInside(area, x, y) ? 1 : 0) + sum / (2 * Math.PI))
  }
}

type Smooth = (p: number, start: number, end: number) => number

const clamp = (share: number): number => Math.min(1, Math.max(0, share))

/** The whole of ∮ G dθ without asking whether the site is inside: right on the outline, too, but each edge costs an angle. */
function directMass(
  area: PlanarArea,
  x: number,
  y: number,
  scale: number,
  reach: number,
  smooth: Smooth,
): number {
  let sum = 0
  const add = (p: number, from: number, to: number, start: number, end: number): void => {
    sum += angle(p, from, start) + smooth(p, start, end) + angle(p, end, to)
  }
  eachEdge(area, x, y, scale, reach, add, (p, from, to) => {
    sum += angle(p, from, to)
  })
  return sum / (2 * Math.PI)
}

/**
 * The edges in units of the bandwidth as seen from (x, y): signed distance p, from–to along the edge, and start–end, the part
 * of it within reach. Those out of reach go to `far`.
 */
function eachEdge(
  area: PlanarArea,
  x: number,
  y: number,
  scale: number,
  reach: number,
  near: (p: number, from: number, to: number, start: number, end: number) => void,
  far?: (p: number, from: number, to: number) => void,
): void {
  for (const ring of area) {
    let ax = (ring[ring.length - 2]! - x) / scale
    let ay = (ring[ring.length - 1]! - y) / scale
    for (let k = 0; k < ring.length; k += 2) {
      const bx = (ring[k]! - x) / scale
      const by = (ring[k + 1]! - y) / scale
      const outOfBox =
        (ax > reach && bx > reach) ||
        (ax < -reach && bx < -reach) ||
        (ay > reach && by > reach) ||
        (ay < -reach && by < -reach)
      if (!outOfBox || far !== undefined) {
        const length = Math.hypot(bx - ax, by - ay)
        if (length > 0) {
          const p = (ax * by - ay * bx) / length
          const from = (ax * (bx - ax) + ay * (by - ay)) / length
          const to = from + length
          const half = Math.sqrt(Math.max(0, reach * reach - p * p))
          const start = Math.max(from, -half)
          const end = Math.min(to, half)
          if (start < end) near(p, from, to, start, end)
          else far?.(p, from, to)
        }
      }
      ax = bx
      ay = by
    }
  }
}

/** The angle under which a stretch of an edge is seen; 0 when the site is on its line. */
const angle = (p: number, start: number, end: number): number =>
  p === 0 ? 0 : Math.atan2(p * (end - start), p * p + start * end)

/** Nodes and weights of Gauss–Legendre with four points on [0, 1]. */
const nodes = [0.0694318442029737, 0.330009478207572, 0.669990521792428, 0.930568155797026] as const
const shares = [0.173927422568727, 0.326072577431273, 0.326072577431273, 0.173927422568727] as const

/** ∫ (1 − e^{−r²/2}) p / r² dt: the integrand is smooth everywhere, also at the site itself. */
function gaussianPart(p: number, start: number, end: number): number {
  const pieces = Math.ceil((end - start) * 2)
  const step = (end - start) / pieces
  let sum = 0
  for (let piece = 0; piece < pieces; piece++)
    for (let k = 0; k < 4; k++) {
      const t = start + step * (piece + nodes[k]!)
      const square = p * p + t * t
      // Below 1e-12 the quotient is ½ − square/8, that is ½.
      sum += shares[k]! * (square < 1e-12 ? 0.5 : -Math.expm1(-square / 2) / square)
    }
  return p * step * sum
}

/** ∫ (1 − (1 − r²)³) p / r² dt = p ∫ 3 − 3r² + r⁴ dt. */
function quarticPart(p: number, start: number, end: number): number {
  const p2 = p * p
  const primitive = (t: number): number => {
    const t2 = t * t
    return t * (3 - 3 * p2 + p2 * p2 + t2 * (-1 + (2 / 3) * p2 + t2 / 5))
  }
  return p * (primitive(end) - primitive(start))
}
