/** The lie of the land: township outline, river, provincial road, the market town's streets, the cells of the countryside. */
import type { TaggedLine } from './arrangement.ts'
import {
  bearing,
  blob,
  curve,
  distance,
  distanceToLine,
  isInside,
  type Line,
  lengthOf,
  moved,
  type Point,
  pointAlong,
  wandering,
} from './plane.ts'
import { type Random, randomStream } from './random.ts'

export const riverHalfWidthMetres = 32

export interface Site {
  readonly at: Point
  /** A natural village lies here; otherwise woods or open land. */
  readonly isSettled: boolean
}
/** The border between the cells of two sites (indices). */
export interface CellBorder {
  readonly sites: readonly [number, number]
  readonly line: Line
}
export interface Layout {
  readonly outline: Line
  readonly river: Line
  readonly provincialRoad: Line
  readonly townOutline: Line
  readonly townStreets: readonly TaggedLine[]
  readonly townMain: Line
  /** Corners of the named plots inside the town, by name. */
  readonly plots: Readonly<Record<string, Point>>
  readonly southHub: Point
  readonly campuses: readonly { readonly name: string; readonly centre: Point; readonly line: Line }[]
  readonly sites: readonly Site[]
  readonly borders: readonly CellBorder[]
}

const riverThrough: Line = [
  [-4600, -1500],
  [-3900, -1500],
  [-3300, -980],
  [-2700, -1330],
  [-2080, -1560],
  [-1560, -1010],
  [-950, -600],
  [-300, -545],
  [300, -585],
  [900, -500],
  [1400, -90],
  [1900, 260],
  [2340, -60],
  [2620, -620],
  [3120, -760],
  [3560, -240],
  [4300, 160],
]
const westRoadThrough: Line = [
  [-4500, 520],
  [-3700, 480],
  [-3000, 250],
  [-2300, 520],
  [-1600, 720],
]
const eastRoadThrough: Line = [
  [1650, 930],
  [2150, 830],
  [2480, 430],
  [2590, 20],
  [2500, -420],
  [2590, -1000],
  [2950, -1600],
  [3600, -2200],
  [4300, -2600],
]

const streetsAcross = [-850, -672, -520, -362, -214, -60, 96, 262, 418, 586, 730, 872]
const streetsAlong = [-432, -296, -148, -8, 138, 292, 430, 556]
const mainColumn = 6
const mainRow = 3

/** Streets between nodes of the town's net, as (column, row) pairs, that the sites of schools and works swallow. */
const swallowed = new Set([
  '2,5-2,6',
  '2,6-2,7',
  '9,1-9,2',
  '7,2-7,3',
  '10,5-10,6',
  '10,6-10,7',
  '9,6-10,6',
  '10,6-11,6',
])
const plotNodes: Record<string, readonly [column: number, row: number]> = {
  middleSchool: [2, 6],
  primarySchool: [9, 1.5],
  market: [7, 2.5],
  garmentWorks: [10, 6],
  park: [3.5, 1.5],
  clinic: [4.5, 3.5],
  government: [5.5, 4.5],
}

const besidePlot = (i: number, j: number): boolean =>
  Object.values(plotNodes).some(([column, row]) => Math.abs(column - i) <= 1 && Math.abs(row - j) <= 1)

