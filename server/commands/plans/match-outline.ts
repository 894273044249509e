/**
 * The lines a plan has in common with the grids of other villages. Where a new line ends on the plan's outline, the neighbour gets
 * a vertex; where a neighbour's does, the plan does: edges in common are the same edges for both, in every version there is or was.
 */
import { bbox } from '@turf/bbox'
import type { Position } from 'geojson'
import { vertexInserter } from '../../core/coverage/common-vertices.ts'
import type { AreaGeometry } from '../../core/values.ts'
import { toHexEwkb } from '../../db/ewkb.ts'
import { upsertRows } from '../../db/imports.ts'
import { type GridVersion, listVersionsAround } from '../../db/plan-enactment.ts'
import type { PlanRow } from '../../db/plans.ts'
import type { Scoped } from '../../db/scoped.ts'
import { groundOfPlan } from './plan-changes.ts'
import { asMultiPolygon, type PlannedDivision, type PlannedGrid } from './plan-grids.ts'

/** Some ten metres, in degrees: what rounding leaves beside the outline is found as well. */
const MARGIN_DEGREES = 1e-4

export interface OutlineMatch {
  /** The grids with their neighbours' vertices. */
  readonly written: readonly PlannedGrid[]
  /** Vertices that a grid of another village lacks. */
  readonly lacking: readonly Position[]
}

/** What has to be done on either side of the outline, from a moment on. Nothing for a whole town. */
export async function matchOutline(
  db: Scoped,
  plan: PlanRow,
  planned: Pick<PlannedDivision, 'within'>,
  written: readonly PlannedGrid[],
  from: number,
): Promise<OutlineMatch> {
  const { village } = groundOfPlan(plan)
  if (village === null) return { written, lacking: [] }
  const others = (await listVersionsAround(db, plan.town_id, boxAround(planned.within))).filter(
    (one) => one.village !== village && (one.to === null || one.to > from),
  )
  const insertTheirs = vertexInserter(others.flatMap(({ geometry }) => verticesOf(geometry)))
  const insertOurs = vertexInserter(verticesOf(planned.within))
  return {
    written: written.map((grid) => ({ ...grid, geometry: insertTheirs(grid.geometry).geometry })),
    lacking: others.flatMap(({ geometry }) => insertOurs(geometry).added),
  }
}

/**
 * Puts vertices into every version of a grid whose line they lie on, also into past ones and into the plan's own: on each day both
 * sides of a line have them. No ground moves, so no day has to be matched again.
 * @returns how many versions
 */
export async function insertVertices(
  db: Scoped,
  plan: PlanRow,
  planned: Pick<PlannedDivision, 'within'>,
  vertices: readonly Position[],
  now: number,
): Promise<number> {
  if (vertices.length === 0) return 0
  const insert = vertexInserter(vertices)
  const versions = await listVersionsAround(db, plan.town_id, boxAround(planned.within))
  const changed = versions.flatMap((version): GridVersion[] => {
    const { geometry, added } = insert(version.geometry)
    return added.length === 0 ? [] : [{ ...version, geometry }]
  })
  await upsertRows(
    db,
    'grids',
    changed.map((one) => ({
      town_id: plan.town_id,
      grid_code: one.code,
      valid_from: iso(one.from),
      valid_to: one.to === null ? null : iso(one.to),
      village_code: one.village,
      parent_code: one.parent,
      kind: one.kind,
      name: one.name,
      boundary: toHexEwkb(asMultiPolygon(one.geometry)),
      recorded_from: iso(now),
    })),
  )
  return changed.length
}

const verticesOf = (geometry: AreaGeometry): Position[] => asMultiPolygon(geometry).coordinates.flat(2)

function boxAround(geometry: AreaGeometry): [number, number, number, number] {
  const [west, south, east, north] = bbox(geometry)
  return [west - MARGIN_DEGREES, south - MARGIN_DEGREES, east + MARGIN_DEGREES, north + MARGIN_DEGREES]
}

const iso = (time: number): string => new Date(time).toISOString()
