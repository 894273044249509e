/** A division drawn by hand becomes a plan on atoms. */
import type { MultiPolygon } from 'geojson'
import { halvesAround, pointInFace } from '../../coverage/arrangement.ts'
import { checkDivision } from '../../coverage/check-division.ts'
import { locator } from '../../coverage/locate.ts'
import { householdsOn } from '../../coverage/number-problems.ts'
import { polygonsWithin } from '../../coverage/outline.ts'
import { polygonsOf, ringTable } from '../../coverage/ring-table.ts'
import { areaSquareMetres } from '../../geometry/area-square-metres.ts'
import { distanceMetres } from '../../geometry/distance-metres.ts'
import type { AreaGeometry, HouseholdPoint } from '../../values.ts'
import type { AtomGraph, PlanGrid, PlanHousehold } from '../values.ts'
import { applyPatch } from './apply-patch.ts'
import { atomRecordOf } from './arc-changes.ts'
import { drawingOf } from './build-drawing.ts'
import { type AtomRecord, type Drawing, OUTSIDE } from './drawing.ts'
import { villagePolygons } from './grid-polygons.ts'
import { overlaid } from './overlay.ts'
import { type DrawnOver, drawOver, endsOf, withoutLinesBetween } from './overlay-lines.ts'

export interface DrawnGrid {
  readonly grid: PlanGrid
  readonly geometry: AreaGeometry
}

export interface ImportInput {
  readonly graph: AtomGraph
  readonly grids: readonly DrawnGrid[]
  readonly households: readonly PlanHousehold[]
  /**
   * A piece of an atom narrower than this (its area against half its outline) stays with the rest of the atom: the hand that drew the
   * line meant the street. Default 5, what digitising on a picture at 1:10,000 is good for.
   */
  readonly sliverWidthMetres?: number
}

/** A place where the imported polygons are not what the drawing has, and what was decided. */
export interface Residue {
  /**
   * `overlap`: several grids claimed it; it went to the one with most of the atom. `gap`: none did; unassigned, or, where it is a
   * sliver, with the rest of its atom. `sliver`: claimed by one grid, left with the rest of its atom. `other_village`: claimed by a
   * grid of another village only; unassigned. `outside`: on no atom; left out.
   */
  readonly kind: 'overlap' | 'gap' | 'sliver' | 'other_village' | 'outside'
  /** Codes of the grids that claimed it, sorted. */
  readonly grids: readonly string[]
  /** The grid it went to, or null. */
  readonly given: string | null
  readonly geometry: MultiPolygon
  readonly areaSquareMetres: number
  readonly households: number
}

/** What covers one face of the drawing. */
interface Claim {
  readonly face: number
  readonly atom: number
  readonly areaSquareMetres: number
  readonly widthMetres: number
  /** Grids of the atom's own village that cover it, and those of others; microgrids. Indices of the input. */
  readonly own: readonly number[]
  readonly foreign: readonly number[]
  readonly micro: readonly number[]
}

/**
 * The plan that comes nearest to a division drawn by hand. Boundaries off the streets cut atoms; boundaries that follow a street
 * within the sliver width take the street's line. The drawing is whole whatever the polygons were; what they
 * overlapped, left open or had too much is the residue. The order of the input does not show.
 * @returns the residue with what concerns most households first, then by area
 */
export function importDivision(input: ImportInput): { drawing: Drawing; residue: Residue[] } {
  const { graph, households, sliverWidthMetres = 5 } = input
  const grids = input.grids.toSorted((a, b) => (a.grid.code < b.grid.code ? -1 : 1))
  const base = drawingOf(
    graph,
    grids.map(({ grid }) => grid),
    graph.atoms.map(() => null),
    households,
  )
  const atoms = base.atoms.map((_, number) => number)
  const drawn = drawOver(
    base,
    atoms,
    grids.flatMap(({ geometry }) =>
      polygonsOf(geometry).flatMap((rings) => rings.map((ring) => ring.flatMap(([x, y]) => [x!, y!]))),
    ),
  )
  const claims = claimsOf(base, drawn, grids)
  const decided = decide(claims, grids)
  const given = absorbSlivers(drawn, claims, decided, sliverWidthMetres)
  const labels = drawn.atomOf.map(() => '')
  for (const { face } of claims.values())
    labels[face] = `${given.get(face)!.grid ?? ''}\n${given.get(face)!.micro ?? ''}`

  const over = withoutLinesBetween(base, atoms, drawn, labels)
  const { arcs, atoms: changed, faceOf } = overlaid(base, atoms, over)
  const records = new Map<number, AtomRecord>(changed)
  const homes = assignmentOf(drawn, given, over)
  for (const [number, face] of faceOf) {
    const record = records.get(number) ?? atomRecordOf(base.atoms[number]!)
    const { grid, micro } = homes(face)
    records.set(number, { ...record, grid, microgrid: micro })
  }
  const { drawing } = applyPatch(base, { type: 'patch', arcs, atoms: [...records], grids: [] })
  return {
    drawing,
    residue: [
      ...faceResidue(drawn, claims, decided, given, grids, households),
      ...outsideResidue(base, grids, households),
    ].toSorted(byWeight),
  }
}

