/**
 * Cases that others publish, where their definitions are ours. A unit of theirs is 100 m here and their second 100 s, so that people could
 * walk them; theirs are trajectories without error or gap.
 *
 * What differs, and is therefore not here:
 * - MovingPandas' `point_based` clip keeps fixes only and no crossings.
 * - scikit-mobility's 54 fixes above 500 km/h are of a sample that is not at hand.
 *
 * Stays, stops and trips: published-stays.test.ts.
 */
import { describe, expect, it } from 'vitest'
import { fourHoursThreeKilometres } from '../../../server/core/policy/patrol-policy.ts'
import { labelTrace } from '../../../server/core/trajectories/label-trace.ts'
import { localDayOf } from '../../../server/core/trajectories/local-day.ts'
import { readWorkerDay } from '../../../server/core/trajectories/match-worker-day.ts'
import { orderFixes } from '../../../server/core/trajectories/order-fixes.ts'
import type { AreaGeometry, Fix, LngLat } from '../../../server/core/values.ts'
import { at } from './simulate.ts'

const noon = Date.parse('2026-10-09T04:00:00Z')
/** Theirs have no gap, no speed limit. */
const policy = { ...fourHoursThreeKilometres, gapSeconds: 86_400, speedLimitMetresPerSecond: 1000 }

type Node = readonly [x: number, y: number, second: number]
const fixesOf = (nodes: readonly Node[]): Fix[] =>
  nodes.map(([x, y, second]) => {
    const [longitude, latitude] = at(x * 100, y * 100)
    return { time: noon + second * 100_000, longitude, latitude }
  })
const polygonOf = (...corners: readonly (readonly [number, number])[]): AreaGeometry => ({
  type: 'Polygon',
  coordinates: [[...corners, corners[0]!].map(([x, y]) => [...at(x * 100, y * 100)])],
})
const box = (west: number, south: number, east: number, north: number): AreaGeometry =>
  polygonOf([west, south], [east, south], [east, north], [west, north])

/** The pieces of a trace within a polygon. */
function clip(fixes: readonly Fix[], geometry: AreaGeometry) {
  const read = readWorkerDay(orderFixes(fixes), localDayOf(fixes[0]!.time), policy)!
  return labelTrace(read, [{ code: 'a', geometry, from: null, to: null }], policy).filter(
    ({ label }) => label === 'inside' || label === 'stay',
  )
}
/** Visits as their seconds [from, to]. */
const visits = (nodes: readonly Node[], geometry: AreaGeometry): number[][] =>
  clip(fixesOf(nodes), geometry).map(({ from, to }) => [(from - noon) / 1e5, (to - noon) / 1e5])

