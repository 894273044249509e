/** Adding, disabling and enabling users, their passwords and tokens: what `wangge user` does. All of it is in the ledger. */
import { loginFlaws, normaliseLogin, passwordFlaws, tokenPolicy } from '../../core/policy/account-policy.ts'
import type { Flaw } from '../../core/values.ts'
import type { Database } from '../../db/database.ts'
import { findAreas } from '../../db/imports.ts'
import type { Scoped } from '../../db/scoped.ts'
import {
  type AccountAction,
  changeDisabled,
  changePasswordHash,
  changeWorker,
  deleteSessionsOf,
  deleteTokens,
  findUser,
  findWorkersOf,
  insertToken,
  insertUser,
  noteAccount,
} from '../../db/users.ts'
import type { ViewerRole, WorkerKey } from '../../db/viewer.ts'
import { AppError, notFound } from '../../errors.ts'
import { hashPassword } from './passwords.ts'
import { hashOfSecret, newToken } from './secrets.ts'

/** Who does it and when: `cli-administrator`. */
interface Deed {
  readonly actor: string
  readonly now: number
}

export interface UserRequest {
  readonly login: string
  readonly displayName: string | null
  readonly role: ViewerRole
  readonly areas: 'all' | readonly string[]
  readonly password: string
  /** Absent: no worker's account. */
  readonly worker?: WorkerRequest | undefined
}

export interface WorkerRequest {
  readonly id: string
  /** Needed only where several townships of the account have a worker of that id. */
  readonly town?: string | undefined
}

/**
 * Adds a user and returns the login as it is kept.
 * @throws AppError `bad_input` with every flaw (login, password, areas or worker nobody knows), `conflict` when the login is taken
 */
export async function addUser(db: Database, request: UserRequest, deed: Deed): Promise<string> {
  const login = normaliseLogin(request.login)
  const areas = request.areas === 'all' ? null : [...new Set(request.areas)].sort()
  const flaws = [
    ...loginFlaws(login),
    ...passwordFlaws(request.password, login),
    ...(await areaFlaws(db.system(), areas)),
  ]
  const worker = await workerOf(db.system(), { worker: request.worker, areas, login }, flaws)
  if (flaws.length > 0) throw refused(flaws)
  const user = {
    login,
    display_name: request.displayName,
    role: request.role,
    areas,
    password_hash: await hashPassword(request.password),
    created_at: deed.now,
    worker_town: worker?.town ?? null,
    worker_id: worker?.id ?? null,
  }
  await db.system().transaction(async (open) => {
    if (!(await insertUser(open, user)))
      throw new AppError('conflict', { zh: `登录名 ${login} 已存在`, en: `the login ${login} is taken` })
    await note(open, 'user_added', login, deed)
  })
  return login
}

/** Sets another password and ends all sessions of the user. @throws AppError `bad_input`, `not_found` */
export async function setPassword(
  db: Database,
  { login: typed, password }: { readonly login: string; readonly password: string },
  deed: Deed,
): Promise<void> {
  const login = normaliseLogin(typed)
  const flaws = passwordFlaws(password, login)
  if (flaws.length > 0) throw refused(flaws)
  const hash = await hashPassword(password)
  await db.system().transaction(async (open) => {
    if (!(await changePasswordHash(open, login, hash, null))) throw noUser(login)
    await deleteSessionsOf(open, login, null)
    await note(open, 'password_changed', login, deed)
  })
}

/** The user's sessions and tokens end now; what carries the login stays. @throws AppError `not_found` */
export async function disableUser(db: Database, typed: string, deed: Deed): Promise<void> {
  const login = normaliseLogin(typed)
  await db.system().transaction(async (open) => {
    if (!(await changeDisabled(open, login, deed.now))) throw noUser(login)
    await deleteSessionsOf(open, login, null)
    await deleteTokens(open, login, null)
    await note(open, 'user_disabled', login, deed)
  })
}

/**
 * Says which worker signs in with the account, from the next request on; null: none.
 * @throws AppError `not_found`, `bad_input` (no such worker where the account is, or several; another account's)
 */
export async function setWorker(
  db: Database,
  { login: typed, worker: request }: { readonly login: string; readonly worker: WorkerRequest | null },
  deed: Deed,
): Promise<WorkerKey | null> {
  const login = normaliseLogin(typed)
  return db.system().transaction(async (open) => {
    const user = await findUser(open, login)
    if (!user) throw noUser(login)
    const flaws: Flaw[] = []
    const worker = await workerOf(open, { worker: request ?? undefined, areas: user.areas, login }, flaws)
    if (flaws.length > 0) throw refused(flaws)
    await changeWorker(open, login, worker)
    await note(open, 'worker_changed', login, deed)
    return worker
  })
}

/** Lets a disabled user sign in again, with the same password. @throws AppError `not_found`, `bad_input`: another is the worker's now */
export async function enableUser(db: Database, typed: string, deed: Deed): Promise<void> {
  const login = normaliseLogin(typed)
  await db.system().transaction(async (open) => {
    const user = await findUser(open, login)
    if (!user) throw noUser(login)
    const flaws: Flaw[] = []
    if (user.worker_id !== null && user.worker_town !== null)
      await workerOf(open, { ...user, worker: { id: user.worker_id, town: user.worker_town } }, flaws)
    if (flaws.length > 0) throw refused(flaws)
    await changeDisabled(open, login, null)
    await note(open, 'user_enabled', login, deed)
  })
}

