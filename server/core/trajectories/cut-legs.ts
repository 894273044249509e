import type { Knots } from './knots.ts'
import type { LineFits } from './line-fits.ts'

/** What a further leg must take off the misfit. */
export interface LegPenalty {
  readonly leg: number
  /** How much more with each e-fold of errors drawn in an ordinary leg's time: the oftener they are, the more of them look like a turn. */
  readonly chance: number
  /**
   * How many errors of correlation ρ from knot to knot are drawn: of n knots n (1 − ρ) / (1 + aρ). With a = 1 as many independent ones as make an
   * equally good mean; with 0 every part of an error that is new is one.
   */
  readonly shared: 0 | 1
}

/** Of walks: a turn too many and a turn too few cost metres alike. Found on simulated walks (`npm run accuracy`). */
export const walkPenalty: LegPenalty = { leg: 7, chance: 3, shared: 1 }
/** Of stays, where a leg too many tears a place apart. Found on simulated stays. */
export const stayPenalty: LegPenalty = { leg: 5, chance: 4, shared: 0 }
/** A leg of a street, about 100 m. Seconds. */
const ordinaryLeg = 90
/** No leg has more knots: a straight way longer than that is cut where nothing is lost. */
const mostKnots = 32

/**
 * Cuts knots 0 … size − 1 into legs so that the sum of their misfits and of a penalty a leg is least (optimal partitioning; Killick, Fearnhead
 * & Eckley 2012, "Optimal detection of changepoints with a linear computational cost": a beginning that no leg can profit from any more is dropped).
 */
export class LegCutter {
  readonly #least: Float64Array
  readonly #before: Int32Array
  readonly #open: Int32Array
  readonly #cost: Float64Array
  readonly #penalty: LegPenalty

  constructor(capacity: number, penalty: LegPenalty) {
    this.#penalty = penalty
    this.#least = new Float64Array(capacity + 1)
    this.#before = new Int32Array(capacity + 1)
    this.#open = new Int32Array(capacity + 1)
    this.#cost = new Float64Array(capacity + 1)
  }

  /** @returns the first knots of the legs, rising; 0 first */
  cut(fits: LineFits, { size, time, kept }: Knots): number[] {
    const least = this.#least
    const before = this.#before
    const open = this.#open
    const cost = this.#cost
    const { leg, chance, shared } = this.#penalty
    least[0] = 0
    let count = 0
    for (let end = 0; end < size; end++) {
      open[count++] = end
      let best = Number.POSITIVE_INFINITY
      for (let k = 0; k < count; k++) {
        const start = open[k]!
        const sum = least[start]! + fits.misfit(start, end)
        cost[k] = sum
        if (sum < best) {
          best = sum
          before[end + 1] = start
        }
      }
      const step = end > 0 ? time[end]! - time[end - 1]! : 1
      const drawn = (ordinaryLeg * (1 - kept[end]!)) / (step * (1 + shared * kept[end]!))
      const penalty = leg + chance * Math.max(0, Math.log(drawn))
      least[end + 1] = best + penalty
      let left = 0
      for (let k = 0; k < count; k++)
        if (cost[k]! <= best + penalty && end - open[k]! < mostKnots) open[left++] = open[k]!
      count = left
    }
    const starts: number[] = []
    for (let end = size; end > 0; end = before[end]!) starts.push(before[end]!)
    return starts.reverse()
  }
}