function claimsOf(base: Drawing, drawn: DrawnOver, grids: readonly DrawnGrid[]): Map<number, Claim> {
  const locate = locator(ringTable(grids.map(({ geometry }) => geometry)))
  const claims = new Map<number, Claim>()
  for (const [face, atom] of drawn.atomOf.entries()) {
    if (atom === OUTSIDE) continue
    const { inside } = locate(...pointInFace(drawn.lines, drawn.faces, face))
    // Polygons of one code are one grid.
    const codeOf = (i: number): string => grids[i]!.grid.code
    const main = inside.filter(
      (i, k) =>
        grids[i]!.grid.kind !== 'microgrid' && inside.findIndex((other) => codeOf(other) === codeOf(i)) === k,
    )
    const { village } = base.atoms[atom]!
    const area = areaSquareMetres(groundOfFaces(drawn, [face]))
    let outlineMetres = 0
    for (const half of halvesAround(drawn.faces, face))
      outlineMetres += distanceMetres(...endsOf(drawn, half >> 1))
    claims.set(face, {
      face,
      atom,
      areaSquareMetres: area,
      widthMetres: (2 * area) / outlineMetres,
      own: main.filter((i) => grids[i]!.grid.village === village),
      foreign: main.filter((i) => grids[i]!.grid.village !== village),
      micro: inside.filter((i) => grids[i]!.grid.kind === 'microgrid'),
    })
  }
  return claims
}

const groundOfFaces = (drawn: DrawnOver, faces: readonly number[]): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: polygonsWithin(drawn, new Set(faces)),
})

interface Given {
  readonly grid: string | null
  readonly micro: string | null
}

/** Of several grids on one face, the one that has most of the atom; of several microgrids of that grid likewise. */
function decide(claims: ReadonlyMap<number, Claim>, grids: readonly DrawnGrid[]): Map<number, Given> {
  const share = new Map<string, number>()
  for (const { atom, areaSquareMetres: area, own, micro } of claims.values())
    for (const i of [...own, ...micro]) share.set(`${atom} ${i}`, (share.get(`${atom} ${i}`) ?? 0) + area)
  const most = (atom: number, candidates: readonly number[]): number | undefined =>
    candidates.toSorted((a, b) => share.get(`${atom} ${b}`)! - share.get(`${atom} ${a}`)! || a - b)[0]
  const decided = new Map<number, Given>()
  for (const { face, atom, own, micro } of claims.values()) {
    const winner = most(atom, own)
    const grid = winner === undefined ? null : grids[winner]!.grid.code
    const inner = most(
      atom,
      micro.filter((i) => grid !== null && grids[i]!.grid.parent === grid),
    )
    decided.set(face, { grid, micro: inner === undefined ? null : grids[inner]!.grid.code })
  }
  return decided
}

/** Narrow faces go with the larger face of their atom that they have the longest line in common with. */
function absorbSlivers(
  drawn: DrawnOver,
  claims: ReadonlyMap<number, Claim>,
  decided: ReadonlyMap<number, Given>,
  sliverWidthMetres: number,
): Map<number, Given> {
  const common = new Map<number, Map<number, number>>()
  const { faceOf } = drawn.faces
  for (const line of drawn.arcOf.keys()) {
    const pair = [faceOf[2 * line]!, faceOf[2 * line + 1]!] as const
    if (drawn.atomOf[pair[0]] !== drawn.atomOf[pair[1]]) continue
    const metres = distanceMetres(...endsOf(drawn, line))
    for (const [face, other] of [pair, pair.toReversed()] as [number, number][]) {
      const beside = common.get(face) ?? new Map<number, number>()
      common.set(face, beside.set(other, (beside.get(other) ?? 0) + metres))
    }
  }
  const given = new Map<number, Given>()
  // From large to small: what a sliver goes with is settled before.
  const order = [...claims.values()].toSorted(
    (p, q) => q.areaSquareMetres - p.areaSquareMetres || p.face - q.face,
  )
  for (const { face, widthMetres } of order) {
    const larger = [...(common.get(face) ?? [])].filter(([other]) => given.has(other))
    const [host] = larger.toSorted(([a, one], [b, two]) => two - one || a - b)
    given.set(face, host && widthMetres < sliverWidthMetres ? given.get(host[0])! : decided.get(face)!)
  }
  return given
}

