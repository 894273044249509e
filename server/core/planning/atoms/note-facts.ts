/** What is worth telling about the input and about what was decided; the words are in `notes`. */
import { bbox } from '@turf/bbox'
import type { Geometry } from 'geojson'
import { checkDivision } from '../../coverage/check-division.ts'
import { flawMessage } from '../../coverage/messages.ts'
import { origin } from '../../coverage/trace-faces.ts'
import { polygonFlaws } from '../../geometry/polygon-flaws.ts'
import type { AreaGeometry, LngLat, Message } from '../../values.ts'
import type { AtomGraph, Barrier, PlanHousehold, Site } from '../values.ts'
import type { CutBuildings } from './buildings.ts'
import { type Claims, eachSide, homeOf } from './cells.ts'
import type { Fabric } from './fabric.ts'
import type { Group } from './group-atoms.ts'
import type { AtomNote, AtomNoteCode, AtomOptions, PlanVillage } from './input.ts'
import type { Merge } from './merge-slivers.ts'
import { noteOf } from './notes.ts'
import type { CutOff } from './open-cut-off.ts'
import type { Placed } from './place-households.ts'
import { isPlace } from './segments.ts'

/** The input, each list in an order that does not depend on how it was given; households as they were given. */
export interface SortedInput {
  readonly villages: readonly PlanVillage[]
  readonly villageCodes: readonly string[]
  /** Of villages, sites and natural villages, numbered in this order. */
  readonly outlines: readonly { readonly owner: number; readonly geometry: AreaGeometry }[]
  readonly sites: readonly Site[]
  readonly naturals: readonly Site[]
  readonly buildings: readonly Site[]
  readonly barriers: readonly Barrier[]
  readonly households: readonly PlanHousehold[]
}

/** What was decided. */
export interface Outcome {
  readonly fabric: Fabric
  readonly claims: Claims
  readonly placed: Placed
  /** Of each cell. */
  readonly atomOf: Int32Array
  readonly merges: readonly Merge[]
  readonly cutOff: readonly CutOff[]
  readonly groups: readonly Group[]
  readonly cutsBuilding: CutBuildings
  readonly graph: AtomGraph
  readonly options: AtomOptions
}

/** Less is the rounding of a drawing. */
const WORTH_TELLING_SQUARE_METRES = 1

const disagreements = ['overlap', 'gap', 'hole', 'inlet', 'duplicate', 'unmatched_edge']

/** Flawed outlines, lines without extent, and where villages do not fit together. */
export function noteInput({ villages, sites, naturals, barriers }: SortedInput): AtomNote[] {
  const areas = [
    ...villages.map(({ code, boundary }) => ({ id: code, geometry: boundary })),
    ...[...sites, ...naturals],
  ]
  const notes = areas.flatMap(({ id, geometry }) => {
    const [flaw] = polygonFlaws(geometry)
    if (!flaw) return []
    const place: LngLat = [flaw.longitude, flaw.latitude]
    const facts = { ids: [id], detail: flawMessage(flaw), place: isPlace(place) ? place : null }
    return [noteOf('geometry_flawed', facts)]
  })
  for (const { id, path } of barriers) {
    const places = path.filter(isPlace)
    const hasExtent = places.some((p) => p[0] !== places[0]![0] || p[1] !== places[0]![1])
    if (!hasExtent) notes.push(noteOf('barrier_unusable', { ids: [id], place: places[0] }))
  }
  if (villages.length < 2) return notes
  const grids = villages.map(({ code, boundary }) => ({ code, geometry: boundary }))
  for (const { code, grids: ids, message, geometry, areaSquareMetres } of checkDivision({ grids }).problems) {
    if (!disagreements.includes(code)) continue
    const area = areaSquareMetres === null ? {} : { areaSquareMetres }
    notes.push(noteOf('villages_disagree', { ids, detail: message, place: middleOf(geometry), ...area }))
  }
  return notes
}

function middleOf(geometry: Geometry | null): LngLat | null {
  if (!geometry) return null
  const [west, south, east, north] = bbox(geometry)
  const middle: LngLat = [(west + east) / 2, (south + north) / 2]
  return isPlace(middle) ? middle : null
}

