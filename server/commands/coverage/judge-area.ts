/** Gathers what of an area was visited when, and judges it: what is overdue, what is done, how old it all is. */
import { createHash } from 'node:crypto'
import type { MultiLineString } from 'geojson'
import { judgeObligation, obligationJudge } from '../../core/obligations/judge-obligation.ts'
import type { AsOf, Obligation, Visit } from '../../core/obligations/values.ts'
import {
  defaultObligations,
  type ObligationPolicy,
  type ObligationRule,
  obligationPolicyOf,
  ruleFor,
  type SubjectKind,
} from '../../core/policy/obligation-policy.ts'
import { type GridLanes, laneGeometries, lanesOfGrid } from '../../core/trajectories/grid-lanes.ts'
import { layLanes, type Road } from '../../core/trajectories/lay-lanes.ts'
import { addDays, dayBounds, localDayOf } from '../../core/trajectories/local-day.ts'
import { prepareRows } from '../../core/trajectories/prepare-grid.ts'
import type { AreaGeometry } from '../../core/values.ts'
import type { AreaScope } from '../../db/areas.ts'
import {
  type CoveredGrid,
  findFirstDay,
  lanePasses,
  listCoveredGrids,
  listHouseholdVisits,
  listPlaceVisits,
  listPresence,
  type SubjectRow,
} from '../../db/coverage.ts'
import { listRoads, type StoredRoad } from '../../db/ground.ts'
import { findPolicy } from '../../db/policies.ts'
import type { Scoped } from '../../db/scoped.ts'
import { lately, type SeveralVisits, severalVisits } from './several-visits.ts'

/** A household, place or lane with what is asked of it. */
export interface JudgedSubject {
  readonly town: string
  readonly kind: Exclude<SubjectKind, 'grid'>
  readonly id: string
  readonly grid: string | null
  readonly name: string | null
  readonly isKey: boolean
  /** Of a household its categories, of a place its kind. */
  readonly categories: readonly string[]
  readonly longitude: number
  readonly latitude: number
  /** Of a lane. */
  readonly path: MultiLineString | null
  readonly metres: number | null
  readonly obligation: Obligation
}

export interface JudgedGrid {
  readonly town: string
  readonly code: string
  readonly name: string | null
  /** The round in it; without a rule for grids, the age alone. */
  readonly round: Obligation
}

export interface JudgedArea {
  readonly day: string
  readonly policy: ObligationPolicy
  readonly grids: readonly JudgedGrid[]
  readonly subjects: readonly JudgedSubject[]
}

/** The lanes of a town's grids, from before where neither streets nor boundaries changed: `content` tells. */
export type KeepLanes = (town: string, content: string, lay: () => GridLanesOf[]) => Promise<GridLanesOf[]>

export interface GridLanesOf {
  readonly grid: string
  readonly lanes: GridLanes
  /** By place in the lanes' ids. */
  readonly paths: readonly MultiLineString[]
}

/**
 * @param now epoch milliseconds: a day that still runs is not over.
 * @param keep remembers the lanes between calls; absent: they are laid anew.
 */
export async function judgeArea(
  db: Scoped,
  area: AreaScope,
  day: string,
  now: number,
  keep: KeepLanes = async (_town, _content, lay) => lay(),
): Promise<JudgedArea> {
  const stored = await findPolicy(db, area, 'obligation', day)
  const policy = stored ? obligationPolicyOf(stored.name, stored.rules) : defaultObligations
  const today = localDayOf(now)
  const asOf: AsOf = {
    day,
    until: today <= day ? today : addDays(day, 1),
    since: (await findFirstDay(db, area)) ?? day,
  }
  const grids = await listCoveredGrids(db, area, day)
  const households = await listHouseholdVisits(db, area, day)
  const places = await listPlaceVisits(db, area, day)
  const judge = judgeBy(policy, asOf, {
    household: await severalVisits(db, area, policy, 'household', asOf),
    place: await severalVisits(db, area, policy, 'place', asOf),
  })
  return {
    day,
    policy,
    grids: await judgeGrids(db, area, grids, policy, asOf),
    subjects: [
      ...households.map((row) => judge('household', row, null)),
      ...places.map((row) => judge('place', row, row.name)),
      ...(await judgeLanes(db, grids, policy, asOf, keep)),
    ],
  }
}

function judgeBy(
  policy: ObligationPolicy,
  asOf: AsOf,
  several: Readonly<Record<'household' | 'place', SeveralVisits | undefined>>,
): (kind: 'household' | 'place', row: SubjectRow, name: string | null) => JudgedSubject {
  const judges = new Map<ObligationRule | undefined, ReturnType<typeof obligationJudge>>()
  return (kind, row, name) => {
    const rule = ruleFor(policy, { kind, isKey: row.is_key, categories: row.categories })
    const judge = judges.get(rule) ?? obligationJudge(rule, asOf)
    judges.set(rule, judge)
    return {
      town: row.town_id,
      kind,
      id: row.subject_id,
      grid: row.grid_code,
      name,
      isKey: row.is_key,
      categories: row.categories,
      longitude: row.longitude,
      latitude: row.latitude,
      path: null,
      metres: null,
      obligation: judge(rule && rule.times > 1 ? allVisits(row, several[kind]) : lastVisits(row)),
    }
  }
}

