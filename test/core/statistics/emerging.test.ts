import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../../../server/core/planning/random.ts'
import { distanceBandWeights } from '../../../server/core/statistics/distance-band.ts'
import { emergingHotSpots } from '../../../server/core/statistics/emerging.ts'
import {
  type EmergingClass,
  emergingClass,
  emergingClasses,
  type StepSign,
} from '../../../server/core/statistics/emerging-class.ts'
import { getisOrd } from '../../../server/core/statistics/getis-ord.ts'
import { twoSidedP } from '../../../server/core/statistics/normal.ts'
import { RunStopped } from '../../../server/core/statistics/run-control.ts'
import { spaceTimeGetisOrd } from '../../../server/core/statistics/space-time-getis-ord.ts'
import { weightsFromNeighbours, withSelf } from '../../../server/core/statistics/weights.ts'
import { farFromUniform, relabelled, settings, weightsOf } from './settings.ts'

/** Twenty steps or so, written h for hot, c for cold, · for neither. */
const stepsOf = (text: string): StepSign[] =>
  Array.from(text, (letter) => (letter === 'h' ? 1 : letter === 'c' ? -1 : 0))

describe('the class of a place, as ESRI defines it', () => {
  const cases: readonly [steps: string, trend: StepSign, wanted: EmergingClass][] = [
    ['··········', 0, 'none'],
    ['·········h', 0, 'new_hot'],
    ['ccc······h', 0, 'new_hot'], // cold before, hot never: the first text that fits
    ['········hh', 1, 'consecutive_hot'],
    ['·c····hhhh', 1, 'consecutive_hot'],
    ['··hhhhhhhh', 1, 'consecutive_hot'], // 8 of 10 are below 90 %
    ['·hhhhhhhhh', 1, 'intensifying_hot'], // 9 of 10 are 90 %
    ['hhhhhhhhhh', 1, 'intensifying_hot'],
    ['hhhhhhhhhh', 0, 'persistent_hot'],
    ['hhhh·hhhhh', 0, 'persistent_hot'],
    ['hhhchhhhhh', -1, 'diminishing_hot'],
    ['hhhhhhhhhh', -1, 'diminishing_hot'],
    ['h········h', 0, 'sporadic_hot'],
    ['hhhhh·h·hh', 1, 'sporadic_hot'],
    ['hhhhc·h·hh', 0, 'oscillating_hot'],
    ['hhhhhhhhh·', 0, 'historical_hot'],
    ['hhhhhhhhhc', 1, 'new_cold'], // what is there now, not what was
    ['hhhhhhhh··', 0, 'none'],
    ['ccccccccc·', 0, 'historical_cold'],
    ['·········c', 0, 'new_cold'],
    ['cccccccccc', -1, 'intensifying_cold'], // colder and colder
    ['cccccccccc', 1, 'diminishing_cold'],
    ['ch·······c', 0, 'oscillating_cold'],
  ]

  it.each(cases)('%s, trend %d: %s', (steps, trend, wanted) => {
    expect(emergingClass(stepsOf(steps), trend)).toBe(wanted)
  })

  it('has 17 classes, each of which some place falls into, and turns with its sign', () => {
    expect(new Set(emergingClasses).size).toBe(17)
    const turned = (name: EmergingClass): string =>
      name.replace(/hot$|cold$/, (word) => (word === 'hot' ? 'cold' : 'hot'))
    const reached = new Set(
      cases.flatMap(([text, trend]) => {
        const steps = stepsOf(text)
        const name = emergingClass(steps, trend)
        const other = emergingClass(
          steps.map((sign) => -sign as StepSign),
          -trend as StepSign,
        )
        expect(other).toBe(turned(name))
        return [name, other]
      }),
    )
    expect([...reached].sort()).toEqual([...emergingClasses].sort())
  })

  it('is told by the last step, or by what nine tenths of the steps were before it', () => {
    const steps = fc.array(fc.constantFrom<StepSign>(-1, 0, 1), { minLength: 10, maxLength: 40 })
    fc.assert(
      fc.property(steps, fc.constantFrom<StepSign>(-1, 0, 1), (signs, trend) => {
        const last = signs.at(-1)
        const name = emergingClass(signs, trend)
        const mostly = (of: StepSign): boolean =>
          signs.filter((sign) => sign === of).length >= 0.9 * signs.length
        const before = mostly(1) ? /^historical_hot$/ : mostly(-1) ? /^historical_cold$/ : /^none$/
        expect(name).toMatch(last === 1 ? /_hot$/ : last === -1 ? /_cold$/ : before)
      }),
    )
  })
})

