/** Who a request comes from: the one place that decides it. */
import type { IncomingMessage } from 'node:http'
import type { Viewer } from '../db/viewer.ts'

/** The viewer as the configuration names it (server/config.ts). */
export type ConfiguredViewer = Pick<Viewer, 'role' | 'areas'>

/**
 * Until people sign in, the service listens on this machine only and everybody is who the configuration says: the local
 * administrator unless `WANGGE_VIEWER` names a role and areas.
 */
export function viewerOf(_request: IncomingMessage, { role, areas }: ConfiguredViewer): Viewer {
  return { name: `local-${role}`, role, areas }
}

/** Part of every entity tag: an answer kept for one viewer is never another's. */
export const scopeKey = ({ role, areas }: Viewer): string =>
  `${role}:${areas === 'all' ? 'all' : [...areas].sort().join(',')}`
