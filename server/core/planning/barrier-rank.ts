/** What makes a boundary people can see, and how strong a one: the words of road, rail and water data in one table. */
import type { MultiLineString } from 'geojson'
import { areaSquareMetres } from '../geometry/area-square-metres.ts'
import { distanceMetres } from '../geometry/distance-metres.ts'
import type { AreaGeometry, LngLat } from '../values.ts'
import type { Barrier } from './values.ts'

export type BarrierClass = Pick<Barrier, 'kind' | 'rank' | 'crossable'>

const road = (rank: number): BarrierClass => ({ kind: 'road', rank, crossable: true })
const water = (rank: number, crossable = true): BarrierClass => ({ kind: 'water', rank, crossable })
const wall: BarrierClass = { kind: 'wall', rank: 3, crossable: true }
const railway: BarrierClass = { kind: 'rail', rank: 0, crossable: false }
/** Fenced: whoever wants to the other side needs a bridge, as at a river. */
const fenced: BarrierClass = { kind: 'road', rank: 0, crossable: false }

/**
 * OpenStreetMap values of highway, railway, waterway, natural and barrier, and the Chinese words that stand for them.
 * 0: rail, river, trunk road · 1: main road · 2: road through · 3: street · 4: drive, field track · 5: path.
 * Walls count as streets: a compound has gates, so a grid may hold both sides.
 */
const classes: readonly (readonly [BarrierClass, readonly string[]])[] = [
  [fenced, ['motorway', '高速公路', '高速', '快速路', '高架']],
  [road(0), ['trunk', '国道', '城市快速路']],
  [road(1), ['primary', '主干道', '主干路', '主路', '省道']],
  [road(2), ['secondary', 'tertiary', '次干道', '次干路', '支路', '支道', '县道', '乡道']],
  [road(3), ['residential', 'unclassified', 'living_street', 'pedestrian', 'lane', 'road', 'busway', 'tram']],
  [road(3), ['街道', '街', '街巷', '居住区道路', '村道', '步行街', '巷', '里弄', '弄', '胡同', '有轨电车']],
  [road(4), ['service', 'track', 'cycleway', '内部道路', '小区道路', '通道', '机耕路', '机耕道', '田间道']],
  [road(5), ['path', 'footway', 'steps', 'bridleway', '小路', '小道', '人行道', '步道', '台阶']],
  [railway, ['rail', 'light_rail', 'narrow_gauge', '铁路', '铁道', '轨道', '轻轨']],
  [
    water(0, false),
    ['river', 'riverbank', 'lake', 'reservoir', 'water', '河', '河流', '江', '湖', '湖泊', '水库'],
  ],
  [water(1, false), ['canal', '运河']],
  [water(3), ['stream', '溪', '溪流', '小溪']],
  [water(4), ['ditch', 'drain', '沟', '沟渠', '水渠', '渠']],
  [
    wall,
    [
      'wall',
      'city_wall',
      'retaining_wall',
      'fence',
      'cliff',
      'embankment',
      '围墙',
      '墙',
      '围栏',
      '陡坎',
      '堤',
    ],
  ],
]

const classOf = new Map(classes.flatMap(([found, words]) => words.map((word) => [word, found] as const)))

/**
 * The class of a barrier by its word, in any case and with `_link` or not; null where the word is none of a line that bounds
 * (`proposed`, `subway`, `corridor`…).
 */
export function barrierOf(word: string): BarrierClass | null {
  const plain = word.trim().toLowerCase()
  return classOf.get(plain) ?? classOf.get(plain.replace(/_link$/, '')) ?? null
}

/** A road as it is imported; `class` as OpenStreetMap's highway or railway values or a Chinese word. */
export interface RoadLine {
  readonly id: string
  readonly name?: string | null
  readonly class?: string
  readonly path: MultiLineString
}

/** A road whose class nobody recorded is taken for a drive: it cuts only where it must. */
const UNKNOWN_ROAD = road(4)

/** The barriers that roads make; those of a class that bounds nothing are left out. */
export function barriersOfRoads(roads: readonly RoadLine[]): Barrier[] {
  return roads.flatMap(({ id, name = null, class: word, path }) => {
    const found = word === undefined ? UNKNOWN_ROAD : barrierOf(word)
    if (!found) return []
    return path.coordinates.map((line, i) => ({
      ...found,
      id: path.coordinates.length === 1 ? id : `${id}/${i + 1}`,
      name,
      path: line as unknown as LngLat[],
    }))
  })
}

/** A body of water as it is imported. */
export interface WaterBody {
  readonly id: string
  readonly name?: string | null
  readonly boundary: AreaGeometry
}

/**
 * The barriers that bodies of water make: their banks, uncrossable. The centre line would be a line nobody sees and would have
 * to be guessed where the water widens; a bank is where the ground ends. The water between two banks becomes ground of its own
 * without households, which `makeAtoms` lets go with one of its sides, so that the other bank is the boundary.
 * @param widthMetres narrower on average (2 · area / outline) is a ditch that anyone steps over. Default 5.
 * @param lengthMetres shorter (half of the outline) is a pond, which one walks around. Default 300.
 */
export function barriersOfWater(
  bodies: readonly WaterBody[],
  { widthMetres = 5, lengthMetres = 300 } = {},
): Barrier[] {
  return bodies.flatMap(({ id, name = null, boundary }) => {
    const polygons = boundary.type === 'Polygon' ? [boundary.coordinates] : boundary.coordinates
    return polygons.flatMap((rings, part) => {
      const outline = outlineMetres(rings[0] ?? [])
      const area = areaSquareMetres({ type: 'Polygon', coordinates: rings })
      if (outline / 2 < lengthMetres || (2 * area) / outline < widthMetres) return []
      return rings.map((ring, r) => ({
        ...water(0, false),
        id: `${id}/${part + 1}/${r + 1}`,
        name,
        path: ring as unknown as LngLat[],
      }))
    })
  })
}

function outlineMetres(ring: readonly (readonly number[])[]): number {
  let metres = 0
  for (let i = 1; i < ring.length; i++)
    metres += distanceMetres(ring[i - 1]![0]!, ring[i - 1]![1]!, ring[i]![0]!, ring[i]![1]!)
  return metres
}
