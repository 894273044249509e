/** What somebody said of the problems of a report; pure. */
import type { Geometry } from 'geojson'
import type { CheckProblem } from '../../../../server/contract/check.ts'
import type { ProblemException } from '../../../../server/contract/exceptions.ts'
import { type ProblemStatus, problemLives } from '../../../../server/core/coverage/problem-life.ts'

export interface Life {
  readonly status: ProblemStatus
  /** The exception that counts, or counted; null for a problem that was never accepted. */
  readonly exception: ProblemException | null
}

/** Problem → its life, by id. @param today YYYY-MM-DD */
export function livesOf(
  problems: readonly CheckProblem[],
  exceptions: readonly ProblemException[],
  today: string,
): ReadonlyMap<string, Life> {
  if (exceptions.length === 0) return new Map()
  const known = exceptions.map((wire) => ({ ...wire, expires: wire.expires_on, wire }))
  const living = problems.map(({ id, code, grids, geometry }) => ({
    id,
    code,
    grids,
    geometry: geometry as Geometry | null,
  }))
  const wires = new Map(known.map((one) => [one as object, one.wire]))
  return new Map(
    problemLives(living, known, today).flatMap(({ problem, status, exception }): [string, Life][] =>
      problem === null
        ? []
        : [[problem.id, { status, exception: (exception && wires.get(exception)) ?? null }]],
    ),
  )
}

export const isExcepted = (lives: ReadonlyMap<string, Life>, { id }: Pick<CheckProblem, 'id'>): boolean =>
  lives.get(id)?.status === 'excepted'
