/** Accepting a problem of a plan or of the division in force: somebody's name, a reason, a last day. */
import { geometryFingerprint } from '../../core/coverage/problem-life.ts'
import type { Problem } from '../../core/coverage/report.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import { type ExceptionRow, insertException, liftException } from '../../db/exceptions.ts'
import type { Scoped } from '../../db/scoped.ts'
import { AppError, notFound } from '../../errors.ts'
import { requireViewer } from '../authority.ts'
import { requireRight } from './plan-authority.ts'

export interface AcceptRequest {
  readonly town: string
  readonly area: string
  /** Id of the problem. */
  readonly problem: string
  readonly reason: string
  /** First day on which it no longer holds; null: until it is lifted or the geometry changes. */
  readonly expiresOn: string | null
  readonly now: number
}

/**
 * @param problems what the check finds now: what is accepted is the problem as it is, not as somebody describes it
 * @throws AppError `forbidden`, `not_found` when the check does not find it, `bad_request` for a last day that is past
 */
export async function acceptProblem(
  db: Scoped,
  problems: readonly Problem[],
  { town, area, problem: id, reason, expiresOn, now }: AcceptRequest,
): Promise<ExceptionRow> {
  const viewer = requireViewer(db)
  requireRight(viewer, 'remark')
  const problem = problems.find((one) => one.id === id)
  if (!problem) throw notFound({ zh: `问题 ${id}`, en: `Problem ${id}` })
  if (expiresOn !== null && expiresOn <= localDayOf(now))
    throw new AppError('bad_request', {
      zh: `例外的到期日 ${expiresOn} 须晚于今天`,
      en: `an exception expires after today, not on ${expiresOn}`,
    })
  const exception: ExceptionRow = {
    area_code: area,
    problem_id: id,
    code: problem.code,
    grids: problem.grids,
    fingerprint: geometryFingerprint(problem.geometry),
    reason,
    expires_on: expiresOn,
    author: viewer.name,
    made_at: now,
  }
  await insertException(db, town, exception)
  return exception
}

/** @throws AppError `forbidden`, `not_found` when the problem has no exception in this area */
export async function liftProblem(
  db: Scoped,
  { town, area, problem, now }: Pick<AcceptRequest, 'town' | 'area' | 'problem' | 'now'>,
): Promise<void> {
  const viewer = requireViewer(db)
  requireRight(viewer, 'remark')
  if (!(await liftException(db, town, area, problem, viewer.name, now)))
    throw notFound({ zh: `问题 ${problem} 的例外`, en: `An exception for problem ${problem}` })
}
