/** Gi, Gi* and local Moran of a measure over the cells of a question. */
import { evenSpreadPs, largerP, type SpreadCounts } from '../statistics/even-spread.ts'
import { correct } from '../statistics/false-discovery.ts'
import { getisOrd } from '../statistics/getis-ord.ts'
import { globalMoran } from '../statistics/global-association.ts'
import { hotSpotClass } from '../statistics/hot-spot-class.ts'
import { localMoran } from '../statistics/local-moran.ts'
import { localMoranPermutation } from '../statistics/local-moran-permutation.ts'
import { twoSidedP } from '../statistics/normal.ts'
import type { RunControl } from '../statistics/run-control.ts'
import { type SpatialWeights, withSelf } from '../statistics/weights.ts'
import type { Asked } from './asked.ts'
import { someCells } from './cells.ts'
import { baseOf } from './measure-cells.ts'
import { neighbourhood } from './neighbourhood.ts'
import type { AnalysisQuestion, CellTest, GlobalMoran } from './values.ts'

/** q below which a quadrant is called significant. */
export const quadrantLevel = 0.05

export interface Association {
  readonly tests: readonly CellTest[]
  /** Moran's I of the whole, against any order of the same values; null where it is undefined. */
  readonly moran: GlobalMoran | null
}

const untested: CellTest = { z: null, p: null, q: null, class: null, quadrant: null }
/** Of Gi and Gi*, which ask for an even spread, too. */
const untestedSpread: CellTest = { z: null, p: null, pEven: null, q: null, class: null, quadrant: null }

/** Tests each cell that has a value; the others are no part of the set. @throws RunStopped */
export function associate(
  asked: Pick<Asked, 'cells' | 'question' | 'memory' | 'weights' | 'counts' | 'areaSquareKm' | 'households'>,
  values: readonly (number | null)[],
  control: RunControl,
): Association {
  const { cells, question, counts, memory, weights: allWeights } = asked
  const known = knownOf(values)
  const weights =
    known.length === cells.size ? allWeights() : neighbourhood(someCells(cells, known), question, memory)
  const tested = valuesAt(values, known)
  const spread = { counts: valuesAt(counts, known), base: valuesAt(baseOf(asked, question.measure), known) }
  const found = testValues(tested, weights, spread, question, control)
  const moran = moranOf(tested, weights)
  if (known.length === cells.size) return { tests: found, moran }
  const none = question.statistic === 'local-moran' ? untested : untestedSpread
  const tests: CellTest[] = values.map(() => none)
  known.forEach((cell, i) => {
    tests[cell] = found[i]!
  })
  return { tests, moran }
}

/** The cells that have a value, ascending. */
function knownOf(values: readonly (number | null)[]): Uint32Array {
  const known = new Uint32Array(values.length)
  let size = 0
  for (let i = 0; i < values.length; i++) if (values[i] !== null) known[size++] = i
  return known.subarray(0, size)
}

function valuesAt(values: ArrayLike<number | null>, cells: Uint32Array): Float64Array {
  const picked = new Float64Array(cells.length)
  for (let i = 0; i < cells.length; i++) picked[i] = values[cells[i]!]!
  return picked
}

function testValues(
  values: Float64Array,
  weights: SpatialWeights,
  spread: SpreadCounts,
  { statistic, correction, permutations, seed }: AnalysisQuestion,
  control: RunControl,
): CellTest[] {
  if (statistic === 'local-moran') {
    const found = localMoran(values, weights)
    const p = localMoranPermutation(values, weights, { permutations, seed, ...control })
    const q = correct(p, correction)
    return found.map((one, i): CellTest => {
      if (one === null) return untested
      const { z, quadrant } = one
      const significant = q[i] !== null && q[i]! < quadrantLevel
      return { z, p: p[i]!, q: q[i]!, class: quadrant && (significant ? quadrant : 'none'), quadrant }
    })
  }
  const around = statistic === 'gi' ? weights : withSelf(weights)
  const z = getisOrd(values, around)
  const p = z.map((value) => (value === null ? null : twoSidedP(value)))
  const pEven = evenSpreadPs(z, spread, around)
  const q = correct(largerP(p, pEven), correction)
  return z.map((value, i) => ({
    z: value,
    p: p[i]!,
    pEven: pEven[i]!,
    q: q[i]!,
    class: hotSpotClass(value, q[i]!),
    quadrant: null,
  }))
}

function moranOf(values: Float64Array, weights: SpatialWeights): GlobalMoran | null {
  const found = globalMoran(values, weights)
  if (found === null) return null
  const { statistic, expectation, randomisation } = found
  return {
    i: statistic,
    expected: expectation,
    z: randomisation && randomisation.z,
    p: randomisation && randomisation.p,
  }
}

/** Whether a cell is one to look at: hot beyond chance at q < 0.05, or high among high. */
export const isHot = (one: string | null): boolean => one === 'hot_0.01' || one === 'hot_0.05' || one === 'HH'
