/** The command as a process of its own that is told to stop while it computes. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { tidyFiles } from '../../server/cli/in-thread.ts'
import { writeOutput } from '../../server/cli/write-output.ts'

const folder = mkdtempSync(join(tmpdir(), 'wangge-interrupt-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const root = fileURLToPath(new URL('../..', import.meta.url))
const output = join(folder, 'answer.json')
/** Far longer than any test waits: some minutes, without a pause. */
const long = ['hotspots', join(root, 'data/demo/incidents.csv.gz'), '--statistic', 'knox']

async function interrupted(signal: NodeJS.Signals, after: number) {
  const child = spawn(join(root, 'scripts/wangge'), [...long, '--permutations', '99999', '-o', output], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  await pause(after)
  child.kill(signal)
  const [code, killedBy] = await closed
  return { code, killedBy, err }
}

it.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)(
  '%s ends a computation with %i, says what was written, leaves what stood there',
  async (signal, expected) => {
    writeFileSync(output, 'from before')
    let found = await interrupted(signal, 3000)
    // On a busy machine it had not begun to listen.
    for (let after = 6000; found.killedBy !== null && after < 60_000; after *= 2)
      found = await interrupted(signal, after)
    expect(found.err).toContain('已中断，没有写入任何文件 · interrupted; no file was written')
    expect(found.code).toBe(expected)
    expect(readFileSync(output, 'utf8')).toBe('from before')
    expect(readdirSync(folder)).toEqual(['answer.json'])
  },
)

it('says which files are whole, and takes away the others', async () => {
  const whole = join(folder, 'a.json')
  const half = join(folder, 'b.json')
  const told: { path: string; aside: string }[] = []
  await writeOutput(whole, '{}', { onFile: (file) => void told.push(file) })
  const broken = async function* (): AsyncGenerator<string> {
    yield '{'
    await pause(0)
    throw new Error('it could not be read')
  }
  await expect(writeOutput(half, broken(), {})).rejects.toThrow('could not be read')
  expect(existsSync(`${half}.part`)).toBe(false)
  writeFileSync(`${half}.part`, '{')
  told.push({ path: half, aside: `${half}.part` })
  expect(tidyFiles(told)).toBe(
    `已中断；已写完 ${whole}，其余没有写入 · interrupted; ${whole} was written whole, nothing else`,
  )
  expect([existsSync(`${half}.part`), existsSync(half)]).toEqual([false, false])
})