const latticeOf = (side: number) =>
  distanceBandWeights(
    Array.from({ length: side * side }, (_, i) => [i % side, Math.floor(i / side)] as const),
    1,
  )

/** Gi* over the cube as one set of places: neighbours in space at the same step and the steps before. */
function overCube(steps: readonly number[][], lists: readonly number[][], stepsBack: number) {
  const n = lists.length
  const cube = steps.flatMap((_, t) =>
    lists.map((list, i) => {
      const depth = Math.min(t, stepsBack) + 1
      const all = Array.from({ length: depth }, (__, back) =>
        [i, ...list].map((j) => (t - back) * n + j),
      ).flat()
      return all.filter((cell) => cell !== t * n + i)
    }),
  )
  return getisOrd(steps.flat(), withSelf(weightsFromNeighbours(cube)))
}

describe('Gi* in space and time', () => {
  it('is Gi* of the cube with neighbours in space and time', () => {
    const given = fc.record({
      steps: fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 }), {
        minLength: 2,
        maxLength: 6,
      }),
      stepsBack: fc.integer({ min: 0, max: 7 }),
    })
    const lattice = latticeOf(3)
    const lists = Array.from({ length: 9 }, (_, i) => [
      ...lattice.places.subarray(lattice.starts[i], lattice.starts[i + 1]),
    ])
    fc.assert(
      fc.property(given, ({ steps, stepsBack }) => {
        const z = spaceTimeGetisOrd(steps, withSelf(lattice), stepsBack)
        const wanted = overCube(steps, lists, stepsBack)
        const apart = z.map((value, k) => {
          const other = wanted[k]!
          if (value === null || other === null) return value === other ? 0 : Number.POSITIVE_INFINITY
          return Math.abs(value - other)
        })
        expect(Math.max(...apart)).toBeLessThan(1e-9)
      }),
    )
  })

  it('is null for places without neighbours in space, for equal values, for the whole cube', () => {
    const pair = withSelf(weightsFromNeighbours([[1], [0], []]))
    const z = spaceTimeGetisOrd(
      [
        [1, 2, 3],
        [4, 5, 7],
      ],
      pair,
      1,
    )
    expect(z.map((value) => value === null)).toEqual([false, false, true, false, false, true])
    expect(spaceTimeGetisOrd([[0.1, 0.1, 0.1]], pair, 0)).toEqual([null, null, null])
    const both = withSelf(weightsFromNeighbours([[1], [0]]))
    const whole = spaceTimeGetisOrd(
      [
        [1, 2],
        [4, 5],
      ],
      both,
      1,
    )
    expect(whole.map((value) => value === null)).toEqual([false, false, true, true])
  })

  it('refuses what it cannot be computed from', () => {
    const pair = weightsFromNeighbours([[1], [0]])
    expect(() => spaceTimeGetisOrd([[1, 2]], pair, 1)).toThrow(RangeError)
    expect(() => spaceTimeGetisOrd([[1, 2, 3]], withSelf(pair), 1)).toThrow(RangeError)
    expect(() => spaceTimeGetisOrd([[1, Number.NaN]], withSelf(pair), 1)).toThrow(RangeError)
    expect(() => spaceTimeGetisOrd([[1, 2]], withSelf(pair), -1)).toThrow(RangeError)
  })

  it('p is uniform over 500 seeds where there is nothing to find', () => {
    const weights = withSelf(latticeOf(5))
    const p = Array.from({ length: 500 }, (_, seed) => {
      const random = mulberry32(seed)
      const steps = Array.from({ length: 10 }, () =>
        Float64Array.from({ length: 25 }, () => {
          let sum = 0
          for (let k = 0; k < 12; k++) sum += random()
          return sum
        }),
      )
      return twoSidedP(spaceTimeGetisOrd(steps, weights, 1)[5 * 25 + 12]!)
    })
    const { distance, critical } = farFromUniform(p)
    expect(distance).toBeLessThan(critical)
  })
})

