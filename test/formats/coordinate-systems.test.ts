import fc from 'fast-check'
import gcoord from 'gcoord'
import { describe, expect, it } from 'vitest'
import { coordinateSystem, projectedHint } from '../../server/formats/coordinate-systems.ts'

const degrees = (name: string, x: number, y: number): string[] =>
  (coordinateSystem(name, {}).toWgs84?.(x, y) ?? [x, y]).map((one) => one.toFixed(9))

describe('coordinate systems', () => {
  // Computed with PROJ 9.1: echo X Y | cs2cs -f %.9f EPSG:… +to +proj=longlat +datum=WGS84
  const table: readonly (readonly [string, number, number, string, string])[] = [
    ['EPSG:4513', 25512345, 3300000, '75.127713827', '29.818492798'],
    ['EPSG:4528', 40520000, 3320000, '120.207280663', '29.998813865'],
    ['EPSG:4549', 520000, 3320000, '120.207280663', '29.998813865'],
    ['EPSG:4534', 480000, 3000000, '74.798299540', '27.111490722'],
    ['EPSG:4554', 480000, 3000000, '134.798299540', '27.111490722'],
    ['EPSG:4491', 13512345, 3300000, '75.127713827', '29.818492798'],
    ['EPSG:4497', 19612345, 3900000, '112.233984120', '35.222721265'],
    ['EPSG:4508', 612345, 3900000, '112.233984120', '35.222721265'],
    ['EPSG:3857', 13400000, 3500000, '120.374248072', '29.972379659'],
    ['EPSG:32651', 350000, 3450000, '121.425981044', '31.174428769'],
    ['EPSG:32733', 350000, 6200000, '13.369445819', '-34.330445302'],
    ['EPSG:26913', 500000, 4400000, '-105.000000000', '39.749907520'],
    ['EPSG:2232', 3140000, 1690000, '-105.002264091', '39.726800144'],
    ['EPSG:26971', 350353.395, 578924.253, '-87.726699999', '41.879748001'],
  ]
  for (const [name, x, y, longitude, latitude] of table)
    it(`${name} agrees with PROJ to 1e-9 degree`, () =>
      expect(degrees(name, x, y)).toEqual([longitude, latitude]))

  it('knows one system under its many names', () => {
    const names = [
      '4528',
      'epsg:4528',
      'urn:ogc:def:crs:EPSG::4528',
      'http://www.opengis.net/def/crs/EPSG/0/4528',
    ]
    for (const name of names) expect(coordinateSystem(name, {}).name).toBe('EPSG:4528')
    for (const name of [
      'EPSG:4326',
      'CRS84',
      'urn:ogc:def:crs:OGC:1.3:CRS84',
      'WGS 84',
      'EPSG:4490',
      'CGCS2000',
    ])
      expect(coordinateSystem(name, {}).toWgs84).toBeUndefined()
    for (const name of ['GCJ-02', 'gcj02', 'BD-09', 'bd09ll'])
      expect(coordinateSystem(name, {}).toWgs84).toBeDefined()
  })

  it('refuses what it does not know, with the list', () => {
    for (const name of ['EPSG:1', 'nonsense', '+proj=nonsense', 'PROJCS["broken"'])
      expect(() => coordinateSystem(name, { file: 'a' })).toThrow(/crs_unknown.*GCJ-02/)
  })

  it('takes the old datums only with a shift', () => {
    for (const name of [
      'EPSG:4610',
      'EPSG:4214',
      'EPSG:2364',
      'EPSG:2436',
      'GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980"]]',
    ])
      expect(() => coordinateSystem(name, {})).toThrow(/crs_datum_shift_unknown/)
    // cs2cs +proj=longlat +a=6378140 +rf=298.257 +towgs84=10,20,30 +to +proj=longlat +datum=WGS84, 120 30:
    expect(degrees('EPSG:4610 +towgs84=10,20,30', 120, 30)).toEqual(['119.999806603', '30.000178596'])
  })

  it('inverts GCJ-02 and BD-09 to 1e-6 degree all over China', () => {
    const china = fc.record({
      longitude: fc.double({ min: 74, max: 134, noNaN: true }),
      latitude: fc.double({ min: 18, max: 53, noNaN: true }),
    })
    fc.assert(
      fc.property(china, ({ longitude, latitude }) => {
        for (const [name, crs] of [
          ['GCJ-02', gcoord.GCJ02],
          ['BD-09', gcoord.BD09],
        ] as const) {
          const [x, y] = gcoord.transform<[number, number]>([longitude, latitude], gcoord.WGS84, crs)
          const [lon, lat] = coordinateSystem(name, {}).toWgs84!(x, y)
          // BD-09 itself is inverted by a closed form good to some 1e-6 degree.
          expect(Math.abs(lon - longitude)).toBeLessThan(name === 'GCJ-02' ? 2e-6 : 2e-5)
          expect(Math.abs(lat - latitude)).toBeLessThan(name === 'GCJ-02' ? 2e-6 : 2e-5)
        }
      }),
    )
  })

  it('guesses what projected numbers are in', () => {
    expect(projectedHint(40520000, 3320000).en).toContain('EPSG:4528')
    expect(projectedHint(3320000, 40520000).en).toContain('EPSG:4528 with northing and easting swapped')
    expect(projectedHint(19612345, 3900000).en).toContain('EPSG:4497')
    expect(projectedHint(520000, 3320000).en).toContain('4534–4554')
    expect(projectedHint(13400000, 3500000).en).toContain('EPSG:3857')
  })
})
