/** The embedded engine on its folder: `lock`, `pgdata/`, and the extension bundle it is started with. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Engine, OpenOptions } from '../engine.ts'
import { slimBundle } from './bundle.ts'
import { ensureDataFolder } from './data-folder.ts'
import { lockFolder } from './lock.ts'
import { Multiplexer } from './multiplexer.ts'

export async function openEmbedded(options: OpenOptions): Promise<Engine> {
  const { folder, log, durable = true, graceMilliseconds = 5000 } = options
  mkdirSync(folder, { recursive: true })
  const lock = await lockFolder(join(folder, 'lock'))
  try {
    const bundle = slimBundle(join(folder, 'engine'))
    const dataFolder = join(folder, 'pgdata')
    if (await ensureDataFolder(dataFolder, bundle)) log.info({ folder }, 'made a new database')
    const multiplexer = new Multiplexer(
      { dataFolder, bundle, durable },
      {
        graceMilliseconds,
        onLost: (error) => log.warn({ reason: error.message }, 'the database engine is started again'),
      },
    )
    await multiplexer.greeting()
    return {
      kind: 'embedded',
      // Connections cost nothing here, and a new one would have to prepare its statements again.
      config: { stream: () => multiplexer.stream(), idleTimeoutMillis: 0 } as Engine['config'],
      close: async () => {
        await multiplexer.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}