export interface TokenRequest {
  readonly login: string
  /** The device or program, unique among the user's tokens. */
  readonly name: string
  /** How long it is good for; a year when absent. */
  readonly days?: number | undefined
}

/** A bearer token that acts for the user; it can be read this once. @throws AppError `bad_input`, `not_found`, `conflict` */
export async function addToken(db: Database, request: TokenRequest, deed: Deed): Promise<string> {
  const login = normaliseLogin(request.login)
  const { name, days = tokenPolicy.usualDays } = request
  const flaws = tokenFlaws(name, days)
  if (flaws.length > 0) throw refused(flaws)
  const token = newToken()
  const expires = deed.now + days * 86_400_000
  await db.system().transaction(async (open) => {
    if (!(await findUser(open, login))) throw noUser(login)
    const added = await insertToken(open, { login, name, hash: hashOfSecret(token), now: deed.now, expires })
    if (!added)
      throw new AppError('conflict', {
        zh: `${login} 已有名为 ${name} 的令牌`,
        en: `${login} has a token ${name} already`,
      })
    await note(open, 'token_added', login, deed)
  })
  return token
}

/** Takes a token back. @throws AppError `not_found` */
export async function revokeToken(
  db: Database,
  { login: typed, name }: { readonly login: string; readonly name: string },
  deed: Deed,
): Promise<void> {
  const login = normaliseLogin(typed)
  await db.system().transaction(async (open) => {
    if ((await deleteTokens(open, login, name)) === 0)
      throw notFound({ zh: `${login} 的令牌 ${name}`, en: `Token ${name} of ${login}` })
    await note(open, 'token_revoked', login, deed)
  })
}

async function areaFlaws(db: Scoped, areas: readonly string[] | null): Promise<Flaw[]> {
  if (areas === null) return []
  const known = new Set((await findAreas(db, areas)).map((area) => area.code))
  return areas
    .filter((code) => !known.has(code))
    .map((code) => ({
      code: 'area_unknown',
      place: { field: 'areas' },
      message: { zh: `没有区域 ${code}`, en: `there is no area ${code}` },
      value: code,
    }))
}

/** The one worker that is meant; else why there is none among `flaws`. */
async function workerOf(
  db: Scoped,
  {
    worker,
    areas,
    login,
  }: {
    readonly worker: WorkerRequest | undefined
    readonly areas: readonly string[] | null
    readonly login: string
  },
  flaws: Flaw[],
): Promise<WorkerKey | null> {
  if (worker === undefined) return null
  const found = await findWorkersOf(db, { worker: worker.id, town: worker.town ?? null, areas })
  const [one, ...others] = found
  const flaw = (code: string, zh: string, en: string): null => {
    flaws.push({ code, place: { field: 'worker' }, message: { zh, en }, value: worker.id })
    return null
  }
  if (!one)
    return flaw(
      'worker_unknown',
      `负责区域内没有工号为 ${worker.id} 的网格员`,
      `there is no worker ${worker.id} in the areas of the account`,
    )
  if (others.length > 0) {
    const towns = found.map(({ town_id }) => town_id).join(' ')
    return flaw(
      'worker_of_several_towns',
      `工号 ${worker.id} 在多个乡镇都有，请用 --town 指明：${towns}`,
      `several townships have a worker ${worker.id}; say --town: ${towns}`,
    )
  }
  if (one.login !== null && one.login !== login)
    return flaw(
      'worker_taken',
      `网格员 ${worker.id} 已有账号 ${one.login}`,
      `the worker ${worker.id} has the account ${one.login} already`,
    )
  return { town: one.town_id, id: worker.id }
}

function tokenFlaws(name: string, days: number): Flaw[] {
  const flaws: Flaw[] = []
  if (!/^[^\s\p{Cc}](.{0,62}[^\s\p{Cc}])?$/u.test(name))
    flaws.push({
      code: 'token_name_malformed',
      place: { field: 'name' },
      message: { zh: '令牌名应为 1–64 个字符', en: 'the name of a token has 1 to 64 characters' },
    })
  if (!Number.isInteger(days) || days < 1 || days > tokenPolicy.mostDays)
    flaws.push({
      code: 'token_days',
      place: { field: 'days' },
      message: {
        zh: `有效天数应为 1–${tokenPolicy.mostDays}`,
        en: `a token is good for 1 to ${tokenPolicy.mostDays} days`,
      },
    })
  return flaws
}

const note = (open: Scoped, action: AccountAction, login: string, { actor, now }: Deed): Promise<void> =>
  noteAccount(open, { action, at: now, login, actor, address: null })

const refused = (flaws: readonly Flaw[]): AppError =>
  new AppError(
    'bad_input',
    { zh: '输入有误，没有改动：', en: 'the input has flaws; nothing was changed:' },
    flaws,
  )

const noUser = (login: string): AppError => notFound({ zh: `用户 ${login}`, en: `User ${login}` })
