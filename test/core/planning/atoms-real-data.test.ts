/** Liechtenstein as OpenStreetMap had it: 11 municipalities with exclaves, 56,000 edges of roads and tracks, 8,995 buildings. */
import { readFileSync } from 'node:fs'
import type { Feature, FeatureCollection, LineString, MultiPolygon, Position } from 'geojson'
import { describe, expect, test } from 'vitest'
import { checkDivision } from '../../../server/core/coverage/check-division.ts'
import { dissolve } from '../../../server/core/coverage/dissolve.ts'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import { makeAtoms } from '../../../server/core/planning/atoms/make-atoms.ts'
import { barriersOfRoads } from '../../../server/core/planning/barrier-rank.ts'
import { hasRealData, realData } from '../../support/real-data.ts'

const features = <G extends LineString | MultiPolygon>(
  file: string,
): Feature<G, Record<string, string | undefined>>[] =>
  (
    JSON.parse(readFileSync(realData(`data/liechtenstein/${file}`), 'utf8')) as FeatureCollection<
      G,
      Record<string, string | undefined>
    >
  ).features

const cornerMean = (ring: readonly Position[]): [number, number] => {
  const corners = ring.slice(1)
  const mean = (axis: 0 | 1): number => corners.reduce((sum, p) => sum + p[axis]!, 0) / corners.length
  return [mean(0), mean(1)]
}

describe.runIf(hasRealData)('Liechtenstein', () => {
  test('is covered once, each municipality whole, exclaves and all', () => {
    const villages = features<MultiPolygon>('boundaries/admin_level_8.geojson').map((one) => ({
      code: one.properties['name']!,
      boundary: one.geometry,
    }))
    const barriers = barriersOfRoads(
      features<LineString>('roads/highways.geojson').map(({ properties, geometry }) => ({
        id: properties['osm']!,
        name: properties['name'] ?? null,
        class: properties['highway']!,
        path: { type: 'MultiLineString', coordinates: [geometry.coordinates] },
      })),
    )
    const buildings = features<MultiPolygon>('households/buildings.geojson').map((one) => ({
      id: one.properties['osm']!,
      name: null,
      geometry: one.geometry,
    }))
    const households = buildings.map(({ id, geometry }) => {
      const [longitude, latitude] = cornerMean(geometry.coordinates[0]![0]!)
      return { id, longitude, latitude, persons: 1, mustVisit: false }
    })
    const input = { villages, barriers, sites: [], naturalVillages: [], buildings, households }
    const { graph, notes } = makeAtoms(input)

    const grids = graph.atoms.map(({ id, geometry }) => ({ code: id, geometry }))
    const within = dissolve(villages.map(({ boundary }) => boundary))
    expect(checkDivision({ grids, within }).problems).toEqual([])
    expect(villages).toHaveLength(11)
    for (const { code, boundary } of villages) {
      const own = graph.atoms.filter(({ village }) => village === code)
      const area = own.reduce((sum, { geometry }) => sum + areaSquareMetres(geometry), 0)
      expect(Math.abs(area - areaSquareMetres(boundary))).toBeLessThan(1e-6)
      expect(own.length).toBeGreaterThan(20)
    }
    // 8,995 buildings, 33 of them abroad, says the data's README.
    expect(graph.atoms.reduce((sum, atom) => sum + atom.households, 0)).toBe(8995 - 33)
    expect(notes.find(({ code }) => code === 'household_outside')!.households).toBe(33)
    // The municipalities' outlines fit together, so nothing is said of them.
    expect(notes.filter(({ code }) => code === 'villages_disagree')).toEqual([])
  })
})
