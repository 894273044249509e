/**
 * The schema of each answer the web reads. `api.ts` takes types from here and, in development and tests only, the schemas
 * themselves, so that a production bundle carries no validation library.
 */
import { accessesSchema } from '../server/contract/accesses.ts'
import {
  analysisColumnsSchema,
  analysisJobSchema,
  analysisOrJobSchema,
  analysisSchema,
  hexagonGridsSchema,
  incidentCountsSchema,
} from '../server/contract/analysis.ts'
import { areaDetailSchema, areasSchema } from '../server/contract/areas.ts'
import {
  assessmentsSchema,
  closeAnswerSchema,
  dutyRecordSchema,
  dutyRecordsSchema,
  objectionSchema,
  objectionsSchema,
  reopenAnswerSchema,
} from '../server/contract/assessment.ts'
import { checkReportSchema } from '../server/contract/check.ts'
import { dayVisitsSchema } from '../server/contract/check-ins.ts'
import { closureSchema } from '../server/contract/closure.ts'
import {
  coverageSchema,
  dayLanesSchema,
  obstaclesSchema,
  overdueSchema,
} from '../server/contract/coverage.ts'
import { problemDetailsSchema } from '../server/contract/errors.ts'
import {
  evidenceListSchema,
  evidenceSchema,
  jointPatrolSchema,
  jointPatrolsSchema,
} from '../server/contract/evidence.ts'
import { exceptionSchema, exceptionsSchema } from '../server/contract/exceptions.ts'
import { gridDetailSchema, gridsSchema } from '../server/contract/grids.ts'
import { householdLadderSchema, householdLedgerSchema, missingSchema } from '../server/contract/households.ts'
import {
  incidentLifeSchema,
  incidentPolicySchema,
  incidentWorkSchema,
  photoSchema,
  reportedSchema,
} from '../server/contract/incident-life.ts'
import { householdCoverageSchema, incidentsSchema } from '../server/contract/incidents.ts'
import { jobSchema, jobsSchema } from '../server/contract/jobs.ts'
import { householdVisitsSchema, patrolDayDetailSchema, patrolDaysSchema } from '../server/contract/patrols.ts'
import { comparisonGroundSchema, planComparisonSchema } from '../server/contract/plan-comparison.ts'
import { editsSchema, savedSchema } from '../server/contract/plan-edits.ts'
import { planCommentSchema, planCommentsSchema, planTasksSchema } from '../server/contract/plan-remarks.ts'
import { planStreetsSchema } from '../server/contract/plan-streets.ts'
import {
  createdPlanSchema,
  enactedSchema,
  planChangesSchema,
  planCodesSchema,
  planDetailSchema,
  planSchema,
  plansSchema,
} from '../server/contract/plans.ts'
import { policiesSchema, policySetSchema } from '../server/contract/policies.ts'
import { planFeasibilitySchema, proposalsSchema } from '../server/contract/proposals.ts'
import { repairsSchema } from '../server/contract/repairs.ts'
import { sessionSchema } from '../server/contract/session.ts'
import { subjectsSchema } from '../server/contract/subjects.ts'
import { checkedFilesSchema, matchedFilesSchema } from '../server/contract/uploads.ts'
import { warningSchema, warningsSchema } from '../server/contract/warnings.ts'

export const schemas = {
  session: sessionSchema,
  areas: areasSchema,
  subjects: subjectsSchema,
  area: areaDetailSchema,
  grids: gridsSchema,
  grid: gridDetailSchema,
  check: checkReportSchema,
  closure: closureSchema,
  repairs: repairsSchema,
  exception: exceptionSchema,
  exceptions: exceptionsSchema,
  checkedFiles: checkedFilesSchema,
  matchedFiles: matchedFilesSchema,
  patrolDays: patrolDaysSchema,
  patrolDay: patrolDayDetailSchema,
  accesses: accessesSchema,
  evidence: evidenceListSchema,
  evidencePiece: evidenceSchema,
  jointPatrol: jointPatrolSchema,
  jointPatrols: jointPatrolsSchema,
  assessments: assessmentsSchema,
  policies: policiesSchema,
  policySet: policySetSchema,
  monthClosed: closeAnswerSchema,
  monthReopened: reopenAnswerSchema,
  dutyRecord: dutyRecordSchema,
  dutyRecords: dutyRecordsSchema,
  objection: objectionSchema,
  objections: objectionsSchema,
  householdVisits: householdVisitsSchema,
  householdCoverage: householdCoverageSchema,
  householdLadder: householdLadderSchema,
  missingHouseholds: missingSchema,
  householdLedger: householdLedgerSchema,
  coverage: coverageSchema,
  overdue: overdueSchema,
  obstacles: obstaclesSchema,
  dayLanes: dayLanesSchema,
  dayVisits: dayVisitsSchema,
  incidents: incidentsSchema,
  analysis: analysisSchema,
  analysisColumns: analysisColumnsSchema,
  analysisJob: analysisJobSchema,
  analysisOrJob: analysisOrJobSchema,
  incidentCounts: incidentCountsSchema,
  hexagonGrids: hexagonGridsSchema,
  plans: plansSchema,
  plan: planDetailSchema,
  createdPlan: createdPlanSchema,
  planEdits: editsSchema,
  planSaved: savedSchema,
  planStep: planSchema,
  planEnacted: enactedSchema,
  planStreets: planStreetsSchema,
  planChanges: planChangesSchema,
  planCodes: planCodesSchema,
  planComparison: planComparisonSchema,
  comparisonGround: comparisonGroundSchema,
  planComment: planCommentSchema,
  planComments: planCommentsSchema,
  planTasks: planTasksSchema,
  planFeasibility: planFeasibilitySchema,
  proposals: proposalsSchema,
  job: jobSchema,
  jobs: jobsSchema,
  problem: problemDetailsSchema,
  incidentLife: incidentLifeSchema,
  incidentWork: incidentWorkSchema,
  incidentPolicy: incidentPolicySchema,
  reportedIncident: reportedSchema,
  incidentPhoto: photoSchema,
  warnings: warningsSchema,
  warning: warningSchema,
}
