/** Puts the township together: ground, people, division with its planted errors, teams, patrols, incidents. */
import type { Partition } from './blocks.ts'
import { partition } from './blocks.ts'
import { type Building, build } from './buildings.ts'
import { type Division, divideTownship, type GridPlan } from './division.ts'
import { type HotSpot, happen, type Incident } from './incidents.ts'
import { coverLand, hamletOutline, type Land } from './land.ts'
import { drawLayout, type Layout } from './layout.ts'
import { hamletNames } from './names.ts'
import { type GridGround, type WorkerDay, walkMonth } from './patrols.ts'
import { type PlaceOfNote, placesOfNote } from './places.ts'
import { distance, distanceToLine, distanceToRing, isInside, type Line, type Point } from './plane.ts'
import { type Outline, type Plant, plantErrors } from './plants.ts'
import { type Household, settle, sizeBand } from './population.ts'
import { randomStream } from './random.ts'
import { layRoads, type Road } from './roads.ts'
import { isInRings } from './track.ts'
import { footwayInside, walkGraph } from './walk-graph.ts'
import { formTeams, swapDay, type Teams } from './workers.ts'

export const changeDay = '2026-10-16'

/** One block moves from one grid to its neighbour on `changeDay`. */
export interface BoundaryChange {
  readonly from: string
  readonly to: string
  readonly block: number
  readonly households: number
}
export interface Hamlets {
  readonly name: string
  readonly village: string
  readonly ring: readonly Point[]
}
export interface Township {
  readonly layout: Layout
  readonly partition: Partition
  readonly division: Division
  readonly change: BoundaryChange
  /** As published until the change, and the two changed grids from then on. */
  readonly outlines: readonly Outline[]
  readonly laterOutlines: readonly Outline[]
  readonly plants: readonly Plant[]
  readonly roads: readonly Road[]
  readonly buildings: readonly Building[]
  readonly land: readonly Land[]
  readonly hamlets: readonly Hamlets[]
  readonly households: readonly Household[]
  readonly places: readonly PlaceOfNote[]
  readonly teams: Teams
  readonly days: readonly WorkerDay[]
  readonly absent: readonly { readonly worker: string; readonly date: string }[]
  readonly incidents: readonly Incident[]
  readonly hotSpots: readonly HotSpot[]
}

/** A block whose move leaves both grids whole, simple and within the size band. */
function chooseChange(
  part: Partition,
  grids: readonly GridPlan[],
  households: readonly Household[],
  seed: string,
): BoundaryChange {
  const sizeOf = (blocks: ReadonlySet<number>): number => households.filter((h) => blocks.has(h.block)).length
  const fits = (blocks: ReadonlySet<number>): boolean => {
    const rings = part.outlineOf(blocks)
    const size = sizeOf(blocks)
    return (
      rings.length === 1 &&
      new Set(rings[0]).size === rings[0]!.length &&
      size >= sizeBand.from + 8 &&
      size <= sizeBand.to - 8
    )
  }
  const ordinary = randomStream(seed, 'change').shuffled(grids.filter(({ kind }) => kind === 'ordinary'))
  for (const from of ordinary)
    for (const to of ordinary) {
      if (from === to || from.village !== to.village) continue
      for (const block of from.blocks) {
        const moved = sizeOf(new Set([block]))
        if (moved < 20 || ![...part.blocks[block]!.neighbours.keys()].some((id) => to.blocks.has(id)))
          continue
        if (
          fits(new Set([...from.blocks].filter((id) => id !== block))) &&
          fits(new Set([...to.blocks, block]))
        )
          return { from: from.code, to: to.code, block, households: moved }
      }
    }
  throw new Error('no block can change its grid')
}

function blocksAfter({ from, to, block }: BoundaryChange, grid: GridPlan): ReadonlySet<number> {
  if (grid.code === from) return new Set([...grid.blocks].filter((id) => id !== block))
  return grid.code === to ? new Set([...grid.blocks, block]) : grid.blocks
}

/** The grid as somebody patrols it: its streets and lanes, and footways along the inside of its blocks. */
function groundOf(
  outline: Outline,
  blocks: ReadonlySet<number>,
  t: { layout: Layout; partition: Partition; roads: readonly Road[]; households: readonly Household[] },
): GridGround {
  const [ring] = outline.rings
  const list = [...blocks].map((id) => t.partition.blocks[id]!)
  const isTown = list.some((block) => block.isTown)
  const lines: Line[] = t.roads
    .map((road) => road.line)
    .filter((line) => line.some((p) => isInside(p, ring!)))
  for (const block of list) {
    if (block.isTown) lines.push(...footwayInside(block.ring, 8.5))
    if (block.plot) lines.push(...footwayInside(block.ring, 14), ...footwayInside(block.ring, 48))
  }
  const fromBorder = isTown ? 7.5 : 14
  const isOpen = (p: Point): boolean =>
    isInRings(p, outline.rings) &&
    distanceToRing(p, ring!) >= fromBorder &&
    distanceToLine(p, t.layout.river) > 40
  const graph = walkGraph(lines, isOpen)
  const homes = t.households.filter(
    (h) => blocks.has(h.block) && isOpen(h.at) && distance(graph.points[graph.nearest(h.at)]!, h.at) < 80,
  )
  return { code: outline.code, rings: outline.rings, beat: { graph, homes, isWide: !isTown } }
}

