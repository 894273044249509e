import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../../../server/core/planning/random.ts'
import type { DensityOptions } from '../../../server/core/statistics/density-options.ts'
import {
  densityAtSites,
  densityOnRaster,
  perThousand,
} from '../../../server/core/statistics/kernel-density.ts'
import { kernelMass } from '../../../server/core/statistics/kernel-mass.ts'
import { erfc } from '../../../server/core/statistics/normal.ts'
import { type PlanarPoints, planarRectangle } from '../../../server/core/statistics/planar.ts'
import { RunStopped } from '../../../server/core/statistics/run-control.ts'
import { hasRealData } from '../../support/real-data.ts'
import { publishedJson, publishedTable } from './published.ts'

const pointsOf = (list: readonly (readonly [number, number])[]): PlanarPoints => ({
  x: Float64Array.from(list, ([x]) => x),
  y: Float64Array.from(list, ([, y]) => y),
})
/** What spatstat gives, per unit of area; here the unit is a metre. */
const perSquareMetre = (points: PlanarPoints, sites: PlanarPoints, options: DensityOptions): number[] =>
  Array.from(densityAtSites(points, sites, options).perSquareKm, (value) => value / 1e6)

const largestDifference = (actual: readonly number[], published: readonly number[]): number => {
  expect(actual).toHaveLength(published.length)
  return Math.max(...published.map((value, i) => Math.abs(actual[i]! - value) / value))
}

describe.runIf(hasRealData)('the twelve points of the fixtures, as R spatstat computes them exactly', () => {
  interface Kde12 {
    readonly points: [number, number][]
    readonly sigma: number
    readonly gaussian_exact: Record<string, number>
    readonly at_points_noedge: number[]
    readonly at_points_edge_uniform_0_100: number[]
  }
  const read = (): Kde12 => (publishedJson('fixtures/statistics/expected.json') as { kde12: Kde12 }).kde12
  const square = planarRectangle(0, 0, 100, 100)

  it('at places, without edge correction', () => {
    const { points, sigma, gaussian_exact: exact } = read()
    const sites = pointsOf(Object.keys(exact).map((key) => key.split(',').map(Number) as [number, number]))
    const options = { kernel: 'gaussian', bandwidthMetres: sigma, cutoffBandwidths: Infinity } as const
    const density = perSquareMetre(pointsOf(points), sites, options)
    expect(largestDifference(density, Object.values(exact))).toBeLessThan(1e-11)
  })

  it('at the points, themselves included, plain and with the uniform edge correction', () => {
    const { points, sigma, at_points_noedge: plain, at_points_edge_uniform_0_100: corrected } = read()
    const all = pointsOf(points)
    const options = { kernel: 'gaussian', bandwidthMetres: sigma } as const
    expect(largestDifference(perSquareMetre(all, all, options), plain)).toBeLessThan(1e-9)
    const within = { ...options, edge: 'uniform', within: square } as const
    expect(largestDifference(perSquareMetre(all, all, within), corrected)).toBeLessThan(1e-9)
  })
})