describe('emerging hot spots', () => {
  const side = 9
  const weights = withSelf(latticeOf(side))
  const middle = 4 * side + 4
  /** Twelve steps of quiet ground, 0 … 2 a place, and what `extra` adds around the middle at each step. */
  const cubeOf = (extra: (t: number) => number): number[][] => {
    const random = mulberry32(22)
    return Array.from({ length: 12 }, (_, t) =>
      Array.from({ length: side * side }, (__, i) => {
        const near = Math.abs((i % side) - 4) + Math.abs(Math.floor(i / side) - 4) <= 1
        return Math.floor(random() * 3) + (near ? extra(t) : 0)
      }),
    )
  }
  const classOf = (extra: (t: number) => number, stepsBack = 0) =>
    emergingHotSpots({ steps: cubeOf(extra), weights, stepsBack })[middle]!

  it.each<[string, (t: number) => number, EmergingClass]>([
    ['nothing', () => 0, 'none'],
    ['the last step', (t) => (t === 11 ? 9 : 0), 'new_hot'],
    ['the last three', (t) => (t >= 9 ? 9 : 0), 'consecutive_hot'],
    ['more and more', (t) => 4 + t, 'intensifying_hot'],
    ['less and less', (t) => 20 - t, 'diminishing_hot'],
    ['always the same', () => 9, 'persistent_hot'],
    ['every third step', (t) => (t % 3 === 2 ? 9 : 0), 'sporadic_hot'],
    ['all but the last', (t) => (t < 11 ? 9 : 0), 'historical_hot'],
  ])('%s', (_, extra, wanted) => {
    expect(classOf(extra).class).toBe(wanted)
  })

  it('counts the steps and shows the trend behind the class', () => {
    const place = classOf((t) => 4 + t)
    expect(place.hotSteps).toBe(place.q.filter((q, t) => q! < 0.05 && place.z[t]! > 0).length)
    expect(place.hotSteps).toBeGreaterThanOrEqual(11)
    expect(place.coldSteps).toBe(0)
    expect(place.trend!.s).toBeGreaterThan(0)
    expect(place.trend!.p).toBeLessThan(0.05)
    expect(place.q.every((q, t) => q! >= place.p[t]!)).toBe(true)
  })

  it('is null where Gi* is undefined, and refuses too few steps', () => {
    const island = withSelf(weightsFromNeighbours([[1], [0], []]))
    const steps = Array.from({ length: 10 }, (_, t) => [t, 2 * t, 5])
    expect(emergingHotSpots({ steps, weights: island })[2]).toMatchObject({ class: null, trend: null })
    expect(() => emergingHotSpots({ steps: steps.slice(1), weights: island })).toThrow(RangeError)
    const stopping = { steps, weights: island, shouldStop: () => true }
    expect(() => emergingHotSpots(stopping)).toThrow(RunStopped)
  })

  it('neither the order of the places nor the unit of the values shows', () => {
    fc.assert(
      fc.property(settings, fc.integer({ min: 1, max: 50 }), (given, unit) => {
        const stepsFor = (values: readonly number[]) =>
          Array.from({ length: 10 }, (_, t) => values.map((value) => Math.abs((value * (t + 3)) % 17)))
        const classes = emergingHotSpots({
          steps: stepsFor(given.values),
          weights: withSelf(weightsOf(given)),
        })
        const moved = relabelled(given)
        const other = emergingHotSpots({
          steps: stepsFor(moved.values).map((step) => step.map((value) => value * unit)),
          weights: withSelf(weightsOf(moved)),
        })
        expect(other.map((place) => place.class)).toEqual(given.order.map((i) => classes[i]!.class))
      }),
      { numRuns: 50 },
    )
  })
})
