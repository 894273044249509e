/** Check against mapshaper's -clean on the same file: both read the file and find what is wrong with the division. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkDivision, type DivisionGrid } from '../../server/core/coverage/check-division.ts'
import type { AreaGeometry } from '../../server/core/values.ts'
import { fileAt } from '../../server/formats/input-file.ts'
import { readFeatureBatches } from '../../server/formats/read-features.ts'
import { wigglyDivision } from '../core/coverage/wiggly-division.ts'
import type { BenchRow } from './bench-row.ts'

const mapshaper = createRequire(import.meta.url)('mapshaper') as {
  runCommands(commands: string): Promise<void>
}

/** Two sizes; 36 vertices a polygon. */
export async function bench(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'wangge-bench-check-'))
  try {
    const rows: BenchRow[] = []
    // The small one first, which also warms both up.
    for (const [columns, lines] of [
      [60, 40],
      [200, 125],
    ] as const)
      rows.push(await compare(folder, columns, lines))
    return rows
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function compare(folder: string, columns: number, rows: number): Promise<BenchRow> {
  const file = join(folder, `${columns * rows}.geojson`)
  const features = wigglyDivision({ columns, rows, inner: 8, seed: 7 }).map((geometry, i) => ({
    type: 'Feature',
    properties: { code: String(i) },
    geometry,
  }))
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features }))

  const before = process.memoryUsage().rss
  const ours = await timed(async () => {
    const grids: DivisionGrid[] = []
    for await (const batch of readFeatureBatches(fileAt(file)))
      for (const read of batch)
        if ('record' in read)
          grids.push({
            code: String(read.record.properties['code']),
            geometry: read.record.geometry as AreaGeometry,
          })
    const report = checkDivision({ grids })
    if (!report.valid || report.grids !== columns * rows) throw new Error('the bench checked something else')
  })
  const growth = (process.memoryUsage().rss - before) / 2 ** 20
  const theirs = await timed(() =>
    mapshaper.runCommands(`-i ${file} -clean -o ${join(folder, 'cleaned.geojson')}`),
  )
  return {
    name: `check ${columns * rows} polygons`,
    ours,
    theirs,
    ratio: ours / theirs,
    target: '<= 1',
    unit: 's',
    note: `against mapshaper -clean, both from the file (mapshaper also writes its result); resident memory +${growth.toFixed(0)} MB`,
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}
