/** `wangge user`: as a person calls it, on a database with a town in it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { user } from '../../server/cli/user.ts'
import { UsageError, type VerbIo } from '../../server/cli/verb.ts'
import { verifyPassword } from '../../server/commands/users/passwords.ts'
import { findUser } from '../../server/db/users.ts'
import { useDatabase } from '../support/database.ts'
import { now, seedSmallTown, town, westVillage } from '../support/small-town.ts'
import { lending, type Outcome, runWith } from './run-verb.ts'

const test = useDatabase()
const folder = mkdtempSync(join(tmpdir(), 'wangge-user-'))
beforeAll(() => seedSmallTown(test.db))
afterAll(() => rmSync(folder, { recursive: true }))

const typing = (text: string): Pick<VerbIo, 'input'> => ({
  input: (async function* () {
    yield* text
  })(),
})
const runTyping = (input: string, ...argv: string[]): Promise<Outcome> =>
  runWith({ now: () => now, ...lending(test.db), ...typing(input) }, user, ...argv)
const run = (...argv: string[]): Promise<Outcome> =>
  runWith({ now: () => now, ...lending(test.db) }, user, ...argv)

/** Whether a login has that password. */
async function knows(login: string, password: string): Promise<boolean> {
  const found = await findUser(test.db.system(), login)
  return found !== undefined && (await verifyPassword(password, found.password_hash)).isRight
}

describe('wangge user', () => {
  it('add makes a password where none is given, and shows it once on standard output', async () => {
    const { code, out, err } = await run(
      'add',
      'Zhang',
      '--role',
      'planner',
      '--areas',
      `${town},${westVillage}`,
      '--name',
      '张三',
    )
    expect([code, out]).toEqual([0, expect.stringMatching(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}\n$/)])
    expect(err).toContain('user zhang added')
    expect(err).not.toContain(out.trim())
    expect(await knows('zhang', out.trim())).toBe(true)
  })

  it('add reads the password from standard input or a file, without its line end, and prints nothing', async () => {
    const piped = await runTyping(
      'piped password\n',
      'add',
      'piped',
      '--role',
      'administrator',
      '--password-stdin',
    )
    expect([piped.code, piped.out]).toEqual([0, ''])
    expect(await knows('piped', 'piped password')).toBe(true)
    const file = join(folder, 'password')
    writeFileSync(file, 'password of a file\r\n')
    const filed = await run('add', 'filed', '--role', 'analyst', '--areas', 'all', '--password-file', file)
    expect([filed.code, filed.out]).toEqual([0, ''])
    expect(await knows('filed', 'password of a file')).toBe(true)
  })

  it('add refuses with every reason and exit 2, and keeps nothing', async () => {
    const { code, err } = await runTyping(
      'short',
      'add',
      'wrong one',
      '--role',
      'worker',
      '--areas',
      '777',
      '--password-stdin',
    )
    expect(code).toBe(2)
    expect(err).toMatch(/login/)
    expect(err).toMatch(/10 to 200 characters/)
    expect(err).toMatch(/there is no area 777/)
    const taken = await runTyping(
      'another password',
      'add',
      'ZHANG',
      '--role',
      'administrator',
      '--password-stdin',
    )
    expect([taken.code, taken.err]).toEqual([2, expect.stringContaining('the login zhang is taken')])
    expect(await knows('zhang', 'another password')).toBe(false)
  })

  it('list shows everybody, as text and as JSON, never a hash', async () => {
    const { out } = await run('list')
    expect(
      out
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => line.split(/\s+/)[0]),
    ).toEqual(['filed', 'piped', 'zhang'])
    const json = await run('list', '--format', 'json')
    expect(JSON.parse(json.out)[2]).toEqual({
      login: 'zhang',
      name: '张三',
      role: 'planner',
      areas: [town, westVillage],
      worker: null,
      created_at: new Date(now).toISOString(),
      disabled_at: null,
      last_seen_at: null,
      tokens: [],
    })
    expect(out + json.out).not.toContain('scrypt')
  })

  it('add of a worker without a number says what is still to be done', async () => {
    const added = await run('add', 'zu', '--role', 'worker', '--areas', town)
    expect([added.code, added.err]).toEqual([0, expect.stringContaining('wangge user worker zu --worker')])
    const bound = await run('add', 'zw', '--role', 'worker', '--areas', town, '--worker', 'w2')
    expect([bound.code, bound.err]).toEqual([0, expect.not.stringContaining('wangge user worker')])
    expect((await run('worker', 'zw', '--revoke')).code).toBe(0)
  })

  it('worker says whose account it is, or that it is nobody’s, and one of the two must be said', async () => {
    expect((await run('worker', 'zhang', '--worker', 'w1')).code).toBe(0)
    expect((await run('list')).out).toMatch(new RegExp(`^zhang .*  ${town}:w1$`, 'm'))
    const { code, err } = await run('worker', 'piped', '--worker', 'w1', '--town', town)
    expect([code, err]).toEqual([2, expect.stringContaining('the worker w1 has the account zhang already')])
    expect((await run('worker', 'zhang', '--revoke')).err).toContain('no worker’s account')
    expect((await run('list')).out).not.toContain(':w1')
    await expect(run('worker', 'zhang')).rejects.toBeInstanceOf(UsageError)
  })

  it('disable, enable and password do what they say, and know who is not there', async () => {
    expect((await run('disable', 'zhang')).code).toBe(0)
    expect((await run('list')).out).toMatch(/^zhang .*已停用 disabled$/m)
    expect((await run('enable', 'zhang')).code).toBe(0)
    expect((await run('list')).out).not.toContain('disabled')
    expect((await runTyping('a new password', 'password', 'zhang', '--password-stdin')).code).toBe(0)
    expect(await knows('zhang', 'a new password')).toBe(true)
    const { code, err } = await run('disable', 'nobody')
    expect([code, err]).toEqual([2, expect.stringContaining('User nobody was not found')])
  })

  it('token shows a token once and takes it back by name', async () => {
    const { code, out } = await run('token', 'zhang', '--name', 'phone 1', '--days', '30')
    expect([code, out]).toEqual([0, expect.stringMatching(/^wangge_[\w-]{43}\n$/)])
    const tokens = async () =>
      (JSON.parse((await run('list', '--format', 'json')).out) as { tokens: string[] }[])[2]?.tokens
    expect(await tokens()).toEqual(['phone 1'])
    expect((await run('token', 'zhang', '--name', 'phone 1', '--revoke')).code).toBe(0)
    expect(await tokens()).toEqual([])
  })
})

