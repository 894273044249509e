/** What is wrong with the grids of a drawing, all of them or those around an edit. */
import { bbox } from '@turf/bbox'
import {
  checkDivision,
  type DivisionGrid,
  type DivisionInput,
  type Problem,
} from '../../coverage/check-division.ts'
import type { HouseholdPoint } from '../../values.ts'
import type { Site } from '../values.ts'
import { arcsNear } from './arc-index.ts'
import { atomLeftOf, type Drawing, OUTSIDE } from './drawing.ts'
import { gridPolygons, groundOf } from './grid-polygons.ts'

/** The numbers a check goes by; see `DivisionInput`. */
export type CheckRules = Omit<DivisionInput, 'grids' | 'within' | 'households'>

/**
 * Every problem of a drawing, one village after another, as `checkDivision` finds them: overlaps and bare lines cannot be, gaps
 * are ground without a grid. A household in a gap is counted with the gap, not listed.
 */
export function checkDrawing(drawing: Drawing, rules: CheckRules = {}): Problem[] {
  const villages = new Map<string, number[]>()
  for (const [number, atom] of drawing.atoms.entries()) {
    if (!atom) continue
    const own = villages.get(atom.village)
    if (own) own.push(number)
    else villages.set(atom.village, [number])
  }
  return [...villages]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, atoms]) => checkWindow(drawing, atoms, rules))
}

/**
 * The problems of `checkDrawing` that name one of these grids, from looking at them and what is around them only: they replace those
 * known before that name one of them. Give the grids that the edit touched.
 */
export function checkEdit(drawing: Drawing, touched: readonly string[], rules: CheckRules = {}): Problem[] {
  const asked = new Set(touched.filter((code) => drawing.grids.has(code)))
  const main = new Set([...asked].map((code) => drawing.grids.get(code)!.parent ?? code))
  const ground = [...main].flatMap((code) => drawing.members.get(code) ?? [])
  const box = boxOfAtoms(drawing, ground)
  const near = (sites: readonly Site[]): Site[] => sites.filter((site) => boxesMeet(bbox(site.geometry), box))
  const villages = near(rules.villages ?? [])
  const window = windowAround(drawing, new Set([...main, ...gridsNear(drawing, villages)]))
  const byVillage = new Map<string, number[]>()
  for (const number of window) {
    const { village } = drawing.atoms[number]!
    byVillage.set(village, [...(byVillage.get(village) ?? []), number])
  }
  const here: CheckRules = { ...rules, villages, buildings: near(rules.buildings ?? []) }
  return [...byVillage]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, atoms]) => checkWindow(drawing, atoms, here))
    .filter((problem) => problem.grids.some((code) => asked.has(code)))
}

type Box = readonly number[]

const boxesMeet = (one: Box, two: Box): boolean =>
  one[0]! <= two[2]! && two[0]! <= one[2]! && one[1]! <= two[3]! && two[1]! <= one[3]!

function boxOfAtoms(drawing: Drawing, atoms: readonly number[]): Box {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const atom of atoms) {
    for (const half of drawing.atoms[atom]!.rings[0]!) {
      const { path } = drawing.arcs[half >> 1]!
      for (let i = 0; i < path.length; i += 2) {
        box[0] = Math.min(box[0], path[i]!)
        box[1] = Math.min(box[1], path[i + 1]!)
        box[2] = Math.max(box[2], path[i]!)
        box[3] = Math.max(box[3], path[i + 1]!)
      }
    }
  }
  return box
}

/** Grids with a line near one of the sites: all those that may have part of it. */
function gridsNear(drawing: Drawing, sites: readonly Site[]): Set<string> {
  const found = new Set<string>()
  for (const site of sites) {
    const [west, south, east, north] = bbox(site.geometry) as [number, number, number, number]
    for (const arc of arcsNear(drawing.index, west, south, east, north)) {
      const { left, right } = drawing.arcs[arc]!
      for (const atom of [drawing.atoms[left], drawing.atoms[right]]) if (atom?.grid) found.add(atom.grid)
    }
  }
  return found
}

/**
 * Atoms of some grids, of the ground without a grid that hangs together beside them (a gap is one problem, whole), and of all
 * grids next to either, each village by itself. Ascending.
 */
function windowAround(drawing: Drawing, grids: ReadonlySet<string>): number[] {
  const around = new Set<string>(grids)
  const open = new Set<number>()
  const waiting: number[] = []
  const lookAcross = (number: number): void => {
    const atom = drawing.atoms[number]!
    for (const half of atom.rings.flat()) {
      const across = atomLeftOf(drawing, half ^ 1)
      const other = across === OUTSIDE ? null : drawing.atoms[across]!
      if (!other || other.village !== atom.village) continue
      if (other.grid !== null) around.add(other.grid)
      else if (!open.has(across)) {
        open.add(across)
        waiting.push(across)
      }
    }
  }
  for (const code of grids) for (const number of drawing.members.get(code) ?? []) lookAcross(number)
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) lookAcross(number)
  const atoms = [...around].flatMap((code) => drawing.members.get(code) ?? [])
  return [...atoms, ...open].toSorted((a, b) => a - b)
}

/** Checks the grids that these atoms belong to against the atoms' ground. They have all atoms of each grid. */
function checkWindow(drawing: Drawing, atoms: readonly number[], rules: CheckRules): Problem[] {
  const codes = new Set<string>()
  const households: HouseholdPoint[] = []
  const { ids, longitudes, latitudes } = drawing.households
  for (const number of atoms) {
    const atom = drawing.atoms[number]!
    for (const code of [atom.grid, atom.microgrid]) if (code !== null) codes.add(code)
    for (const i of atom.households)
      households.push({ id: ids[i]!, longitude: longitudes[i]!, latitude: latitudes[i]! })
  }
  const grids = [...gridPolygons(drawing, codes)].map(([code, geometry]): DivisionGrid => {
    const { kind, parent } = drawing.grids.get(code)!
    return { code, geometry, codeDeclared: true, kind, ...(parent === null ? {} : { parent }) }
  })
  const report = checkDivision({ ...rules, grids, within: groundOf(drawing, atoms), households })
  return report.problems.filter((problem) => problem.household === undefined)
}
