/** The embedded engine's folder when its process is killed, when two want it, and when nobody holds it any longer. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../server/db/database.ts'
import { FolderLocked, lockFolder, startTimeOf } from '../../server/db/embedded/lock.ts'
import { statement } from '../../server/db/sql.ts'
import { embeddedPlace, type TestPlace } from '../support/place.ts'

/** Three starts of the engine, on a machine that may be busy. */
const minutes = 180_000

let child: ChildProcess | undefined

afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  child = undefined
})

/** Another process that imports into the folder; resolves when it has printed the word. */
async function importer(folder: string, word: string): Promise<ChildProcess & { readonly pid: number }> {
  const script = fileURLToPath(new URL('../support/open-and-import.ts', import.meta.url))
  const started = spawn(process.execPath, ['--import', 'tsx', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child = started
  for await (const line of createInterface({ input: started.stdout })) {
    if (line === word) return started as ChildProcess & { readonly pid: number }
  }
  throw new Error('the importer ended')
}

const refusal = async (work: Promise<unknown>): Promise<FolderLocked> => {
  const error: unknown = await work.catch((reason: unknown) => reason)
  if (error instanceof FolderLocked) return error
  throw error
}

describe('the folder', () => {
  let place: TestPlace
  let folder: string
  beforeEach(async () => {
    place = await embeddedPlace('migrated')
    folder = place.options.folder
  })
  afterEach(() => place.remove())

  it(
    'is refused to a second process, which is told whose it is; after kill -9 in a large transaction it opens, once, with what was kept',
    async () => {
      const other = await importer(folder, 'busy')
      const error = await refusal(openDatabase(place.options))
      expect(error.detail.en).toContain(`process ${other.pid};`)
      expect(error.detail.zh).toContain(`进程 ${other.pid} `)

      other.kill('SIGKILL')
      await once(other, 'exit')
      expect(existsSync(join(folder, 'lock'))).toBe(true)

      const db = await openDatabase(place.options)
      try {
        expect((await refusal(openDatabase(place.options))).detail.en).toContain(`process ${process.pid};`)
        const found = await db.system().one(
          statement<{ by_heap: number; by_index: number; valid: boolean }>(
            `select count(*)::int as by_heap, bool_and(st_isvalid(boundary)) as valid,
             (select count(*)::int from wangge.grids where boundary && st_makeenvelope(0, 0, 180, 90, 4326)) as by_index
           from wangge.grids`,
          ),
        )
        expect(found).toEqual({ by_heap: 1000, by_index: 1000, valid: true })
        await db.maintain()
      } finally {
        await db.close()
      }
      expect(existsSync(join(folder, 'lock'))).toBe(false)
    },
    minutes,
  )
})

describe('the lock', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wangge-lock-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  const path = (): string => join(folder, 'lock')
  const held = (owner: object): void => writeFileSync(path(), JSON.stringify(owner))

  it.each<[string, string]>([
    ['a process that has ended', JSON.stringify({ pid: 2 ** 22 + 1, started: 'x', host: hostname() })],
    [
      'a process whose id another has now',
      JSON.stringify({ pid: process.pid, started: 'another boot', host: hostname() }),
    ],
    ['nobody: the file was cut short', '{"pid":1'],
    ['nobody: the file is something else', '{}'],
  ])('is taken over from %s', async (_, text) => {
    writeFileSync(path(), text)
    const lock = await lockFolder(path())
    expect(JSON.parse(readFileSync(path(), 'utf8'))).toEqual({
      pid: process.pid,
      started: startTimeOf(process.pid),
      host: hostname(),
    })
    lock.release()
    expect(existsSync(path())).toBe(false)
  })

  it('is not taken from a host that cannot be asked', async () => {
    held({ pid: 1, started: 'x', host: 'another-host' })
    const error = await refusal(lockFolder(path()))
    expect(error.detail.en).toContain('on host another-host; if that host is gone, delete')
  })

  it('goes to one of many that want it from a dead owner', async () => {
    held({ pid: 2 ** 22 + 1, started: 'x', host: hostname() })
    const wanted = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(path())))
    const refused = wanted.filter((w) => w.status === 'rejected' && w.reason instanceof FolderLocked)
    expect([wanted.length, refused.length]).toEqual([8, 7])
  })
})
