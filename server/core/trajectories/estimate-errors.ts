import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import { radiusOf, sigmaOf } from './fix-error.ts'
import { knownAccuracy } from './judge-fixes.ts'
import { type Roughness, roughnessOf } from './roughness.ts'
import type { Trace } from './trace.ts'

/** Errors are judged by the half hour of the clock: a midnight lies between two. Milliseconds. */
const windowMilliseconds = 1_800_000
/** Seconds between a fix and those it is compared with, at least and at most: one class of lags each, the second says how large the error is. */
const lagClasses = [[0.5, 2], [5, 12], [18, 22]] as const // biome-ignore format: a table
const sizing = 1
/** Within this factor what the phone states is believed: the estimate itself is right to a tenth (one σ). */
const believedFactor = 1.35
/** A phone that states one axis' deviation for the radius states so much too little, and none is taken to state less. */
const understatedFactor = radiusOf(1)
/** Memories that are tried, as shares of the policy's. */
const memoryShares = [1, 0.7, 0.5, 0.35, 0.25, 0.15, 0.1, 0.05, 0] as const
/** What a memory must fit better to be preferred to the next longer one, in units of −2 log likelihood. */
const patience = 2
/** How surely a phone states its error: the weight of the square of the logarithm of its variance over the stated one. */
const trust = 10
/** Turns and starts bend the roughness of a walk by about so much beyond chance: variance of its logarithm. */
const bent = 0.03

/** How far the errors of a trace are what they say, and how long they last. */
export interface Errors {
  /** The trace, its accuracy radii raised where its own roughness shows that they are too small. */
  readonly trace: Trace
  readonly memory: ErrorMemory
  /** The longest memory that goes with the radii as they are raised: the safe one for standing still. Seconds. */
  readonly lasting: number
}

/** How quickly the errors of a trace forget themselves (first-order Gauss–Markov), by the half hour. */
export class ErrorMemory {
  readonly #first: number
  readonly #seconds: Float64Array
  readonly #shares: Float64Array

  constructor(first: number, seconds: Float64Array, shares: Float64Array) {
    this.#first = first
    this.#seconds = seconds
    this.#shares = shares
  }

  /** Seconds over which the error forgets itself, 0 to the policy's. @param time epoch milliseconds within the trace */
  secondsAt(time: number): number {
    return this.#seconds[Math.floor(time / windowMilliseconds) - this.#first]!
  }

  /** The share of an accuracy radius, as the trace has it, of an error with that memory. 0 to 1 */
  shareAt(time: number): number {
    return this.#shares[Math.floor(time / windowMilliseconds) - this.#first]!
  }
}

/** What a half hour tells of its error. */
interface Window {
  readonly first: number
  readonly end: number
  readonly roughness: readonly Roughness[]
  /** The deviation on each axis that its fixes state, and the largest that is believed. */
  readonly stated: number
  readonly most: number
}

/**
 * Reads from a trace's own roughness how large its errors are and how long they last.
 *
 * Radii are raised where they are too small: phones that state one axis' deviation for the radius of 68 %, or nothing. They are never
 * lowered: a receiver's filter makes wrong traces smooth. An error that forgets itself at once is as rough over two seconds as over twenty, one of a
 * minute's memory ten times less: the memory is the longest that fits the shape of the day's roughness.
 *
 * A small error that forgets itself sooner looks over some seconds like a large one that lasts. For standing still the larger is the safe one; for
 * walking what is stated is believed, and the memory is the one that makes it as rough as it is.
 */
