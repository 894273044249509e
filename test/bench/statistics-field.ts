/**
 * Kernel density against R spatstat's exact evaluation, and the scan against a minute. Processor seconds, because the machine is
 * shared. Without R and spatstat the density's row is left out, with a message.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { densityOnRaster } from '../../server/core/statistics/kernel-density.ts'
import { seededRandom } from '../../server/core/statistics/monte-carlo.ts'
import { scan } from '../../server/core/statistics/scan.ts'
import type { BenchRow } from './bench-row.ts'

const points = 100_000
const cells = 500
const extentMetres = 10_000
const sigma = 100

const userSeconds = (work: () => void): number => {
  const start = process.cpuUsage()
  work()
  return process.cpuUsage(start).user / 1e6
}

/** Half of the incidents anywhere, half in twenty clumps, as incidents are. */
function incidents(): { x: Float64Array; y: Float64Array } {
  const random = seededRandom(11)
  const clumps = Array.from({ length: 20 }, () => [random(), random()] as const)
  const at = Array.from({ length: points }, (_, i) => {
    const [x, y] = clumps[i % 20]!
    const near = (middle: number): number => middle + (random() + random() - 1) / 12
    const clumped: readonly [number, number] = [near(x), near(y)]
    const [u, v] = i % 2 === 0 ? [random(), random()] : clumped
    return [Math.min(1, Math.max(0, u)) * extentMetres, Math.min(1, Math.max(0, v)) * extentMetres] as const
  })
  return { x: Float64Array.from(at, ([x]) => x), y: Float64Array.from(at, ([, y]) => y) }
}

const script = `
suppressMessages(library(spatstat.explore))
folder <- commandArgs(TRUE)[1]
read <- function(name, n) readBin(file.path(folder, name), "double", n)
x <- read("x", ${points}); y <- read("y", ${points})
side <- (seq_len(${cells}) - 0.5) * ${extentMetres / cells}
W <- owin(c(0, ${extentMetres}), c(0, ${extentMetres}))
X <- ppp(x, y, window = W, check = FALSE)
Q <- ppp(rep(side, ${cells}), rep(side, each = ${cells}), window = W, check = FALSE)
spent <- system.time(z <- spatstat.explore::densitycrossEngine(X, Q, sigma = ${sigma}, edge = FALSE))
writeBin(as.double(z), file.path(folder, "z"))
cat(spent[["user.self"]])
`

function densityRow(): BenchRow[] {
  const { x, y } = incidents()
  const folder = mkdtempSync(join(tmpdir(), 'wangge-bench-'))
  try {
    writeFileSync(join(folder, 'x'), new Uint8Array(x.buffer))
    writeFileSync(join(folder, 'y'), new Uint8Array(y.buffer))
    writeFileSync(join(folder, 'density.R'), script)
    const r = spawnSync('Rscript', [join(folder, 'density.R'), folder], { encoding: 'utf8' })
    if (r.status !== 0) {
      process.stderr.write(
        `R with spatstat is not installed: kernel density is not compared\n${r.stderr ?? ''}`,
      )
      return []
    }
    const raster = { west: 0, south: 0, cellMetres: extentMetres / cells, columns: cells, rows: cells }
    const options = { kernel: 'gaussian', bandwidthMetres: sigma } as const
    let density: Float64Array = new Float64Array()
    const ours = Math.min(
      ...[1, 2].map(() =>
        userSeconds(() => {
          density = densityOnRaster({ x, y }, raster, options).perSquareKm
        }),
      ),
    )
    const bytes = readFileSync(join(folder, 'z'))
    const exact = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
    const most = exact.reduce((max, value) => Math.max(max, value), 0)
    const off = density.reduce((max, value, i) => Math.max(max, Math.abs(value / 1e6 - exact[i]!)), 0) / most
    if (!(off < 1e-9)) throw new Error(`densities differ from spatstat's by ${off} of the largest`)
    const theirs = Number(r.stdout)
    return [
      {
        name: 'Gaussian density of 100,000 points on 500 × 500, spatstat exact / ours',
        ours,
        theirs,
        ratio: theirs / ours,
        target: '>= 5',
        unit: 's',
        note: `σ ${sigma} m on ${extentMetres} m; exact is densitycrossEngine at the cells' centres (in C, all pairs within 8 σ; density.ppp on pixels is an FFT of binned points); largest difference ${off.toExponential(1)} of the peak`,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function scanRow(): BenchRow {
  const [n, months, replications] = [1000, 24, 999]
  const random = seededRandom(3)
  const areas = Array.from({ length: n }, (_, i) => ({
    id: `${i}`,
    x: random() * 20_000,
    y: random() * 20_000,
  }))
  const people = Array.from({ length: n }, () => 100 + Math.floor(random() * 400))
  const baseline = people.flatMap((count) => Array.from({ length: months }, () => count))
  const cases = new Float64Array(n * months)
  for (let placed = 0; placed < 20_000; ) {
    const at = Math.floor(random() * n * months)
    if (random() * 500 < baseline[at]!) {
      cases[at]!++
      placed++
    }
  }
  const result = { circles: 0, windows: 0 }
  const ours = userSeconds(() =>
    Object.assign(
      result,
      scan({ areas, periods: months, cases, baseline }, { model: 'poisson', replications }),
    ),
  )
  return {
    name: 'space-time scan of 1,000 areas × 24 months × 999 replications, against 60 s',
    ours,
    theirs: 60,
    ratio: ours / 60,
    target: '<= 1',
    unit: 's',
    note: `20,000 cases, ${result.circles * result.windows} cylinders a replication, one thread`,
  }
}

export function bench(): Promise<BenchRow[]> {
  return Promise.resolve([...densityRow(), scanRow()])
}