/** The grids of faces after lines were dropped: of any face before that has a line with it in common. */
function assignmentOf(
  drawn: DrawnOver,
  given: ReadonlyMap<number, Given>,
  over: DrawnOver,
): (face: number) => Given {
  const before = new Map<string, number>()
  for (const line of drawn.arcOf.keys()) {
    const { from, to } = drawn.lines
    before.set(`${from[line]} ${to[line]}`, drawn.faces.faceOf[2 * line]!)
    before.set(`${to[line]} ${from[line]}`, drawn.faces.faceOf[2 * line + 1]!)
  }
  return (face) => {
    const half = over.faces.walks[face]![0]!
    const [a, b] = [over.lines.from[half >> 1]!, over.lines.to[half >> 1]!]
    return given.get(before.get((half & 1) === 0 ? `${a} ${b}` : `${b} ${a}`)!)!
  }
}

function faceResidue(
  drawn: DrawnOver,
  claims: ReadonlyMap<number, Claim>,
  decided: ReadonlyMap<number, Given>,
  given: ReadonlyMap<number, Given>,
  grids: readonly DrawnGrid[],
  households: readonly HouseholdPoint[],
): Residue[] {
  const wrong = new Map<number, Omit<Residue, 'geometry' | 'areaSquareMetres' | 'households'>>()
  for (const { face, own, foreign } of claims.values()) {
    const codes = [...own, ...foreign].map((i) => grids[i]!.grid.code).toSorted(byText)
    const result = given.get(face)!.grid
    const kind = kindOf(own.length, foreign.length, decided.get(face)!.grid === result)
    if (kind !== null) wrong.set(face, { kind, grids: codes, given: result })
  }
  return withFigures(
    placesOf(drawn, wrong).map((faces) => ({
      ...wrong.get(faces[0]!)!,
      geometry: groundOfFaces(drawn, faces),
    })),
    households,
  )
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Faces that are wrong in the same way and hang together. */
function placesOf(drawn: DrawnOver, wrong: ReadonlyMap<number, object>): number[][] {
  const { faceOf } = drawn.faces
  const keys = new Map([...wrong].map(([face, how]) => [face, JSON.stringify(how)]))
  const seen = new Set<number>()
  const places: number[][] = []
  for (const [start, key] of keys) {
    if (seen.has(start)) continue
    const place = new Set([start])
    for (const face of place) {
      seen.add(face)
      for (const half of halvesAround(drawn.faces, face)) {
        const across = faceOf[half ^ 1]!
        if (keys.get(across) === key) place.add(across)
      }
    }
    places.push([...place])
  }
  return places
}

function kindOf(own: number, foreign: number, asDecided: boolean): Residue['kind'] | null {
  if (own > 1) return 'overlap'
  if (own === 0) return foreign > 0 ? 'other_village' : 'gap'
  return asDecided ? null : 'sliver'
}

/** What the polygons have beyond all villages. */
function outsideResidue(
  base: Drawing,
  grids: readonly DrawnGrid[],
  households: readonly HouseholdPoint[],
): Residue[] {
  const within: MultiPolygon = {
    type: 'MultiPolygon',
    coordinates: [...villagePolygons(base).values()].flatMap((ground) =>
      ground.type === 'Polygon' ? [ground.coordinates] : ground.coordinates,
    ),
  }
  const main = grids.filter(({ grid }) => grid.kind !== 'microgrid')
  const { problems } = checkDivision({
    grids: main.map(({ grid, geometry }) => ({ code: grid.code, geometry })),
    within,
  })
  const outside = problems.flatMap((problem) =>
    problem.code === 'outside_area' && problem.geometry?.type === 'MultiPolygon'
      ? [{ kind: 'outside' as const, grids: problem.grids, given: null, geometry: problem.geometry }]
      : [],
  )
  return withFigures(outside, households)
}

function withFigures(
  found: readonly Omit<Residue, 'areaSquareMetres' | 'households'>[],
  households: readonly HouseholdPoint[],
): Residue[] {
  const counts = householdsOn(
    found.map(({ geometry }) => geometry),
    households,
  )
  return found.map((one, i) => ({
    ...one,
    areaSquareMetres: areaSquareMetres(one.geometry),
    households: counts[i]!,
  }))
}

/** What concerns most people first, then what is largest. */
const byWeight = (p: Residue, q: Residue): number =>
  q.households - p.households ||
  q.areaSquareMetres - p.areaSquareMetres ||
  byText(`${p.kind} ${p.grids.join()}`, `${q.kind} ${q.grids.join()}`)
