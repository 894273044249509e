/** Routes of evidence and of joint patrols. */
import type { Route } from '../route.ts'
import { evidenceRoute, noteEvidenceRoute } from './evidence.ts'
import { enterJointPatrolRoute, jointPatrolsRoute, withdrawJointPatrolRoute } from './joint-patrols.ts'

export const evidenceRoutes: readonly Route[] = [
  evidenceRoute,
  noteEvidenceRoute,
  jointPatrolsRoute,
  enterJointPatrolRoute,
  withdrawJointPatrolRoute,
]
