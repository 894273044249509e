import { booleanIntersects, lineString, polygon } from '@turf/turf'
import fc from 'fast-check'
import { cellToBoundary, gridPathCells, latLngToCell } from 'h3-js'
import { describe, expect, it } from 'vitest'
import { localMetricFrame } from '../../../server/core/geometry/local-metric-frame.ts'
import { HexagonWalk, hexagonsTouching } from '../../../server/core/hexagons/walk-hexagons.ts'

type Line = readonly [ax: number, ay: number, bx: number, by: number]

const metresToEnd = (longitude: number, latitude: number, metres: number, angle: number): Line => {
  const frame = localMetricFrame(longitude, latitude)
  return [
    longitude,
    latitude,
    longitude + (metres * Math.cos(angle)) / frame.metresPerDegreeLongitude,
    latitude + (metres * Math.sin(angle)) / frame.metresPerDegreeLatitude,
  ]
}

const arbitraryLine = fc
  .tuple(
    fc.double({ min: 73, max: 135, noNaN: true }),
    fc.double({ min: 18, max: 53, noNaN: true }),
    fc.oneof(fc.double({ min: 0.1, max: 120, noNaN: true }), fc.double({ min: 120, max: 6000, noNaN: true })),
    fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
  )
  .map(([longitude, latitude, metres, angle]) => ({
    line: metresToEnd(longitude, latitude, metres, angle),
    metres,
  }))

function walked(resolution: number, ...lines: readonly Line[]): string[] {
  const walk = new HexagonWalk(resolution)
  walk.start()
  for (const line of lines) walk.walk(...line)
  return walk.visited()
}

/** Cells that hold two neighbouring samples, `step` metres apart: crossed by more than a touch. */
function sampled([ax, ay, bx, by]: Line, metres: number, step: number, resolution: number): Set<string> {
  const found = new Set<string>()
  const n = Math.max(1, Math.ceil(metres / step))
  let before = ''
  for (let i = 0; i <= n; i++) {
    const id = latLngToCell(ay + (i / n) * (by - ay), ax + (i / n) * (bx - ax), resolution)
    if (id === before || i === 0) found.add(id)
    before = id
  }
  return found
}

describe('a walk over hexagons', () => {
  it('visits every hexagon crossed and none the line does not touch', () => {
    fc.assert(
      fc.property(arbitraryLine, fc.constantFrom(9, 11, 12), ({ line, metres }, resolution) => {
        const visited = new Set(walked(resolution, line))
        const missed = [...sampled(line, metres, 0.5, resolution)].filter((id) => !visited.has(id))
        expect(missed).toEqual([])
        const drawn = lineString([line.slice(0, 2), line.slice(2)])
        for (const id of visited)
          expect(booleanIntersects(drawn, polygon([cellToBoundary(id, true)]))).toBe(true)
      }),
      { numRuns: 250 },
    )
  }, 300_000)

  it('goes on from where it was, and remembers cells, without a difference', () => {
    fc.assert(
      fc.property(fc.array(arbitraryLine, { minLength: 2, maxLength: 4 }), (steps) => {
        const shared = new HexagonWalk(11)
        for (const { line } of steps) {
          const [ax, ay, bx, by] = line
          const [mx, my] = [(ax + bx) / 2, (ay + by) / 2]
          shared.start()
          shared.walk(ax, ay, mx, my)
          shared.walk(mx, my, bx, by)
          expect(shared.visited()).toEqual(walked(11, [ax, ay, mx, my], [mx, my, bx, by]))
        }
      }),
      { numRuns: 50 },
    )
  })

  it('visits the one hexagon of a line without length', () => {
    expect(walked(11, [121, 31, 121, 31])).toEqual([latLngToCell(31, 121, 11)])
  })

  it('passes along sides and through corners without losing its way', () => {
    const centre = latLngToCell(31, 121, 11)
    const corners = cellToBoundary(centre, true) as [number, number][]
    for (let i = 0; i < 6; i++) {
      const [ax, ay] = corners[i]!
      const [bx, by] = corners[(i + 3) % 6]!
      // Corner to opposite corner, drawn out beyond both: exactly through two corners.
      const through: Line = [2 * ax - bx, 2 * ay - by, 2 * bx - ax, 2 * by - ay]
      expect(walked(11, through)).toContain(centre)
      const [cx, cy] = corners[(i + 1) % 6]!
      const along = walked(11, [ax, ay, cx, cy])
      expect(along.length).toBeGreaterThan(0)
      expect(along.length).toBeLessThanOrEqual(4)
    }
  })

  it('finds what gridPathCells misses', () => {
    let missed = 0
    for (let i = 0; i < 36; i++) {
      const line = metresToEnd(121.3456, 31.2345, 100, (i / 36) * 2 * Math.PI)
      const [ax, ay, bx, by] = line
      const path = new Set(gridPathCells(latLngToCell(ay, ax, 11), latLngToCell(by, bx, 11)))
      const truth = [...sampled(line, 100, 0.1, 11)]
      missed += truth.filter((id) => !path.has(id)).length
      expect(walked(11, line)).toEqual(expect.arrayContaining(truth))
    }
    expect(missed).toBeGreaterThan(0)
  })
})

describe('hexagons of a grid', () => {
  it('are all that a walk inside can visit', () => {
    const frame = localMetricFrame(121, 31)
    const [dx, dy] = [200 / frame.metresPerDegreeLongitude, 150 / frame.metresPerDegreeLatitude]
    const ring = [[121, 31], [121 + dx, 31], [121 + dx, 31 + dy], [121, 31 + dy], [121, 31]] // biome-ignore format: a box
    const touching = new Set(hexagonsTouching({ type: 'Polygon', coordinates: [ring] }, 11))
    // Back and forth in rows 5 m apart.
    const rows = Array.from({ length: 31 }, (_, i): Line => {
      const y = 31 + (i / 30) * dy
      return [121, y, 121 + dx, y]
    })
    const visited = walked(11, ...rows)
    expect(visited.filter((id) => !touching.has(id))).toEqual([])
    // 200 m × 150 m in hexagons of some 2,000 m²: about 15 whole ones and those cut by the rim.
    expect(visited.length).toBeGreaterThan(15)
    expect(touching.size - visited.length).toBeLessThanOrEqual(3)
  })
})