describe.runIf(hasRealData)(
  'point patterns, as R spatstat 3.0 (densitycrossEngine, exact) computes them',
  () => {
    // densitycrossEngine(X, sites, sigma = 0.1) with edge = FALSE; edge = TRUE; diggle = TRUE; and kernel = "quartic", whose radius
    // for a standard deviation of σ along an axis is √8 σ.
    const published = {
      redwood: [
        [91.45110230840595, 53.707252227250564, 118.02601433374231, 0.186090137893704],
        [92.59753110921056, 53.7073138083767, 119.50558558724204, 0.389211928743933],
        [96.59284890698255, 53.78290361196719, 125.9233201999845, 0.223331744672371],
        [92.4347290197469, 54.3337070784633, 116.6853169064181, 0],
      ],
      japanesepines: [
        [19.9646660083783, 62.2323496431985, 59.0862119330586, 30.5389474500838],
        [20.2149425773065, 62.2324209992632, 59.8269152529822, 63.8729315448526],
        [24.1735801363994, 62.2724748458495, 65.3918259090903, 44.0466187259184],
        [21.5105738996052, 61.6232521516707, 59.2545603242159, 28.0316244093174],
      ],
      cells: [
        [44.43142153024832, 49.14610710444154, 43.20124710976021, 9.94694799991602],
        [44.988412753068, 49.1461634557254, 43.742816895877, 20.8042772173898],
        [47.7138959333711, 49.1845523013785, 46.2779641346327, 12.7986126156532],
        [44.5718864323968, 50.2450913889039, 42.4825453983645, 10.9847814290114],
      ],
    }

    it.each(Object.entries(published))('%s', (name, [plain, uniform, diggle, quartic]) => {
      const table = publishedTable(`data/stats/point_patterns/${name}.csv`)
      const points = pointsOf(table.numbers('x').map((x, i) => [x, table.numbers('y')[i]!]))
      const south = name === 'redwood' ? -1 : 0
      const within = planarRectangle(0, south, 1, south + 1)
      const sites = pointsOf([
        [0.25, south + 0.25],
        [0.5, south + 0.5],
        [0.75, south + 0.75],
        [0.05, south + 0.95],
      ])
      const at = (options: Partial<DensityOptions>): number[] =>
        perSquareMetre(points, sites, { kernel: 'gaussian', bandwidthMetres: 0.1, within, ...options })
      expect(largestDifference(at({}), plain!)).toBeLessThan(1e-9)
      expect(largestDifference(at({ edge: 'uniform' }), uniform!)).toBeLessThan(1e-9)
      expect(largestDifference(at({ edge: 'diggle' }), diggle!)).toBeLessThan(1e-9)
      const asQuartic = at({ kernel: 'quartic', bandwidthMetres: 0.1 * Math.sqrt(8) })
      quartic!.forEach((value, i) => expect(asQuartic[i]).toBeCloseTo(value, 10))
    })
  },
)

describe('the mass of a kernel inside an area', () => {
  const normal = (z: number): number => 1 - erfc(z / Math.SQRT2) / 2
  // An L: six corners, one of them pointing inwards.
  const bent = [Float64Array.of(0, 0, 30, 0, 30, 10, 10, 10, 10, 40, 0, 40)]

  it('of a Gaussian in rectangles is a product of normal probabilities, inside, outside and on the line', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 160 }), fc.integer({ min: -60, max: 160 }), (x, y) => {
        const side = (u: number): number => normal((100 - u) / 20) - normal(-u / 20)
        const mass = kernelMass(planarRectangle(0, 0, 100, 100), 'gaussian', 20)
        expect(Math.abs(mass(x, y) - side(x) * side(y))).toBeLessThan(1e-9)
      }),
    )
  })

  it.each(['gaussian', 'quartic'] as const)('of a %s in an L is that of its two rectangles', (kernel) => {
    const [whole, low, high] = [bent, planarRectangle(0, 0, 30, 10), planarRectangle(0, 10, 10, 40)].map(
      (area) => kernelMass(area, kernel, 12),
    )
    for (const [x, y] of [
      [5, 5],
      [10, 10],
      [0, 0],
      [20, 20],
      [10, 25],
      [30, 5],
      [-7, 3],
    ] as const)
      expect(Math.abs(whole!(x, y) - low!(x, y) - high!(x, y))).toBeLessThan(1e-9)
  })

  it('of a quartic on a straight edge is a half, at a right corner a quarter, wholly inside all', () => {
    const mass = kernelMass(planarRectangle(0, 0, 100, 100), 'quartic', 30)
    expect(mass(50, 0)).toBeCloseTo(1 / 2, 12)
    expect(mass(0, 0)).toBeCloseTo(1 / 4, 12)
    expect(mass(50, 50)).toBe(1)
    expect(mass(50, -30)).toBe(0)
  })
})

const place = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }))
const places = fc.array(place, { minLength: 1, maxLength: 30 })
const kernels = fc.constantFrom('gaussian' as const, 'quartic' as const)

