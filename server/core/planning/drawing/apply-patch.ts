import { signedAreaOfVertices } from '../../geometry/area-square-metres.ts'
import type { PlanGrid } from '../values.ts'
import { pathLengthMetres } from './along-path.ts'
import { atomRecordOf, recordOf } from './arc-changes.ts'
import { withArcs } from './arc-index.ts'
import { type Arc, type AtomRecord, type Drawing, type DrawnAtom, OUTSIDE, type Patch } from './drawing.ts'
import type { Applied } from './edit.ts'
import { placeHouseholds } from './place-households.ts'
import { flatRing, pathsOf } from './ring-paths.ts'
import { settleGrids } from './settle-grids.ts'

/**
 * The only way a drawing changes. Puts the records of a patch in place and works out anew what depends on them: lengths, areas,
 * households of the atoms whose ground changed, figures of the grids concerned. Cost grows with what is touched, apart from
 * copying the tables' spines.
 */
export function applyPatch(drawing: Drawing, patch: Patch): Applied {
  const inverse: Patch = {
    type: 'patch',
    arcs: patch.arcs.map(([number]) => [number, mapped(drawing.arcs[number], recordOf)]),
    atoms: patch.atoms.map(([number]) => [number, mapped(drawing.atoms[number], atomRecordOf)]),
    grids: patch.grids.map(([code]) => [code, drawing.grids.get(code) ?? null]),
  }
  const { arcs, nodes, index } = putArcs(drawing, patch)
  const reshaped = reshapedAtoms(drawing, patch, arcs)
  const placed = putAtoms(drawing, patch, arcs, index, reshaped)
  const next: Drawing = { ...drawing, arcs, nodes, index, ...placed, grids: putGrids(drawing, patch) }
  return settleGrids(drawing, next, patch, inverse, reshaped)
}

type Settled = Pick<Drawing, 'atoms' | 'atomNumber' | 'unplaced'>

const mapped = <T, R>(value: T | null | undefined, record: (value: T) => R): R | null =>
  value ? record(value) : null

/** A copy with entries set; nulls at the end fall away, so that taking back an edit restores the numbering, too. */
function withEntries<T>(
  list: readonly (T | null)[],
  entries: readonly (readonly [number, T | null])[],
): (T | null)[] {
  const copy = list.slice()
  for (const [number, entry] of entries) {
    while (copy.length < number) copy.push(null)
    copy[number] = entry
  }
  while (copy.length > 0 && copy.at(-1) === null) copy.pop()
  return copy
}

function putArcs(drawing: Drawing, patch: Patch): Pick<Drawing, 'arcs' | 'nodes' | 'index'> {
  if (patch.arcs.length === 0) return drawing
  const entries = patch.arcs.map(([number, record]): [number, Arc | null] => [
    number,
    record && { ...record, lengthMetres: pathLengthMetres(record.path) },
  ])
  const before = entries.flatMap(([number]): [number, Arc][] => {
    const arc = drawing.arcs[number]
    return arc ? [[number, arc]] : []
  })
  const after = entries.filter((entry): entry is [number, Arc] => entry[1] !== null)
  const nodes = drawing.nodes.slice() as number[][]
  const changeEnds = (arc: number, node: number, half: number, come: boolean): void => {
    while (nodes.length <= node) nodes.push([])
    const others = nodes[node]!.filter((one) => one !== half)
    nodes[node] = come ? [...others, half].toSorted((a, b) => a - b) : others
  }
  for (const [number, arc] of before) {
    changeEnds(number, arc.from, 2 * number, false)
    changeEnds(number, arc.to, 2 * number + 1, false)
  }
  for (const [number, arc] of after) {
    changeEnds(number, arc.from, 2 * number, true)
    changeEnds(number, arc.to, 2 * number + 1, true)
  }
  while (nodes.length > 0 && nodes.at(-1)!.length === 0) nodes.pop()
  const paths = (list: readonly [number, Arc][]) =>
    list.map(([number, arc]): [number, readonly number[]] => [number, arc.path])
  return {
    arcs: withEntries(drawing.arcs, entries),
    nodes,
    index: withArcs(drawing.index, paths(before), paths(after)),
  }
}

