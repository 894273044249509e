/**
 * Users, their sessions and tokens as they are kept. All of it is read and written by the service itself (`db.system()`): the
 * roles of viewers' queries have no right to these tables. Moments are epoch milliseconds; hashes never leave the server.
 */
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'
import type { Viewer, ViewerRole } from './viewer.ts'

/** Who a user is, without what proves it. `areas` null: all. */
export interface UserRow {
  readonly login: string
  readonly display_name: string | null
  readonly role: ViewerRole
  readonly areas: readonly string[] | null
  /** Township and id of the worker whose account it is; both null: no worker's. */
  readonly worker_town: string | null
  readonly worker_id: string | null
}

export interface AccountRow extends UserRow {
  readonly password_hash: string
  readonly created_at: number
  readonly disabled_at: number | null
}

export interface ListedUser extends UserRow {
  readonly created_at: number
  readonly disabled_at: number | null
  /** Null: no session stands. */
  readonly last_seen_at: number | null
  /** Names of the bearer tokens. */
  readonly tokens: readonly string[]
}

export interface SessionRow extends UserRow {
  readonly last_seen_at: number
  readonly expires_at: number
}

export interface TokenRow extends UserRow {
  readonly name: string
  readonly expires_at: number
}

/** The user as the one whom queries run for. Logins are unique, so ledgers and plans know people by them. */
export const viewerOfUser = ({ login, role, areas, worker_town: town, worker_id: id }: UserRow): Viewer => ({
  name: login,
  role,
  areas: areas ?? 'all',
  ...(town !== null && id !== null && { worker: { town, id } }),
})

const findAnyQuery = sql<{ any_user: boolean }>('users/find-any')
const findUserQuery = sql<AccountRow>('users/find-user')
const insertUserQuery = sql<{ login: string }>('users/insert-user')
const listUsersQuery = sql<ListedUser>('users/list-users')
const changeDisabledQuery = sql('users/change-disabled')
const changePasswordQuery = sql('users/change-password')
const findWorkerQuery = sql<{ town_id: string; login: string | null }>('users/find-worker')
const changeWorkerQuery = sql('users/change-worker')
const insertSessionQuery = sql('sessions/insert-session')
const findSessionQuery = sql<SessionRow>('sessions/find-session')
const touchSessionQuery = sql('sessions/touch-session')
const deleteSessionQuery = sql<{ login: string }>('sessions/delete-session')
const deleteSessionsOfUserQuery = sql('sessions/delete-of-user')
const deleteExpiredQuery = sql('sessions/delete-expired')
const insertTokenQuery = sql<{ name: string }>('tokens/insert-token')
const findTokenQuery = sql<TokenRow>('tokens/find-token')
const deleteTokenQuery = sql('tokens/delete-token')
const insertEntryQuery = sql('accounts/insert-entry')

/** True from the first user on, for ever: users are disabled, never removed. */
export const hasUsers = async (db: Scoped): Promise<boolean> => (await db.one(findAnyQuery)).any_user

export const findUser = (db: Scoped, login: string): Promise<AccountRow | undefined> =>
  db.maybeOne(findUserQuery, [login])

export const listUsers = (db: Scoped): Promise<ListedUser[]> => db.many(listUsersQuery)

export type NewUser = UserRow & { readonly password_hash: string; readonly created_at: number }

/** False when the login is taken. */
export const insertUser = async (db: Scoped, user: NewUser): Promise<boolean> =>
  (await db.maybeOne(insertUserQuery, [
    user.login,
    user.display_name,
    user.role,
    user.areas,
    user.password_hash,
    user.created_at,
    user.worker_town,
    user.worker_id,
  ])) !== undefined

/** Disables from `at` on, or enables (null). False when there is no such user. */
export const changeDisabled = async (db: Scoped, login: string, at: number | null): Promise<boolean> =>
  (await db.none(changeDisabledQuery, [login, at])) === 1