function townNet(random: Random): Pick<Layout, 'townOutline' | 'townStreets' | 'townMain' | 'plots'> {
  const tilt = 0.05
  const nodes = streetsAcross.map((u, i) =>
    streetsAlong.map((v, j): Point => {
      const isEdge = i === 0 || j === 0 || i === streetsAcross.length - 1 || j === streetsAlong.length - 1
      const shake = isEdge ? 10 : 17
      const x = u + random.normal(shake * 0.8) + 26 * Math.sin(v / 210 + 1)
      const y = v + random.normal(shake * 0.7) + 34 * Math.sin(u / 330) + 14 * Math.sin(u / 120 + 2)
      return [x * Math.cos(tilt) - y * Math.sin(tilt), x * Math.sin(tilt) + y * Math.cos(tilt)]
    }),
  )
  const node = (i: number, j: number): Point => nodes[i]![j]!
  const [last, top] = [streetsAcross.length - 1, streetsAlong.length - 1]
  const streets: TaggedLine[] = []
  for (let i = 0; i <= last; i++)
    for (let j = 0; j <= top; j++)
      for (const [k, l] of [
        [i + 1, j],
        [i, j + 1],
      ] as const) {
        if (k > last || l > top || swallowed.has(`${i},${j}-${k},${l}`)) continue
        const isMain = (i === k && i === mainColumn) || (j === l && j === mainRow)
        const isRim = (i === k && (i === 0 || i === last)) || (j === l && (j === 0 || j === top))
        const isDropped = random.chance(0.1) && !besidePlot(i, j) && !besidePlot(k, l)
        if (isDropped && !isMain && !isRim) continue
        const bend = isMain ? 3 : 6
        const kind = j === l && j === top ? 'secondary' : isMain ? 'tertiary' : 'residential'
        streets.push({ kind, line: wandering(node(i, j), node(k, l), 45, bend, random) })
      }
  const rim = (from: readonly [number, number], to: readonly [number, number]): Point[] => {
    const steps = Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]))
    return Array.from({ length: steps }, (_, s) => {
      const i = from[0] + Math.sign(to[0] - from[0]) * s
      const j = from[1] + Math.sign(to[1] - from[1]) * s
      const k = i + Math.sign(to[0] - from[0])
      const l = j + Math.sign(to[1] - from[1])
      const street = streets.find(({ line }) => isBetween(line, node(i, j), node(k, l)))!.line
      const forward = distance(street[0]!, node(i, j)) < 0.01 ? street : [...street].reverse()
      return forward.slice(0, -1)
    }).flat()
  }
  const townOutline = [
    ...rim([0, 0], [last, 0]),
    ...rim([last, 0], [last, top]),
    ...rim([last, top], [0, top]),
    ...rim([0, top], [0, 0]),
  ]
  const plots = Object.fromEntries(
    Object.entries(plotNodes).map(([name, [i, j]]) => {
      const near = [
        node(Math.floor(i), Math.floor(j)),
        node(Math.ceil(i), Math.floor(j)),
        node(Math.floor(i), Math.ceil(j)),
        node(Math.ceil(i), Math.ceil(j)),
      ]
      return [name, [near.reduce((s, p) => s + p[0], 0) / 4, near.reduce((s, p) => s + p[1], 0) / 4] as Point]
    }),
  )
  return {
    townOutline,
    townStreets: streets,
    townMain: streetsAlong.map((_, j) => node(mainColumn, j)),
    plots,
  }
}
const isBetween = (line: Line, a: Point, b: Point): boolean =>
  (distance(line[0]!, a) < 0.01 && distance(line.at(-1)!, b) < 0.01) ||
  (distance(line[0]!, b) < 0.01 && distance(line.at(-1)!, a) < 0.01)

function townshipOutline(random: Random): Point[] {
  const ring = blob([0, -80], 3150, 1.12, 0.05, 420, 0.11, random)
  return ring.map((p) => moved(p, bearing([0, 0], p), random.normal(7)))
}

/** Sites of natural villages and of wooded hills, at least `spacing` metres apart, away from river, main road and town. */
function placeSites(random: Random, outline: Line, keepOff: readonly Line[], town: Line): Point[] {
  const sites: Point[] = []
  for (let attempt = 0; attempt < 6000; attempt++) {
    const p: Point = [random.between(-4400, 4400), random.between(-3700, 3700)]
    const spacing = isInside(p, outline) ? 540 : 800
    if (sites.some((q) => distance(p, q) < spacing)) continue
    if (keepOff.some((line) => distanceToLine(p, line) < 190)) continue
    if (isInside(p, town) || distanceToLine(p, [...town, town[0]!]) < 260) continue
    sites.push(p)
  }
  return sites
}

