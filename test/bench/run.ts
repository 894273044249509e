/**
 * `npm run bench [NAME…]`: speed and memory as ratios measured in one run. Each bench runs in a process of its own, so that one's
 * heap does not weigh on the next. The figures are kept in test/bench/results/NAME.json. Exits 1 when a target is missed.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { type BenchRow, meetsTarget } from './bench-row.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))
const self = fileURLToPath(import.meta.url)

const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && !['run.ts', 'bench-row.ts'].includes(file))
  .map((file) => file.replace(/\.ts$/, ''))

async function runHere(name: string): Promise<void> {
  const module = (await import(`./${name}.ts`)) as { bench(): Promise<BenchRow[]> }
  process.stdout.write(`\n${JSON.stringify(await module.bench())}\n`)
}

function runApart(name: string): boolean {
  process.stdout.write(`${name}\n`)
  const child = spawnSync(process.execPath, ['--import', 'tsx', '--expose-gc', self, '--here', name], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 26,
  })
  const last = child.stdout.trim().split('\n').at(-1) ?? ''
  if (child.status !== 0 || !last.startsWith('[')) {
    process.stdout.write(`  failed (exit ${child.status})\n`)
    return false
  }
  const rows = JSON.parse(last) as BenchRow[]
  for (const row of rows) {
    const verdict = meetsTarget(row) ? 'ok    ' : 'MISSED'
    process.stdout.write(
      `  ${verdict} ${row.name}: ${row.ours.toFixed(1)} against ${row.theirs.toFixed(1)} ${row.unit}, ratio ${row.ratio.toFixed(3)} (${row.target}) ${row.note}\n`,
    )
  }
  mkdirSync(`${folder}results`, { recursive: true })
  const machine = { node: process.version, cores: availableParallelism() }
  writeFileSync(`${folder}results/${name}.json`, `${JSON.stringify({ name, machine, rows }, null, 2)}\n`)
  return rows.every(meetsTarget)
}

const [first, ...rest] = process.argv.slice(2)
if (first === '--here' && rest[0] !== undefined) {
  await runHere(rest[0])
} else {
  const wanted = first === undefined ? names : [first, ...rest]
  const unknown = wanted.filter((name) => !names.includes(name))
  if (unknown.length > 0) {
    process.stderr.write(`没有基准测试 · no such bench: ${unknown.join(', ')}; ${names.join(' ')}\n`)
    process.exit(2)
  }
  const missed = wanted.filter((name) => !runApart(name))
  if (missed.length > 0) process.stdout.write(`\ntargets missed: ${missed.join(', ')}\n`)
  process.exitCode = missed.length > 0 ? 1 : 0
}
