/**
 * The whole product for browser tests: the web application as it is built now, served by the real server with the demo township
 * in it. Loading takes longest, so one server serves all test files of a run; it ends with the run, however that ends.
 */
import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** Files through which the server and the tests of one run speak, in `folder`. */
export const speaking = {
  /** The server's address, once the demo is loaded. */
  url: 'url',
  log: 'log',
} as const

const patienceMilliseconds = 300_000

/** The origin of the server of this run, `http://127.0.0.1:…`; the first to ask starts it. */
export async function servedDemo(): Promise<string> {
  // The parent is the run: every test file is a child process of its own.
  const run = process.ppid
  const folder = join(tmpdir(), `wangge-e2e-${run}`)
  if (isFirst(folder)) start(folder, run)
  const until = Date.now() + patienceMilliseconds
  while (Date.now() < until) {
    const url = existsSync(join(folder, speaking.url)) ? readFileSync(join(folder, speaking.url), 'utf8') : ''
    if (url.endsWith('\n')) return url.trim()
    await sleep(250)
  }
  throw new Error(`the demo is not served:\n${readFileSync(join(folder, speaking.log), 'utf8')}`)
}

/** Making a folder succeeds once, whoever tries at the same time. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch {
    return false
  }
}

function start(folder: string, run: number): void {
  const log = openSync(join(folder, speaking.log), 'a')
  const script = fileURLToPath(new URL('./demo-server.ts', import.meta.url))
  spawn(process.execPath, ['--import', 'tsx', script, folder, String(run)], {
    detached: true,
    stdio: ['ignore', log, log],
  }).unref()
  closeSync(log)
}
