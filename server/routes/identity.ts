/** Who a request comes from: the one place that decides it. */
import type { IncomingMessage } from 'node:http'
import { hashOfSecret } from '../commands/users/secrets.ts'
import { type Config, isLoopback } from '../config.ts'
import { sessionCookie } from '../contract/session.ts'
import { sessionPolicy } from '../core/policy/account-policy.ts'
import type { Database } from '../db/database.ts'
import {
  findSession,
  findToken,
  hasUsers,
  type SessionRow,
  type TokenRow,
  touchSession,
  viewerOfUser,
} from '../db/users.ts'
import type { Viewer } from '../db/viewer.ts'
import { unauthenticated } from '../errors.ts'
import { createRecent } from './recent.ts'

export interface Identity {
  readonly viewer: Viewer
  /** `open`: nobody has to say who he is; `session`: by the cookie; `token`: by a bearer token. */
  readonly by: 'open' | 'session' | 'token'
  readonly displayName: string | null
  /** SHA-256 of the session's secret, and when it ends at the latest. */
  readonly session?: { readonly hash: string; readonly expiresAt: number }
}

export interface Gate {
  /** @throws AppError `unauthenticated` */
  identify(
    request: Pick<IncomingMessage, 'headers'>,
    how?: {
      /** False: the question alone does not keep a session from ending for want of use. */
      readonly isActivity?: boolean
    },
  ): Promise<Identity>
  /** Whether everybody is who the configuration says. */
  isOpen(): Promise<boolean>
  /** Sessions have changed: what was known of them counts no more. */
  forgetSessions(): void
}

/** Sees no row of any table. */
export const anonymous: Identity = {
  viewer: { name: 'anonymous', role: 'worker', areas: [] },
  by: 'open',
  displayName: null,
}

/** A session's last use is written down once a minute, not at every tile. */
const touchMilliseconds = 60_000

/**
 * Open are services on a loopback address while there is no user, or where `WANGGE_VIEWER` names the viewer. What another process
 * changes (`wangge user disable` on a server's database) is seen within two seconds.
 */
export function createGate(
  db: Database,
  { host, viewer, viewerChosen }: Pick<Config, 'host' | 'viewer' | 'viewerChosen'>,
  now: () => number,
): Gate {
  const recently = { now, freshMilliseconds: 2000, patienceMilliseconds: 250, keptMilliseconds: 600_000 }
  const users = createRecent<boolean>({ ...recently, most: 1 })
  const sessions = createRecent<SessionRow | undefined>({ ...recently, most: 2000 })
  const tokens = createRecent<TokenRow | undefined>({ ...recently, most: 2000 })
  const local = isLoopback(host)
  const open: Identity = {
    viewer: { name: `local-${viewer.role}`, ...viewer },
    by: 'open',
    displayName: null,
  }

  const isOpen = async (): Promise<boolean> =>
    local && (viewerChosen || !(await users.get('any', () => hasUsers(db.system()))))

  const loadSession = async (hash: string, isActivity: boolean): Promise<SessionRow | undefined> => {
    const found = await findSession(db.system(), hash)
    const at = now()
    if (!found || !isAlive(found, at)) return undefined
    if (!isActivity || at - found.last_seen_at < touchMilliseconds) return found
    await touchSession(db.system(), hash, at)
    return { ...found, last_seen_at: at }
  }

  const bySession = async (secret: string, isActivity: boolean): Promise<Identity | undefined> => {
    const hash = hashOfSecret(secret)
    const found = await sessions.get(hash, () => loadSession(hash, isActivity))
    if (!found || found.expires_at <= now()) return undefined
    const session = { hash, expiresAt: found.expires_at }
    return { viewer: viewerOfUser(found), by: 'session', displayName: found.display_name, session }
  }

  const byToken = async (token: string): Promise<Identity | undefined> => {
    const hash = hashOfSecret(token)
    const found = await tokens.get(hash, () => findToken(db.system(), hash))
    if (!found || found.expires_at <= now()) return undefined
    return { viewer: viewerOfUser(found), by: 'token', displayName: found.display_name }
  }

  return {
    isOpen,
    async identify({ headers }, { isActivity = true } = {}) {
      if (await isOpen()) return open
      const token = bearerOf(headers.authorization)
      const secret = cookieOf(headers.cookie)
      // A program that shows a token means the token, whatever cookie its client kept.
      const identity =
        token !== undefined
          ? await byToken(token)
          : secret !== undefined
            ? await bySession(secret, isActivity)
            : undefined
      if (!identity) throw unauthenticated()
      return identity
    },
    forgetSessions: () => sessions.clear(),
  }
}

const isAlive = ({ expires_at, last_seen_at }: SessionRow, at: number): boolean =>
  at < expires_at && at < last_seen_at + sessionPolicy.idleMilliseconds

/** RFC 6750; the scheme's name in any case. */
const bearerOf = (header: string | undefined): string | undefined =>
  /^Bearer +([\w~+/.-]+=*) *$/i.exec(header ?? '')?.[1]

/** The secret in the cookie of a request. */
export const cookieOf = (header: string | undefined): string | undefined =>
  new RegExp(`(?:^|; *)${sessionCookie}=([\\w-]+)(?:;|$)`).exec(header ?? '')?.[1]

/** The `Set-Cookie` of a session (its secret and end), or of none (null). */
export function setCookie(
  session: { readonly secret: string; readonly seconds: number } | null,
  isHttps: boolean,
): string {
  const [value, seconds] = session ? [session.secret, session.seconds] : ['', 0]
  return `${sessionCookie}=${value}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${isHttps ? '; Secure' : ''}`
}
