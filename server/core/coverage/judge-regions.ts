import type { MultiLineString, MultiPolygon, Position } from 'geojson'
import { distanceMetres } from '../geometry/distance-metres.ts'
import type { Arrangement, Bank } from './arrangement.ts'
import { chainLines } from './chain-lines.ts'
import { type Region, regionsOf } from './regions.ts'
import { origin, twin } from './trace-faces.ts'

/** What the edges say: a problem in terms of owners, or an opening that may be meant. */
export interface RegionFinding {
  readonly code:
    | 'duplicate'
    | 'overlap'
    | 'gap'
    | 'hole'
    | 'inlet'
    | 'outside_area'
    | 'unmatched_edge'
    | 'enclave'
  /** Grids concerned, ascending. */
  readonly owners: readonly number[]
  readonly areaSquareMetres: number
  readonly widthMetres: number
  readonly lengthMetres: number
  readonly geometry: MultiPolygon | MultiLineString
  /** The ground itself, where the geometry is its line only. */
  readonly ground: MultiPolygon
  readonly places: number
  readonly regions: readonly Region[]
  /** An unmatched edge between a grid and the area. */
  readonly withArea: boolean
}

export interface RegionRules {
  /** The owner that is the area, or -1. */
  readonly area: number
  readonly toleranceMetres: number
  readonly gapWidthMetres: number
  /** Area of each grid. */
  readonly gridAreas: readonly number[]
}

/** Part of the two grids' ground that duplicates may lack and still be the same. */
const DUPLICATE_SLACK = 1e-6

/**
 * Turns regions into findings. Narrower than the tolerance: part of an unmatched edge, one for each pair of neighbours. Wider:
 * overlaps, one for each set of grids; open ground and ground outside, one for each place.
 */
export function judgeRegions(
  arrangement: Arrangement,
  rules: RegionRules,
): { findings: RegionFinding[]; regions: Region[] } {
  const regions = regionsOf(arrangement, rules.area)
  const seams = new Seams(rules.area)
  seams.addUnsharedVertices(arrangement)
  const findings: RegionFinding[] = []
  const overlaps = new Map<string, Region[]>()
  for (const region of regions) {
    if (region.widthMetres < rules.toleranceMetres) seams.addRegion(region)
    else if (region.kind === 'overlap') {
      const key = region.cover.join()
      overlaps.set(key, [...(overlaps.get(key) ?? []), region])
    } else findings.push(placeFinding(region, rules))
  }
  const isDuplicate = duplicateTest(regions, rules.gridAreas)
  for (const same of overlaps.values()) {
    const [first] = same
    findings.push({
      ...figures(same),
      code: isDuplicate(first!.cover) ? 'duplicate' : 'overlap',
      owners: first!.cover,
      withArea: false,
    })
  }
  return { findings: [...findings, ...seams.findings()], regions }
}

function placeFinding(region: Region, rules: RegionRules): RegionFinding {
  const touching = [...region.banks.keys()].filter((owner) => owner !== rules.area).toSorted((a, b) => a - b)
  const rest = { ...figures([region]), withArea: false }
  if (region.kind === 'outside') return { ...rest, code: 'outside_area', owners: region.cover }
  if (region.banks.has(rules.area)) return { ...rest, code: 'inlet', owners: touching }
  if (rules.area < 0 && region.widthMetres > rules.gapWidthMetres)
    return { ...rest, code: 'enclave', owners: touching }
  return { ...rest, code: touching.length > 1 ? 'gap' : 'hole', owners: touching }
}

function figures(
  regions: readonly Region[],
): Pick<
  RegionFinding,
  'areaSquareMetres' | 'widthMetres' | 'lengthMetres' | 'geometry' | 'ground' | 'places' | 'regions'
> {
  const ground: MultiPolygon = { type: 'MultiPolygon', coordinates: regions.flatMap((r) => r.polygons) }
  return {
    areaSquareMetres: regions.reduce((sum, r) => sum + r.areaSquareMetres, 0),
    widthMetres: regions.reduce((most, r) => Math.max(most, r.widthMetres), 0),
    lengthMetres: regions.reduce((sum, r) => sum + r.lengthMetres, 0),
    geometry: ground,
    ground,
    places: regions.length,
    regions,
  }
}

/** True for grids each two of which share all of their ground. */
function duplicateTest(
  regions: readonly Region[],
  gridAreas: readonly number[],
): (grids: readonly number[]) => boolean {
  const shared = new Map<string, number>()
  for (const region of regions) {
    if (region.kind !== 'overlap') continue
    for (const [i, a] of region.cover.entries())
      for (const b of region.cover.slice(i + 1))
        shared.set(`${a} ${b}`, (shared.get(`${a} ${b}`) ?? 0) + region.areaSquareMetres)
  }
  return (grids) =>
    grids.every((a, i) =>
      grids
        .slice(i + 1)
        .every(
          (b) =>
            (shared.get(`${a} ${b}`) ?? 0) >= (1 - DUPLICATE_SLACK) * Math.max(gridAreas[a]!, gridAreas[b]!),
        ),
    )
}

