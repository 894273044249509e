import { describe, expect, it } from 'vitest'
import type { Warning } from '../../server/contract/warnings.ts'
import { hexagonBoundary, hexagonCentre, pointToHexagon } from '../../server/core/hexagons/hexagon.ts'
import { sayIn } from '../../web/i18n/language.ts'
import {
  incidentsOf,
  recurrenceWords,
  warningBox,
  warningLayer,
  warningLegend,
  warningLine,
  windowWords,
} from '../../web/screens/incidents/warnings/warnings.ts'

const hexagon = pointToHexagon(119.6, 29.9, 9)
const centre = hexagonCentre(hexagon)
const warning = {
  id: 'T-2026-10-08-1',
  town: 'T',
  night: '2026-10-08',
  category: 'fire',
  method: 'scan',
  centre: [centre[0], centre[1]],
  radius_m: 0,
  hexagons: [hexagon],
  grid: null,
  from: '2026-10-01',
  to: '2026-10-08',
  observed: 14,
  expected: 4.13,
  p: 0.001,
  recurrence_days: 1000,
  state: 'draft',
  decided_by: null,
  decided_at: null,
  reason: null,
  incident: null,
  followed: null,
  reading: { zh: '', en: '' },
} satisfies Warning
const zh = sayIn('zh')

describe('a warning in words', () => {
  it.each([
    [90, '若无聚集，约每 90 天才会出现一次'],
    [729, '若无聚集，约每 729 天才会出现一次'],
    // 1000 / 365 = 2.74
    [1000, '若无聚集，约每 2.7 年才会出现一次'],
    [36_500, '若无聚集，约每 100.0 年才会出现一次'],
    [36_501, '若无聚集，100 年也难出现一次'],
    [1e59, '若无聚集，100 年也难出现一次'],
  ])('by chance once in %i days reads %s', (days, words) => {
    expect(recurrenceWords(days, zh)).toBe(words)
  })

  it('counts its days, of which the last one said is the last that counts', () => {
    expect(windowWords(warning, zh)).toBe('2026-10-01 至 2026-10-07（7 天）')
    expect(warningLine(warning, zh)).toBe('2026-10-01 至 2026-10-07：14 起，预期 4.1 起')
  })
})

describe('the incidents of a warning', () => {
  const at = (lon: number | null, lat: number | null, category = 'fire') => ({ category, lon, lat })

  it('are those of its category in its hexagons', () => {
    const inside = at(centre[0], centre[1])
    // A hexagon of resolution 9 is some 350 m across; 0.01 degrees are about a kilometre.
    const others = [at(centre[0] + 0.01, centre[1]), at(centre[0], centre[1], 'traffic'), at(null, null)]
    expect(incidentsOf(warning, [...others, inside])).toEqual([inside])
    expect(incidentsOf({ ...warning, hexagons: [] }, [inside])).toEqual([])
  })
})

describe('warnings on the map', () => {
  const toggle = { id: 'warnings', label: 'Warned ground', shown: true }
  const other = { ...warning, id: 'T-2026-10-07-1', state: 'dismissed' } satisfies Warning
  const partsOf = (selected: string | null) => {
    const { source } = warningLayer([warning, other], { selected, boundary: null, theme: 'light', toggle })
    return source.type === 'geojson'
      ? source.data.features.map(({ properties }) => `${properties?.['id']} ${properties?.['part']}`)
      : []
  }

  it('are circles, and hexagons too of the one selected', () => {
    const circle = ({ id }: Pick<Warning, 'id'>): string[] => [`${id} ground`, `${id} circle`]
    expect(partsOf(null)).toEqual([...circle(warning), ...circle(other)])
    expect(partsOf(other.id)).toEqual([...circle(warning), `${other.id} hexagon`, ...circle(other)])
  })

  it('take the map to all their ground, also where the circle has no radius', () => {
    const [west, south, east, north] = warningBox(warning)
    for (const [longitude, latitude] of hexagonBoundary(hexagon).coordinates[0] ?? []) {
      expect(longitude).toBeGreaterThanOrEqual(west)
      expect(longitude).toBeLessThanOrEqual(east)
      expect(latitude).toBeGreaterThanOrEqual(south)
      expect(latitude).toBeLessThanOrEqual(north)
    }
  })

  it('are counted by what was decided', () => {
    expect(
      warningLegend([warning, other], 'light', 'warnings', zh).entries.map(({ count }) => count),
    ).toEqual(['1', '1'])
  })
})
