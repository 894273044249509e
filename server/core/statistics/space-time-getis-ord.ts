import { type RunControl, tellStep } from './run-control.ts'
import type { SpatialWeights } from './weights.ts'

/**
 * Gi* in space and time: the neighbourhood of place i at step t holds its neighbours and itself at t and the `stepsBack`
 * steps before, as far as there are any; mean and variance are those of the whole cube of places × steps. With the
 * weights' row sums Wᵢ and S₁ᵢ, d steps in the neighbourhood and N = places × steps:
 *
 *     zᵢₜ = Σ_u Σⱼ wᵢⱼ (xⱼᵤ − x̄) / √(s² (N d S₁ᵢ − (d Wᵢ)²) / (N − 1))     u = t − d + 1 … t
 *
 * The work grows with links × steps, however many steps back are asked for.
 *
 * `null` where it is undefined: the place has no neighbour in space, all values of the cube are equal, the neighbourhood is
 * the whole cube, equally weighted.
 * @param steps values of all places, one array a step, the earliest first
 * @returns z of place i at step t at index t · places + i
 * @throws RunStopped when told to stop
 * @throws RangeError when weights leave out the place itself, a step has another number of values, a value is not finite or
 * `stepsBack` is no whole number from 0
 */
export function spaceTimeGetisOrd(
  steps: readonly ArrayLike<number>[],
  weights: SpatialWeights,
  stepsBack: number,
  control?: RunControl,
): (number | null)[] {
  if (!weights.includesSelf) throw new RangeError('the weights leave out the place itself')
  if (!(Number.isInteger(stepsBack) && stepsBack >= 0))
    throw new RangeError(`no number of steps back: ${stepsBack}`)
  const places = weights.size
  const cells = places * steps.length
  const { mean, variance } = momentsOf(steps, places)
  const rows = readRows(weights)
  const lags: Float64Array[] = []
  const z: (number | null)[] = []
  for (const [t, values] of steps.entries()) {
    lags.push(lagsOf(values, mean, weights))
    const from = Math.max(0, t - stepsBack)
    const depth = t - from + 1
    for (let i = 0; i < places; i++) {
      const whole = rows.entries[i]! * depth === cells && rows.uniform[i] === 1
      if (variance === 0 || rows.isolated[i] === 1 || whole) {
        z.push(null)
        continue
      }
      let sum = 0
      for (let u = from; u <= t; u++) sum += lags[u]![i]!
      const spread = cells * depth * rows.squares[i]! - (depth * rows.sum[i]!) ** 2
      z.push(sum / Math.sqrt((variance * spread) / (cells - 1)))
    }
    tellStep(control, t + 1, steps.length)
  }
  return z
}

/** Mean and variance (divisor: their number) of the cube; exactly 0 if all are equal. */
function momentsOf(steps: readonly ArrayLike<number>[], places: number): { mean: number; variance: number } {
  const origin = steps[0]?.[0] ?? 0
  const cells = places * steps.length
  let sum = 0
  for (const [t, values] of steps.entries()) {
    if (values.length !== places)
      throw new RangeError(`${values.length} values for ${places} places in step ${t}`)
    for (let i = 0; i < places; i++) {
      if (!Number.isFinite(values[i]))
        throw new RangeError(`the value of place ${i} in step ${t} is not a finite number`)
      sum += values[i]! - origin
    }
  }
  const mean = origin + sum / cells
  let squares = 0
  for (const values of steps) for (let i = 0; i < places; i++) squares += (values[i]! - mean) ** 2
  return { mean, variance: squares / cells }
}

function lagsOf(values: ArrayLike<number>, mean: number, w: SpatialWeights): Float64Array {
  const lags = new Float64Array(w.size)
  for (let i = 0; i < w.size; i++) {
    let lag = 0
    for (let e = w.starts[i]!; e < w.starts[i + 1]!; e++)
      lag += w.weights[e]! * (values[w.places[e]!]! - mean)
    lags[i] = lag
  }
  return lags
}

function readRows(w: SpatialWeights): {
  entries: Uint32Array
  uniform: Uint8Array
  isolated: Uint8Array
  sum: Float64Array
  squares: Float64Array
} {
  const rows = {
    entries: new Uint32Array(w.size),
    uniform: new Uint8Array(w.size).fill(1),
    isolated: new Uint8Array(w.size).fill(1),
    sum: new Float64Array(w.size),
    squares: new Float64Array(w.size),
  }
  for (let i = 0; i < w.size; i++) {
    let first = 0
    for (let e = w.starts[i]!; e < w.starts[i + 1]!; e++) {
      const weight = w.weights[e]!
      if (weight === 0) continue
      if (rows.entries[i]!++ === 0) first = weight
      else if (weight !== first) rows.uniform[i] = 0
      if (w.places[e] !== i) rows.isolated[i] = 0
      rows.sum[i]! += weight
      rows.squares[i]! += weight * weight
    }
  }
  return rows
}
