/** Households in their buildings: how many each grid has, who heads them, what marks they bear. */
import type { Building } from './buildings.ts'
import { type GridPlan, shares, type Village } from './division.ts'
import { personName } from './names.ts'
import { distanceToLine, moved, type Point } from './plane.ts'
import { type Random, randomStream } from './random.ts'
import type { Road } from './roads.ts'

export interface Household {
  readonly id: string
  readonly villageCode: string
  /** Code of the grid it belongs to before the boundary change. */
  readonly grid: string
  readonly block: number
  readonly at: Point
  readonly address: string
  readonly head: string
  readonly members: number
  readonly categories: readonly string[]
  readonly mustVisit: boolean
}

export const sizeBand = { from: 300, to: 500 }
/** Grids planted outside the band. */
const smallSizes = [262, 281, 289]
const largeSizes = [513, 521]
const dedicatedHouseholds: Readonly<Record<string, number>> = {
  garmentWorks: 22,
  bambooWorks: 14,
  market: 9,
  middleSchool: 6,
  primarySchool: 4,
  villageSchool: 3,
}

/** Households by grid code; they sum to `total`. */
function gridSizes(
  grids: readonly GridPlan[],
  roomOf: (grid: GridPlan) => number,
  total: number,
  random: Random,
): Map<string, number> {
  const sizes = new Map<string, number>()
  for (const grid of grids) if (grid.plot) sizes.set(grid.code, dedicatedHouseholds[grid.plot]!)
  const ordinary = grids.filter(({ plot }) => !plot).sort((a, b) => roomOf(a) - roomOf(b))
  const small = ordinary.slice(0, smallSizes.length)
  const large = ordinary.slice(-largeSizes.length)
  small.forEach((grid, i) => sizes.set(grid.code, smallSizes[i]!))
  large.forEach((grid, i) => sizes.set(grid.code, largeSizes[i]!))
  const rest = ordinary.slice(smallSizes.length, -largeSizes.length)
  const left = total - [...sizes.values()].reduce((a, b) => a + b, 0)
  const inBand = shares(
    rest.map((grid) => 460 + Math.min(roomOf(grid), 700) * 0.25 + random.between(0, 30)),
    left,
  )
  rest.forEach((grid, i) => sizes.set(grid.code, inBand[i]!))
  const [least, most] = [Math.min(...inBand), Math.max(...inBand)]
  if (least < sizeBand.from + 12 || most > sizeBand.to - 12)
    throw new Error(`grid sizes ${least}..${most} too near the band's ends`)
  return sizes
}

const membersWeights = [0.13, 0.3, 0.27, 0.16, 0.09, 0.05]

/** Marks and members; shares as in rural townships of the east. */
function marks(isRural: boolean, random: Random): Pick<Household, 'members' | 'categories' | 'mustVisit'> {
  const categories: string[] = []
  let members = 1 + membersWeights.indexOf(random.weighted(membersWeights, (w) => w))
  if (random.chance(isRural ? 0.045 : 0.03)) {
    categories.push('living_alone')
    members = 1
  } else if (isRural && random.chance(0.025)) {
    categories.push('left_behind_child')
    members = Math.max(3, members)
  }
  if (random.chance(0.006)) categories.push('five_guarantee')
  else if (random.chance(0.03)) categories.push('low_income')
  if (random.chance(0.038)) categories.push('disabled')
  if (random.chance(0.014)) categories.push('preferential')
  const mustVisit =
    categories.some((c) => c === 'five_guarantee' || c === 'living_alone' || c === 'left_behind_child') ||
    (categories.length > 0 && random.chance(0.45))
  return { members, categories, mustVisit }
}

export interface PopulationInput {
  readonly seed: string
  readonly villages: readonly Village[]
  readonly grids: readonly GridPlan[]
  readonly buildings: readonly Building[]
  readonly hamletNames: readonly string[]
  readonly roads: readonly Road[]
  readonly total: number
}

export function settle({
  seed,
  villages,
  grids,
  buildings,
  hamletNames,
  roads,
  total,
}: PopulationInput): Household[] {
  const random = randomStream(seed, 'population')
  const buildingsOf = new Map(
    grids.map((grid) => [grid.code, buildings.filter((b) => grid.blocks.has(b.block))]),
  )
  const sizes = gridSizes(
    grids,
    (grid) => buildingsOf.get(grid.code)!.reduce((sum, b) => sum + b.room, 0),
    total,
    random,
  )
  const villageName = new Map(villages.map(({ code, name }) => [code, name]))
  const named = roads.filter((road) => road.name !== undefined)
  const numbers = new Map<string, number>()
  const addressOf = (building: Building, village: string): string => {
    const street =
      building.hamlet === undefined
        ? (named.find((road) => distanceToLine(building.centre, road.line) < 45)?.name ?? '')
        : hamletNames[building.hamlet]!
    const key = village + street
    numbers.set(key, (numbers.get(key) ?? 0) + 1)
    return `${village}${street}${numbers.get(key)}${building.use === 'flats' ? '幢' : '号'}`
  }
  const households: Household[] = []
  for (const grid of grids) {
    const homes = buildingsOf.get(grid.code)!.filter((b) => (grid.plot ? b.room === 0 : b.room > 0))
    const counts = shares(
      homes.map((b) => (grid.plot ? 1 : b.room * random.between(0.75, 1.25))),
      sizes.get(grid.code)!,
    )
    for (const [i, building] of homes.entries()) {
      const address = addressOf(building, villageName.get(grid.village)!)
      for (let n = 0; n < counts[i]!; n++) {
        const at = moved(
          building.centre,
          building.angle,
          random.between(-0.42, 0.42) * building.width,
          random.between(-0.38, 0.38) * building.depth,
        )
        const door = counts[i]! > 1 ? `${Math.floor(n / 4) + 1}0${(n % 4) + 1}室` : ''
        households.push({
          id: `H${grid.village.slice(-3)}${String(households.length + 1).padStart(5, '0')}`,
          villageCode: grid.village,
          grid: grid.code,
          block: building.block,
          at,
          address: address + door,
          head: personName(random),
          ...marks(building.hamlet !== undefined, random),
        })
      }
    }
  }
  return households
}
