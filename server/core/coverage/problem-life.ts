/**
 * The life of a problem between runs of the check. A problem is open until somebody, with a name, a reason and a last day,
 * says that it may stay; it is open again when that day has come or its geometry is no longer the one excepted.
 */
import type { Geometry, Position } from 'geojson'
import { hashText } from './number-problems.ts'
import type { Problem, ProblemCode } from './report.ts'

/** That a problem may stay as it is for a while. */
export interface ProblemException {
  /** Id of the problem. */
  readonly problem: string
  readonly code: ProblemCode
  /** Codes of its grids, sorted as the problem has them. */
  readonly grids: readonly string[]
  /** `geometryFingerprint` of its geometry when it was excepted. */
  readonly fingerprint: string
  readonly author: string
  readonly reason: string
  /** First day, YYYY-MM-DD, on which it holds no more; null: until the geometry changes. */
  readonly expires: string | null
}

/** `reopened`: excepted once, but its geometry is another now. `gone`: excepted, and the problem is no longer there. */
export type ProblemStatus = 'open' | 'excepted' | 'expired' | 'reopened' | 'gone'

/** What of a problem decides about its life: a report's, or one that came over the wire. */
export type LivingProblem = Pick<Problem, 'id' | 'code' | 'grids' | 'geometry'>

export interface ProblemLife<Known extends LivingProblem = Problem> {
  readonly status: ProblemStatus
  /** Null when it is gone. */
  readonly problem: Known | null
  /** The exception that counts, or counted; null for a problem never excepted. */
  readonly exception: ProblemException | null
}

/** Positions are compared to a centimetre: what is nearer was rounded on its way through a file. */
const DECIMALS = 7

/** The same for the same geometry, wherever its rings begin and however its parts are ordered. */
export const geometryFingerprint = (geometry: Geometry | null): string =>
  geometry === null ? '' : hashText([...new Set(positionsOf(geometry).map(rounded))].toSorted().join(';'))

const rounded = ([x, y]: Position): string => `${x!.toFixed(DECIMALS)} ${y!.toFixed(DECIMALS)}`

function positionsOf(geometry: Geometry): Position[] {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap(positionsOf)
  const positions: Position[] = []
  const collect = (value: unknown): void => {
    if (!Array.isArray(value)) return
    if (typeof value[0] === 'number') positions.push(value as Position)
    else for (const one of value) collect(one)
  }
  collect(geometry.coordinates)
  return positions
}

/**
 * The status of every problem of a report, in its order, then the exceptions whose problem is gone. A problem whose centre
 * moved has a new id; it is known by its code and grids where no other problem has the exception's id.
 * @param today YYYY-MM-DD
 */
export function problemLives<Known extends LivingProblem>(
  problems: readonly Known[],
  exceptions: readonly ProblemException[],
  today: string,
): ProblemLife<Known>[] {
  const byId = new Map<string, ProblemException[]>()
  const byGrids = new Map<string, ProblemException[]>()
  const ids = new Set(problems.map(({ id }) => id))
  for (const exception of exceptions) {
    const isThere = ids.has(exception.problem)
    const map = isThere ? byId : byGrids
    const key = isThere ? exception.problem : keyOf(exception)
    map.set(key, [...(map.get(key) ?? []), exception])
  }
  const met = new Set<ProblemException>()
  const lives = problems.map((problem): ProblemLife<Known> => {
    const own = byId.get(problem.id) ?? byGrids.get(keyOf(problem)) ?? []
    for (const exception of own) met.add(exception)
    return lifeOf(problem, own, today)
  })
  const gone = exceptions.filter((exception) => !met.has(exception))
  return [
    ...lives,
    ...gone.map((exception): ProblemLife<Known> => ({ status: 'gone', problem: null, exception })),
  ]
}

const keyOf = ({ code, grids }: Pick<Problem, 'code' | 'grids'>): string => [code, ...grids].join('\u0001')

function lifeOf<Known extends LivingProblem>(
  problem: Known,
  own: readonly ProblemException[],
  today: string,
): ProblemLife<Known> {
  const fingerprint = geometryFingerprint(problem.geometry)
  const [latest] = own.toSorted(byExpiry)
  if (!latest) return { status: 'open', problem, exception: null }
  const [same] = own.filter((exception) => exception.fingerprint === fingerprint).toSorted(byExpiry)
  if (!same) return { status: 'reopened', problem, exception: latest }
  const isOver = same.expires !== null && same.expires <= today
  return { status: isOver ? 'expired' : 'excepted', problem, exception: same }
}

/** The one that lasts longest first. */
function byExpiry(a: ProblemException, b: ProblemException): number {
  const [p, q] = [a.expires ?? '9999-12-31', b.expires ?? '9999-12-31']
  return p < q ? 1 : p > q ? -1 : 0
}
