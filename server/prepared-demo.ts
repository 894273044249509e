/**
 * The demo township's database, loaded and matched once by `npm ci`, to be copied by the first start. It is kept under a key of
 * everything that went into it; whoever changes any of that gets the demo loaded afresh.
 */
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadDemo } from './commands/load-demo.ts'
import { openDatabase } from './db/database.ts'
import { engineVersions } from './db/embedded/bundle.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const cache = join(root, 'node_modules/.cache/wangge')
const ingredients = ['data/demo', 'sql', 'server/core', 'server/formats', 'server/db', 'server/commands']

export const demoFolder = join(root, 'data/demo')

/** Another one as soon as anything differs that goes into the demo's database. */
export function demoKey(): string {
  const hash = createHash('sha256')
  for (const folder of ingredients) {
    const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
    for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}

/** Folder of the prepared data, whether it exists or not. */
const preparedPath = (): string => join(cache, `demo-${engineVersions()}-${demoKey()}`)

/** Gives a new embedded folder the prepared data; does nothing when it has data already, or none is prepared. */
export function copyPreparedDemo(folder: string): void {
  const data = join(folder, 'pgdata')
  if (existsSync(data)) return
  const prepared = preparedPath()
  if (!existsSync(prepared)) return
  const beside = `${data}.${process.pid}.new`
  mkdirSync(folder, { recursive: true })
  cpSync(prepared, beside, { recursive: true })
  renameSync(beside, data)
}

/** Loads the demo into a folder of its own and keeps its data under the key, in place of older ones. */
export async function prepareDemo(now: () => number): Promise<void> {
  const prepared = preparedPath()
  if (existsSync(prepared)) return
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'loading-'))
  try {
    const db = await openDatabase({ folder, log: { info: () => {}, warn: () => {} }, durable: false })
    try {
      await loadDemo(db, { folder: demoFolder, now })
    } finally {
      await db.close()
    }
    for (const old of readdirSync(cache))
      if (old.startsWith('demo-')) rmSync(join(cache, old), { recursive: true })
    renameSync(join(folder, 'pgdata'), prepared)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
