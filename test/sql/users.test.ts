/** Users, sessions and tokens in the database: what is kept, who may read it, how it ends. */
import { beforeAll, describe, expect, it } from 'vitest'
import {
  addToken,
  addUser,
  disableUser,
  enableUser,
  revokeToken,
  setPassword,
} from '../../server/commands/users/manage-users.ts'
import { hashOfSecret } from '../../server/commands/users/secrets.ts'
import { changePassword, signIn, signOut } from '../../server/commands/users/sign-in.ts'
import { createThrottle } from '../../server/commands/users/throttle.ts'
import { statement } from '../../server/db/sql.ts'
import { findSession, findToken, findUser, hasUsers, listUsers } from '../../server/db/users.ts'
import { AppError } from '../../server/errors.ts'
import { failureOf, useDatabase } from '../support/database.ts'
import { county, now, seedSmallTown, town } from '../support/small-town.ts'
import { addPeople, password } from '../support/users.ts'

const test = useDatabase()
const address = '192.0.2.7'
const deed = { actor: 'cli-administrator', now }
const hour = 3_600_000

beforeAll(() => seedSmallTown(test.db))

const refusalOf = async (work: Promise<unknown>): Promise<AppError> => {
  const error: unknown = await work.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  )
  if (error instanceof AppError) return error
  throw error
}
const enter = (login: string, secret = password, at = now) =>
  signIn(test.db, { login, password: secret, address, now: at, throttle: createThrottle() })
const ledger = async (login: string | null): Promise<[string, string, string | null][]> =>
  (
    await test.db
      .system()
      .many(
        statement<{ action: string; login: string | null; actor: string; address: string | null }>(
          'select action, login, actor, address from wangge.account_log order by happened_at, action',
        ),
      )
  )
    .filter((row) => row.login === login)
    .map((row) => [row.action, row.actor, row.address])

describe('a user', () => {
  it('is added with every flaw told at once, and nothing kept', async () => {
    expect(await hasUsers(test.db.system())).toBe(false)
    const error = await refusalOf(
      addUser(
        test.db,
        { login: 'local-x', displayName: null, role: 'planner', areas: [town, '777'], password: 'aaaa' },
        deed,
      ),
    )
    expect([error.code, error.flaws.map((flaw) => flaw.code)]).toEqual([
      'bad_input',
      ['login_reserved', 'password_length', 'password_monotonous', 'area_unknown'],
    ])
    expect(await hasUsers(test.db.system())).toBe(false)
  })

  it('is one login, however it is typed', async () => {
    await addPeople(test.db, [{ login: ' Ｚhang.San ', role: 'planner', areas: [town] }], now)
    expect((await findUser(test.db.system(), 'zhang.san'))?.areas).toEqual([town])
    const again = addPeople(test.db, [{ login: 'ZHANG.SAN', role: 'analyst', areas: 'all' }], now)
    expect((await refusalOf(again)).code).toBe('conflict')
    expect((await findUser(test.db.system(), 'zhang.san'))?.role).toBe('planner')
  })

  it('has a password that is kept as a salted hash', async () => {
    await addPeople(test.db, [{ login: 'twin', role: 'analyst', areas: [county] }], now)
    const [one, other] = await Promise.all(
      ['zhang.san', 'twin'].map((login) => findUser(test.db.system(), login)),
    )
    expect(one?.password_hash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/)
    expect(one?.password_hash).not.toBe(other?.password_hash)
  })

  it.each(['users', 'sessions', 'tokens', 'account_log'])(
    'is nobody’s to read through a query: %s is closed to every viewer',
    async (table) => {
      for (const areas of ['all', [town]] as const) {
        const viewer = test.db.as({ name: 'x', role: 'administrator', areas })
        const read = viewer.many(statement(`select from wangge.${table}`))
        expect((await failureOf(read)).kind).toBe('permission')
      }
    },
  )
})

describe('a session', () => {
  it('begins with the password, stands under the hash of its secret, and ends with signing out', async () => {
    const { secret, session } = await enter('Zhang.San')
    expect(session).toMatchObject({ login: 'zhang.san', role: 'planner', expires_at: now + 7 * 24 * hour })
    const hash = hashOfSecret(secret)
    expect(hash).not.toContain(secret)
    expect(await findSession(test.db.system(), secret)).toBeUndefined()
    expect(await findSession(test.db.system(), hash)).toMatchObject({ login: 'zhang.san', areas: [town] })
    await signOut(test.db, { hash, address, now: now + 1 })
    expect(await findSession(test.db.system(), hash)).toBeUndefined()
    await signOut(test.db, { hash, address, now: now + 2 })
    expect(await ledger('zhang.san')).toEqual([
      ['sign_in', 'zhang.san', address],
      ['user_added', 'test', null],
      ['sign_out', 'zhang.san', address],
    ])
  })

  it('does not begin with a wrong password, an unknown login or a disabled user, and all three look alike', async () => {
    await addPeople(test.db, [{ login: 'gone', role: 'worker', areas: [town] }], now)
    await disableUser(test.db, 'gone', deed)
    const refusals = await Promise.all([
      refusalOf(enter('zhang.san', 'correct horse batterY')),
      refusalOf(enter('my password typed as a login')),
      refusalOf(enter('gone')),
    ])
    for (const one of refusals)
      expect([one.code, one.detail]).toEqual(['unauthenticated', refusals[0]?.detail])
    expect((await ledger(null)).map(([action]) => action)).toEqual(['sign_in_failed'])
    expect((await ledger('gone')).map(([action]) => action)).toContain('sign_in_failed')
    const typed = await test.db
      .system()
      .many(statement(`select from wangge.account_log l where to_jsonb(l)::text like '%typed as%'`))
    expect(typed).toEqual([])
  })

  it('of a disabled user is over, and does not come back with the user', async () => {
    await addPeople(test.db, [{ login: 'brief', role: 'worker', areas: [town] }], now)
    const { secret } = await enter('brief')
    const token = await addToken(test.db, { login: 'brief', name: 'phone' }, deed)
    await disableUser(test.db, 'Brief', deed)
    await enableUser(test.db, 'brief', deed)
    expect(await findSession(test.db.system(), hashOfSecret(secret))).toBeUndefined()
    expect(await findToken(test.db.system(), hashOfSecret(token))).toBeUndefined()
    expect((await enter('brief')).session.login).toBe('brief')
  })

  it('past its end, or long silent, is removed at somebody’s next sign-in', async () => {
    const silent = await enter('zhang.san', password, now - 13 * hour)
    const fresh = await enter('zhang.san', password, now - 11 * hour)
    await enter('twin')
    expect(await findSession(test.db.system(), hashOfSecret(silent.secret))).toBeUndefined()
    expect(await findSession(test.db.system(), hashOfSecret(fresh.secret))).toBeDefined()
  })
})

