/** Who is whose neighbour, and how much it counts: a sparse matrix in compressed rows, so that 50,000 places stay cheap. */

/**
 * Spatial weights of `size` places. Row i holds the entries `starts[i] … starts[i + 1] − 1`: `places[e]` is the
 * neighbour's index and `weights[e]` its weight, indices ascending, each place at most once a row.
 * `includesSelf` says that every row has an entry for its own place, as Gi* wants; otherwise none has one.
 */
export interface SpatialWeights {
  readonly size: number
  readonly includesSelf: boolean
  readonly starts: Uint32Array
  readonly places: Uint32Array
  readonly weights: Float64Array
}

/**
 * Binary weights from neighbour lists: 1 for each listed place, listed twice or not. A place with an empty list is an
 * island. Lists need not be symmetric.
 * @throws RangeError for a list that names its own place (see {@link withSelf}) or a place that does not exist.
 */
export function weightsFromNeighbours(lists: readonly (readonly number[])[]): SpatialWeights {
  const size = lists.length
  const rows = lists.map((list, i) => {
    for (const j of list) {
      if (!Number.isInteger(j) || j < 0 || j >= size || j === i)
        throw new RangeError(`place ${i} of ${size} cannot have ${j} as a neighbour`)
    }
    return Uint32Array.from(new Set(list)).sort()
  })
  const starts = new Uint32Array(size + 1)
  for (let i = 0; i < size; i++) starts[i + 1] = starts[i]! + rows[i]!.length
  const places = new Uint32Array(starts[size]!)
  rows.forEach((row, i) => places.set(row, starts[i]))
  return { size, includesSelf: false, starts, places, weights: new Float64Array(places.length).fill(1) }
}

/**
 * The weights between some of the places, which are numbered anew in their order.
 * @param picked places, ascending
 */
export function weightsAmong(weights: SpatialWeights, picked: Uint32Array): SpatialWeights {
  if (picked.length === weights.size) return weights
  const at = new Int32Array(weights.size).fill(-1)
  for (let i = 0; i < picked.length; i++) at[picked[i]!] = i
  const starts = new Uint32Array(picked.length + 1)
  const places = new Uint32Array(weights.places.length)
  const values = new Float64Array(weights.places.length)
  let size = 0
  for (let i = 0; i < picked.length; i++) {
    const row = picked[i]!
    for (let e = weights.starts[row]!; e < weights.starts[row + 1]!; e++) {
      const place = at[weights.places[e]!]!
      if (place < 0) continue
      places[size] = place
      values[size++] = weights.weights[e]!
    }
    starts[i + 1] = size
  }
  return {
    size: picked.length,
    includesSelf: weights.includesSelf,
    starts,
    places: places.slice(0, size),
    weights: values.slice(0, size),
  }
}

/**
 * The same weights with every place in its own row, weighing `selfWeight` (1 where neighbours weigh 1, the usual
 * Gi*). Add it before {@link rowStandardised}.
 * @throws RangeError when the rows hold their own places already.
 */
export function withSelf(weights: SpatialWeights, selfWeight = 1): SpatialWeights {
  if (weights.includesSelf) throw new RangeError('the weights include each place itself already')
  const { size } = weights
  const starts = weights.starts.map((start, i) => start + i)
  const places = new Uint32Array(starts[size]!)
  const values = new Float64Array(starts[size]!)
  for (let i = 0; i < size; i++) {
    let at = starts[i]!
    let pending = true
    for (let e = weights.starts[i]!; e < weights.starts[i + 1]!; e++) {
      if (pending && weights.places[e]! > i) {
        places[at] = i
        values[at++] = selfWeight
        pending = false
      }
      places[at] = weights.places[e]!
      values[at++] = weights.weights[e]!
    }
    if (pending) {
      places[at] = i
      values[at] = selfWeight
    }
  }
  return { size, includesSelf: true, starts, places, weights: values }
}

/** The same weights, each row divided by its sum (style "W" of spdep). Rows that sum to nothing stay as they are. */
export function rowStandardised(weights: SpatialWeights): SpatialWeights {
  const values = Float64Array.from(weights.weights)
  for (let i = 0; i < weights.size; i++) {
    const row = values.subarray(weights.starts[i], weights.starts[i + 1])
    const sum = row.reduce((total, weight) => total + weight, 0)
    if (sum !== 0) for (let e = 0; e < row.length; e++) row[e]! /= sum
  }
  return { ...weights, weights: values }
}
