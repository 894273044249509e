/** Walks with known truth through made-up villages: reported in one system, declared in another. */
import fc from 'fast-check'
import gcoord from 'gcoord'
import { describe, expect, it } from 'vitest'
import {
  latitudeAt,
  localMetricFrame,
  longitudeAt,
} from '../../../server/core/geometry/local-metric-frame.ts'
import { mulberry32, type Random } from '../../../server/core/planning/random.ts'
import {
  type CoordinateSuspicion,
  type SuspicionRequest,
  type SystemHypothesis,
  suspectCoordinates,
} from '../../../server/core/trajectories/coordinate-suspicion.ts'
import { nearestLine } from '../../../server/core/trajectories/nearest-line.ts'
import type { AreaGeometry, Fix, LngLat } from '../../../server/core/values.ts'
import { coordinateSystem } from '../../../server/formats/coordinate-systems.ts'

const frame = localMetricFrame(119.605, 29.905)
const at = (x: number, y: number): LngLat => [longitudeAt(frame, x), latitudeAt(frame, y)]
const names = ['EPSG:4326', 'GCJ-02', 'BD-09'] as const
type Name = (typeof names)[number]
const systems: readonly SystemHypothesis[] = names.map((name) => {
  const { toWgs84 } = coordinateSystem(name, {})
  return { name, toWgs84: (x, y) => toWgs84?.(x, y) ?? [x, y] }
})
const as = (system: Name, [x, y]: LngLat): LngLat => {
  if (system === 'EPSG:4326') return [x, y]
  return gcoord.transform<[number, number]>(
    [x, y],
    gcoord.WGS84,
    system === 'GCJ-02' ? gcoord.GCJ02 : gcoord.BD09,
  )
}

/** A square of 800 m around a middle, in metres. */
function square(x: number, y: number): AreaGeometry {
  const ring = [
    [-400, -400],
    [400, -400],
    [400, 400],
    [-400, 400],
    [-400, -400],
  ].map(([dx, dy]) => [...at(x + dx!, y + dy!)])
  return { type: 'Polygon', coordinates: [ring] }
}

interface Village {
  /** Where its lanes run, metres: irregular, 60 to 180 m apart. */
  readonly columns: readonly number[]
  readonly rows: readonly number[]
}
function villageOf(random: Random): Village {
  const steps = (): number[] => {
    const found: number[] = []
    for (let metres = -2000; metres < 2000; metres += 60 + random() * 120) found.push(metres)
    return found
  }
  return { columns: steps(), rows: steps() }
}
const roadsOf = ({ columns, rows }: Village): LngLat[][] => [
  ...columns.map((x) => [at(x, -2000), at(x, 2000)]),
  ...rows.map((y) => [at(-2000, y), at(2000, y)]),
]

const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** An hour and a half along the lanes within 380 m of a middle: 1.2 m/s, a fix every 10 s, a receiver that errs by 10 m. */
function walk(
  random: Random,
  { columns, rows }: Village,
  [mx, my]: readonly [number, number] = [0, 0],
  sigma = 10,
): Fix[] {
  const near = (lines: readonly number[], middle: number): number[] =>
    lines.filter((one) => Math.abs(one - middle) < 380)
  const [xs, ys] = [near(columns, mx), near(rows, my)]
  let [column, row] = [xs.length >> 1, ys.length >> 1]
  const corners: [number, number][] = [[xs[column]!, ys[row]!]]
  for (let i = 0; i < 150; i++) {
    const step = random() < 0.5 ? -1 : 1
    if (random() < 0.5) column = Math.max(0, Math.min(xs.length - 1, column + step))
    else row = Math.max(0, Math.min(ys.length - 1, row + step))
    corners.push([xs[column]!, ys[row]!])
  }
  const fixes: Fix[] = []
  let [leg, done] = [0, 0]
  for (let i = 0; i < 540 && leg + 1 < corners.length; i++) {
    const [[x1, y1], [x2, y2]] = [corners[leg]!, corners[leg + 1]!]
    const length = Math.hypot(x2 - x1, y2 - y1)
    const share = length === 0 ? 0 : done / length
    const [longitude, latitude] = at(
      x1 + (x2 - x1) * share + sigma * normal(random),
      y1 + (y2 - y1) * share + sigma * normal(random),
    )
    fixes.push({ time: i * 10_000, longitude, latitude })
    done += 12
    while (leg + 1 < corners.length) {
      const [[a, b], [c, d]] = [corners[leg]!, corners[leg + 1] ?? corners[leg]!]
      const rest = Math.hypot(c - a, d - b)
      if (done < rest || leg + 1 >= corners.length) break
      done -= rest
      leg++
    }
  }
  return fixes
}

const reportedIn = (system: Name, fixes: readonly Fix[]): Fix[] =>
  fixes.map((fix) => {
    const [longitude, latitude] = as(system, [fix.longitude, fix.latitude])
    return { ...fix, longitude, latitude }
  })

interface Made {
  readonly request: Omit<SuspicionRequest, 'reported' | 'declared'>
  readonly truth: Fix[]
}
function made(seed: number, middle: readonly [number, number] = [0, 0]): Made {
  const random = mulberry32(seed)
  const village = villageOf(random)
  return {
    request: { systems, grids: [square(0, 0)], roads: roadsOf(village) },
    truth: walk(random, village, middle),
  }
}
const judge = ({ request, truth }: Made, spoken: Name, declared: Name): CoordinateSuspicion | undefined =>
  suspectCoordinates({ ...request, reported: reportedIn(spoken, truth), declared })

const seeds = Array.from({ length: 60 }, (_, i) => i + 1)

