import { bbox } from '@turf/bbox'
import type { Geometry, MultiPolygon } from 'geojson'
import type { HouseholdPoint } from '../values.ts'
import { groundIndex, type Placement } from './judge-households.ts'
import { findingMessage } from './messages.ts'
import { type Finding, type Problem, problemCodes } from './report.ts'

/** A finding and the problem it became. */
export interface NumberedFinding {
  readonly finding: Finding
  readonly problem: Problem
}

/** Sorts findings, counts their households and gives them their ids. */
export function numberFindings(
  findings: readonly Finding[],
  households: readonly HouseholdPoint[] | undefined,
  placement: Placement | undefined,
): NumberedFinding[] {
  const counts = households && placement ? countHouseholds(findings, households, placement) : null
  const keyed = findings.map((finding, i) => {
    const place = centreOf(finding.geometry)
    const code = String(problemCodes.indexOf(finding.code)).padStart(2, '0')
    const key = [code, finding.grids.join('\u0001'), finding.household ?? finding.site ?? '', place].join(
      '\u0000',
    )
    return { finding, key, touched: counts ? counts[i]! : null }
  })
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  const ids = new Map<string, number>()
  return keyed.map(({ finding, key, touched }) => {
    const hash = hashText(key)
    const before = ids.get(hash) ?? 0
    ids.set(hash, before + 1)
    const {
      ground: _ground,
      owners: _owners,
      count: _count,
      detail: _detail,
      regions: _regions,
      concerns: _concerns,
      ...shown
    } = finding
    const problem = {
      id: before === 0 ? hash : `${hash}-${before + 1}`,
      ...shown,
      households: touched,
      message: findingMessage(finding, touched),
    }
    return { finding, problem }
  })
}

/** How many households lie on each ground. */
export function householdsOn(
  grounds: readonly MultiPolygon[],
  households: readonly HouseholdPoint[],
): Int32Array {
  const groundsAt = groundIndex(grounds)
  const counts = new Int32Array(grounds.length)
  for (const { longitude, latitude } of households)
    for (const ground of groundsAt(longitude, latitude)) counts[ground]!++
  return counts
}

function countHouseholds(
  findings: readonly Finding[],
  households: readonly HouseholdPoint[],
  placement: Placement,
): number[] {
  const grounded = findings.filter((finding) => finding.ground)
  const onGround = householdsOn(
    grounded.map((finding) => finding.ground!),
    households,
  )
  const ofGround = new Map(grounded.map((finding, i) => [finding, onGround[i]!]))
  const perOwner = new Int32Array(placement.perGrid.length)
  for (const grids of placement.grids) for (const grid of grids) perOwner[grid]!++
  return findings.map(
    (finding) =>
      finding.count ??
      ofGround.get(finding) ??
      finding.owners?.reduce((sum, owner) => sum + perOwner[owner]!, 0) ??
      0,
  )
}

/** Middle of the box around a geometry to about a metre, so that rounding elsewhere does not change an id. */
function centreOf(geometry: Geometry | null): string {
  if (!geometry) return ''
  const [west, south, east, north] = bbox(geometry)
  return `${((west + east) / 2).toFixed(5)} ${((south + north) / 2).toFixed(5)}`
}

/** Two rounds of FNV-1a over UTF-16 code units: 64 bits in 13 letters and digits. */
export function hashText(text: string): string {
  let low = 0x811c9dc5
  let high = 0xcbf29ce4
  for (let i = 0; i < text.length; i++) {
    low = Math.imul(low ^ text.charCodeAt(i), 0x01000193)
    high = Math.imul(high ^ (text.charCodeAt(i) + i), 0x01000193)
  }
  const word = (value: number): string => (value >>> 0).toString(36).padStart(7, '0')
  return word(high) + word(low)
}
