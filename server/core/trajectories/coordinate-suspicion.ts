/**
 * Whether a device's coordinates are in another system than it is declared in. In China that is the usual mistake: a phone's map
 * library gives GCJ-02 or BD-09, 300 to 1,200 m from WGS 84. Every system is tried on what was reported; the right one puts the
 * walk on the streets and into the assigned grid, and next to what another device of the worker reports at the same moment.
 * It is a warning with its evidence, for a person to judge: nothing is changed by it.
 */
import { distanceMetres } from '../geometry/distance-metres.ts'
import { eastMetres, localMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import type { AreaGeometry, Fix, LngLat, Message } from '../values.ts'
import { nearestLine } from './nearest-line.ts'
import { locate, OUTSIDE, prepareGrid } from './prepare-grid.ts'

/** A coordinate system that may be the right one. */
export interface SystemHypothesis {
  readonly name: string
  /** From coordinates as reported to WGS 84, longitude first, degrees. */
  readonly toWgs84: (longitude: number, latitude: number) => readonly [number, number]
}

export interface SuspicionRequest {
  /** What one device reported, before any conversion. */
  readonly reported: readonly Fix[]
  /** Name of the system it is declared in, one of `systems`. */
  readonly declared: string
  readonly systems: readonly SystemHypothesis[]
  /** The grids its worker answers for, WGS 84. */
  readonly grids: readonly AreaGeometry[]
  /** Streets and lanes around them, WGS 84. */
  readonly roads: readonly (readonly LngLat[])[]
  /** What other devices of the same worker reported, WGS 84. */
  readonly others?: readonly Fix[]
}

/** What speaks for one system. */
export interface SystemEvidence {
  readonly system: string
  /** Share of the places visited that lie in an assigned grid. */
  readonly insideShare: number | null
  /** Mean distance of the places visited from the nearest road, metres, each at most 50. */
  readonly roadMetres: number | null
  /** Median distance from what another device reported within a minute, metres. */
  readonly stepMetres: number | null
}

export interface CoordinateSuspicion {
  readonly declared: string
  /** The system that fits best. */
  readonly fits: string
  /** `likely`: two kinds of evidence agree, or another device of the worker shows it; `possible`: one does. */
  readonly certainty: 'likely' | 'possible'
  /** Places visited: cells of 25 m, so that an hour at a desk is one of them. */
  readonly places: number
  readonly evidence: readonly SystemEvidence[]
  readonly message: Message
}

export const suspicionPolicy = {
  cellMetres: 25,
  leastPlaces: 20,
  leastSteps: 5,
  stepMilliseconds: 60_000,
  roadReachMetres: 50,
  /** So much more of the walk lies inside, and so much of it at least. */
  insideGain: 0.3,
  insideLeast: 0.8,
  /** The roads are nearer by this factor. */
  roadFactor: 0.6,
  /** They speak against another system where the walk follows them as declared, and the other does not come nearer by this factor. */
  roadFollowedMetres: 20,
  roadAgainstFactor: 0.9,
  /** Devices of one pocket stand within so many metres of each other, those of two systems do not. */
  stepFarMetres: 150,
  stepNearMetres: 60,
} as const

/** The suspicion, or undefined where nothing speaks against the declared system. Independent of the order of the fixes. */
export function suspectCoordinates(request: SuspicionRequest): CoordinateSuspicion | undefined {
  const { reported, declared, systems } = request
  const places = placesOf(reported)
  const first = places[0]
  if (!first) return undefined
  const frame = localMetricFrame(first[0], first[1])
  const roads = nearestLine(request.roads, frame, suspicionPolicy.roadReachMetres)
  const grids = request.grids.map(prepareGrid)
  const evidence = systems.map(({ name, toWgs84 }): SystemEvidence => {
    const positions = places.map(([x, y]) => toWgs84(x, y))
    const isEnough = positions.length >= suspicionPolicy.leastPlaces
    const inside = positions.filter(([x, y]) => grids.some((grid) => locate(grid, x, y) !== OUTSIDE)).length
    const metres = roads && positions.map(([x, y]) => roads.metresTo(x, y)).reduce((sum, one) => sum + one, 0)
    return {
      system: name,
      insideShare: isEnough && grids.length > 0 ? inside / positions.length : null,
      roadMetres: isEnough && metres !== null ? metres / positions.length : null,
      stepMetres: stepMetres(reported, request.others ?? [], toWgs84),
    }
  })
  const own = evidence.find((one) => one.system === declared)
  if (!own) return undefined
  const found = evidence
    .filter((one) => one !== own)
    .map((one) => ({ one, certainty: certaintyOf(one, own) }))
    .filter(({ certainty }) => certainty !== undefined)
    .sort((a, b) => rank(a.certainty) - rank(b.certainty) || compare(a.one, b.one))
  const [best] = found
  if (!best?.certainty) return undefined
  return {
    declared,
    fits: best.one.system,
    certainty: best.certainty,
    places: places.length,
    evidence,
    message: messageOf(own, best.one),
  }
}

/** One position a cell, of the southernmost and then westernmost reading: where somebody was, not for how long. */
function placesOf(reported: readonly Fix[]): LngLat[] {
  const sorted = [...reported].sort((a, b) => a.latitude - b.latitude || a.longitude - b.longitude)
  const first = sorted[0]
  if (!first) return []
  // Cells of whole degrees' fractions, so that they do not depend on which fixes there are.
  const frame = localMetricFrame(0, Math.round(first.latitude))
  const cells = new Map<string, LngLat>()
  for (const { longitude, latitude } of sorted) {
    const column = Math.floor(eastMetres(frame, longitude) / suspicionPolicy.cellMetres)
    const row = Math.floor(northMetres(frame, latitude) / suspicionPolicy.cellMetres)
    const key = `${column} ${row}`
    if (!cells.has(key)) cells.set(key, [longitude, latitude])
  }
  return [...cells.values()]
}

/** Median distance between a fix and the other device's fix nearest in time, within a minute; null for fewer than five pairs. */
function stepMetres(
  reported: readonly Fix[],
  others: readonly Fix[],
  toWgs84: SystemHypothesis['toWgs84'],
): number | null {
  if (others.length === 0) return null
  const byTime = (a: Fix, b: Fix): number =>
    a.time - b.time || a.longitude - b.longitude || a.latitude - b.latitude
  const [mine, theirs] = [[...reported].sort(byTime), [...others].sort(byTime)]
  const metres: number[] = []
  let next = 0
  let last = Number.NaN
  for (const fix of mine) {
    if (fix.time === last) continue // one pair an instant, however often it was reported
    last = fix.time
    while (next + 1 < theirs.length && apart(theirs[next + 1]!, fix) < apart(theirs[next]!, fix)) next++
    const other = theirs[next]!
    if (apart(other, fix) > suspicionPolicy.stepMilliseconds) continue
    const [x, y] = toWgs84(fix.longitude, fix.latitude)
    metres.push(distanceMetres(x, y, other.longitude, other.latitude))
  }
  if (metres.length < suspicionPolicy.leastSteps) return null
  metres.sort((a, b) => a - b)
  return metres[metres.length >> 1]!
}

const apart = (a: Fix, b: Fix): number => Math.abs(a.time - b.time)

function certaintyOf(one: SystemEvidence, own: SystemEvidence): CoordinateSuspicion['certainty'] | undefined {
  const policy = suspicionPolicy
  const bySteps =
    one.stepMetres !== null &&
    own.stepMetres !== null &&
    own.stepMetres > policy.stepFarMetres &&
    one.stepMetres < policy.stepNearMetres
  if (bySteps) return 'likely'
  const [inside, ownInside] = [one.insideShare, own.insideShare]
  const byGrids =
    inside !== null &&
    ownInside !== null &&
    inside >= policy.insideLeast &&
    inside - ownInside >= policy.insideGain
  const againstByGrids = inside !== null && ownInside !== null && inside < ownInside
  const [road, ownRoad] = [one.roadMetres, own.roadMetres]
  const byRoads = road !== null && ownRoad !== null && road <= policy.roadFactor * ownRoad
  const againstByRoads =
    road !== null &&
    ownRoad !== null &&
    ownRoad <= policy.roadFollowedMetres &&
    road > policy.roadAgainstFactor * ownRoad
  if (byGrids && byRoads) return 'likely'
  return (byGrids && !againstByRoads) || (byRoads && !againstByGrids) ? 'possible' : undefined
}

const rank = (certainty: CoordinateSuspicion['certainty'] | undefined): number =>
  certainty === 'likely' ? 0 : 1

/** The better evidence first; by name where it is the same. */
const compare = (a: SystemEvidence, b: SystemEvidence): number =>
  (a.stepMetres ?? 0) - (b.stepMetres ?? 0) ||
  (a.roadMetres ?? 0) - (b.roadMetres ?? 0) ||
  (b.insideShare ?? 0) - (a.insideShare ?? 0) ||
  (a.system < b.system ? -1 : 1)

function messageOf(own: SystemEvidence, fits: SystemEvidence): Message {
  const parts: Message[] = []
  const percent = (share: number): string => `${Math.round(share * 100)} %`
  if (own.insideShare !== null && fits.insideShare !== null)
    parts.push({
      zh: `所到之处在责任网格内的占 ${percent(own.insideShare)}，改按 ${fits.system} 为 ${percent(fits.insideShare)}`,
      en: `${percent(own.insideShare)} of the places visited lie in the assigned grids, ${percent(fits.insideShare)} as ${fits.system}`,
    })
  if (own.roadMetres !== null && fits.roadMetres !== null)
    parts.push({
      zh: `距道路平均 ${own.roadMetres.toFixed(0)} 米，改按 ${fits.system} 为 ${fits.roadMetres.toFixed(0)} 米`,
      en: `they are ${own.roadMetres.toFixed(0)} m from a road on the average, ${fits.roadMetres.toFixed(0)} m as ${fits.system}`,
    })
  if (own.stepMetres !== null && fits.stepMetres !== null)
    parts.push({
      zh: `与同一网格员另一设备同时的位置相距 ${own.stepMetres.toFixed(0)} 米，改按 ${fits.system} 为 ${fits.stepMetres.toFixed(0)} 米`,
      en: `another device of the worker stands ${own.stepMetres.toFixed(0)} m away at the same time, ${fits.stepMetres.toFixed(0)} m as ${fits.system}`,
    })
  return {
    zh: `设备申报为 ${own.system}，坐标更像 ${fits.system}：${parts.map((one) => one.zh).join('；')}。数据未改动，请核对设备的坐标系。`,
    en: `The device is declared in ${own.system}, its coordinates look like ${fits.system}: ${parts.map((one) => one.en).join('; ')}. Nothing was changed; check the device’s coordinate system.`,
  }
}