/** The two vertices of each edge drawn: those that an odd number of its pieces have. */
function endsOfEdges({ lines, banks }: Pick<Arrangement, 'lines' | 'banks'>): Map<number, Set<number>> {
  const ends = new Map<number, Set<number>>()
  for (let line = 0; line < lines.from.length; line++)
    for (const edge of new Set([...banks[2 * line]!, ...banks[2 * line + 1]!].map((bank) => bank.edge))) {
      const own = ends.get(edge) ?? new Set()
      ends.set(edge, own)
      for (const v of [lines.from[line]!, lines.to[line]!]) if (!own.delete(v)) own.add(v)
    }
  return ends
}

interface Seam {
  areaSquareMetres: number
  widthMetres: number
  lengthMetres: number
  places: number
  readonly lines: (readonly [Position, Position])[]
  readonly ground: Position[][][]
  readonly regions: Region[]
}

/** Edges that two neighbours, or a grid and the area, draw differently on what should be one line. */
class Seams {
  readonly #area: number
  readonly #byPair = new Map<string, Seam>()

  constructor(area: number) {
    this.#area = area
  }

  #seam(a: number, b: number): Seam {
    const key = `${Math.min(a, b)} ${Math.max(a, b)}`
    let seam = this.#byPair.get(key)
    if (!seam) {
      seam = {
        areaSquareMetres: 0,
        widthMetres: 0,
        lengthMetres: 0,
        places: 0,
        lines: [],
        ground: [],
        regions: [],
      }
      this.#byPair.set(key, seam)
    }
    return seam
  }

  /**
   * Lines that two owners share although their edges differ: one has a vertex that the other lacks. The area's line may lack
   * the vertices at which grids meet on it: they are on the line, and the area is not the grids' to redraw.
   */
  addUnsharedVertices({ lines, banks }: Arrangement): void {
    const ends = this.#area < 0 ? new Map<number, Set<number>>() : endsOfEdges({ lines, banks })
    const followsArea = (one: Bank, other: Bank, line: number): boolean =>
      one.owner === this.#area &&
      [lines.from[line]!, lines.to[line]!].every(
        (v) => !ends.get(one.edge)!.has(v) || ends.get(other.edge)!.has(v),
      )
    for (let line = 0; line < lines.from.length; line++) {
      for (const up of banks[2 * line]!) {
        for (const down of banks[2 * line + 1]!) {
          if (up.edge === down.edge || up.owner === down.owner) continue
          if (followsArea(up, down, line) || followsArea(down, up, line)) continue
          const p = origin(lines, 2 * line)
          const q = origin(lines, twin(2 * line))
          const seam = this.#seam(up.owner, down.owner)
          const from: Position = [lines.x[p]!, lines.y[p]!]
          const to: Position = [lines.x[q]!, lines.y[q]!]
          seam.lengthMetres += distanceMetres(from[0]!, from[1]!, to[0]!, to[1]!)
          seam.lines.push([from, to])
        }
      }
    }
  }

  /**
   * A region too narrow to be ground. It belongs to the owner with the longest bank and each other owner along it, by the
   * length of that one's bank; what only closes off an end is left out.
   */
  addRegion(region: Region): void {
    const banks = [...region.banks].toSorted(
      ([a, one], [b, two]) => two.lengthMetres - one.lengthMetres || a - b,
    )
    const [longest, ...rest] = banks
    if (!longest) return
    const [main, ...ends] = rest
    const others = main
      ? [main, ...ends.filter(([, bank]) => bank.lengthMetres > 4 * region.widthMetres)]
      : [longest]
    const total = others.reduce((sum, [, bank]) => sum + bank.lengthMetres, 0)
    for (const [owner, bank] of others) {
      const seam = this.#seam(longest[0], owner)
      seam.areaSquareMetres += total > 0 ? (region.areaSquareMetres * bank.lengthMetres) / total : 0
      seam.widthMetres = Math.max(seam.widthMetres, region.widthMetres)
      seam.lengthMetres += bank.lengthMetres
      seam.places++
      seam.lines.push(...bank.lines)
      seam.ground.push(...region.polygons)
      seam.regions.push(region)
    }
  }

  findings(): RegionFinding[] {
    return [...this.#byPair].map(([key, seam]) => {
      const owners = [...new Set(key.split(' ').map(Number))]
      return {
        code: 'unmatched_edge',
        owners: owners.filter((owner) => owner !== this.#area),
        areaSquareMetres: seam.areaSquareMetres,
        widthMetres: seam.widthMetres,
        lengthMetres: seam.lengthMetres,
        geometry: { type: 'MultiLineString', coordinates: chainLines(seam.lines) },
        ground: { type: 'MultiPolygon', coordinates: seam.ground },
        places: Math.max(1, seam.places),
        regions: seam.regions,
        withArea: owners.includes(this.#area),
      }
    })
  }
}
