/** `wangge backup` and `restore`: what was in the database is in it again; nothing that is there is written over. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { backup, restore } from '../../server/cli/backup.ts'
import { openDatabase } from '../../server/db/database.ts'
import { lockFolder } from '../../server/db/embedded/lock.ts'
import { statement } from '../../server/db/sql.ts'
import { runWith } from './run-verb.ts'

const root = mkdtempSync(join(tmpdir(), 'wangge-backup-'))
afterAll(() => rmSync(root, { recursive: true }))
const [from, to, file] = [join(root, 'from'), join(root, 'to'), join(root, 'copy.tar.gz')]
const log = { info: () => {}, warn: () => {} }
const on = (folder: string) => ({
  env: { WANGGE_DATA: folder },
  now: () => Date.parse('2026-11-01T00:00:00Z'),
})

describe('a backup', () => {
  it('holds what was written, and is put back into an empty folder only', async () => {
    const db = await openDatabase({ folder: from, log })
    const area = `insert into wangge.areas (area_code, level, name, lineage) values ('1', 'county', '甲县', '{1}')`
    await db.system().none(statement(area))
    await db.close()

    expect(await runWith(on(from), backup, '-o', file)).toMatchObject({ code: 0, out: `${file}\n` })
    const again = await runWith(on(from), backup, '-o', file)
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('is there already')])

    expect((await runWith(on(to), restore, file)).code).toBe(0)
    const over = await runWith(on(to), restore, file)
    expect([over.code, over.err]).toEqual([2, expect.stringContaining('there is a database')])
    const restored = await openDatabase({ folder: to, log })
    const names = await restored
      .system()
      .many(statement<{ name: string }>('select name from wangge.areas'), [])
    await restored.close()
    expect(names).toEqual([{ name: '甲县' }])
    expect(readdirSync(root).toSorted()).toEqual(['copy.tar.gz', 'from', 'to'])
  })

  it('is refused while a service runs, and for what is none; nothing is changed', async () => {
    const lock = await lockFolder(join(from, 'lock'))
    const locked = await runWith(on(from), backup, '-o', join(root, 'other.tar.gz'))
    lock.release()
    expect([locked.code, locked.err]).toEqual([2, expect.stringContaining('stop it first')])
    expect(existsSync(join(root, 'other.tar.gz'))).toBe(false)

    const junk = join(root, 'junk.tar.gz')
    writeFileSync(junk, 'no archive')
    const folder = join(root, 'third')
    const refused = await runWith(on(folder), restore, junk)
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('cannot be restored')])
    expect(readdirSync(folder)).toEqual([])
    const nowhere = await runWith(on(from), backup, '-o', join(root, 'none', 'x.tar.gz'))
    expect([nowhere.code, nowhere.err]).toEqual([2, expect.stringContaining('there is no folder')])
    const none = await runWith(on(join(root, 'nothing')), backup, '-o', join(root, 'x'))
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('there is no database')])
    const native = await runWith({ env: { DATABASE_URL: 'postgres://x@127.0.0.1/y' } }, restore, file)
    expect([native.code, native.err]).toEqual([2, expect.stringContaining('pg_dump')])
  })
})
