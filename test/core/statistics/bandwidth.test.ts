import { describe, expect, it } from 'vitest'
import { bandwidthChoices } from '../../../server/core/statistics/bandwidth.ts'
import { clarkEvans } from '../../../server/core/statistics/clark-evans.ts'
import { seededRandom } from '../../../server/core/statistics/monte-carlo.ts'
import { type PlanarPoints, planarRectangle } from '../../../server/core/statistics/planar.ts'
import { hasRealData } from '../../support/real-data.ts'
import { publishedTable } from './published.ts'

function patternOf(name: string): PlanarPoints {
  const table = publishedTable(`data/stats/point_patterns/${name}.csv`)
  return { x: Float64Array.from(table.numbers('x')), y: Float64Array.from(table.numbers('y')) }
}
const southOf = (name: string): number => (name === 'redwood' ? -1 : 0)

describe.runIf(hasRealData)('bandwidths of point patterns, as R spatstat 3.0 computes them', () => {
  // bw.scott(X, isotropic = TRUE); bw.ppl(X, sigma = s, shortcut = TRUE, edge = FALSE) over sixteen σ from 0.02 to 0.4 in
  // geometric steps: the best of them and three values of the criterion; the same for least squares, by its formula in R.
  it.each([
    [
      'redwood',
      0.137029873862326,
      4,
      [219.478772840972, 260.022389068805, 210.481647880729],
      4,
      [0.523331577813043, -1.38165947826501, -0.657067757824212],
    ],
    [
      'japanesepines',
      0.148987117568991,
      8,
      [-33.0614980418414, 247.6721031728851, 216.3172717052401],
      10,
      [2.18946488115424, -0.742323471024963, -0.576367703456538],
    ],
    [
      'cells',
      0.14490495847259,
      11,
      [-634.443285093363, 138.4769399175374, 125.5864570924103],
      12,
      [4.74022302793262, -0.538755114537023, -0.647037873965306],
    ],
  ] as const)('%s', (name, scott, best, criterion, least, squares) => {
    const candidatesMetres = Array.from({ length: 16 }, (_, k) => 0.02 * 20 ** (k / 15))
    const choices = bandwidthChoices(patternOf(name), { candidatesMetres })
    expect(choices.map((choice) => choice.method)).toEqual([
      'scott',
      'silverman',
      'likelihood',
      'least_squares',
    ])
    expect(choices[0]!.gaussianMetres).toBeCloseTo(scott, 13)
    const likelihood = choices[2]!
    expect(likelihood.gaussianMetres).toBe(candidatesMetres[best])
    expect(likelihood.atEnd).toBe(false)
    const leastSquares = choices[3]!
    expect(leastSquares.gaussianMetres).toBe(candidatesMetres[least])
    for (const [k, at] of [0, 9, 15].entries()) {
      expect(likelihood.candidates[at]!.score).toBeCloseTo(criterion[k]!, 8)
      expect(leastSquares.candidates[at]!.score).toBeCloseTo(squares[k]!, 11)
    }
  })
})

describe.runIf(hasRealData)('Clark and Evans', () => {
  // expected.json beside the data (spatstat's clarkevans, naive), and its Donnelly correction, run here.
  it.each([
    ['cells', 1.671679514841, 1.56042560611446],
    ['redwood', 0.618650157291248, 0.584990626589943],
    ['japanesepines', 1.06400205533431, 1.00750724319586],
  ] as const)('%s, without edge correction and with Donnelly’s', (name, naive, donnelly) => {
    const area = planarRectangle(0, southOf(name), 1, southOf(name) + 1)
    expect(clarkEvans(patternOf(name), area)!.ratio).toBeCloseTo(naive, 11)
    expect(clarkEvans(patternOf(name), area, 'donnelly')!.ratio).toBeCloseTo(donnelly, 11)
  })
})

describe('Clark and Evans by hand', () => {
  it('of a square lattice is 2, of one place 0, of one point nothing', () => {
    // Spacing 1, density 1: the nearest is 1 away, ½ is expected.
    const lattice = Array.from({ length: 400 }, (_, i) => [(i % 20) + 0.5, Math.floor(i / 20) + 0.5] as const)
    const points = { x: Float64Array.from(lattice, ([x]) => x), y: Float64Array.from(lattice, ([, y]) => y) }
    const area = planarRectangle(0, 0, 20, 20)
    expect(clarkEvans(points, area)).toMatchObject({ ratio: 2, expectedMetres: 0.5, n: 400 })
    expect(clarkEvans({ x: new Float64Array(5), y: new Float64Array(5) }, area)!.ratio).toBe(0)
    expect(clarkEvans({ x: new Float64Array(1), y: new Float64Array(1) }, area)).toBeNull()
  })
})

describe('bandwidths', () => {
  const random = seededRandom(5)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const cloud = Array.from({ length: 3000 }, () => [1000 * normal(), 1000 * normal()] as const)
  const points = { x: Float64Array.from(cloud, ([x]) => x), y: Float64Array.from(cloud, ([, y]) => y) }

  it('of a normal cloud agree: the rules are made for it, and cross-validation finds them', () => {
    // 1,000 m · 3,000^{−1/6} = 263 m; least squares is known to scatter (some 20 %), the rules by 2 %.
    const [scott, silverman, likelihood, leastSquares] = bandwidthChoices(points).map(
      (c) => c.gaussianMetres!,
    )
    expect(Math.abs(scott! / 263 - 1)).toBeLessThan(0.05)
    expect(Math.abs(silverman! / 263 - 1)).toBeLessThan(0.05)
    expect(Math.abs(likelihood! / 263 - 1)).toBeLessThan(0.4)
    expect(Math.abs(leastSquares! / 263 - 1)).toBeLessThan(0.4)
  })

  it('do not depend on the order, also where a sample is taken', () => {
    const turned = { x: points.x.toReversed(), y: points.y.toReversed() }
    expect(bandwidthChoices(turned, { sampleSize: 500 })).toEqual(
      bandwidthChoices(points, { sampleSize: 500 }),
    )
  })

  it('are null for one place', () => {
    const nowhere = bandwidthChoices({ x: new Float64Array(4), y: new Float64Array(4) })
    expect(nowhere.map((choice) => choice.gaussianMetres)).toEqual([null, null, null, null])
  })
})
