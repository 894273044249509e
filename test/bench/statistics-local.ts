/**
 * Local statistics against R spdep (Debian's r-cran-spdep) on the same values and neighbours, both as processor time of one
 * thread. Where R or spdep is not installed, the bench says so and measures nothing.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { latLngToCell } from 'h3-js'
import { hexagonCentre, hexagonsWithin } from '../../server/core/hexagons/hexagon.ts'
import { ringWeights } from '../../server/core/hexagons/ring-weights.ts'
import { mulberry32 } from '../../server/core/planning/random.ts'
import { distanceBandWeights } from '../../server/core/statistics/distance-band.ts'
import { getisOrd } from '../../server/core/statistics/getis-ord.ts'
import { localMoran } from '../../server/core/statistics/local-moran.ts'
import { localMoranPermutation } from '../../server/core/statistics/local-moran-permutation.ts'
import { rowStandardised, type SpatialWeights, withSelf } from '../../server/core/statistics/weights.ts'
import type { BenchRow } from './bench-row.ts'

const hexagonsOfGetisOrd = 50_000
/** Fewer, because spdep compares all pairs to find the neighbours, and draws from all values for each place. */
const hexagonsOfWeights = 10_000
const hexagonsOfMoran = 5000
const permutations = 999

export async function bench(): Promise<BenchRow[]> {
  const found = spawnSync('Rscript', ['-e', 'stopifnot(requireNamespace("spdep", quietly = TRUE))'])
  if (found.status !== 0) {
    process.stderr.write('  skipped: Rscript with spdep (Debian: r-cran-spdep) is not installed\n')
    return []
  }
  const folder = mkdtempSync(join(tmpdir(), 'wangge-bench-statistics-'))
  try {
    return [...benchGetisOrd(folder), ...benchWeights(folder), ...benchMoran(folder)]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function benchGetisOrd(folder: string): BenchRow[] {
  const hexagons = hexagonsInOrder(hexagonsOfGetisOrd)
  const values = counts(hexagons.length)
  const weights = ringWeights(hexagons, 1)
  const r = runR(folder, { values, weights, ask: 'gi' })
  const star = withSelf(weights)
  const ours = leastSeconds(20, () => getisOrd(values, star))
  const apart = largestDifference(getisOrd(values, star), r.numbers('gi'))
  if (!(apart < 1e-9)) throw new Error(`Gi* differs from spdep's by ${apart}`)
  const note = `spdep localG, weights given to both; z differ by ${apart.toExponential(1)}`
  return [against(`Gi* on ${hexagons.length} hexagons`, ours, r.seconds('gi'), 10, note)]
}

function benchWeights(folder: string): BenchRow[] {
  const hexagons = hexagonsInOrder(hexagonsOfWeights)
  const values = counts(hexagons.length)
  const points = planar(hexagons)
  const weights = ringWeights(hexagons, 1)
  const r = runR(folder, { values, weights, points, ask: 'gi_made' })
  const rings = leastSeconds(3, () => getisOrd(values, withSelf(ringWeights(hexagons, 1))))
  const bands = leastSeconds(3, () => getisOrd(values, withSelf(distanceBandWeights(points, 1.2))))
  const name = `Gi* on ${hexagons.length} hexagons, weights made`
  const note = 'spdep dnearneigh on the centres, nb2listw, localG'
  return [
    against(`${name} from rings`, rings, r.seconds('gi_made'), 1, `${note}; ours from the H3 indices`),
    against(`${name} from distance bands`, bands, r.seconds('gi_made'), 10, note),
  ]
}

function benchMoran(folder: string): BenchRow[] {
  const hexagons = hexagonsInOrder(hexagonsOfMoran)
  const weights = ringWeights(hexagons, 1)
  const standardised = rowStandardised(weights)
  const random = mulberry32(7)
  const rows: BenchRow[] = []
  for (const [kind, values] of [
    ['counts', counts(hexagons.length)],
    // Each value once, so that no place shares another's sums.
    ['rates', Float64Array.from(hexagons, () => random())],
  ] as const) {
    const r = runR(folder, { values, weights, ask: 'moran' })
    const ours = leastSeconds(3, () => localMoranPermutation(values, standardised, { permutations, seed: 1 }))
    const p = localMoranPermutation(values, standardised, { permutations, seed: 1 })
    const places = localMoran(values, standardised)
    const apart = largestDifference(
      places.map((place) => place?.statistic ?? null),
      r.numbers('moran'),
    )
    if (!(apart < 1e-9)) throw new Error(`local Moran differs from spdep's by ${apart}`)
    // spdep prints half of the two-sided p and draws with replacement; both have a Monte Carlo error of √(p (1 − p)/R). Of
    // tied draws, which counts have many of, it leaves out those in the lower tail: there ours may only be larger.
    const errors = r.numbers('folded').map((folded, i) => {
      const spread = Math.sqrt((2 * Math.max(folded * (1 - folded), 1 / permutations)) / permutations)
      const below = folded - (p[i] ?? 1) / 2
      return (kind === 'counts' ? below : Math.abs(below)) / spread
    })
    const beyond = errors.filter((error) => error > 4).length / errors.length
    if (!(beyond < 0.01))
      throw new Error(`${beyond} of the permutation p lie beyond Monte Carlo error of spdep's`)
    rows.push(
      against(
        `local Moran of ${kind} on ${hexagons.length} hexagons, ${permutations} permutations`,
        ours,
        r.seconds('moran'),
        5,
        `spdep localmoran_perm, weights given to both; I differ by ${apart.toExponential(1)}, ${(100 * beyond).toFixed(2)} % of p ${kind === 'counts' ? 'below by' : 'beyond'} 4 Monte Carlo errors`,
      ),
    )
  }
  return rows
}

const against = (name: string, ours: number, theirs: number, factor: number, note: string): BenchRow => ({
  name,
  ours: ours * 1000,
  theirs: theirs * 1000,
  ratio: theirs / ours,
  target: `>= ${factor}`,
  unit: 'ms of processor time',
  note,
})

/** Hexagons around a point in Zhejiang, by H3 index. */
function hexagonsInOrder(number: number): string[] {
  const rings = Math.ceil(Math.sqrt(number / 3))
  return hexagonsWithin(latLngToCell(29.93, 119.6, 9), rings)
    .slice(0, number)
    .sort()
}

/** Skew counts, most of them small. */
function counts(number: number): Float64Array {
  const random = mulberry32(3)
  return Float64Array.from({ length: number }, () => Math.floor(-3 * Math.log(1 - random())))
}

/** Centres in units of the distance between neighbours, near enough for bands of 1.2. */
function planar(hexagons: readonly string[]): [x: number, y: number][] {
  const centres = hexagons.map(hexagonCentre)
  const [west, south] = centres[0]!
  const narrow = Math.cos((29.93 * Math.PI) / 180)
  const metres = centres.map(([x, y]): [number, number] => [
    (x - west) * narrow * 111_320,
    (y - south) * 110_850,
  ])
  return metres.map(([x, y]) => [x / 340, y / 340])
}

function leastSeconds(times: number, work: () => unknown): number {
  let least = Number.POSITIVE_INFINITY
  for (let k = 0; k < times; k++) {
    const start = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(start)
    least = Math.min(least, (user + system) / 1e6)
  }
  return least
}

function largestDifference(actual: readonly (number | null)[], wanted: readonly number[]): number {
  if (actual.length !== wanted.length) throw new Error('R answered for other places')
  return wanted.reduce((most, value, i) => Math.max(most, Math.abs((actual[i] ?? Number.NaN) - value)), 0)
}

interface Question {
  readonly values: Float64Array
  readonly weights: SpatialWeights
  /** Gi* with these weights, Gi* with weights R makes from `points`, local Moran with its permutations. */
  readonly ask: 'gi' | 'gi_made' | 'moran'
  readonly points?: readonly (readonly [number, number])[]
}

interface Answer {
  seconds(name: string): number
  numbers(name: string): number[]
}

/** What R is asked: the least of a few runs for Gi*, as for ours; one run of the permutations, which take long. */
const script = (folder: string, ask: Question['ask']): string => `
ask <- "${ask}"
suppressMessages(library(spdep))
f <- function(name) file.path("${folder}", name)
put <- function(x, name) writeLines(format(x, digits = 17, trim = TRUE), f(name))
cpu <- function(expr) sum(system.time(expr)[1:2])
x <- scan(f("values"), quiet = TRUE)
nb <- lapply(strsplit(readLines(f("neighbours")), " "), as.integer)
attr(nb, "region.id") <- as.character(seq_along(nb))
class(nb) <- "nb"
if (ask == "gi") {
  star <- nb2listw(include.self(nb), style = "B")
  put(min(replicate(8, cpu(localG(x, star)))), "gi.seconds")
  put(as.numeric(localG(x, star)), "gi")
} else if (ask == "gi_made") {
  xy <- as.matrix(read.table(f("points")))
  put(cpu(localG(x, nb2listw(include.self(dnearneigh(xy, 0, 1.2)), style = "B"))), "gi_made.seconds")
} else {
  w <- nb2listw(nb, style = "W")
  set.seed(1)
  put(cpu(res <- localmoran_perm(x, w, nsim = ${permutations})), "moran.seconds")
  put(res[, "Ii"], "moran")
  put(res[, "Pr(folded) Sim"], "folded")
}
`

function runR(folder: string, { values, weights, ask, points }: Question): Answer {
  const { starts, places } = weights
  const lists = Array.from(values, (_, i) =>
    Array.from(places.subarray(starts[i], starts[i + 1]), (place) => place + 1).join(' '),
  )
  writeFileSync(join(folder, 'values'), values.join('\n'))
  writeFileSync(join(folder, 'neighbours'), `${lists.join('\n')}\n`)
  if (points !== undefined)
    writeFileSync(join(folder, 'points'), points.map((point) => point.join(' ')).join('\n'))
  writeFileSync(join(folder, 'script.R'), script(folder, ask))
  const run = spawnSync('Rscript', [join(folder, 'script.R')], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`R failed: ${run.stderr}`)
  const numbers = (name: string): number[] =>
    readFileSync(join(folder, name), 'utf8').trim().split('\n').map(Number)
  return { numbers, seconds: (name) => numbers(`${name}.seconds`)[0]! }
}
