/** The process behind served-demo.ts: `demo-server.ts FOLDER RUN` serves the demo until the process RUN is gone. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildWebIfNeeded } from '../../server/build-web.ts'
import { startServer } from '../../server/start.ts'
import { serverUrl, testPlace } from './place.ts'
import { speaking } from './served-demo.ts'

const [folder = '', run = ''] = process.argv.slice(2)

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

await buildWebIfNeeded((line) => console.log(line))
// On the embedded engine a folder without data: the server copies the prepared demo into it, as at a first start.
const place = serverUrl === undefined ? undefined : await testPlace('migrated')
const dataFolder = join(folder, 'data')
const databaseUrl = place?.options.url
const server = await startServer({ port: 0, folder: dataFolder, databaseUrl, demo: true })
writeFileSync(join(folder, speaking.url), `${server.url}\n`)
while (isAlive(Number(run))) await sleep(1000)
await server.close()
await place?.remove()
rmSync(folder, { recursive: true, force: true })
