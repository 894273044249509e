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

/** Tests each cell that has a value; the others are no part of the set. @throws RunStopped */
export function associate(
  asked: Pick<Asked, 'cells' | 'question' | 'memory' | 'weights' | 'counts' | 'areaSquareKm' | 'households'>,
  values: readonly (number | null)[],
  control: RunControl,
): Association {
  const { cells, question, counts, memory, weights: allWeights } = asked
  const known = Uint32Array.from(values.keys()).filter((i) => values[i] !== null)
  const weights =
    known.length === cells.size ? allWeights() : neighbourhood(someCells(cells, known), question, memory)
  const tested = Float64Array.from(known, (i) => values[i]!)
  const base = baseOf(asked, question.measure)
  const spread = { counts: known.map((i) => counts[i]!), base: Float64Array.from(known, (i) => base[i]!) }
  const found = testValues(tested, weights, spread, question, control)
  const tests: CellTest[] = values.map(() => untested)
  known.forEach((cell, i) => {
    tests[cell] = found[i]!
  })
  return { tests, moran: moranOf(tested, weights) }
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
