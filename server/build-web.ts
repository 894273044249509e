/** In a checkout, builds web/dist unless it is newer than everything it is made from; a package brings it along. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = ['web', 'server/contract', 'server/core', 'package-lock.json', 'vite.config.ts']
const built = join(root, 'web/dist')
const builder = join(root, 'node_modules/vite/bin/vite.js')

/** @throws Error with the builder's output when the build fails */
export async function buildWebIfNeeded(tell: (line: string) => void): Promise<void> {
  const page = statSync(join(built, 'index.html'), { throwIfNoEntry: false })
  const isCheckout = existsSync(join(root, 'vite.config.ts')) && existsSync(builder)
  if (!isCheckout) return
  if (page && page.mtimeMs > Math.max(...sources.map((path) => newestChange(join(root, path))))) return
  tell('构建网页 · building the web application')
  // Made aside: a build that is killed, or two at once, must not leave half an application where a whole one is served.
  const aside = join(root, 'node_modules/.cache/wangge', `web-${process.pid}`)
  const child = spawn(
    process.execPath,
    [builder, 'build', '--logLevel', 'warn', '--outDir', aside, '--emptyOutDir'],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (output += text.toString()))
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`the web application could not be built:\n${output}`)
  await putInPlace(aside)
}

/** Whoever finishes last wins: both were made from the same sources. */
async function putInPlace(aside: string): Promise<void> {
  for (;;) {
    await rm(built, { recursive: true, force: true })
    try {
      await rename(aside, built)
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
    }
  }
}

/** When something under a path last changed, epoch milliseconds. */
function newestChange(path: string): number {
  const entry = statSync(path, { throwIfNoEntry: false })
  if (!entry) return 0
  if (!entry.isDirectory()) return entry.mtimeMs
  const names = readdirSync(path)
  const inside = names.filter((name) => name !== 'dist')
  // Putting `dist` in place changes the folder it stands in, which is no change of a source.
  const own = names.length === inside.length ? entry.mtimeMs : 0
  return Math.max(own, ...inside.map((name) => newestChange(join(path, name))))
}
