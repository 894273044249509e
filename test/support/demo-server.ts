/** The process behind served-demo.ts: `demo-server.ts FOLDER RUN` serves the demo until the process RUN is gone. */
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startServer } from '../../server/start.ts'
import { testPlace } from './place.ts'
import { speaking } from './served-demo.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const [folder = '', run = ''] = process.argv.slice(2)

/** Builds web/dist unless it is newer than everything it is made from. */
async function buildWeb(): Promise<void> {
  const sources = ['web', 'server/contract', 'server/core', 'package-lock.json', 'vite.config.ts']
  const page = statSync(join(root, 'web/dist/index.html'), { throwIfNoEntry: false })
  if (page && page.mtimeMs > Math.max(...sources.map((path) => newest(join(root, path))))) return
  const { build } = await import('vite')
  await build({ root: join(root, 'web'), configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
}

/** When something under a path was last changed. */
function newest(path: string): number {
  const entry = statSync(path)
  if (!entry.isDirectory()) return entry.mtimeMs
  const inside = readdirSync(path).filter((name) => name !== 'dist')
  return Math.max(entry.mtimeMs, ...inside.map((name) => newest(join(path, name))))
}

const isAlive = (process_: number): boolean => {
  try {
    return process.kill(process_, 0)
  } catch {
    return false
  }
}

const isLoaded = async (url: string): Promise<boolean> => {
  const session = (await (await fetch(`${url}/api/session`)).json()) as { demo: boolean }
  return session.demo
}

await buildWeb()
const place = await testPlace('migrated')
const { folder: dataFolder, url: databaseUrl } = place.options
const server = await startServer({ port: 0, folder: dataFolder, databaseUrl, demo: true })
while (isAlive(Number(run)) && !(await isLoaded(server.url))) await sleep(250)
writeFileSync(join(folder, speaking.url), `${server.url}\n`)
while (isAlive(Number(run))) await sleep(1000)
await server.close()
await place.remove()
rmSync(folder, { recursive: true, force: true })