export function makeTownship(seed: string): Township {
  const layout = drawLayout(seed)
  const part = partition(layout)
  const { roads, hamlets } = layRoads(seed, layout, part)
  const buildings = build(seed, layout, part, roads, hamlets)
  const division = divideTownship(seed, part, buildings, layout.townOutline, layout.townMain[3]![0])
  const { grids, villages } = division
  const names = hamletNames(hamlets.length, randomStream(seed, 'hamlet names'))
  const households = settle({ seed, villages, grids, buildings, hamletNames: names, roads, total: 12_000 })
  const change = chooseChange(part, grids, households, seed)
  const isChanged = ({ code }: GridPlan): boolean => code === change.from || code === change.to
  const sizes = new Map(grids.map(({ code }) => [code, households.filter((h) => h.grid === code).length]))
  const outlineOf = (grid: GridPlan, blocks: ReadonlySet<number>): Outline => {
    const size = sizes.get(grid.code)!
    const inBand = size > sizeBand.from + 10 && size < sizeBand.to - 10
    return {
      code: grid.code,
      village: grid.village,
      rings: part.outlineOf(blocks),
      mayBePlanted: grid.kind === 'ordinary' && inBand && !isChanged(grid),
    }
  }
  const outlines = grids.map((grid) => outlineOf(grid, grid.blocks))
  const outlinesOfHamlets = hamlets.map(
    (hamlet, i): Hamlets => ({
      name: names[i]!,
      village: villages.find(({ blocks }) => blocks.has(hamlet.block))!.code,
      ring: hamletOutline(i, hamlet, part, buildings),
    }),
  )
  const plants = plantErrors(
    seed,
    outlines,
    households,
    buildings,
    outlinesOfHamlets.map(({ ring }) => ring),
  )
  const laterOutlines = grids.filter(isChanged).map((grid) => outlineOf(grid, blocksAfter(change, grid)))
  const land = coverLand(seed, layout, part, roads, buildings, hamlets)
  const places = placesOfNote(seed, part.blocks, villages, buildings)
  const teams = formTeams(seed, grids, households, (grid) => grid.kind === 'ordinary' && !isChanged(grid))

  const ground = { layout, partition: part, roads, households }
  const grounds = new Map(grids.map((grid, i) => [grid.code, groundOf(outlines[i]!, grid.blocks, ground)]))
  const later = new Map(
    laterOutlines.map((outline) => [
      outline.code,
      groundOf(outline, blocksAfter(change, grids.find(({ code }) => code === outline.code)!), ground),
    ]),
  )
  const fullTime = teams.workers.filter(({ role }) => role === 'full_time').map(({ id }) => id)
  const { days, absent } = walkMonth({
    seed,
    workers: fullTime,
    groundOf: (worker, day) => {
      const { grid } = teams.assignments.find(
        (a) => a.worker === worker && a.from <= day && (a.to === undefined || day < a.to),
      )!
      return (day >= changeDay ? later.get(grid) : undefined) ?? grounds.get(grid)!
    },
    roads: walkGraph(
      roads.map(({ line }) => line),
      () => true,
    ),
    spots: [...households.filter((_, i) => i % 40 === 0).map(({ at }) => at), ...places.map(({ at }) => at)],
  })
  const hotSpots = plantedHotSpots(layout, places)
  const incidents = happen({
    seed,
    total: 3000,
    outline: layout.outline,
    buildings: buildings.map(({ centre }) => centre),
    roads: roads.filter((road) => road.class !== 'path').map(({ line }) => line),
    hotSpots,
    gridAt: (p, day) => {
      const block = part.blocks.find(({ ring }) => isInside(p, ring))
      return (
        block &&
        grids.find((grid) => (day >= changeDay ? blocksAfter(change, grid) : grid.blocks).has(block.id))?.code
      )
    },
  })
  return {
    layout,
    partition: part,
    division,
    change,
    outlines,
    laterOutlines,
    plants,
    roads,
    buildings,
    land,
    hamlets: outlinesOfHamlets,
    households,
    places,
    teams,
    days,
    absent,
    incidents,
    hotSpots,
  }
}

function plantedHotSpots(layout: Layout, places: readonly PlaceOfNote[]): HotSpot[] {
  const market = places.find(({ kind }) => kind === 'market')!.at
  const dump = layout.river.reduce((a, b) =>
    distance(b, [-1800, -1250]) < distance(a, [-1800, -1250]) ? b : a,
  )
  return [
    {
      name: '农贸市场周边治安',
      centre: market,
      radiusMetres: 150,
      category: 'public_order',
      from: '2026-07-01',
      to: '2026-10-01',
      planted: 240,
    },
    {
      name: '溪边偷倒垃圾',
      centre: [dump[0] + 60, dump[1] + 170],
      radiusMetres: 140,
      category: 'environment',
      from: '2026-05-01',
      to: '2026-09-01',
      planted: 220,
    },
  ]
}

export { swapDay }
