/** The first drawing of a plan, from the ground of an area. Pure, and long for a town: it is run in a thread. */
import type { AtomNote } from '../../core/planning/atoms/input.ts'
import { makeAtoms } from '../../core/planning/atoms/make-atoms.ts'
import {
  barriersOfRoads,
  barriersOfWater,
  type RoadLine,
  type WaterBody,
} from '../../core/planning/barrier-rank.ts'
import { toJson } from '../../core/planning/drawing/drawing-json.ts'
import { type DrawnGrid, importDivision, type Residue } from '../../core/planning/drawing/import-division.ts'
import type { PlanHousehold, Site } from '../../core/planning/values.ts'
import type { AreaGeometry } from '../../core/values.ts'

export interface DrawInput {
  readonly villages: readonly { readonly code: string; readonly boundary: AreaGeometry }[]
  readonly roads: readonly RoadLine[]
  readonly water: readonly WaterBody[]
  readonly naturalVillages: readonly Site[]
  readonly buildings: readonly Site[]
  readonly households: readonly PlanHousehold[]
  /** The grids to begin with. The ground of dedicated ones is cut out of the atoms exactly. */
  readonly grids: readonly DrawnGrid[]
  /** Their lines are in force and stay where they are; else what follows a street takes the street's line. */
  readonly gridsHold: boolean
}

export interface Drawn {
  /** As `toJson` writes it. */
  readonly document: string
  readonly notes: readonly AtomNote[]
  /** Where the grids to begin with overlapped, left ground open or reached beyond it, and what became of that. */
  readonly residue: readonly Residue[]
}

export function drawPlan(input: DrawInput): Drawn {
  const { villages, naturalVillages, buildings, households, grids } = input
  const barriers = [...barriersOfRoads(input.roads), ...barriersOfWater(input.water)]
  const sites = grids
    .filter(({ grid }) => grid.kind === 'dedicated')
    .map(({ grid: { code: id, name }, geometry }) => ({ id, name, geometry }))
  const held = input.gridsHold ? grids.map(({ geometry }) => geometry) : []
  const ground = { villages, barriers, sites, naturalVillages, buildings, households, held }
  const { graph, notes } = makeAtoms(ground)
  const { drawing, residue } = importDivision({ graph, grids, households })
  return { document: toJson(drawing), notes, residue }
}
