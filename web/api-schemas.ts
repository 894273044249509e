/**
 * The schema of each answer the web reads. `api.ts` takes types from here and, in development and tests only, the schemas
 * themselves, so that a production bundle carries no validation library.
 */
import { areaDetailSchema, areasSchema } from '../server/contract/areas.ts'
import { checkReportSchema } from '../server/contract/check.ts'
import { problemDetailsSchema } from '../server/contract/errors.ts'
import { gridDetailSchema, gridsSchema } from '../server/contract/grids.ts'
import { jobSchema, jobsSchema } from '../server/contract/jobs.ts'
import { sessionSchema } from '../server/contract/session.ts'

export const schemas = {
  session: sessionSchema,
  areas: areasSchema,
  area: areaDetailSchema,
  grids: gridsSchema,
  grid: gridDetailSchema,
  check: checkReportSchema,
  checkedFiles: checkedFilesSchema,
  job: jobSchema,
  jobs: jobsSchema,
  problem: problemDetailsSchema,
}
