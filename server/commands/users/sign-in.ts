/** Signing in and out, and changing one's own password. Every attempt that is heard stands in the ledger of accounts. */
import { normaliseLogin, passwordFlaws, sessionPolicy } from '../../core/policy/account-policy.ts'
import type { Database } from '../../db/database.ts'
import {
  changePasswordHash,
  deleteExpiredSessions,
  deleteSession,
  deleteSessionsOf,
  findUser,
  insertSession,
  noteAccount,
  type SessionRow,
} from '../../db/users.ts'
import { AppError, tooMany } from '../../errors.ts'
import { hashOfNobody, hashPassword, verifyPassword } from './passwords.ts'
import { hashOfSecret, newSecret } from './secrets.ts'
import type { Throttle } from './throttle.ts'

interface Circumstances {
  /** Where the request came from, as the ledger writes it. */
  readonly address: string
  readonly now: number
  readonly throttle: Throttle
}

export interface SignInRequest extends Circumstances {
  readonly login: string
  readonly password: string
}

export interface SignedIn {
  /** For the cookie; the database has its hash only. */
  readonly secret: string
  readonly session: SessionRow
}

/**
 * Begins a session. Whether the login is unknown, disabled or the password wrong: the answer is the same, and so is the work.
 * @throws AppError `unauthenticated`, `too_many`
 */
export async function signIn(db: Database, request: SignInRequest): Promise<SignedIn> {
  const { password, address, now, throttle } = request
  const login = normaliseLogin(request.login)
  const attempt = throttle.begin(login, address, now)
  if (attempt.waitSeconds > 0) throw waitFirst(attempt.waitSeconds)

  const system = db.system()
  const user = await findUser(system, login)
  const { isRight, isOutdated } = await verifyPassword(password, user?.password_hash ?? hashOfNobody)
  if (!user || user.disabled_at !== null || !isRight) {
    const known = user?.login ?? null
    await noteAccount(system, {
      action: 'sign_in_failed',
      at: now,
      login: known,
      actor: 'anonymous',
      address,
    })
    throw wrong()
  }
  attempt.succeeded()

  const secret = newSecret()
  const expires = now + sessionPolicy.totalMilliseconds
  const better = isOutdated ? await hashPassword(password) : null
  await system.transaction(async (open) => {
    if (better !== null) await changePasswordHash(open, login, better, user.password_hash)
    await deleteExpiredSessions(open, now, now - sessionPolicy.idleMilliseconds)
    await insertSession(open, { hash: hashOfSecret(secret), login, now, expires })
    await noteAccount(open, { action: 'sign_in', at: now, login, actor: login, address })
  })
  const { display_name, role, areas, worker_town, worker_id } = user
  const who = { login, display_name, role, areas, worker_town, worker_id }
  return { secret, session: { ...who, last_seen_at: now, expires_at: expires } }
}

/** Ends the session of a secret; one that is over already stays over. */
export async function signOut(
  db: Database,
  { hash, address, now }: { readonly hash: string; readonly address: string; readonly now: number },
): Promise<void> {
  await db.system().transaction(async (open) => {
    const login = await deleteSession(open, hash)
    if (login !== undefined)
      await noteAccount(open, { action: 'sign_out', at: now, login, actor: login, address })
  })
}

export interface PasswordChange extends Circumstances {
  readonly login: string
  readonly current: string
  readonly next: string
  /** Hash of the session that asks: the one that goes on. */
  readonly session: string
}

/**
 * Sets another password and ends the user's other sessions.
 * @throws AppError `bad_input` with flaws when the current password is wrong or the next one will not do, `too_many`
 */
export async function changePassword(db: Database, change: PasswordChange): Promise<void> {
  const { login, current, next, session, address, now, throttle } = change
  const flaws = passwordFlaws(next, login)
  if (flaws.length > 0)
    throw new AppError('bad_input', { zh: '新密码不合要求。', en: 'The new password will not do.' }, flaws)
  const attempt = throttle.begin(login, address, now)
  if (attempt.waitSeconds > 0) throw waitFirst(attempt.waitSeconds)

  const system = db.system()
  const user = await findUser(system, login)
  const { isRight } = await verifyPassword(current, user?.password_hash ?? hashOfNobody)
  if (!user || !isRight) throw currentIsWrong()
  attempt.succeeded()
  const hash = await hashPassword(next)
  await system.transaction(async (open) => {
    if (!(await changePasswordHash(open, login, hash, user.password_hash))) throw currentIsWrong()
    await deleteSessionsOf(open, login, session)
    await noteAccount(open, { action: 'password_changed', at: now, login, actor: login, address })
  })
}

const wrong = (): AppError =>
  new AppError('unauthenticated', {
    zh: '登录名或密码不正确，或账号已停用。',
    en: 'Login or password is wrong, or the account is disabled.',
  })

const currentIsWrong = (): AppError =>
  new AppError('bad_input', { zh: '当前密码不正确。', en: 'The current password is wrong.' }, [
    {
      code: 'password_wrong',
      place: { field: 'current' },
      message: { zh: '当前密码不正确', en: 'the current password is wrong' },
    },
  ])

const waitFirst = (seconds: number): AppError =>
  tooMany(
    {
      zh: `尝试次数过多，请 ${seconds} 秒后再试。`,
      en: `Too many attempts; try again in ${seconds} s.`,
    },
    seconds,
  )
