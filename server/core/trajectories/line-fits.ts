import type { Knots } from './knots.ts'

/** Sums a knot adds: of the squares and products of its weighted 1, time, x and y. */
const sums = 8

/** An even walk: place and velocity on both axes, and the variances of their estimates. */
export interface LineFit {
  /** x = x0 + vx t, y = y0 + vy t: metres, seconds as the knots have them. */
  readonly x0: number
  readonly y0: number
  readonly vx: number
  readonly vy: number
  /** Variances and covariance of place and velocity, on each axis. */
  readonly place: number
  readonly both: number
  readonly velocity: number
}

/**
 * Even walks fitted to runs of knots by generalised least squares: errors of first-order memory are freed of what the knot before
 * already knew, (e_i / σ_i − ρ e_{i−1} / σ_{i−1}) / √(1 − ρ²), which leaves independent ones. Sums over prefixes answer each run in constant time.
 */
export class LineFits {
  /** For each knot the sums up to and with it, each freed of the knot before … */
  readonly #until: Float64Array
  /** … and what makes of them those of a run that begins with it. */
  readonly #since: Float64Array
  readonly #leastMoving: number

  /** @param leastMoving what a velocity must take off the misfit to be believed (`misfit`, `moves`): χ² of two degrees of freedom */
  constructor(capacity: number, leastMoving = 0) {
    this.#leastMoving = leastMoving
    this.#until = new Float64Array(sums * capacity)
    this.#since = new Float64Array(sums * capacity)
  }

  prepare({ size, time, x, y, sigma, kept }: Knots): void {
    const until = this.#until
    const since = this.#since
    let [one0, t0, x0, y0] = [0, 0, 0, 0]
    let [aa, ab, bb, ax, bx, ay, by, qq] = [0, 0, 0, 0, 0, 0, 0, 0]
    for (let i = 0; i < size; i++) {
      const one1 = 1 / sigma[i]!
      const t1 = time[i]! * one1
      const x1 = x[i]! * one1
      const y1 = y[i]! * one1
      const rho = i > 0 ? kept[i]! : 0
      const fresh = 1 / Math.sqrt(1 - rho * rho)
      const a = (one1 - rho * one0) * fresh
      const b = (t1 - rho * t0) * fresh
      const p = (x1 - rho * x0) * fresh
      const q = (y1 - rho * y0) * fresh
      aa += a * a
      ab += a * b
      bb += b * b
      ax += a * p
      bx += b * p
      ay += a * q
      by += b * q
      qq += p * p + q * q
      const at = sums * i
      until[at] = aa
      until[at + 1] = ab
      until[at + 2] = bb
      until[at + 3] = ax
      until[at + 4] = bx
      until[at + 5] = ay
      until[at + 6] = by
      until[at + 7] = qq
      since[at] = one1 * one1 - aa
      since[at + 1] = one1 * t1 - ab
      since[at + 2] = t1 * t1 - bb
      since[at + 3] = one1 * x1 - ax
      since[at + 4] = t1 * x1 - bx
      since[at + 5] = one1 * y1 - ay
      since[at + 6] = t1 * y1 - by
      since[at + 7] = x1 * x1 + y1 * y1 - qq
      one0 = one1
      t0 = t1
      x0 = x1
      y0 = y1
    }
  }

  /**
   * The sum of squares, in variances, that the best even walk leaves of the knots `from` … `to`; where it is not believed that they move, standing
   * still, less what a velocity would have had to take off.
   */
  misfit(from: number, to: number): number {
    if (to - from < 2 && this.#leastMoving === 0) return 0
    const since = this.#since
    const until = this.#until
    const s = sums * from
    const u = sums * to
    const aa = since[s]! + until[u]!
    const ab = since[s + 1]! + until[u + 1]!
    const bb = since[s + 2]! + until[u + 2]!
    const ax = since[s + 3]! + until[u + 3]!
    const bx = since[s + 4]! + until[u + 4]!
    const ay = since[s + 5]! + until[u + 5]!
    const by = since[s + 6]! + until[u + 6]!
    const px = aa * bx - ab * ax
    const py = aa * by - ab * ay
    const moving = from < to ? (px * px + py * py) / (aa * (aa * bb - ab * ab)) : 0
    const standing = (ax * ax + ay * ay) / aa
    return since[s + 7]! + until[u + 7]! - standing - Math.max(moving, this.#leastMoving)
  }

  /** Whether a velocity takes off more of the misfit of the knots `from` … `to` than it must to be believed. */
  moves(from: number, to: number): boolean {
    if (from === to) return false
    const { vx, vy, velocity } = this.fit(from, to)
    return vx * vx + vy * vy > this.#leastMoving * velocity
  }

  /** Where the knots `from` … `to` stand if they do. */
  place(from: number, to: number): LineFit {
    const s = sums * from
    const u = sums * to
    const aa = this.#since[s]! + this.#until[u]!
    const x0 = (this.#since[s + 3]! + this.#until[u + 3]!) / aa
    const y0 = (this.#since[s + 5]! + this.#until[u + 5]!) / aa
    return { x0, y0, vx: 0, vy: 0, place: 1 / aa, both: 0, velocity: 0 }
  }

  /** The best even walk through the knots `from` … `to`; of one knot standing there. */
  fit(from: number, to: number): LineFit {
    const since = this.#since
    const until = this.#until
    const s = sums * from
    const u = sums * to
    if (from === to) return this.place(from, to)
    const aa = since[s]! + until[u]!
    const ax = since[s + 3]! + until[u + 3]!
    const ay = since[s + 5]! + until[u + 5]!
    const ab = since[s + 1]! + until[u + 1]!
    const bb = since[s + 2]! + until[u + 2]!
    const bx = since[s + 4]! + until[u + 4]!
    const by = since[s + 6]! + until[u + 6]!
    const scale = 1 / (aa * bb - ab * ab)
    return {
      x0: (bb * ax - ab * bx) * scale,
      y0: (bb * ay - ab * by) * scale,
      vx: (aa * bx - ab * ax) * scale,
      vy: (aa * by - ab * ay) * scale,
      place: bb * scale,
      both: -ab * scale,
      velocity: aa * scale,
    }
  }
}
