/** Ten months of incidents: a background that is even over the ground, and two hot spots. */
import { distance, isInside, type Line, moved, nearestOnSegment, type Point, pairs } from './plane.ts'
import { type Random, randomStream } from './random.ts'

export interface Incident {
  readonly id: string
  readonly category: string
  readonly severity: string
  /** Epoch milliseconds. */
  readonly time: number
  readonly status: string
  readonly description: string
  readonly grid: string | undefined
  readonly at: Point
}
export interface HotSpot {
  readonly name: string
  readonly centre: Point
  readonly radiusMetres: number
  readonly category: string
  /** Days, half-open. */
  readonly from: string
  readonly to: string
  readonly planted: number
}
interface Category {
  readonly name: string
  readonly weight: number
  readonly texts: readonly string[]
}

const categories: readonly Category[] = [
  {
    name: 'safety',
    weight: 16,
    texts: ['电动车楼道内充电', '消防通道堆放杂物', '液化气瓶使用不规范', '老旧房屋墙体开裂'],
  },
  { name: 'fire', weight: 5, texts: ['灶间冒烟，已扑灭', '田边焚烧秸秆'] },
  { name: 'traffic', weight: 10, texts: ['路口两车剐蹭', '道路护栏损坏', '占道停车', '农用车载人'] },
  { name: 'food_drug', weight: 5, texts: ['摊贩无健康证', '村宴未备案', '过期食品'] },
  { name: 'environment', weight: 15, texts: ['垃圾未及时清运', '污水管外溢', '河道漂浮物', '偷倒建筑垃圾'] },
  { name: 'forest', weight: 6, texts: ['林区野外用火', '松材线虫病死树', '毁林种茶'] },
  { name: 'illegal_building', weight: 5, texts: ['屋顶加建', '占用农田搭棚'] },
  { name: 'dispute', weight: 14, texts: ['邻里宅基地纠纷', '用水纠纷', '家庭矛盾', '劳资纠纷', '噪声扰民'] },
  { name: 'public_order', weight: 8, texts: ['电动车电瓶被盗', '扒窃', '打牌聚众争吵'] },
  { name: 'fraud', weight: 5, texts: ['冒充客服诈骗，劝阻成功', '老人购买高价保健品'] },
  { name: 'special_group', weight: 6, texts: ['独居老人两日未出门', '残疾人辅具损坏'] },
  { name: 'resident_need', weight: 12, texts: ['路灯不亮', '自来水水压低', '窨井盖松动', '申请低保咨询'] },
]

const dayMilliseconds = 86_400_000
const midnight = (day: string): number => Date.parse(`${day}T00:00:00+08:00`)

export interface IncidentInput {
  readonly seed: string
  readonly total: number
  readonly outline: Line
  readonly buildings: readonly Point[]
  readonly roads: readonly Line[]
  readonly hotSpots: readonly HotSpot[]
  readonly gridAt: (p: Point, day: string) => string | undefined
}

function momentBetween(from: string, to: string, random: Random): number {
  const days = (midnight(to) - midnight(from)) / dayMilliseconds
  const hour = random.chance(0.82) ? random.between(7, 20) : random.between(0, 24)
  return midnight(from) + Math.floor(random.unit() * days) * dayMilliseconds + Math.floor(hour * 60) * 60_000
}

/** How far off an incident of the open ground is put to the nearest house, else onto the nearest road. */
const houseMetres = 80
const roadMetres = 60

/**
 * Anywhere on the ground with the same chance, then told of at the house or road that is near, as people do. At the scale of a hexagon
 * (some 340 m) the background stays even: whatever else than a planted spot a test finds in it, it finds falsely.
 */
function backgroundSpot({ outline, buildings, roads }: IncidentInput, random: Random): Point {
  for (;;) {
    const p: Point = [random.between(-3900, 3900), random.between(-3500, 3500)]
    if (!isInside(p, outline)) continue
    const house = nearest(p, buildings, houseMetres)
    if (house) return moved(house, random.between(0, 6.28), random.between(2, 16))
    const segments = roads.flatMap((road) => pairs(road).map(([a, b]) => nearestOnSegment(p, a, b)))
    return nearest(p, segments, roadMetres) ?? p
  }
}

function nearest(p: Point, points: readonly Point[], within: number): Point | undefined {
  let [best, metres]: [Point | undefined, number] = [undefined, within]
  for (const one of points) {
    const away = distance(p, one)
    if (away < metres) [best, metres] = [one, away]
  }
  return best
}

function spotWithin({ centre, radiusMetres }: HotSpot, random: Random): Point {
  for (;;) {
    const p: Point = [
      centre[0] + random.normal(radiusMetres / 2),
      centre[1] + random.normal(radiusMetres / 2),
    ]
    if (distance(p, centre) <= radiusMetres) return p
  }
}

export function happen(input: IncidentInput): Incident[] {
  const random = randomStream(input.seed, 'incidents')
  const drawn: Omit<Incident, 'id'>[] = []
  const add = (at: Point, category: Category, from: string, to: string): void => {
    const time = momentBetween(from, to, random)
    const day = new Date(time + 8 * 3_600_000).toISOString().slice(0, 10)
    const severity = random.weighted(['low', 'medium', 'high'], (s) => ({ low: 68, medium: 27, high: 5 })[s]!)
    const status =
      day < '2026-10-20'
        ? random.weighted(
            ['closed', 'resolved', 'passed_up'],
            (s) => ({ closed: 90, resolved: 8, passed_up: 2 })[s]!,
          )
        : random.pick(['reported', 'resolved', 'closed', 'passed_up'])
    drawn.push({
      category: category.name,
      severity,
      time,
      status,
      description: random.pick(category.texts),
      grid: random.chance(0.94) ? input.gridAt(at, day) : undefined,
      at,
    })
  }
  for (const spot of input.hotSpots) {
    const category = categories.find(({ name }) => name === spot.category)!
    for (let n = 0; n < spot.planted; n++) add(spotWithin(spot, random), category, spot.from, spot.to)
  }
  while (drawn.length < input.total) {
    const at = backgroundSpot(input, random)
    if (isInside(at, input.outline))
      add(
        at,
        random.weighted(categories, ({ weight }) => weight),
        '2026-01-01',
        '2026-11-01',
      )
  }
  return drawn
    .sort((a, b) => a.time - b.time || a.at[0] - b.at[0])
    .map((incident, i) => ({ id: `E2026${String(i + 1).padStart(5, '0')}`, ...incident }))
}
