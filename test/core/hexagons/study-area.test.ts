import fc from 'fast-check'
import type { MultiPolygon, Polygon } from 'geojson'
import { describe, expect, it } from 'vitest'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import { membershipOf } from '../../../server/core/hexagons/area-membership.ts'
import {
  hexagonAreaSquareKm,
  hexagonCentre,
  hexagonsWithin,
  pointToHexagon,
} from '../../../server/core/hexagons/hexagon.ts'
import { ringWeights } from '../../../server/core/hexagons/ring-weights.ts'
import { hexagonsCovering, hullOf, StudyAreaTooLarge } from '../../../server/core/hexagons/study-area.ts'

const box = (west: number, south: number, east: number, north: number): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
})

describe('the hexagons of an area', () => {
  it('are those whose centre lies in it, and all of them', () => {
    const corner = fc.tuple(
      fc.double({ min: 75, max: 133, noNaN: true }),
      fc.double({ min: 19, max: 52, noNaN: true }),
    )
    const size = fc.double({ min: 0.001, max: 0.05, noNaN: true })
    fc.assert(
      fc.property(corner, size, size, ([west, south], width, height) => {
        const area = box(west, south, west + width, south + height)
        const isIn = membershipOf(area)
        const found = hexagonsCovering(area, 9, 1e6)
        expect(new Set(found).size).toBe(found.length)
        expect(found.filter((hexagon) => !isIn(...hexagonCentre(hexagon)))).toEqual([])
        // Every hexagon near the middle of the box that belongs to it by its centre is there.
        const near = hexagonsWithin(pointToHexagon(west + width / 2, south + height / 2, 9), 4)
        const set = new Set(found)
        expect(near.filter((hexagon) => isIn(...hexagonCentre(hexagon)) && !set.has(hexagon))).toEqual([])
      }),
      { numRuns: 50 },
    )
  })

  it('are together as large as the area, within what its edge can make of it', () => {
    const area = box(119.5, 29.8, 119.7, 30)
    const covered = hexagonsCovering(area, 9, 1e6).reduce(
      (sum, hexagon) => sum + hexagonAreaSquareKm(hexagon),
      0,
    )
    expect(Math.abs(covered / (areaSquareMetres(area) / 1e6) - 1)).toBeLessThan(0.005)
  })

  it('leave holes out and count a hexagon of two parts once', () => {
    const whole = box(119.5, 29.9, 119.56, 29.96)
    const hole = box(119.52, 29.92, 119.54, 29.94)
    const holed: Polygon = { type: 'Polygon', coordinates: [whole.coordinates[0]!, hole.coordinates[0]!] }
    const [all, inHole] = [hexagonsCovering(whole, 9, 1e6), hexagonsCovering(hole, 9, 1e6)]
    expect(inHole.length).toBeGreaterThan(0)
    expect(hexagonsCovering(holed, 9, 1e6).length).toBe(all.length - inHole.length)
    const twice: MultiPolygon = { type: 'MultiPolygon', coordinates: [whole.coordinates, whole.coordinates] }
    expect(hexagonsCovering(twice, 9, 1e6).length).toBe(all.length)
  })

  it('are refused when there are too many, with their number', () => {
    const area = box(119.5, 29.8, 119.7, 30)
    const found = hexagonsCovering(area, 9, 1e6).length
    expect(() => hexagonsCovering(area, 9, Math.floor(found * 0.95))).toThrow(StudyAreaTooLarge)
    expect(hexagonsCovering(area, 9, Math.ceil(found * 1.05)).length).toBe(found)
    expect(hexagonsCovering({ type: 'MultiPolygon', coordinates: [] }, 9, 0)).toEqual([])
    // A continent at the finest resolution: refused at once, not after filling the memory.
    expect(() => hexagonsCovering(box(70, 20, 130, 50), 15, 1e6)).toThrow(StudyAreaTooLarge)
  })
})

describe('the hull of hexagons', () => {
  it('holds the centres of all, and is null for fewer than three or a line', () => {
    const disk = hexagonsWithin(pointToHexagon(119.6, 29.9, 9), 3)
    const isIn = membershipOf(hullOf(disk)!)
    expect(disk.every((hexagon) => isIn(...hexagonCentre(hexagon)))).toBe(true)
    expect(hullOf(disk.slice(0, 2))).toBeNull()
    expect(hullOf([disk[0]!, disk[0]!, disk[0]!])).toBeNull()
  })
})

describe('ring weights', () => {
  it('join hexagons of the list at most so many steps apart, both ways', () => {
    const disk = hexagonsWithin(pointToHexagon(119.6, 29.9, 9), 2).sort()
    const weights = ringWeights(disk, 1)
    const size = disk.map((_, i) => weights.starts[i + 1]! - weights.starts[i]!)
    // Of 19 hexagons: the middle and its 6 neighbours have 6; of the outer 12, corners 3 and sides 4.
    expect(size.toSorted((a, b) => a - b)).toEqual([
      ...Array(6).fill(3),
      ...Array(6).fill(4),
      ...Array(7).fill(6),
    ])
    const links = disk.flatMap((_, i) =>
      [...weights.places.subarray(weights.starts[i], weights.starts[i + 1])].map((j) => `${i} ${j}`),
    )
    expect(links.map((link) => link.split(' ').toReversed().join(' ')).toSorted()).toEqual(links.toSorted())
    expect(ringWeights(disk, 4).places.length).toBe(19 * 18)
    expect(() => ringWeights([disk[0]!, disk[0]!], 1)).toThrow(RangeError)
  })
})