/** Borders of the Voronoi cells, by clipping each cell with the bisectors to all other sites. */
function cellBorders(sites: readonly Point[], random: Random): CellBorder[] {
  const borders: CellBorder[] = []
  for (const [i, site] of sites.entries()) {
    let cell: { at: Point; next: number }[] = (
      [
        [-5000, -4300],
        [5000, -4300],
        [5000, 4300],
        [-5000, 4300],
      ] as const
    ).map((at) => ({ at, next: -1 }))
    for (const [j, other] of sites.entries()) {
      if (i === j || distance(site, other) > 3000) continue
      const side = ({ at }: { at: Point }): number => distance(at, site) ** 2 - distance(at, other) ** 2
      const kept: typeof cell = []
      for (const [k, here] of cell.entries()) {
        const there = cell[(k + 1) % cell.length]!
        const [a, b] = [side(here), side(there)]
        const cut: Point = [
          here.at[0] + ((there.at[0] - here.at[0]) * a) / (a - b),
          here.at[1] + ((there.at[1] - here.at[1]) * a) / (a - b),
        ]
        if (a <= 0) kept.push(here)
        if (a <= 0 && b > 0) kept.push({ at: cut, next: j })
        if (a > 0 && b <= 0) kept.push({ at: cut, next: here.next })
      }
      cell = kept
    }
    for (const [k, { at, next }] of cell.entries()) {
      const end = cell[(k + 1) % cell.length]!.at
      const length = distance(at, end)
      if (next > i && length > 1)
        borders.push({ sites: [i, next], line: wandering(at, end, 38, Math.min(22, length * 0.06), random) })
    }
  }
  return borders
}

/** A walled plot open to the road: a U whose legs cross the road line, so that road and wall enclose it. */
function campusBeside(
  road: Line,
  along: number,
  width: number,
  depth: number,
  side: 1 | -1,
): { centre: Point; line: Line } {
  const [a, b] = [pointAlong(road, along), pointAlong(road, along + width)]
  const angle = bearing(a, b)
  const corner = (p: Point, left: number): Point => moved(p, angle, 0, left * side)
  return {
    centre: corner(pointAlong(road, along + width / 2), depth / 2),
    line: [corner(a, -14), corner(a, depth), corner(b, depth + 12), corner(b, -14)],
  }
}

export function drawLayout(seed: string): Layout {
  const random = randomStream(seed, 'layout')
  const town = townNet(random)
  const outline = townshipOutline(random)
  const river = curve(riverThrough, 40)
  const northWest = town.townStreets.find(({ kind }) => kind === 'secondary')!.line[0]!
  const northEast = town.townStreets.findLast(({ kind }) => kind === 'secondary')!.line.at(-1)!
  const through = town.townStreets
    .filter(({ kind }) => kind === 'secondary')
    .flatMap(({ line }, i) => (i === 0 ? line : line.slice(1)))
  const west = curve([...westRoadThrough, northWest], 60)
  const provincialRoad = [
    ...west,
    ...through.slice(1),
    ...curve([northEast, ...eastRoadThrough], 60).slice(1),
  ]
  const southHub: Point = [town.townMain[0]![0] - 20, -930]
  const bambooWorks = campusBeside(west, lengthOf(west) - 640, 300, 210, -1)
  const places = placeSites(random, outline, [river, provincialRoad, bambooWorks.line], town.townOutline)
  const ease = (p: Point): number =>
    distanceToLine(p, river) + 0.5 * distanceToLine(p, provincialRoad) + random.normal(350)
  const candidates = places
    .map((at, index) => ({
      index,
      ease: ease(at),
      fits: isInside(at, outline) && distanceToLine(at, [...outline, outline[0]!]) > 300,
    }))
    .filter(({ fits }) => fits)
    .sort((a, b) => a.ease - b.ease)
  const settled = new Set(candidates.slice(0, 46).map(({ index }) => index))
  const borders = cellBorders(places, random)
  const quiet = borders
    .filter(
      ({ sites: [i, j], line }) =>
        settled.has(i) &&
        settled.has(j) &&
        lengthOf(line) > 430 &&
        distanceToLine(pointAlong(line, lengthOf(line) / 2), river) > 350,
    )
    .sort((a, b) => distance(a.line[0]!, [-1900, -2000]) - distance(b.line[0]!, [-1900, -2000]))
  const schoolBorder = quiet[0]!.line
  return {
    outline,
    river,
    provincialRoad,
    ...town,
    southHub,
    campuses: [
      { name: 'villageSchool', ...campusBeside(schoolBorder, lengthOf(schoolBorder) / 2 - 105, 210, 190, 1) },
      { name: 'bambooWorks', ...bambooWorks },
    ],
    sites: places.map((at, index) => ({ at, isSettled: settled.has(index) })),
    borders,
  }
}
