/** Key places: schools, clinic, market, works, offices, and the small ones patrols look at. */
import type { Block } from './blocks.ts'
import type { Building } from './buildings.ts'
import { nameOfPlot, townshipName, type Village } from './division.ts'
import { centroid, distance, moved, type Point } from './plane.ts'
import { randomStream } from './random.ts'

export interface PlaceOfNote {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly address: string
  readonly isKey: boolean
  readonly at: Point
}

const plotKinds: Readonly<Record<string, string>> = {
  middleSchool: 'school',
  primarySchool: 'school',
  villageSchool: 'school',
  market: 'market',
  garmentWorks: 'company',
  bambooWorks: 'company',
  park: 'park',
  clinic: 'clinic',
  government: 'office',
}
const plotNames: Readonly<Record<string, string>> = {
  park: '漱石公园',
  clinic: `${townshipName}卫生院`,
  government: `${townshipName}人民政府`,
}
const small = [
  { kind: 'rental_house', name: '出租房', count: 16, isTown: true, isKey: true },
  { kind: 'shop', name: '小超市', count: 12, isTown: true, isKey: false },
  { kind: 'restaurant', name: '饭店', count: 8, isTown: true, isKey: false },
  { kind: 'workshop', name: '竹器作坊', count: 10, isTown: false, isKey: true },
  { kind: 'farm_stay', name: '农家乐', count: 6, isTown: false, isKey: false },
  { kind: 'fireworks_store', name: '烟花爆竹零售点', count: 3, isTown: true, isKey: true },
] as const

export function placesOfNote(
  seed: string,
  blocks: readonly Block[],
  villages: readonly Village[],
  buildings: readonly Building[],
): PlaceOfNote[] {
  const random = randomStream(seed, 'places')
  const villageOf = (block: number): Village => villages.find((village) => village.blocks.has(block))!
  const places: Omit<PlaceOfNote, 'id'>[] = []
  for (const block of blocks)
    if (block.plot) {
      const { name } = villageOf(block.id)
      const use = ['clinic', 'government'].includes(block.plot)
        ? buildings.find((b) => b.block === block.id && (b.use === 'clinic' || b.use === 'office'))
        : undefined
      places.push({
        kind: plotKinds[block.plot]!,
        name: plotNames[block.plot] ?? nameOfPlot(block.plot, name),
        address: name,
        isKey: block.plot !== 'park',
        at: use?.centre ?? block.centre,
      })
    }
  for (const village of villages) {
    const homes = buildings.filter((b) => village.blocks.has(b.block) && b.room > 0)
    const centre = centroid(
      [homes[0]!, homes[Math.floor(homes.length / 3)]!, homes[Math.floor((2 * homes.length) / 3)]!].map(
        (b) => b.centre,
      ),
    )
    const hall = homes.reduce((a, b) => (distance(b.centre, centre) < distance(a.centre, centre) ? b : a))
    places.push({
      kind: 'office',
      name: `${village.name}${village.name.endsWith('社区') ? '居' : '村'}委会`.replace('村村', '村'),
      address: village.name,
      isKey: true,
      at: hall.centre,
    })
  }
  for (const { kind, name, count, isTown, isKey } of small) {
    const homes = random
      .shuffled(buildings.filter((b) => b.room > 0 && blocks[b.block]!.isTown === isTown))
      .slice(0, count)
    homes.forEach((b, i) => {
      const village = villageOf(b.block).name
      places.push({
        kind,
        name: `${village.slice(0, 2)}${name}${i + 1}`,
        address: village,
        isKey,
        at: moved(b.centre, b.angle, random.between(-0.2, 0.2) * b.width),
      })
    })
  }
  return places.map((place, i) => ({ id: `P${String(i + 1).padStart(3, '0')}`, ...place }))
}