describe('clipping by a polygon (MovingPandas, tests/test_overlay.py, BSD-3)', () => {
  const five: Node[] = [[0, 0, 0], [6, 0, 6], [10, 0, 10], [10, 10, 20], [0, 10, 30]] // biome-ignore format: a table

  it('one intersection: in at 5 s, out at 7 s', () => {
    expect(visits(five, box(5, -5, 7, 8))).toEqual([[5, 7]])
  })

  it('no node in the polygon: 1 to 2 s', () => {
    expect(visits(five, box(1, -5, 2, 8))).toEqual([[1, 2]])
  })

  it('two intersections with the same polygon: 5–7 s and 23–25 s', () => {
    expect(visits(five, box(5, -5, 7, 12))).toEqual([
      [5, 7],
      [23, 25],
    ])
  })

  it('a fix repeated a second later stays: 5 to 8 s', () => {
    const halted: Node[] = [[0, 0, 0], [6, 0, 6], [6, 0, 7], [10, 0, 11], [10, 10, 20], [0, 10, 30]] // biome-ignore format: a table
    expect(visits(halted, box(5, -5, 7, 5))).toEqual([[5, 8]])
  })

  it('single points at the crossings are interpolated: 5:51 to 6:24', () => {
    // Their minutes 5, 6 and 6:30 as seconds 300, 360 and 390, a unit of 100 m in 10 s of theirs.
    const nodes: Node[] = [[0, 0, 300], [6, 0, 360], [6.5, 0, 390]] // biome-ignore format: a table
    expect(visits(nodes, box(5.1, -5, 6.4, 12))).toEqual([[351, 384]])
  })

  it('backwards: 7:30 to 11:40 min', () => {
    const nodes: Node[] = [[10, 0, 0], [6, 0, 10], [0, 0, 20]] // biome-ignore format: a table
    const [only, ...others] = visits(nodes, box(5, -5, 7, 5))
    expect(others).toEqual([])
    expect(only![0]).toBeCloseTo(7.5, 9)
    expect(only![1]).toBeCloseTo(11 + 40 / 60, 4) // to the millisecond of ours
  })

  it('a slanted edge, half seconds: 12:24:22.5 to 12:35', () => {
    const nodes: Node[] = [[0, 10, 0], [10, 10, 10], [10, 0, 15], [6, 0, 30], [0, 0, 60]] // biome-ignore format: a table
    // Minutes past twelve as seconds: 24 min 22.5 s are 24.375, and the slanted edge is at x = 7.5 on y = 0.
    expect(visits(nodes, polygonOf([5, -5], [7, -5], [8, 5], [5, 5]))).toEqual([[24.375, 35]])
  })

  it('no intersection', () => {
    expect(visits(five, box(105, -5, 107, 12))).toEqual([])
  })

  it('all within, two seconds apart (their numerical time issues, Beijing)', () => {
    const [west, east, south, north] = [116.36850352835575, 116.37029459899574, 39.904675309969896, 39.90772814977718] // biome-ignore format: their names
    const geometry: AreaGeometry = {
      type: 'Polygon',
      coordinates: [[[west, south], [west, north], [east, north], [east, south], [west, south]]], // biome-ignore format: a ring
    }
    const rows = [[116.36855, 39.904926, 35], [116.368612, 39.904877, 37], [116.368644, 39.90484, 39]] as const // biome-ignore format: a table
    const fixes = rows.map(([longitude, latitude, second]) => ({
      time: Date.parse('2009-03-10T11:03:00Z') + second * 1000,
      longitude,
      latitude,
    }))
    const pieces = clip(fixes, geometry)
    expect(pieces.map(({ from, to }) => [from, to])).toEqual([[fixes[0]!.time, fixes[2]!.time]])
    expect(pieces[0]!.coordinates).toEqual(rows.map(([x, y]) => [x, y]))
  })

  it('a slanted quadrangle in degrees: the crossings to nine decimals (Arkansas)', () => {
    const ring = [[-92.9883, 35.38896], [-92.35109, 33.96139], [-93.27393, 33.61437], [-93.99904, 34.88572], [-92.9883, 35.38896]] // biome-ignore format: a ring
    const rows = [
      [-92, 35.35, 33], [-92.1, 35.3, 34], [-92.48333, 35.05, 38], [-92.68333, 34.95, 40], [-92.8, 34.86667, 41],
      [-93.15, 34.66667, 44], [-93.31667, 34.55, 45], [-93.66667, 34.35, 48], [-93.88333, 34.2, 50], [-94, 34.16904, 51],
    ] as const // biome-ignore format: a table
    const fixes = rows.map(([longitude, latitude, minute]) => ({
      time: Date.parse('2020-08-05T21:00:00Z') + minute * 60_000,
      longitude,
      latitude,
    }))
    const pieces = clip(fixes, { type: 'Polygon', coordinates: [ring] })
    expect(pieces).toHaveLength(1)
    const close = ([x, y]: LngLat, [a, b]: LngLat): void => {
      expect(x).toBeCloseTo(a, 9)
      expect(y).toBeCloseTo(b, 9)
    }
    const { coordinates } = pieces[0]!
    expect(coordinates).toHaveLength(6)
    close(coordinates[0]!, [-92.76600766934008, 34.89094857130274])
    close(coordinates[5]!, [-93.68590048921358, 34.33668617473444])
  })
})
