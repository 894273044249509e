/**
 * Accepts what the code makes now as the goldens (sql/schema.sql, test/golden/): runs the tests that compare with one and
 * lets them write. Read the diff before committing it. `npm run bless [-- FILTER…]`.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const filters = process.argv.slice(2)
const files = readdirSync(`${root}test`, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.test\.tsx?$/.test(file) && filters.every((filter) => file.includes(filter)))
  .filter((file) => readFileSync(`${root}test/${file}`, 'utf8').includes('toMatchFileSnapshot('))
  .map((file) => `test/${file}`)

if (files.length === 0) {
  process.stderr.write('no test compares with a golden\n')
  process.exit(2)
}
const vitest = spawnSync('npx', ['vitest', 'run', ...files, '--update'], { cwd: root, stdio: 'inherit' })
if (vitest.status === 0) process.stdout.write('\nNext: git diff -- sql/schema.sql test/golden\n')
process.exit(vitest.status ?? 1)
