/** Real data outside the checkout (never part of the product): its folder, or undefined where this machine lacks it. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = process.env['WANGGE_REAL_DATA'] ?? fileURLToPath(new URL('../../../shared/', import.meta.url))

/** True where the real data is present; use as `describe.runIf(hasRealData)`. */
export const hasRealData = existsSync(`${folder}data/README.md`)

/** Absolute path of a file of the real data, e.g. `realData('data/chicago/boundaries/beats.geojson')`. */
export const realData = (path: string): string => `${folder}${path}`

if (!hasRealData)
  process.stderr.write(`real data not found at ${folder}: the tests that need it are skipped\n`)
