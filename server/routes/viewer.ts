/** What of the viewer decides an answer; who the viewer is, identity.ts finds out. */
import type { Viewer } from '../db/viewer.ts'

/** Part of every entity tag: an answer kept for one viewer is never another's. */
export const scopeKey = ({ role, areas }: Viewer): string =>
  `${role}:${areas === 'all' ? 'all' : [...areas].sort().join(',')}`
