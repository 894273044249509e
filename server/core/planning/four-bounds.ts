import { locator } from '../coverage/locate.ts'
import { polygonsOf, ringTable } from '../coverage/ring-table.ts'
import {
  type LocalMetricFrame,
  latitudeAt,
  localMetricFrame,
  longitudeAt,
} from '../geometry/local-metric-frame.ts'
import type { AreaGeometry, Message } from '../values.ts'
import { type BoundLine, outlineSteps, type Step, stepLine } from './four-bounds-steps.ts'

export type Side = 'east' | 'south' | 'west' | 'north'

/** In the order in which 四至 are written. */
export const sides: readonly Side[] = ['east', 'south', 'west', 'north']

/** Ground beside the grid that has a name: another grid, another village. */
export interface NamedGround {
  readonly name: string
  readonly geometry: AreaGeometry
}

/** What a stretch of boundary is called after. */
export interface Bound {
  readonly kind: 'line' | 'ground' | 'limit'
  readonly name: Message
}

export interface SideBounds {
  /** Length of the boundary that faces this side. */
  readonly metres: number
  /** What holds it, most first; shares add up to 1. */
  readonly bounds: readonly (Bound & { readonly metres: number; readonly share: number })[]
}

export interface FourBounds {
  readonly sides: Readonly<Record<Side, SideBounds>>
  /** 东至人民路，南至第二网格，西至临溪，北至村（社区）界。 */
  readonly text: Message
}

export interface FourBoundsInput {
  readonly geometry: AreaGeometry
  /** Lines on the ground; of those not near the boundary nothing shows. */
  readonly lines: readonly BoundLine[]
  readonly neighbours: readonly NamedGround[]
  /** What lies where there is neither line nor neighbour. */
  readonly limit?: Message
  /**
   * How far from a line a boundary still runs along it: 15 m by default, half of a wide street, because divisions drawn by hand
   * follow its edge as often as its middle.
   */
  readonly toleranceMetres?: number
}

/** Just across the boundary. */
const ACROSS_METRES = 1

/**
 * The four bounds in words (四至) of a grid: for each side of the compass, what holds most of the boundary facing it.
 *
 * The outer rings are walked in steps. A step faces the side its outward normal is nearest to; holes face nobody. It is called
 * after the nearest line along it if that has a name, else after the ground across it, else after the line's kind, else after
 * the limit. A side that no step faces, as on the tip of a wedge, takes all steps by how much they face it (length times the cosine).
 */
export function fourBounds(input: FourBoundsInput): FourBounds {
  const frame = frameAround(input.geometry)
  const steps = outlineSteps(input.geometry, frame)
  const boundAt = namer(input, steps, frame)
  const named = steps.map((step) => ({ step, bound: boundAt(step) }))
  const of = (side: Side): SideBounds => {
    const facing = named.filter(({ step }) => nearestSide(step) === side)
    return facing.length > 0
      ? summed(facing.map(({ step, bound }) => ({ bound, metres: step.metres })))
      : summed(
          named.map(({ step, bound }) => ({ bound, metres: step.metres * Math.max(0, cosine(step, side)) })),
        )
  }
  const found = { east: of('east'), south: of('south'), west: of('west'), north: of('north') }
  return { sides: found, text: sentence(found) }
}

const limitWords: Message = { zh: '村（社区）界', en: 'the village limit' }

const kindWords: Readonly<Record<BoundLine['kind'], Message>> = {
  road: { zh: '道路', en: 'a road' },
  rail: { zh: '铁路', en: 'a railway' },
  water: { zh: '水系', en: 'water' },
  wall: { zh: '围墙', en: 'a wall' },
}

/** A function that tells what a step is called after. */
function namer(
  { lines, neighbours, limit = limitWords, toleranceMetres = 15 }: FourBoundsInput,
  steps: readonly Step[],
  frame: LocalMetricFrame,
): (step: Step) => Bound {
  const lineAlong = stepLine(lines, steps, frame, toleranceMetres)
  const sorted = neighbours.toSorted((p, q) => byText(p.name, q.name))
  const locate = locator(ringTable(sorted.map(({ geometry }) => geometry)))
  const across = ({ x, y, outX, outY }: Step, metres: number): number | undefined =>
    locate(longitudeAt(frame, x + metres * outX), latitudeAt(frame, y + metres * outY)).inside[0]
  return (step) => {
    const line = lineAlong(step)
    if (line && line.name !== null) return { kind: 'line', name: { zh: line.name, en: line.name } }
    // Farther out where a division has a gap along the line.
    const ground = across(step, ACROSS_METRES) ?? across(step, toleranceMetres)
    const name = ground === undefined ? undefined : sorted[ground]!.name
    if (name !== undefined) return { kind: 'ground', name: { zh: name, en: name } }
    return line ? { kind: 'line', name: kindWords[line.kind] } : { kind: 'limit', name: limit }
  }
}

const cosine = ({ outX, outY }: Step, side: Side): number =>
  side === 'east' ? outX : side === 'west' ? -outX : side === 'north' ? outY : -outY

/** East and west take the diagonals. */
function nearestSide({ outX, outY }: Step): Side {
  if (Math.abs(outX) >= Math.abs(outY)) return outX > 0 ? 'east' : 'west'
  return outY > 0 ? 'north' : 'south'
}

function summed(stretches: readonly { readonly bound: Bound; readonly metres: number }[]): SideBounds {
  const sums = new Map<string, { bound: Bound; metres: number }>()
  for (const { bound, metres } of stretches) {
    const key = `${bound.kind} ${bound.name.zh}`
    const sum = sums.get(key) ?? { bound, metres: 0 }
    sum.metres += metres
    sums.set(key, sum)
  }
  const total = [...sums.values()].reduce((sum, { metres }) => sum + metres, 0)
  return {
    metres: total,
    bounds: [...sums.values()]
      .filter(({ metres }) => metres > 0)
      .map(({ bound, metres }) => ({ ...bound, metres, share: metres / total }))
      .toSorted((p, q) => q.metres - p.metres || byText(p.name.zh, q.name.zh) || byText(p.kind, q.kind)),
  }
}

const sideWords: Readonly<Record<Side, Message>> = {
  east: { zh: '东至', en: 'east to ' },
  south: { zh: '南至', en: 'south to ' },
  west: { zh: '西至', en: 'west to ' },
  north: { zh: '北至', en: 'north to ' },
}

function sentence(found: FourBounds['sides']): Message {
  const part = (language: 'zh' | 'en') => (side: Side) =>
    sideWords[side][language] + (found[side].bounds[0]?.name[language] ?? '—')
  const en = sides.map(part('en')).join(', ')
  return { zh: `${sides.map(part('zh')).join('，')}。`, en: `${en.slice(0, 1).toUpperCase()}${en.slice(1)}.` }
}

/** A flat frame around the middle of the outline. */
function frameAround(geometry: AreaGeometry): LocalMetricFrame {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const rings of polygonsOf(geometry))
    for (const [x, y] of (rings[0] ?? []) as [number, number][]) {
      west = Math.min(west, x)
      south = Math.min(south, y)
      east = Math.max(east, x)
      north = Math.max(north, y)
    }
  return localMetricFrame((west + east) / 2, (south + north) / 2)
}

const byText = (p: string, q: string): number => (p < q ? -1 : p > q ? 1 : 0)