/** The last of each kind tells all where one visit a period is asked for, which is so but for rounds. */
const lastVisits = (row: Pick<SubjectRow, 'last_passed' | 'last_visited'>): Visit[] => [
  ...(row.last_passed === null ? [] : [passOn(row.last_passed)]),
  ...(row.last_visited === null
    ? []
    : [{ from: row.last_visited, to: row.last_visited, evidence: 'visited' as const }]),
]

const allVisits = (row: SubjectRow, several: SeveralVisits | undefined): readonly Visit[] => {
  if (!several) return lastVisits(row)
  const since = dayBounds(several.from).from
  return [...several.of(row.town_id, row.subject_id), ...lastVisits(row).filter(({ from }) => from < since)]
}

const passOn = (day: string): Visit => {
  // As dayBounds has it, which checks what the database has checked before.
  const from = Date.parse(`${day}T00:00:00+08:00`)
  return { from, to: from, evidence: 'passed' }
}

async function judgeGrids(
  db: Scoped,
  area: AreaScope,
  grids: readonly CoveredGrid[],
  policy: ObligationPolicy,
  asOf: AsOf,
): Promise<JudgedGrid[]> {
  const rule = ruleFor(policy, { kind: 'grid', isKey: false })
  const rounds = new Map<string, Visit[]>()
  for (const { town_id, grid_code, presence } of rule
    ? await listPresence(db, area, lately(rule.per, asOf))
    : [])
    rounds.set(`${town_id} ${grid_code}`, [
      ...(rounds.get(`${town_id} ${grid_code}`) ?? []),
      ...presence.map(({ from, to }) => ({ from, to, evidence: 'visited' as const })),
    ])
  return grids.map((grid) => {
    const known = rounds.get(`${grid.town_id} ${grid.grid_code}`) ?? []
    const before = grid.last_passed === null ? [] : [passOn(grid.last_passed)]
    return {
      town: grid.town_id,
      code: grid.grid_code,
      name: grid.name,
      round: judgeObligation(rule && known.length > 0 ? known : before, rule, asOf),
    }
  })
}

async function judgeLanes(
  db: Scoped,
  grids: readonly CoveredGrid[],
  policy: ObligationPolicy,
  asOf: AsOf,
  keep: KeepLanes,
): Promise<JudgedSubject[]> {
  const judge = obligationJudge(ruleFor(policy, { kind: 'lane', isKey: false }), asOf)
  const judged: JudgedSubject[] = []
  for (const town of new Set(grids.map(({ town_id }) => town_id))) {
    const roads = await listRoads(db, town)
    const names = new Map(roads.map(({ id, name }) => [id, name]))
    const own = grids.filter(({ town_id }) => town_id === town)
    const laid = await keep(town, contentOf(roads, own), () => layGridLanes(roads, own))
    const asked = laid.flatMap(({ grid, lanes: { ids } }) => ids.map((lane) => ({ grid, lane })))
    const passes = await lanePasses(db, town, asked, asOf.day)
    for (const { grid, lanes, paths } of laid)
      for (const [place, id] of lanes.ids.entries()) {
        const day = passes.get(`${grid} ${id}`)
        judged.push({
          town,
          kind: 'lane',
          id,
          grid,
          name: names.get(roadOf(id)) ?? null,
          isKey: false,
          categories: [],
          ...middleOf(paths[place]!),
          path: paths[place]!,
          metres: lanes.metres[place]!,
          obligation: judge(day === undefined ? [] : [passOn(day)]),
        })
      }
  }
  return judged
}

function layGridLanes(roads: readonly Road[], grids: readonly CoveredGrid[]): GridLanesOf[] {
  const lanes = layLanes(roads)
  return grids.map(({ grid_code, boundary }) => {
    const own = lanesOfGrid(lanes, [prepareRows(JSON.parse(boundary) as AreaGeometry)])
    return { grid: grid_code, lanes: own, paths: laneGeometries(own) }
  })
}

function contentOf(roads: readonly StoredRoad[], grids: readonly CoveredGrid[]): string {
  const hash = createHash('sha256')
  for (const { id, class: word, text } of roads) hash.update(`${id} ${word} ${text}\n`)
  for (const { grid_code, boundary } of grids) hash.update(`${grid_code} ${boundary}\n`)
  return hash.digest('base64url')
}

const roadOf = (lane: string): string => lane.slice(0, lane.lastIndexOf('-'))

/** A vertex in the middle of a lane: its steps are alike. */
function middleOf({ coordinates }: MultiLineString): { longitude: number; latitude: number } {
  const vertices = coordinates.flat()
  const [longitude, latitude] = vertices[Math.floor(vertices.length / 2)] as [number, number]
  return { longitude, latitude }
}
