/** The routes of plans, for the table of all routes. */
import type { Route } from '../route.ts'
import {
  approvePlanRoute,
  enactPlanRoute,
  planChangesRoute,
  planCheckRoute,
  planCodesRoute,
  returnPlanRoute,
  submitPlanRoute,
  withdrawPlanRoute,
} from './decisions.ts'
import { editsRoute, saveEditsRoute } from './edits.ts'
import {
  acceptPlanProblemRoute,
  acceptProblemRoute,
  exceptionsRoute,
  liftProblemRoute,
} from './exceptions.ts'
import {
  createPlanRoute,
  drawingRoute,
  importPlanRoute,
  planGridsRoute,
  planRoute,
  plansRoute,
} from './plans.ts'
import { recordRoute } from './record.ts'
import { commentRoute, commentsRoute, resolveCommentRoute, settleTaskRoute, tasksRoute } from './remarks.ts'

export const planRoutes: readonly Route[] = [
  plansRoute,
  createPlanRoute,
  importPlanRoute,
  planRoute,
  drawingRoute,
  planGridsRoute,
  editsRoute,
  saveEditsRoute,
  planCheckRoute,
  planCodesRoute,
  planChangesRoute,
  submitPlanRoute,
  approvePlanRoute,
  returnPlanRoute,
  withdrawPlanRoute,
  enactPlanRoute,
  commentsRoute,
  commentRoute,
  resolveCommentRoute,
  tasksRoute,
  settleTaskRoute,
  exceptionsRoute,
  acceptProblemRoute,
  acceptPlanProblemRoute,
  liftProblemRoute,
  recordRoute,
]