/** Atoms whose ground may have changed: with other rings than before, or along an arc of another path. */
function reshapedAtoms(drawing: Drawing, patch: Patch, arcs: readonly (Arc | null)[]): ReadonlySet<number> {
  const found = new Set<number>()
  for (const [number] of patch.arcs) {
    const [before, after] = [drawing.arcs[number], arcs[number]]
    if (
      before &&
      after &&
      before.path === after.path &&
      before.left === after.left &&
      before.right === after.right
    )
      continue
    for (const arc of [before, after]) if (arc) found.add(arc.left).add(arc.right)
  }
  for (const [number, record] of patch.atoms)
    if (drawing.atoms[number]?.rings !== record?.rings) found.add(number)
  found.delete(OUTSIDE)
  return found
}

function putAtoms(
  drawing: Drawing,
  patch: Patch,
  arcs: readonly (Arc | null)[],
  index: Drawing['index'],
  reshaped: ReadonlySet<number>,
): Settled {
  const { households: table } = drawing
  const records = new Map<number, AtomRecord | null>(patch.atoms)
  for (const number of reshaped)
    if (!records.has(number)) records.set(number, mapped(drawing.atoms[number], atomRecordOf))
  const recordAt = withEntries<AtomRecord>(drawing.atoms, [...records])

  const waiting = [...drawing.unplaced]
  for (const number of reshaped) {
    const atom = drawing.atoms[number]
    if (atom) for (const household of atom.households) waiting.push(household)
  }
  waiting.sort((a, b) => a - b)
  const among = [...reshaped].filter((number) => recordAt[number]).toSorted((a, b) => a - b)
  const homes =
    among.length === 0 || waiting.length === 0
      ? new Int32Array(waiting.length).fill(-1)
      : placeHouseholds({ arcs, atoms: recordAt, index }, among, table, waiting)
  const own = new Map<number, number[]>(among.map((number) => [number, []]))
  const unplaced: number[] = []
  for (const [i, household] of waiting.entries()) (own.get(homes[i]!) ?? unplaced).push(household)

  const pathOf = pathsOf({ arcs })
  const entries = [...records].map(([number, record]): [number, DrawnAtom | null] => {
    const households = own.get(number)
    const before = drawing.atoms[number]
    if (!record) return [number, null]
    if (!households && before) return [number, { ...record, ...derivedOf(before) }]
    let [persons, mustVisit] = [0, 0]
    for (const household of households ?? []) {
      persons += table.persons[household]!
      mustVisit += table.mustVisit[household]!
    }
    let areaSquareMetres = 0
    for (const ring of record.rings) {
      areaSquareMetres += ringArea(flatRing(pathOf, ring))
    }
    return [number, { ...record, areaSquareMetres, households: households ?? [], persons, mustVisit }]
  })
  const atoms = withEntries(drawing.atoms, entries)
  const renumbered = patch.atoms.some(([number, record]) => drawing.atoms[number]?.id !== record?.id)
  const atomNumber = renumbered
    ? new Map(atoms.flatMap((atom, number): [string, number][] => (atom ? [[atom.id, number]] : [])))
    : drawing.atomNumber
  return { atoms, atomNumber, unplaced }
}

function ringArea(flat: readonly number[]): number {
  const count = flat.length / 2
  const longitudes = new Float64Array(count)
  const latitudes = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    longitudes[i] = flat[2 * i]!
    latitudes[i] = flat[2 * i + 1]!
  }
  return signedAreaOfVertices(longitudes, latitudes, 0, count)
}

const derivedOf = ({ areaSquareMetres, households, persons, mustVisit }: DrawnAtom) => ({
  areaSquareMetres,
  households,
  persons,
  mustVisit,
})

/** In the order of their codes. */
function putGrids(drawing: Drawing, patch: Patch): ReadonlyMap<string, PlanGrid> {
  if (patch.grids.length === 0) return drawing.grids
  const grids = new Map(drawing.grids)
  for (const [code, grid] of patch.grids) {
    if (grid) grids.set(code, grid)
    else grids.delete(code)
  }
  return new Map([...grids].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
