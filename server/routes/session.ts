/** GET, POST, DELETE /api/session · POST /api/session/password · GET /healthz · GET /readyz */
import { z } from 'zod'
import { hashOfSecret } from '../commands/users/secrets.ts'
import { changePassword, signIn, signOut } from '../commands/users/sign-in.ts'
import { healthSchema, readinessSchema } from '../contract/health.ts'
import { emptyQuery } from '../contract/queries.ts'
import { passwordChangeSchema, type Session, sessionSchema, signInSchema } from '../contract/session.ts'
import { findArea } from '../db/areas.ts'
import { findPolicy } from '../db/policies.ts'
import { viewerOfUser } from '../db/users.ts'
import { AppError } from '../errors.ts'
import { cookieOf, type Identity, setCookie } from './identity.ts'
import { isoInstant } from './parse.ts'
import { type Call, defineRoute, jsonAnswer, type Services } from './route.ts'

/** Code of the demo township (data/demo): its presence says that the demo is loaded. */
const demoArea = '990427103'

const none = z.object({})

export const sessionRoute = defineRoute({
  method: 'get',
  path: '/api/session',
  tag: 'session',
  summary: { zh: '当前身份与服务器信息', en: 'Who is asking, and what this server is' },
  params: none,
  query: emptyQuery,
  answer: jsonAnswer(200, 'The session', sessionSchema),
  handle: async ({ identity, services, signal }) => ({
    body: await presentSession(identity, services, signal),
  }),
})

export const signInRoute = defineRoute({
  method: 'post',
  path: '/api/session',
  tag: 'session',
  summary: { zh: '登录', en: 'Sign in; the answer sets the session cookie' },
  isPublic: true,
  params: none,
  query: emptyQuery,
  json: signInSchema,
  answer: jsonAnswer(200, 'The session', sessionSchema),
  async handle(call) {
    const { body, services, now, address, request, origin, signal } = call
    if (await services.gate.isOpen())
      throw new AppError('conflict', {
        zh: '本服务未启用登录。',
        en: 'Nobody has to sign in to this service.',
      })
    const { database, throttle, gate } = services
    const { secret, session } = await signIn(database, { ...body, address, now, throttle })
    // Whoever signs in anew leaves the session before.
    const before = cookieOf(request.headers.cookie)
    if (before !== undefined) await signOut(database, { hash: hashOfSecret(before), address, now })
    gate.forgetSessions()
    const identity: Identity = {
      viewer: viewerOfUser(session),
      by: 'session',
      displayName: session.display_name,
      session: { hash: hashOfSecret(secret), expiresAt: session.expires_at },
    }
    const seconds = Math.floor((session.expires_at - now) / 1000)
    return {
      body: await presentSession(identity, services, signal),
      headers: { 'set-cookie': setCookie({ secret, seconds }, isHttps(origin)) },
      cacheControl: 'no-store',
    }
  },
})

export const signOutRoute = defineRoute({
  method: 'delete',
  path: '/api/session',
  tag: 'session',
  summary: { zh: '退出登录', en: 'Sign out; also when no session stands' },
  isPublic: true,
  params: none,
  query: emptyQuery,
  answer: { status: 204, description: 'The session is over and its cookie gone' },
  async handle({ services, request, address, now, origin }) {
    const secret = cookieOf(request.headers.cookie)
    if (secret !== undefined) {
      await signOut(services.database, { hash: hashOfSecret(secret), address, now })
      services.gate.forgetSessions()
    }
    return { headers: { 'set-cookie': setCookie(null, isHttps(origin)) }, cacheControl: 'no-store' }
  },
})

export const passwordRoute = defineRoute({
  method: 'post',
  path: '/api/session/password',
  tag: 'session',
  summary: { zh: '修改自己的密码', en: 'Change one’s own password; other sessions of the user end' },
  params: none,
  query: emptyQuery,
  json: passwordChangeSchema,
  answer: { status: 204, description: 'The password is changed' },
  async handle({ body, identity, services, now, address }) {
    if (!identity.session)
      throw new AppError('forbidden', {
        zh: '请用登录名和密码登录后再修改密码。',
        en: 'Sign in with login and password to change the password.',
      })
    await changePassword(services.database, {
      ...body,
      login: identity.viewer.name,
      session: identity.session.hash,
      address,
      now,
      throttle: services.throttle,
    })
    services.gate.forgetSessions()
    return { cacheControl: 'no-store' }
  },
})

async function presentSession(
  { viewer, by, displayName, session }: Identity,
  { database, version }: Services,
  signal: Call<unknown, unknown, unknown>['signal'],
): Promise<Session> {
  return {
    name: viewer.name,
    display_name: displayName,
    role: viewer.role,
    areas: viewer.areas === 'all' ? 'all' : [...viewer.areas],
    worker: viewer.worker ?? null,
    by,
    expires_at: session ? isoInstant(session.expiresAt) : null,
    version,
    engine: database.engine,
    demo: (await findArea(database.as(viewer, { signal }), demoArea)) !== undefined,
  }
}

const isHttps = (origin: string): boolean => origin.startsWith('https:')

export const healthRoute = defineRoute({
  method: 'get',
  path: '/healthz',
  tag: 'health',
  summary: { zh: '进程是否运行', en: 'The process answers' },
  isPublic: true,
  params: none,
  query: emptyQuery,
  answer: jsonAnswer(200, 'It runs', healthSchema),
  handle: async () => ({ body: { status: 'ok' }, cacheControl: 'no-store' }),
})

export const readinessRoute = defineRoute({
  method: 'get',
  path: '/readyz',
  tag: 'health',
  summary: { zh: '数据库是否可用', en: 'The database answers with the schema of this version' },
  isPublic: true,
  params: none,
  query: emptyQuery,
  answer: jsonAnswer(200, 'Ready', readinessSchema),
  async handle({ services, signal }) {
    try {
      // Reads a table of the last migrations in the scope of nobody in particular.
      await findPolicy(
        services.database.system({ signal, timeoutMilliseconds: 2000 }),
        { lineage: [] },
        'patrol',
        '2000-01-01',
      )
      return { body: { status: 'ready', database: 'ok' }, cacheControl: 'no-store' }
    } catch {
      return {
        status: 503,
        body: { status: 'not_ready', database: 'unreachable' },
        headers: { 'retry-after': '5' },
        cacheControl: 'no-store',
      }
    }
  },
})
