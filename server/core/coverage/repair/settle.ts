/** The grounds that problems are about, and what may become of each: the choices of which repairs are made. */
import type { MultiPolygon } from 'geojson'
import type { Layer } from '../check-layer.ts'
import { groundIndex } from '../judge-households.ts'
import type { Region } from '../regions.ts'
import type { Finding } from '../report.ts'
import { middleLine } from './middle-line.ts'
import { type Cut, type Redrawing, singleRedrawer } from './redraw.ts'
import type { RepairInput } from './values.ts'

/** One ground and its new owner; null: nobody's, taken from `from` alone. */
export interface Transfer {
  readonly faces: Iterable<number>
  readonly to: number | null
  readonly from: readonly number[]
  readonly areaSquareMetres: number
}

/** What an option does. */
export interface Deed {
  readonly transfers: readonly Transfer[]
  readonly cuts: readonly Cut[]
  readonly remade: readonly number[]
}

export const noDeed: Deed = { transfers: [], cuts: [], remade: [] }

/** A layer with what judging repairs needs of it. */
export interface Ground {
  readonly layer: Layer
  readonly input: RepairInput
  /** The pieces of grids that a finding about pieces is about. */
  readonly parts: ReadonlyMap<Finding, readonly Region[]>
  readonly isProtected: (owner: number) => boolean
  /** How one grid would look. */
  readonly redrawOne: ReturnType<typeof singleRedrawer>
  /** Indices of the households on a region. */
  readonly householdsOn: ReadonlyMap<Region, readonly number[]>
}

/** Prepares a layer: counts the households of every region once. */
export function groundOf(
  layer: Layer,
  input: RepairInput,
  parts: ReadonlyMap<Finding, readonly Region[]>,
): Ground {
  const locked = new Set(input.protectedGrids)
  const regions = [
    ...new Set(layer.findings.flatMap(({ finding }) => finding.regions ?? parts.get(finding) ?? [])),
  ]
  const householdsOn = new Map<Region, number[]>(regions.map((region) => [region, []]))
  if (input.households && regions.length > 0) {
    const regionsAt = groundIndex(
      regions.map((region): MultiPolygon => ({ type: 'MultiPolygon', coordinates: region.polygons })),
    )
    for (const [i, { longitude, latitude }] of input.households.entries())
      for (const r of regionsAt(longitude, latitude)) householdsOn.get(regions[r]!)!.push(i)
  }
  return {
    layer,
    input,
    parts,
    redrawOne: singleRedrawer(layer),
    isProtected: (owner) => locked.has(layer.grids[owner]?.code ?? ''),
    householdsOn,
  }
}

/** Grids that may have a region: those that cover it or, of open ground, those along it. Ascending. */
export const candidatesFor = ({ layer }: Ground, region: Region): number[] =>
  (region.kind === 'open' ? [...region.banks.keys()] : [...region.cover])
    .filter((owner) => owner !== layer.area)
    .toSorted((a, b) => a - b)

/** Length of the line that a region has in common with the rest of a candidate's ground. */
export function commonMetres(region: Region, owner: number): number {
  const bank = region.banks.get(owner)?.lengthMetres ?? 0
  // An owner of the region goes on across every line but its own.
  return region.kind === 'open' ? bank : 2 * region.lengthMetres - bank
}

/** The region to one owner. */
export const give = (region: Region, to: number): Transfer => ({
  faces: region.faces,
  to,
  from: region.cover.filter((owner) => owner !== to),
  areaSquareMetres: region.areaSquareMetres,
})

/** Ground outside the area taken from the grid that has it. */
export const clip = (region: Region): Transfer => ({
  faces: region.faces,
  to: null,
  from: region.cover,
  areaSquareMetres: region.areaSquareMetres,
})

/** Households on a region that would be in another grid, or in one at last, if `to` had it. */
export function movedHouseholds(
  { layer, householdsOn }: Ground,
  region: Region,
  to: number | null,
): number | null {
  const { placement } = layer
  if (!placement) return null
  return (householdsOn.get(region) ?? []).filter((i) => {
    const own = placement.grids[i]!
    return own.length !== 1 || own[0] !== to
  }).length
}

/** Both neighbours' shares of a region along its middle line; null where it has no such line. */
export function splitOf({ layer }: Ground, region: Region): { cut: Cut; pair: [number, number] } | null {
  if (region.faces.size !== 1) return null
  const { banks } = layer.arrangement
  const sides = [...region.banks]
    .filter(([owner]) => owner !== layer.area && (region.kind === 'open' || region.cover.includes(owner)))
    .toSorted(([a, p], [b, q]) => q.lengthMetres - p.lengthMetres || a - b)
    .slice(0, 2)
    .map(([owner]) => owner)
  const [a, b] = sides
  if (a === undefined || b === undefined || (region.kind !== 'open' && region.cover.length > 2)) return null
  const [face] = region.faces
  const cut = middleLine(layer, face!, (half) => {
    // Open ground is shared from the lines around it; where both have ground, each line ends the one and borders the other.
    const along = banks[region.kind === 'open' ? half ^ 1 : half]!.map(({ owner }) => owner)
    const own = sides.find((owner) => along.includes(owner))
    if (own === undefined || sides.every((owner) => along.includes(owner))) return null
    return region.kind === 'open' ? own : own === a ? b : a
  })
  return cut && { cut, pair: [a, b] }
}

/** How many more pieces a grid falls into when it loses some faces. */
export function newPieces(
  { layer, redrawOne }: Ground,
  owner: number,
  transfers: readonly Transfer[],
): number {
  const { grids, rings } = layer
  if (layer.broken.has(owner) || owner >= grids.length) return 0
  const after = redrawOne(owner, redrawingOf(layer, [{ ...noDeed, transfers }]))
  const pieces = after === null ? 0 : after.type === 'Polygon' ? 1 : after.coordinates.length
  return Math.max(0, pieces - (rings.ownerPart[owner + 1]! - rings.ownerPart[owner]!))
}

/** All deeds as one redrawing. Of two that claim a face the first has it; outside the area nobody has. */
export function redrawingOf({ arrangement }: Layer, deeds: readonly Deed[]): Redrawing {
  const cover = new Map<number, readonly number[]>()
  const cuts = new Map<number, Cut>()
  for (const deed of deeds) {
    for (const { faces, to } of deed.transfers)
      for (const face of faces) if (to !== null && !cover.has(face) && !cuts.has(face)) cover.set(face, [to])
    for (const cut of deed.cuts) if (!cover.has(cut.face) && !cuts.has(cut.face)) cuts.set(cut.face, cut)
  }
  for (const deed of deeds)
    for (const { faces, to, from } of deed.transfers)
      for (const face of faces) {
        if (to !== null) continue
        cuts.delete(face)
        const owners = cover.get(face) ?? arrangement.cover[face]!
        cover.set(
          face,
          owners.filter((owner) => !from.includes(owner)),
        )
      }
  return { cover, cuts: [...cuts.values()], remade: new Set(deeds.flatMap((deed) => deed.remade)) }
}
