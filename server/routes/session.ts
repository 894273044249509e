/** GET /api/session · GET /healthz · GET /readyz */
import { z } from 'zod'
import { healthSchema, readinessSchema } from '../contract/health.ts'
import { emptyQuery } from '../contract/queries.ts'
import { type Session, sessionSchema } from '../contract/session.ts'
import { findArea } from '../db/areas.ts'
import { findPolicy } from '../db/policies.ts'
import { defineRoute, jsonAnswer } from './route.ts'

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
  async handle({ viewer, db, services }) {
    const session: Session = {
      name: viewer.name,
      role: viewer.role,
      areas: viewer.areas === 'all' ? 'all' : [...viewer.areas],
      version: services.version,
      engine: services.database.engine,
      demo: (await findArea(db, demoArea)) !== undefined,
    }
    return { body: session }
  },
})

export const healthRoute = defineRoute({
  method: 'get',
  path: '/healthz',
  tag: 'health',
  summary: { zh: '进程是否运行', en: 'The process answers' },
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
