/** Makes the demo township: `tsx scripts/make-demo-township.ts [FOLDER] [SEED]`. The same seed gives the same bytes. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { filesOf } from './demo-township/outputs.ts'
import { makeTownship } from './demo-township/township.ts'

const [folder = fileURLToPath(new URL('../data/demo', import.meta.url)), seed = 'wangge'] =
  process.argv.slice(2)
const files = filesOf(makeTownship(seed))
mkdirSync(folder, { recursive: true })
let total = 0
for (const [name, bytes] of files) {
  writeFileSync(join(folder, name), bytes)
  total += bytes.length
  console.log(`${name.padEnd(24)} ${bytes.length.toLocaleString('en').padStart(11)}`)
}
console.log(
  `${'all'.padEnd(24)} ${total.toLocaleString('en').padStart(11)} bytes in ${folder}\nNext: npx vitest run test/demo`,
)
