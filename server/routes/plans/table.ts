/** The routes of plans, for the table of all routes. */
import type { Route } from '../route.ts'
import {
  comparisonGroundRoute,
  comparisonPdfRoute,
  comparisonReportRoute,
  comparisonXlsxRoute,
  planComparisonRoute,
} from './comparison.ts'
import {
  approvePlanRoute,
  enactPlanRoute,
  giveCodesRoute,
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
import { adoptProposalRoute, feasibilityRoute, proposalsRoute, proposeRoute } from './proposals.ts'
import { recordRoute } from './record.ts'
import { commentRoute, commentsRoute, resolveCommentRoute, settleTaskRoute, tasksRoute } from './remarks.ts'
import { streetsRoute } from './streets.ts'

export const planRoutes: readonly Route[] = [
  plansRoute,
  createPlanRoute,
  importPlanRoute,
  planRoute,
  drawingRoute,
  planGridsRoute,
  streetsRoute,
  editsRoute,
  saveEditsRoute,
  planCheckRoute,
  planCodesRoute,
  giveCodesRoute,
  planChangesRoute,
  planComparisonRoute,
  comparisonGroundRoute,
  // With their endings first: an id may hold a dot, and the first that matches answers.
  comparisonPdfRoute,
  comparisonXlsxRoute,
  comparisonReportRoute,
  feasibilityRoute,
  proposeRoute,
  proposalsRoute,
  adoptProposalRoute,
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