describe('a password', () => {
  it('is changed by whoever knows it; the other sessions end', async () => {
    await addPeople(test.db, [{ login: 'changer', role: 'supervisor', areas: [town] }], now)
    const [here, elsewhere] = [await enter('changer'), await enter('changer')]
    const change = (current: string, next: string) =>
      changePassword(test.db, {
        login: 'changer',
        current,
        next,
        session: hashOfSecret(here.secret),
        address,
        now,
        throttle: createThrottle(),
      })
    const wrong = await refusalOf(change('not this one', 'another good one'))
    expect(wrong.flaws.map((flaw) => flaw.code)).toEqual(['password_wrong'])
    const short = await refusalOf(change(password, 'short'))
    expect(short.flaws.map((flaw) => flaw.code)).toEqual(['password_length'])
    await change(password, 'another good one')
    expect(await findSession(test.db.system(), hashOfSecret(here.secret))).toBeDefined()
    expect(await findSession(test.db.system(), hashOfSecret(elsewhere.secret))).toBeUndefined()
    expect((await refusalOf(enter('changer'))).code).toBe('unauthenticated')
    await enter('changer', 'another good one')
  })

  it('set for somebody ends all sessions', async () => {
    const { secret } = await enter('changer', 'another good one')
    await setPassword(test.db, { login: 'changer', password: 'set by an administrator' }, deed)
    expect(await findSession(test.db.system(), hashOfSecret(secret))).toBeUndefined()
    await enter('changer', 'set by an administrator')
    expect((await refusalOf(setPassword(test.db, { login: 'nobody', password }, deed))).code).toBe(
      'not_found',
    )
  })

  it('kept with older parameters is hashed anew at the next sign-in', async () => {
    // RFC 7914, section 12: scrypt of "pleaseletmein" with "SodiumChloride", N = 2^14, r = 8, p = 1, 64 octets.
    const derived =
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2' +
      'd5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887'
    const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
    const older = `$scrypt$ln=14,r=8,p=1$${base64(Buffer.from('SodiumChloride'))}$${base64(Buffer.from(derived, 'hex'))}`
    await addPeople(test.db, [{ login: 'veteran', role: 'worker', areas: [town] }], now)
    await test.db
      .system()
      .none(statement(`update wangge.users set password_hash = '${older}' where login = 'veteran'`))
    await enter('veteran', 'pleaseletmein')
    expect((await findUser(test.db.system(), 'veteran'))?.password_hash).toMatch(/ln=15,r=8,p=3/)
    await enter('veteran', 'pleaseletmein')
  })
})

describe('a token', () => {
  it('is found by its hash until it is taken back', async () => {
    const token = await addToken(test.db, { login: 'zhang.san', name: 'phone 1', days: 30 }, deed)
    expect(token).toMatch(/^wangge_[\w-]{43}$/)
    expect(await findToken(test.db.system(), hashOfSecret(token))).toMatchObject({
      login: 'zhang.san',
      expires_at: now + 30 * 24 * hour,
    })
    const again = addToken(test.db, { login: 'zhang.san', name: 'phone 1' }, deed)
    expect((await refusalOf(again)).code).toBe('conflict')
    expect((await listUsers(test.db.system())).find((one) => one.login === 'zhang.san')?.tokens).toEqual([
      'phone 1',
    ])
    await revokeToken(test.db, { login: 'zhang.san', name: 'phone 1' }, deed)
    expect(await findToken(test.db.system(), hashOfSecret(token))).toBeUndefined()
    const gone = revokeToken(test.db, { login: 'zhang.san', name: 'phone 1' }, deed)
    expect((await refusalOf(gone)).code).toBe('not_found')
  })

  it('is nobody’s without a user, a name and a sensible life', async () => {
    const wrong = addToken(test.db, { login: 'zhang.san', name: ' ', days: 0 }, deed)
    expect((await refusalOf(wrong)).flaws.map((flaw) => flaw.code)).toEqual([
      'token_name_malformed',
      'token_days',
    ])
    expect((await refusalOf(addToken(test.db, { login: 'nobody', name: 'x' }, deed))).code).toBe('not_found')
  })
})
