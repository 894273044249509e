/** Who a request comes from: the one place that decides it. */
import type { IncomingMessage } from 'node:http'
import type { Config } from '../config.ts'
import type { Viewer } from '../db/viewer.ts'

/**
 * Until people sign in, the service listens on this machine only and everybody is who the configuration says: the local
 * administrator unless `WANGGE_VIEWER` names a role and areas.
 */
export function viewerOf(_request: IncomingMessage, config: Pick<Config, 'viewer'>): Viewer {
  const { role, areas } = config.viewer
  return { name: `local-${role}`, role, areas }
}

/** Part of every entity tag: an answer kept for one viewer is never another's. */
export const scopeKey = ({ role, areas }: Viewer): string =>
  `${role}:${areas === 'all' ? 'all' : [...areas].sort().join(',')}`