export function estimateErrors(trace: Trace, policy: PatrolPolicy): Errors {
  const { time } = trace
  const firstWindow = time.length > 0 ? Math.floor(time[0]! / windowMilliseconds) : 0
  const lastWindow = time.length > 0 ? Math.floor(time.at(-1)! / windowMilliseconds) : -1
  const seconds = new Float64Array(lastWindow - firstWindow + 1).fill(Number.NaN)
  const shares = new Float64Array(lastWindow - firstWindow + 1).fill(1)
  const windows: Window[] = []
  for (let first = 0, end = 0; first < time.length; first = end) {
    const until = (Math.floor(time[first]! / windowMilliseconds) + 1) * windowMilliseconds
    while (end < time.length && time[end]! < until) end++
    const roughness = lagClasses.map(([least, most]) =>
      roughnessOf(trace, first, end, 1000 * least, 1000 * most, policy),
    )
    if (roughness.some(({ count }) => count > 0))
      windows.push({ first, end, roughness, ...statedIn(trace, first, end, policy) })
  }
  const memories = memoryShares.map((share) => share * policy.errorCorrelationSeconds)
  const lasting = best(memories, (memory, step) =>
    windows.reduce((sum, window) => sum + fit(window, memory, 0).cost, patience * step),
  )
  let accuracy: Float64Array | undefined
  for (const window of windows) {
    const { first, end, roughness, stated, most } = window
    const { sigma } = fit(window, lasting, 0)
    const radius = radiusOf(sigma)
    let raised = 1
    if (roughness[sizing]!.count > 0)
      for (let i = first; i < end; i++) {
        const own = trace.accuracy[i]!
        if (radius <= believedFactor * knownAccuracy(own, policy)) continue
        accuracy ??= trace.accuracy.slice()
        accuracy[i] = Number.isNaN(own) ? radius : Math.min(radius, radiusOf(own))
        raised = sigma / stated
      }
    const at = Math.floor(time[first]! / windowMilliseconds) - firstWindow
    if (Number.isFinite(most)) {
      seconds[at] = best(memories, (memory) => fit(window, memory, trust).cost)
      shares[at] = Math.min(1, fit(window, seconds[at], trust).sigma / stated / raised)
    } else seconds[at] = lasting
  }
  fillFromNeighbours(seconds, policy.errorCorrelationSeconds)
  return {
    trace: accuracy ? withAccuracy(trace, accuracy) : trace,
    memory: new ErrorMemory(firstWindow, seconds, shares),
    lasting,
  }
}

const withAccuracy = (
  { time, longitude, latitude, reliable, kind }: Trace,
  accuracy: Float64Array,
): Trace => ({
  time,
  longitude,
  latitude,
  accuracy,
  reliable,
  kind,
})

/** The deviation on each axis that the fixes state, in the mean of squares, and the largest that is believed. */
function statedIn(
  trace: Trace,
  first: number,
  end: number,
  policy: PatrolPolicy,
): Pick<Window, 'stated' | 'most'> {
  let [squares, told, count] = [0, 0, 0]
  for (let i = first; i < end; i++) {
    if (trace.reliable[i] === 0) continue
    squares += knownAccuracy(trace.accuracy[i]!, policy) ** 2
    count++
    if (!Number.isNaN(trace.accuracy[i]!)) told++
  }
  const stated = sigmaOf(Math.sqrt(squares / Math.max(1, count)))
  return { stated, most: 2 * told > count ? understatedFactor * stated : Number.POSITIVE_INFINITY }
}

/** The variance of a fix's distance from the middle of its neighbours at `lag` seconds, over that of an error without memory. */
const remembered = (lag: number, memory: number): number => {
  const kept = memory > 0 ? Math.exp(-lag / memory) : 0
  return 1 - (4 * kept - kept * kept) / 3
}

/** The deviation that fits a window's roughness best if the error has this memory, and how badly it does (−2 log likelihood). */
function fit(
  { roughness, stated, most }: Window,
  memory: number,
  trusted: number,
): { readonly sigma: number; readonly cost: number } {
  const least = 2 * Math.log(stated)
  let [weights, logs, squares] = [trusted, 0, 0]
  for (const { square, lag, count } of roughness) {
    if (count === 0) continue
    const weight = 1 / (4 / count + bent)
    const log = Math.log(square / remembered(lag, memory)) - least
    weights += weight
    logs += weight * log
    squares += weight * log * log
  }
  const mean = logs / weights
  const log = Math.min(2 * Math.log(most) - least, Math.max(0, mean))
  return { sigma: Math.exp((log + least) / 2), cost: squares - 2 * log * logs + weights * log * log }
}

/** The value whose cost is least; the first of several. */
function best(values: readonly number[], costOf: (value: number, index: number) => number): number {
  const costs = values.map(costOf)
  return values[costs.indexOf(Math.min(...costs))]!
}

/** Windows that say nothing take the memory of the nearest before them that does, else after, else the given one. */
function fillFromNeighbours(seconds: Float64Array, otherwise: number): void {
  for (let i = 1; i < seconds.length; i++) if (Number.isNaN(seconds[i]!)) seconds[i] = seconds[i - 1]!
  for (let i = seconds.length - 1; i >= 0; i--)
    if (Number.isNaN(seconds[i]!)) seconds[i] = seconds[i + 1] ?? otherwise
}
