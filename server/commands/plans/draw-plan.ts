/** The first drawing of a plan, from the ground of an area. Pure, and long for a town: it is run in a thread. */
import type { AtomNote } from '../../core/planning/atoms/input.ts'
import { makeAtoms } from '../../core/planning/atoms/make-atoms.ts'
import {
  barriersOfRoads,
  barriersOfWater,
  type RoadLine,
  type WaterBody,
} from '../../core/planning/barrier-rank.ts'
import { drawingOf } from '../../core/planning/drawing/build-drawing.ts'
import { toJson } from '../../core/planning/drawing/drawing-json.ts'
import type { PlanGrid, PlanHousehold, Site } from '../../core/planning/values.ts'
import type { AreaGeometry } from '../../core/values.ts'

export interface DrawInput {
  readonly villages: readonly { readonly code: string; readonly boundary: AreaGeometry }[]
  readonly roads: readonly RoadLine[]
  readonly water: readonly WaterBody[]
  /** Dedicated grids, whose ground is cut out exactly; their id is their code. */
  readonly sites: readonly Site[]
  readonly naturalVillages: readonly Site[]
  readonly buildings: readonly Site[]
  readonly households: readonly PlanHousehold[]
}

export interface Drawn {
  /** As `toJson` writes it. */
  readonly document: string
  readonly notes: readonly AtomNote[]
}

/** A drawing in which only the dedicated grids have their ground; all other ground is still to be assigned. */
export function drawPlan(input: DrawInput): Drawn {
  const { villages, sites, naturalVillages, buildings, households } = input
  const barriers = [...barriersOfRoads(input.roads), ...barriersOfWater(input.water)]
  const { graph, notes } = makeAtoms({ villages, barriers, sites, naturalVillages, buildings, households })
  const names = new Map(sites.map((site) => [site.id, site.name]))
  const dedicated = new Map<string, PlanGrid>()
  for (const { site, village } of graph.atoms)
    if (site !== null && !dedicated.has(site))
      dedicated.set(site, {
        code: site,
        name: names.get(site) ?? null,
        kind: 'dedicated',
        village,
        parent: null,
        locked: false,
      })
  const assignment = graph.atoms.map((atom) => atom.site)
  return { document: toJson(drawingOf(graph, [...dedicated.values()], assignment, households)), notes }
}