export function noteOutcome(sorted: SortedInput, outcome: Outcome): AtomNote[] {
  return [
    ...noteLengthened(sorted, outcome),
    ...noteSites(sorted, outcome),
    ...noteBuildings(sorted, outcome),
    ...noteMerges(outcome),
    ...noteCutOff(outcome),
    ...noteGroups(sorted, outcome),
    ...noteHouseholds(sorted, outcome),
    ...noteUndivided(sorted, outcome.graph),
  ]
}

function noteLengthened({ barriers }: SortedInput, { fabric }: Outcome): AtomNote[] {
  const ids = [...new Set(fabric.lengthened.map((i) => barriers[i]!.id))].sort()
  return ids.length === 0 ? [] : [noteOf('barrier_lengthened', { ids })]
}

function noteSites({ sites, naturals, villageCodes }: SortedInput, { claims }: Outcome): AtomNote[] {
  const notes: AtomNote[] = []
  const taken = new Set(claims.rivals.map(({ other }) => other))
  for (const [i, { id, geometry }] of sites.entries()) {
    const areas = claims.siteAreas[i]!
    const home = homeOf(areas)
    const place = middleOf(geometry)
    // One that other sites cover altogether is told as an overlap.
    if (home === -1 && !taken.has(villageCodes.length + i))
      notes.push(noteOf('site_outside', { ids: [id], place }))
    if (home === -1) continue
    const outside = [...areas].reduce((sum, [village, area]) => sum + (village === home ? 0 : area), 0)
    if (outside < WORTH_TELLING_SQUARE_METRES) continue
    notes.push(noteOf('site_clipped', { ids: [id, villageCodes[home]!], place, areaSquareMetres: outside }))
  }
  const claimants = [...sites, ...naturals]
  for (const { first, other, areaSquareMetres } of claims.rivals) {
    if (areaSquareMetres < WORTH_TELLING_SQUARE_METRES) continue
    const [one, two] = [claimants[first - villageCodes.length]!, claimants[other - villageCodes.length]!]
    const code = first < villageCodes.length + sites.length ? 'sites_overlap' : 'natural_villages_overlap'
    notes.push(noteOf(code, { ids: [one.id, two.id], place: middleOf(two.geometry), areaSquareMetres }))
  }
  return notes
}

/** Buildings that a line between atoms runs through. */
function noteBuildings({ buildings, barriers }: SortedInput, outcome: Outcome): AtomNote[] {
  const { fabric, claims, atomOf, graph } = outcome
  const cuts = new Map<number, { readonly atoms: Set<number>; readonly by: Map<string, Message> }>()
  for (let line = 0; line < fabric.lines.from.length; line++) {
    const atoms: number[] = []
    eachSide(fabric, claims.cells, line, (left, right) => {
      for (const cell of [left, right]) if (cell !== -1) atoms.push(atomOf[cell]!)
    })
    if (new Set(atoms).size < 2) continue
    const barrier = barriers[fabric.barrier[line]!]
    for (const building of outcome.cutsBuilding(line)) {
      const cut = cuts.get(building) ?? { atoms: new Set(), by: new Map() }
      for (const atom of atoms) cut.atoms.add(atom)
      const by = {
        zh: barrier ? `界线 ${barrier.name ?? barrier.id}` : '村界或场所边界',
        en: barrier ? (barrier.name ?? barrier.id) : 'the outline of a village or site',
      }
      cut.by.set(by.en, by)
      cuts.set(building, cut)
    }
  }
  return [...cuts].map(([building, { atoms, by }]) => {
    const { id, geometry } = buildings[building]!
    const ids = [...atoms].sort((p, q) => p - q).map((atom) => graph.atoms[atom]!.id)
    const reasons = [...by.values()].sort((p, q) => (p.en < q.en ? -1 : 1))
    const detail = { zh: reasons.map(({ zh }) => zh).join('、'), en: reasons.map(({ en }) => en).join(', ') }
    return noteOf('building_cut', { ids: [id, ...ids], place: middleOf(geometry), detail })
  })
}

