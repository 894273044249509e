/** GET /api/live: where the workers of an area are just now, as server-sent events (contract/live.ts). */
import { z } from 'zod'
import { requireRole } from '../../commands/authority.ts'
import { type LiveEnd, liveDataSchema, liveQuery } from '../../contract/live.ts'
import { patrolPolicyOf } from '../../core/policy/patrol-policy.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import { noteAccess } from '../../db/access.ts'
import { findWatched } from '../../db/live.ts'
import { findPolicy } from '../../db/policies.ts'
import { AppError } from '../../errors.ts'
import { loadArea } from '../area.ts'
import { type Call, defineRoute } from '../route.ts'
import { scopeKey } from '../viewer.ts'

export const liveRoute = defineRoute({
  method: 'get',
  path: '/api/live',
  tag: 'patrols',
  summary: { zh: '网格员实时位置', en: 'Where the workers are just now, as server-sent events' },
  params: z.object({}),
  query: liveQuery,
  headers: { 'Last-Event-ID': 'Id of the last event of an earlier stream with the same query' },
  answer: {
    status: 200,
    description: 'Events `snapshot`, `positions`, `pulse` and `end`, each with JSON as its data',
    type: 'text/event-stream',
    schema: liveDataSchema,
  },
  async handle(call) {
    const { db, now, viewer, query, signal, request, services } = call
    requireRole(viewer, ['administrator', 'supervisor'], deed)
    const area = await loadArea(db, query.area)
    const watched = await findWatched(db, area)
    const policy = await findPolicy(db, area, 'patrol', localDayOf(now))
    const thresholds = patrolPolicyOf(policy?.rules)
    for (const town of watched.towns)
      await noteAccess(db, {
        town,
        at: now,
        viewer: viewer.name,
        action: 'live',
        subject: `area:${area.code}`,
      })
    const follow = await services.live.open(viewer.name)
    const lastId = request.headers['last-event-id']
    return {
      type: 'text/event-stream; charset=utf-8',
      // Kept by nobody, and sent on as it comes: neither compressed nor gathered on the way.
      cacheControl: 'no-store, no-transform',
      headers: { 'x-accel-buffering': 'no' },
      stream: (sink) =>
        follow(sink, {
          scope: { ...watched, bbox: query.bbox ?? null },
          thresholds,
          lastId: typeof lastId === 'string' ? lastId : undefined,
          isOnce: query.follow === false || request.method === 'HEAD',
          endedBy: () => endOf(call),
          signal,
        }),
    }
  },
})

const deed = { zh: '查看网格员的实时位置', en: 'see where the workers are just now' }

/** Whether the session still stands, and its viewer still sees the same. */
async function endOf({
  services,
  request,
  viewer,
}: Call<unknown, unknown, unknown>): Promise<LiveEnd['reason'] | undefined> {
  try {
    const { viewer: current } = await services.gate.identify(request, { isActivity: false })
    return scopeKey(current) === scopeKey(viewer) ? undefined : 'rights_changed'
  } catch (error) {
    if (error instanceof AppError && error.code === 'unauthenticated') return 'signed_out'
    throw error
  }
}
