/** A small town made for the tests of drawings: wiggly atoms in villages side by side, one with an atom inside another. */
import type { Polygon, Position } from 'geojson'
import { applyEdit } from '../../../server/core/planning/drawing/apply-edit.ts'
import { drawingOf } from '../../../server/core/planning/drawing/build-drawing.ts'
import type { Drawing } from '../../../server/core/planning/drawing/drawing.ts'
import type { Applied, Edit, Refusal } from '../../../server/core/planning/drawing/edit.ts'
import type {
  Assignment,
  Atom,
  AtomGraph,
  PlanGrid,
  PlanHousehold,
} from '../../../server/core/planning/values.ts'
import { wigglyDivision } from '../coverage/wiggly-division.ts'

export interface TownOptions {
  readonly columns?: number
  readonly rows?: number
  readonly inner?: number
  readonly seed?: number
  readonly households?: number
  /** Atoms from west to east that one grid has. */
  readonly gridColumns?: number
  readonly villages?: 1 | 2
}

export interface Town {
  readonly graph: AtomGraph
  readonly grids: readonly PlanGrid[]
  readonly assignment: Assignment
  readonly households: readonly PlanHousehold[]
}

const west = 111.9
const south = 28.4
const step = 0.004

/** The western half is village v1, the eastern v2 (or all is v1). The first atom has a pond in its middle, an atom of its own. */
export function smallTown(options: TownOptions = {}): Town {
  const {
    columns = 6,
    rows = 4,
    inner = 3,
    seed = 5,
    households = 400,
    gridColumns = 2,
    villages = 2,
  } = options
  const cells = wigglyDivision({ columns, rows, inner, seed, west, south, step })
  const pond: Position[] = [
    [west + 0.4 * step, south + 0.4 * step],
    [west + 0.6 * step, south + 0.42 * step],
    [west + 0.55 * step, south + 0.6 * step],
    [west + 0.4 * step, south + 0.4 * step],
  ]
  const villageOf = (column: number): string => (column < columns / villages ? 'v1' : 'v2')
  const atomOf = (id: string, village: string, geometry: Polygon): Atom => ({
    id,
    village,
    geometry,
    site: null,
    group: null,
    households: 0,
    persons: 0,
    mustVisit: 0,
  })
  const name = (i: number): string => `a${String(i).padStart(4, '0')}`
  const atoms = cells.map((geometry, i) => {
    const coordinates = i === 0 ? [geometry.coordinates[0]!, pond.toReversed()] : geometry.coordinates
    return atomOf(name(i), villageOf(i % columns), { type: 'Polygon', coordinates })
  })
  atoms.push(atomOf('pond', 'v1', { type: 'Polygon', coordinates: [pond] }))
  const codeOf = (i: number): string => {
    const column = Math.floor((i % columns) / gridColumns)
    return `${villageOf(i % columns)}-${String(column).padStart(3, '0')}-${String(Math.floor(i / columns)).padStart(3, '0')}`
  }
  const assignment = [...cells.map((_, i) => codeOf(i)), codeOf(0)]
  const grids = [...new Set(assignment)].map(
    (code): PlanGrid => ({
      code,
      name: null,
      kind: 'ordinary',
      village: code.slice(0, 2),
      parent: null,
      locked: false,
    }),
  )
  return {
    graph: { atoms, borders: [] },
    grids,
    assignment,
    households: Array.from({ length: households }, (_, i) => ({
      id: `h${String(i).padStart(6, '0')}`,
      longitude: west + (((i * 7919) % households) / households) * columns * step,
      latitude: south + (((i * 104_729) % households) / households) * rows * step,
      persons: 1 + (i % 5),
      mustVisit: i % 7 === 0,
    })),
  }
}

export function drawTown(town: Town): Drawing {
  return drawingOf(town.graph, town.grids, town.assignment, town.households)
}

/** The edit made; throws when it was refused. */
export function made(drawing: Drawing, edit: Edit): Applied {
  const result = applyEdit(drawing, edit)
  if ('code' in result) throw new Error(`${edit.type}: ${result.code}`)
  return result
}

/** The refusal; throws when the edit was made. */
export function refused(drawing: Drawing, edit: Edit): Refusal {
  const result = applyEdit(drawing, edit)
  if (!('code' in result)) throw new Error(`${edit.type} was made`)
  return result
}