describe('a walk in the assigned grid', () => {
  it.each(names)('in %s as declared raises nothing', (system) => {
    expect(seeds.filter((seed) => judge(made(seed), system, system) !== undefined)).toEqual([])
  })

  const wrong = names.flatMap((spoken) =>
    names.filter((one) => one !== spoken).map((declared) => [spoken, declared] as const),
  )
  it.each(wrong)('in %s, declared as %s, is found and named', (spoken, declared) => {
    const found = seeds.map((seed) => judge(made(seed), spoken, declared))
    expect(found.filter((one) => one?.fits === spoken)).toHaveLength(seeds.length)
    // The roads agree nearly always: a shift can bring lanes onto lanes.
    expect(found.filter((one) => one?.certainty === 'likely').length).toBeGreaterThanOrEqual(54)
  })

  it('says what speaks for it, in both languages', () => {
    const found = judge(made(1), 'GCJ-02', 'EPSG:4326')
    expect(found?.evidence.map((one) => one.system)).toEqual([...names])
    expect(found?.message.en).toMatch(
      /^The device is declared in EPSG:4326, its coordinates look like GCJ-02: \d+ % of the places .* m as GCJ-02\. Nothing was changed/,
    )
    expect(found?.message.zh).toContain('数据未改动')
  })
})

describe('an honest walk elsewhere', () => {
  it('in the neighbouring grids is not called likely: the roads fit', () => {
    const around = [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => [800 * x, 800 * y] as const))
    const accused = seeds.flatMap((seed) =>
      around.filter((middle) => judge(made(seed, middle), 'EPSG:4326', 'EPSG:4326')?.certainty === 'likely'),
    )
    expect(accused).toEqual([])
  })

  it('is not judged by an hour at a desk', () => {
    const { request } = made(1)
    const [longitude, latitude] = at(500, 0)
    const random = mulberry32(7)
    const desk = Array.from(
      { length: 360 },
      (_, i): Fix => ({
        time: i * 10_000,
        longitude: longitude + normal(random) * 5e-5,
        latitude: latitude + normal(random) * 5e-5,
      }),
    )
    expect(suspectCoordinates({ ...request, reported: desk, declared: 'EPSG:4326' })).toBeUndefined()
    expect(suspectCoordinates({ ...request, reported: [], declared: 'EPSG:4326' })).toBeUndefined()
  })
})

describe('two devices of one worker', () => {
  it('that step from one place to another and back show it without grids and roads', () => {
    const random = mulberry32(3)
    const truth = walk(random, villageOf(random))
    const mine = truth.filter((_, i) => i % 2 === 0)
    const others = truth.filter((_, i) => i % 2 === 1)
    const bare = { systems, grids: [], roads: [], others }
    const found = suspectCoordinates({ ...bare, reported: reportedIn('BD-09', mine), declared: 'EPSG:4326' })
    expect(found).toMatchObject({ fits: 'BD-09', certainty: 'likely' })
    expect(found?.evidence[0]?.stepMetres).toBeGreaterThan(600)
    expect(found?.evidence[2]?.stepMetres).toBeLessThan(60)
    expect(suspectCoordinates({ ...bare, reported: mine, declared: 'EPSG:4326' })).toBeUndefined()
    // Two hours later nothing can be said.
    const later = others.map((fix) => ({ ...fix, time: fix.time + 7_200_000 }))
    const apart = { ...bare, others: later, reported: reportedIn('BD-09', mine), declared: 'EPSG:4326' }
    expect(suspectCoordinates(apart)).toBeUndefined()
  })
})

describe('the suspicion', () => {
  it('is one of the set of fixes: their order and repeats change nothing', () => {
    const { request, truth } = made(5)
    const reported = reportedIn('GCJ-02', truth)
    const usual = suspectCoordinates({ ...request, reported, declared: 'EPSG:4326' })
    expect(usual).toBeDefined()
    const shuffled = fc.shuffledSubarray(reported, { minLength: reported.length })
    fc.assert(
      fc.property(shuffled, fc.nat({ max: 100 }), (order, repeats) => {
        const again = [...order, ...order.slice(0, repeats)]
        expect(suspectCoordinates({ ...request, reported: again, declared: 'EPSG:4326' })).toEqual(usual)
      }),
      { numRuns: 10 },
    )
  })
})

describe('the nearest line', () => {
  it('is as far as the least of the distances to all', () => {
    const point = fc.tuple(fc.integer({ min: -200, max: 200 }), fc.integer({ min: -200, max: 200 }))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(point, point), { minLength: 1, maxLength: 8 }),
        point,
        (segments, [x, y]) => {
          const lines = segments.map(([a, b]) => [at(...a), at(...b)])
          // By brute force along each segment, a hundredth of it at a time.
          const least = Math.min(
            ...segments.map(([[x1, y1], [x2, y2]]) =>
              Math.min(
                ...Array.from({ length: 101 }, (_, i) =>
                  Math.hypot(x1 + ((x2 - x1) * i) / 100 - x, y1 + ((y2 - y1) * i) / 100 - y),
                ),
              ),
            ),
          )
          const found = nearestLine(lines, frame, 50)?.metresTo(...at(x, y)) ?? Number.NaN
          expect(found).toBeLessThanOrEqual(Math.min(50, least) + 1e-6)
          // A hundredth of 566 m is 5.7 m: the nearest sample is within half of it.
          expect(found).toBeGreaterThanOrEqual(Math.min(50, least) - 3)
        },
      ),
    )
    expect(nearestLine([], frame, 50)).toBeNull()
  })
})
