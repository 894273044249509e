import { describe, expect, it } from 'vitest'
import { questionOf } from '../../../server/contract/analysis-question.ts'
import { analyse } from '../../../server/core/analysis/analyse.ts'
import type { AnalysisInput } from '../../../server/core/analysis/asked.ts'
import { AnalysisRefused } from '../../../server/core/analysis/refused.ts'
import { withholdSmall } from '../../../server/core/analysis/withhold-small.ts'
import {
  eastMetres,
  localMetricFrame,
  northMetres,
} from '../../../server/core/geometry/local-metric-frame.ts'
import { hexagonCentre, hexagonsWithin, pointToHexagon } from '../../../server/core/hexagons/hexagon.ts'
import { input, middle, records } from './planted.ts'

describe('the dual kernel', () => {
  const rate = {
    statistic: 'kde',
    measure: 'per-1000-households',
    bandwidth: 600,
    kernel: 'gaussian',
  } as const
  const spread = hexagonsWithin(middle, 5)
  /** Some households in the middle of each hexagon. */
  const homes = (numberOf: (hexagon: string) => number) =>
    spread.flatMap((hexagon) => {
      const [longitude, latitude] = hexagonCentre(hexagon)
      return Array.from({ length: numberOf(hexagon) }, () => ({ longitude, latitude }))
    })
  const asked = (
    more: Parameters<typeof questionOf>[0],
    numberOf: (hexagon: string) => number,
    leastHouseholds?: number,
  ): AnalysisInput => {
    const given = input({ ...rate, ...more })
    const ground = { ...given.ground, households: homes(numberOf) }
    return { ...given, ground, ...(leastHouseholds !== undefined && { leastHouseholds }) }
  }

  it('is incidents over households, both smoothed, in its own unit, whatever edge is corrected', () => {
    const of = (more: Parameters<typeof questionOf>[0]) => analyse(asked(more, () => 20))
    const found = of({})
    const frame = localMetricFrame(...hexagonCentre(middle))
    const at = (hexagon: string): readonly [number, number] => {
      const [longitude, latitude] = hexagonCentre(hexagon)
      return [eastMetres(frame, longitude), northMetres(frame, latitude)]
    }
    const kernel = (one: string, two: string): number => {
      const [[x, y], [u, v]] = [at(one), at(two)]
      return Math.exp(-((x - u) ** 2 + (y - v) ** 2) / (2 * 600 ** 2))
    }
    const incidents = records.reduce(
      (total, one) => total + kernel(pointToHexagon(one.longitude!, one.latitude!, 9), middle),
      0,
    )
    const homesNear = spread.reduce((total, one) => total + 20 * kernel(one, middle), 0)
    const value = found.cells.find((one) => one.id === middle)!.value!
    // The frame of the whole ground lies a few hundred metres off: lengths differ by some millionths.
    expect(value / ((1000 * incidents) / homesNear)).toBeCloseTo(1, 4)
    expect(found.legend).toMatchObject({
      measure: 'per-1000-households',
      unit: { zh: '起/千户（核密度之比）' },
    })
    const plain = of({ edge: 'none' })
    found.cells.forEach((one, i) => expect(one.value).toBeCloseTo(plain.cells[i]!.value!, 8))
    expect(of({ categories: ['fire'] }).legend.breaks).toEqual(found.legend.breaks)
  })

  it('is null where households near are fewer than five', () => {
    const far = spread.at(-1)!
    const { cells } = analyse(
      asked({ bandwidth: 100 }, (hexagon) => (hexagon === middle ? 5 : hexagon === far ? 4 : 0)),
    )
    const known = cells.filter((one) => one.value !== null)
    expect(known.map((one) => one.id)).toEqual([middle])
  })

  it('tells nothing of households that are kept back: a function of what is told besides', () => {
    // One household here and three there, or two and two: fewer than five, so only their sum is told.
    const [one, other] = [spread[3]!, spread[40]!]
    const of = (first: number) =>
      withholdSmall(
        analyse(asked({}, (hexagon) => (hexagon === one ? first : hexagon === other ? 4 - first : 30), 5)),
        5,
      )
    const figures = (first: number): string => JSON.stringify({ ...of(first), fingerprint: '' })
    expect(figures(1)).toBe(figures(2))
    expect(
      of(1)
        .cells.filter((cell) => cell.withheld)
        .map((cell) => cell.value),
    ).toContain(null)
    const told = analyse(asked({}, (hexagon) => (hexagon === one ? 1 : hexagon === other ? 3 : 30)))
    expect(JSON.stringify(told.cells)).not.toBe(JSON.stringify(of(1).cells))
  })

  it('is refused without households, and of rates that are smoothed otherwise', () => {
    expect(() => analyse(input({ ...rate, measure: 'eb' }))).toThrow(AnalysisRefused)
    const none = input(rate)
    expect(() => analyse({ ...none, ground: { ...none.ground, households: null } })).toThrow(AnalysisRefused)
  })
})