describe('kernel density', () => {
  it('integrates to the number of incidents within 0.1 %: over all ground, and with Diggle’s correction over the area', () => {
    fc.assert(
      fc.property(places, kernels, fc.integer({ min: 60, max: 200 }), (list, kernel, bandwidthMetres) => {
        const options = { kernel, bandwidthMetres }
        const sum = (values: Float64Array, cellMetres: number): number =>
          values.reduce((total, value) => total + (Number.isNaN(value) ? 0 : value), 0) *
          (cellMetres / 1000) ** 2
        const wide = { west: -1100, south: -1100, cellMetres: 20, columns: 160, rows: 160 }
        const all = densityOnRaster(pointsOf(list), wide, options).perSquareKm
        expect(Math.abs(sum(all, 20) / list.length - 1)).toBeLessThan(1e-3)
        const inside = { west: 0, south: 0, cellMetres: 10, columns: 100, rows: 100 }
        const within = planarRectangle(-1e-6, -1e-6, 1000 + 1e-6, 1000 + 1e-6)
        const kept = densityOnRaster(pointsOf(list), inside, { ...options, within, edge: 'diggle' })
        expect(kept.counted).toBe(list.length)
        expect(Math.abs(sum(kept.perSquareKm, 10) / list.length - 1)).toBeLessThan(1e-3)
      }),
      { numRuns: 12 },
    )
  })

  it('is the same on a raster as at the centres of its cells, and by the plain sum over all pairs', () => {
    fc.assert(
      fc.property(places, kernels, fc.integer({ min: 30, max: 400 }), (list, kernel, bandwidthMetres) => {
        const raster = { west: 90, south: -70, cellMetres: 37, columns: 11, rows: 13 }
        const points = pointsOf(list)
        const onRaster = densityOnRaster(points, raster, { kernel, bandwidthMetres }).perSquareKm
        const sites = pointsOf(
          Array.from(onRaster, (_, i) => [90 + ((i % 11) + 0.5) * 37, -70 + (Math.floor(i / 11) + 0.5) * 37]),
        )
        const atSites = densityAtSites(points, sites, { kernel, bandwidthMetres }).perSquareKm
        const scale = (list.length * 1e6) / (2 * Math.PI * bandwidthMetres ** 2)
        onRaster.forEach((value, i) => {
          const h2 = bandwidthMetres ** 2
          const plain = list.reduce((sum, [x, y]) => {
            const d2 = (x - sites.x[i]!) ** 2 + (y - sites.y[i]!) ** 2
            if (kernel === 'gaussian') return sum + Math.exp(-d2 / (2 * h2)) / (2 * Math.PI * h2)
            return sum + (d2 < h2 ? (3 / (Math.PI * h2)) * (1 - d2 / h2) ** 2 : 0)
          }, 0)
          expect(Math.abs(value - plain * 1e6)).toBeLessThan(1e-12 * scale)
          expect(Math.abs(value - atSites[i]!)).toBeLessThan(1e-12 * scale)
        })
      }),
      { numRuns: 8 },
    )
  })

  it.each([
    // A disk within one row of bins, many rows of bins, sums that start anew along a row, and points far between.
    ['quartic', 10],
    ['quartic', 120],
    ['quartic', 900],
    ['gaussian', 25],
    ['gaussian', 200],
  ] as const)('of many points is that of all pairs: %s of %d m', (kernel, bandwidthMetres) => {
    const random = mulberry32(bandwidthMetres)
    const placesOf = (n: number, metres: number): PlanarPoints =>
      pointsOf(
        Array.from({ length: n }, (_, i): [number, number] =>
          i % 3 === 0
            ? [500 + random() * 40, 300 + random() * 40]
            : [random() * metres, (random() * metres) / 2],
        ),
      )
    const points = {
      ...placesOf(4000, 5000),
      weights: Float64Array.from({ length: 4000 }, (_, i) => 1 + (i % 4)),
    }
    const sites = placesOf(300, 5200)
    const { perSquareKm } = densityAtSites(points, sites, { kernel, bandwidthMetres })
    const h2 = bandwidthMetres ** 2
    const peak = (kernel === 'gaussian' ? 1 / (2 * Math.PI * h2) : 3 / (Math.PI * h2)) * 1e6
    perSquareKm.forEach((value, s) => {
      let plain = 0
      points.x.forEach((x, i) => {
        const d2 = (x - sites.x[s]!) ** 2 + (points.y[i]! - sites.y[s]!) ** 2
        const one = kernel === 'gaussian' ? Math.exp(-d2 / (2 * h2)) : d2 < h2 ? (1 - d2 / h2) ** 2 : 0
        plain += points.weights[i]! * one * peak
      })
      expect(Math.abs(value - plain)).toBeLessThan((kernel === 'gaussian' ? 1e-10 : 1e-13) * 10_000 * peak)
    })
  })

  it('does not show the order of its points in a bit, nor where the plane begins, nor the unit', () => {
    fc.assert(
      fc.property(places, kernels, (list, kernel) => {
        const sites = pointsOf([
          [500, 500],
          [0, 120],
        ])
        const at = (moved: (v: number) => number, bandwidthMetres: number): number[] => [
          ...densityAtSites(
            pointsOf(list.toReversed().map(([x, y]) => [moved(x), moved(y)])),
            { x: sites.x.map(moved), y: sites.y.map(moved) },
            { kernel, bandwidthMetres },
          ).perSquareKm,
        ]
        const given = [...densityAtSites(pointsOf(list), sites, { kernel, bandwidthMetres: 256 }).perSquareKm]
        expect(at((v) => v, 256)).toEqual(given)
        expect(at((v) => v + 2 ** 20, 256)).toEqual(given)
        // In kilometres a density in 1/km² is a million times smaller as a number per unit of area.
        at((v) => v / 1024, 1 / 4).forEach((value, i) => expect(value / 2 ** 20).toBeCloseTo(given[i]!, 9))
      }),
      { numRuns: 30 },
    )
  })

  it('counts weights, leaves out what is outside and says how many, and has none outside the area', () => {
    const points = {
      ...pointsOf([
        [10, 10],
        [50, 50],
        [500, 50],
      ]),
      weights: Float64Array.of(1, 2, 4),
    }
    const within = planarRectangle(0, 0, 100, 100)
    const options = { kernel: 'quartic', bandwidthMetres: 20, within } as const
    const { perSquareKm, counted, outside } = densityAtSites(
      points,
      pointsOf([
        [50, 50],
        [500, 50],
      ]),
      options,
    )
    expect({ counted, outside }).toEqual({ counted: 3, outside: 1 })
    // Two in one place: 2 · 3/(π 20²) per m².
    expect(perSquareKm[0]).toBeCloseTo((2 * 3e6) / (Math.PI * 400), 9)
    expect(perSquareKm[1]).toBeNaN()
  })

  it('refuses what is no bandwidth, no point and a correction without area', () => {
    const one = pointsOf([[0, 0]])
    const options = { kernel: 'gaussian', bandwidthMetres: 10 } as const
    expect(() => densityAtSites(one, one, { ...options, bandwidthMetres: 0 })).toThrow(RangeError)
    expect(() => densityAtSites(one, one, { ...options, edge: 'diggle' })).toThrow(RangeError)
    expect(() => densityAtSites(pointsOf([[Number.NaN, 0]]), one, options)).toThrow(RangeError)
  })

  it('tells its progress and ends when asked', () => {
    const steps: number[] = []
    const sites = pointsOf(Array.from({ length: 1000 }, (_, i) => [i, 0]))
    const control = { onProgress: (step: number) => steps.push(step) }
    densityAtSites(sites, sites, { kernel: 'gaussian', bandwidthMetres: 5, control })
    expect(steps).toHaveLength(100)
    expect(steps.at(-1)).toBe(1000)
    const stopped = { shouldStop: () => true }
    const start = (): unknown =>
      densityAtSites(sites, sites, { kernel: 'gaussian', bandwidthMetres: 5, control: stopped })
    expect(start).toThrow(RunStopped)
  })
})

describe('per thousand households', () => {
  it('is a ratio of densities, and null where households are too few', () => {
    // 2 incidents per km² over 500 households per km² are 4 per thousand.
    const rates = perThousand(Float64Array.of(2, 2, 0, Number.NaN), Float64Array.of(500, 9, 40, 40), 10)
    expect(rates).toEqual([4, null, 0, null])
  })
})