describe('a call that cannot be understood', () => {
  // Whoever asked the database would be told that this is none.
  const call = (argv: readonly string[], input = ''): Promise<Outcome> =>
    runWith({ env: { DATABASE_URL: 'none' }, ...typing(input) }, user, ...argv)

  it.each<[string[], RegExp]>([
    [[], /add, list, disable/],
    [['remove', 'zhang'], /add, list, disable/],
    [['add', 'x', '--role', 'emperor', '--areas', 'all'], /--role must be one of/],
    [['add', 'x', '--role', 'planner'], /--areas is missing/],
    [['add', '--role', 'planner', '--areas', 'all'], /LOGIN is missing/],
    [['disable', 'zhang', 'li'], /one word too many: li/],
    [['disable', 'zhang', '--role', 'planner'], /takes no --role/],
    [['list', '--format', 'xml'], /--format/],
    [['token', 'zhang'], /--name is missing/],
    [['password', 'zhang', '--password-file', '/none/such'], /cannot read/],
    [['password', 'zhang', '--password-file', 'x', '--password-stdin'], /either/],
  ])('%j is a usage error before the database is asked', async (argv, reason) => {
    const error: unknown = await call(argv).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(UsageError)
    expect((error as UsageError).message).toMatch(reason)
  })

  it('two lines are no password', async () => {
    const argv = ['password', 'zhang', '--password-stdin']
    await expect(call(argv, 'one\ntwo two two')).rejects.toThrow('one line')
  })
})
