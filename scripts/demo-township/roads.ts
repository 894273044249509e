/** Roads and lanes. Streets and the provincial road bound blocks; country roads join the natural villages and run through them. */
import type { Partition } from './blocks.ts'
import type { Layout } from './layout.ts'
import {
  bearing,
  between,
  distance,
  distanceToLine,
  isInside,
  type Line,
  linesCross,
  moved,
  type Point,
  resampled,
  stretchesWhere,
  wandering,
} from './plane.ts'
import { type Random, randomStream } from './random.ts'

export interface Road {
  /** An OSM `highway` value. */
  readonly class: 'secondary' | 'tertiary' | 'unclassified' | 'residential' | 'track' | 'path'
  readonly name?: string
  readonly line: Line
}
/** The lanes of a natural village, by the index of its site. */
export interface Hamlet {
  readonly site: number
  readonly block: number
  readonly centre: Point
  readonly lanes: readonly Line[]
}

interface Link {
  readonly from: Point
  readonly to: Point
  readonly sites: readonly number[]
}

/** Joins all settled sites to the main roads by the shortest tree that never crosses the river, with a few loops. */
function joinSites(layout: Layout, random: Random): Link[] {
  const settled = layout.sites.flatMap(({ isSettled }, i) => (isSettled ? [i] : []))
  const town = layout.townOutline
  const gates = [town.reduce((a, b) => (b[0] < a[0] ? b : a)), town.reduce((a, b) => (b[0] > a[0] ? b : a))]
  const roots = [
    ...resampled(layout.provincialRoad, 150).filter((p) => isInside(p, layout.outline)),
    ...gates,
    layout.southHub,
  ]
  const isOpen = (a: Point, b: Point): boolean =>
    !linesCross([a, b], layout.river) &&
    ![0.1, 0.3, 0.5, 0.7, 0.9].some((share) => isInside(between(a, b, share), town)) &&
    [0.2, 0.4, 0.6, 0.8].every((share) => isInside(between(a, b, share), layout.outline)) &&
    !layout.campuses.some(
      ({ line, centre }) => linesCross([a, b], line) || distanceToLine(centre, [a, b]) < 60,
    )
  const at = (i: number): Point => layout.sites[i]!.at
  const links: (Link & { cost: number })[] = []
  for (const i of settled) {
    for (const j of settled)
      if (i < j && distance(at(i), at(j)) < 1600)
        links.push({ from: at(i), to: at(j), sites: [i, j], cost: distance(at(i), at(j)) })
    for (const root of roots)
      if (distance(at(i), root) < 1500)
        links.push({ from: at(i), to: root, sites: [i], cost: distance(at(i), root) * 0.95 })
  }
  const group = new Map(settled.map((i) => [i, i]))
  const find = (i: number): number => (i < 0 || group.get(i) === i ? i : find(group.get(i)!))
  const chosen: Link[] = []
  for (const link of links.sort((a, b) => a.cost - b.cost)) {
    const [i, j = -1] = link.sites
    const [one, other] = [find(i!), find(j)]
    const isLoop = one === other
    if (isLoop && !(link.sites.length === 2 && link.cost < 800 && random.chance(0.16))) continue
    if (!isOpen(link.from, link.to)) continue
    if (
      chosen.some(
        (c) =>
          distance(c.from, link.from) > 1 &&
          distance(c.from, link.to) > 1 &&
          distance(c.to, link.from) > 1 &&
          distance(c.to, link.to) > 1 &&
          linesCross([c.from, c.to], [link.from, link.to]),
      )
    )
      continue
    if (!isLoop) {
      if (one < 0) group.set(other, one)
      else group.set(one, other)
    }
    chosen.push(link)
  }
  const lone = settled.filter((i) => find(i) >= 0)
  if (lone.length > 0) throw new Error(`no road reaches the sites ${lone.join()}`)
  return chosen
}

