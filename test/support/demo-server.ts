/** The process behind served-demo.ts: `demo-server.ts FOLDER RUN` serves the demo until the process RUN is gone. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildWebIfNeeded } from '../../server/build-web.ts'
import { startServer } from '../../server/start.ts'
import { testPlace } from './place.ts'
import { speaking } from './served-demo.ts'

const [folder = '', run = ''] = process.argv.slice(2)

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const [place] = await Promise.all([testPlace('demo'), buildWebIfNeeded((line) => console.log(line))])
const server = await startServer({
  port: 0,
  // Of a database on a server, only uploads are kept in a folder.
  folder: place.options.folder || join(folder, 'data'),
  databaseUrl: place.options.url,
  demo: true,
})
writeFileSync(join(folder, speaking.url), `${server.url}\n`)
while (isAlive(Number(run))) await sleep(1000)
await server.close()
await place.remove()
rmSync(folder, { recursive: true, force: true })