function noteMerges({ fabric, claims, atomOf, merges, graph }: Outcome): AtomNote[] {
  return merges.map(({ block, into, areaSquareMetres, households }) => {
    const vertex = origin(fabric.lines, fabric.faces.walks[claims.cells.face[block]!]![0]!)
    return noteOf(into === -1 ? 'sliver_kept' : 'sliver_merged', {
      // A block is named by one of its cells.
      ids: [graph.atoms[atomOf[into === -1 ? block : into]!]!.id],
      place: [fabric.lines.x[vertex]!, fabric.lines.y[vertex]!],
      areaSquareMetres,
      households,
    })
  })
}

function noteCutOff({ cutOff, graph }: Outcome): AtomNote[] {
  return cutOff.map(({ atom, openedTo, households }) => {
    const ids = [atom, ...(openedTo === -1 ? [] : [openedTo])].map((i) => graph.atoms[i]!.id)
    const place = middleOf(graph.atoms[atom]!.geometry)
    return noteOf(openedTo === -1 ? 'cut_off' : 'cut_off_joined', { ids, place, households })
  })
}

function noteGroups({ naturals, villageCodes }: SortedInput, { groups, options }: Outcome): AtomNote[] {
  const notes: AtomNote[] = []
  for (const [natural, { id, geometry }] of naturals.entries()) {
    const own = groups.filter((group) => group.natural === natural)
    const place = middleOf(geometry)
    const villages = [...new Set(own.map(({ village }) => village))]
    if (villages.length > 1)
      notes.push(
        noteOf('group_across_villages', { ids: [id, ...villages.map((v) => villageCodes[v]!)], place }),
      )
    for (const village of villages) {
      const pieces = own.filter((group) => group.village === village).map((group) => group.id)
      if (pieces.length > 1) notes.push(noteOf('group_apart', { ids: pieces, place }))
    }
    for (const { id: group, households } of own)
      if (households > options.mostGroupHouseholds)
        notes.push(noteOf('group_too_large', { ids: [group], place, households }))
  }
  return notes
}

function noteHouseholds({ households }: SortedInput, { placed, atomOf }: Outcome): AtomNote[] {
  const lists: readonly (readonly [AtomNoteCode, readonly number[]])[] = [
    ['household_at_zero', astray(placed, 'zero')],
    ['household_doubled', astray(placed, 'doubled')],
    ['household_outside', astray(placed, 'outside')],
    [
      'household_on_line',
      placed.cellsAt.flatMap((at, i) => (new Set(at.map((cell) => atomOf[cell]!)).size > 1 ? [i] : [])),
    ],
  ]
  return lists.flatMap(([code, list]) => {
    if (list.length === 0) return []
    const ids = [...new Set(list.map((i) => households[i]!.id))].sort()
    const [place = null] = list
      .filter((i) => households[i]!.id === ids[0])
      .map((i): LngLat => [households[i]!.longitude, households[i]!.latitude])
      .filter(isPlace)
      .sort((p, q) => p[0] - q[0] || p[1] - q[1])
    return [noteOf(code, { ids, place, households: list.length })]
  })
}

const astray = (placed: Placed, why: Placed['astray'][number]['why']): number[] =>
  placed.astray.filter((one) => one.why === why).map(({ household }) => household)

/** Villages that no barrier divides. */
function noteUndivided({ villages, villageCodes }: SortedInput, { atoms, borders }: AtomGraph): AtomNote[] {
  const villageOf = (atom: number): string => atoms[atom]!.village
  const divided = new Set(
    borders.flatMap(({ a, b, rank }) =>
      rank !== null && villageOf(a) === villageOf(b) ? [villageOf(a)] : [],
    ),
  )
  const covered = new Set(atoms.map(({ village }) => village))
  return villageCodes.flatMap((code) => {
    if (divided.has(code) || !covered.has(code)) return []
    const boundary = villages.find((village) => village.code === code)!.boundary
    return [noteOf('village_without_barriers', { ids: [code], place: middleOf(boundary) })]
  })
}