/** Workers of an id where an account's areas are, in one township or any, each with the login that signs in as them. */
export const findWorkersOf = (
  db: Scoped,
  { worker, town, areas }: { worker: string; town: string | null; areas: readonly string[] | null },
): Promise<{ town_id: string; login: string | null }[]> => db.many(findWorkerQuery, [worker, town, areas])

/** Null: no worker's account. False when there is no such user. */
export const changeWorker = async (
  db: Scoped,
  login: string,
  worker: { readonly town: string; readonly id: string } | null,
): Promise<boolean> =>
  (await db.none(changeWorkerQuery, [login, worker?.town ?? null, worker?.id ?? null])) === 1

/** Keeps another hash; with `replaced`, only where that is still the one kept. False when nothing was changed. */
export const changePasswordHash = async (
  db: Scoped,
  login: string,
  hash: string,
  replaced: string | null,
): Promise<boolean> => (await db.none(changePasswordQuery, [login, hash, replaced])) === 1

export async function insertSession(
  db: Scoped,
  session: { readonly hash: string; readonly login: string; readonly now: number; readonly expires: number },
): Promise<void> {
  await db.none(insertSessionQuery, [session.hash, session.login, session.now, session.expires])
}

/** Undefined also when its user is disabled. */
export const findSession = (db: Scoped, hash: string): Promise<SessionRow | undefined> =>
  db.maybeOne(findSessionQuery, [hash])

export async function touchSession(db: Scoped, hash: string, now: number): Promise<void> {
  await db.none(touchSessionQuery, [hash, now])
}

/** The login of the session that was ended, if there was one. */
export const deleteSession = async (db: Scoped, hash: string): Promise<string | undefined> =>
  (await db.maybeOne(deleteSessionQuery, [hash]))?.login

/** Ends a user's sessions, all but `kept`. */
export async function deleteSessionsOf(db: Scoped, login: string, kept: string | null): Promise<void> {
  await db.none(deleteSessionsOfUserQuery, [login, kept])
}

/** Removes sessions past their end, and those last seen at `idleSince` or before. */
export async function deleteExpiredSessions(db: Scoped, now: number, idleSince: number): Promise<void> {
  await db.none(deleteExpiredQuery, [now, idleSince])
}

/** False when the user has a token of that name. */
export const insertToken = async (
  db: Scoped,
  token: {
    readonly login: string
    readonly name: string
    readonly hash: string
    readonly now: number
    readonly expires: number
  },
): Promise<boolean> =>
  (await db.maybeOne(insertTokenQuery, [token.login, token.name, token.hash, token.now, token.expires])) !==
  undefined

/** Undefined also when its user is disabled. */
export const findToken = (db: Scoped, hash: string): Promise<TokenRow | undefined> =>
  db.maybeOne(findTokenQuery, [hash])

/** Takes back one token, or all of a user's (null); how many. */
export const deleteTokens = (db: Scoped, login: string, name: string | null): Promise<number> =>
  db.none(deleteTokenQuery, [login, name])

export type AccountAction =
  | 'sign_in'
  | 'sign_in_failed'
  | 'sign_out'
  | 'password_changed'
  | 'user_added'
  | 'user_disabled'
  | 'user_enabled'
  | 'worker_changed'
  | 'token_added'
  | 'token_revoked'

export interface AccountEntry {
  readonly action: AccountAction
  readonly at: number
  /** Null when no account has the name that was typed. */
  readonly login: string | null
  /** Who did it: a login, or `cli-administrator`. */
  readonly actor: string
  /** Where the request came from; null on the command line. */
  readonly address: string | null
}

/** One line in the ledger of accounts, in the transaction of what it tells. */
export async function noteAccount(db: Scoped, entry: AccountEntry): Promise<void> {
  await db.none(insertEntryQuery, [entry.at, entry.action, entry.login, entry.actor, entry.address])
}