function layLanes(
  centre: Point,
  angle: number,
  ring: readonly Point[],
  keepOff: Line,
  random: Random,
): Line[] {
  const fits = (p: Point): boolean =>
    isInside(p, ring) && distanceToLine(p, [...ring, ring[0]!]) > 30 && distanceToLine(p, keepOff) > 70
  /** From `a` towards `b`, as far as the ground allows. */
  const reach = (a: Point, b: Point): Point | undefined => {
    const far = [1, 0.85, 0.7, 0.55, 0.4].map((share) => between(a, b, share)).find(fits)
    return far && distance(a, far) > 25 ? far : undefined
  }
  const half = random.between(110, 175)
  const ends = [half, -half].map((along) => reach(centre, moved(centre, angle + random.normal(0.12), along)))
  const lanes: Line[] = ends.flatMap((end) => (end ? [wandering(centre, end, 20, 11, random)] : []))
  const spine = lanes.flatMap((lane) => resampled(lane, random.between(70, 96)).slice(1))
  for (const knot of [centre, ...spine])
    for (const side of [1, -1]) {
      if (random.chance(0.34)) continue
      const end = reach(
        knot,
        moved(knot, angle + random.normal(0.3), random.normal(20), side * random.between(45, 135)),
      )
      if (end) lanes.push(wandering(knot, end, 20, 6, random))
    }
  return lanes
}

const streetNames = [
  '滨溪路',
  '学前街',
  '竹器街',
  '老盐街',
  '桥头街',
  '望山路',
  '茶亭路',
  '水碓街',
  '青石街',
  '文昌路',
  '仓前街',
  '柿林路',
  '银杏路',
  '东塘路',
  '西塘路',
  '枫树街',
]

export function layRoads(
  seed: string,
  layout: Layout,
  partition: Partition,
): { roads: Road[]; hamlets: Hamlet[] } {
  const random = randomStream(seed, 'roads')
  const links = joinSites(layout, random)
  const hamlets = partition.blocks.flatMap((block): Hamlet[] => {
    if (block.site === undefined) return []
    const centre = layout.sites[block.site]!.at
    const first = links.find(({ sites }) => sites.includes(block.site!))!
    const angle = bearing(first.from, first.to) + random.normal(0.1)
    return [
      {
        site: block.site,
        block: block.id,
        centre,
        lanes: layLanes(centre, angle, block.ring, layout.river, random),
      },
    ]
  })
  const roads: Road[] = [{ class: 'secondary', name: '枕石公路', line: layout.provincialRoad }]
  const south = layout.townMain[0]!
  roads.push({ class: 'tertiary', name: '漱石桥', line: wandering(south, layout.southHub, 60, 1, random) })
  const used = new Map<string, string>()
  for (const { kind, line } of layout.townStreets) {
    if (kind === 'secondary') continue
    const middle = line[Math.floor(line.length / 2)]!
    const isMain = kind === 'tertiary'
    const upright = Math.abs(Math.sin(bearing(line[0]!, line.at(-1)!))) > 0.7
    const row = `${upright}:${Math.round((upright ? middle[0] : middle[1]) / 140)}`
    if (!used.has(row)) used.set(row, streetNames[used.size % streetNames.length]!)
    roads.push({
      class: isMain ? 'tertiary' : 'residential',
      name: isMain ? (upright ? '漱石大街' : '中兴路') : used.get(row)!,
      line,
    })
  }
  for (const { from, to } of links)
    roads.push({ class: 'unclassified', line: wandering(from, to, 40, 14, random) })
  for (const { lanes } of hamlets) for (const line of lanes) roads.push({ class: 'residential', line })
  for (const { sites, line } of layout.borders) {
    const settled = sites.filter((i) => layout.sites[i]!.isSettled).length
    const roll = random.unit()
    const kind =
      roll < [0.3, 0.55, 0.75][settled]! ? (settled === 2 && roll < 0.45 ? 'track' : 'path') : undefined
    const isOpenLand = (p: Point): boolean =>
      !isInside(p, layout.townOutline) &&
      distanceToLine(p, layout.river) > 60 &&
      !layout.campuses.some((c) => isInside(p, c.line))
    if (kind)
      for (const stretch of stretchesWhere(line, isOpenLand)) roads.push({ class: kind, line: stretch })
  }
  const inTownship = (p: Point): boolean => isInside(p, layout.outline)
  return {
    roads: roads.flatMap((road) => stretchesWhere(road.line, inTownship).map((line) => ({ ...road, line }))),
    hamlets,
  }
}
