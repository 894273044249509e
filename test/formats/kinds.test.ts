/** Records → typed rows, from Chinese and English columns. */
import { describe, expect, it } from 'vitest'
import {
  type Kind,
  kindReaders,
  kinds,
  type RowOf,
  type RowRecord,
  readRows,
} from '../../server/formats/read-rows.ts'
import type { Read, ReadOptions } from '../../server/formats/records.ts'
import { brief, textFile } from './collect.ts'

async function rows<K extends Kind>(
  kind: K,
  text: string,
  name = 'a.csv',
  options: ReadOptions = {},
): Promise<{ rows: RowOf<K>[]; refused: string[][] }> {
  const reads: Read<RowRecord<RowOf<K>>>[] = []
  for await (const batch of readRows(textFile(name, text), kind, options)) reads.push(...batch)
  return {
    rows: reads.flatMap((read) => ('record' in read ? [read.record.row] : [])),
    refused: reads.flatMap((read) => ('flaws' in read ? [read.flaws.map(brief).toSorted()] : [])),
  }
}

/** Midnight in Asia/Shanghai is 16:00 UTC of the day before. */
const day = (date: string): number => Date.parse(`${date}T00:00:00+08:00`)
const square = '"POLYGON ((120 30, 120.01 30, 120.01 30.01, 120 30.01, 120 30))"'
const squareRings = [
  [
    [120, 30],
    [120.01, 30],
    [120.01, 30.01],
    [120, 30.01],
    [120, 30],
  ],
]

describe('rows of every kind', () => {
  it('has a reader, a description and both languages for every kind of the contract', () => {
    expect(kinds.toSorted()).toEqual(
      'areas grids villages buildings roads land households places workers assignments roster visits incidents'
        .split(' ')
        .toSorted(),
    )
    for (const kind of kinds) {
      const { fields } = kindReaders[kind]
      expect(new Set(fields.map((field) => field.name)).size).toBe(fields.length)
      for (const { label } of fields) expect(label.zh !== '' && label.en !== '').toBe(true)
    }
  })

  it('areas: levels by word or by the digits of the code; no boundary needed', async () => {
    const text =
      '编码,名称,上级编码,级别\n430922,桃江县,4309,\n430922101,修山镇,430922,镇\n430922101001,修山社区,430922101,\n'
    const { rows: found } = await rows('areas', text)
    expect(found).toEqual([
      { code: '430922', name: '桃江县', boundary: null, level: 'county', parentCode: '4309' },
      { code: '430922101', name: '修山镇', boundary: null, level: 'township', parentCode: '430922' },
      { code: '430922101001', name: '修山社区', boundary: null, level: 'village', parentCode: '430922101' },
    ])
  })

  it('grids: codes keep leading zeros, days are Asia/Shanghai and half-open', async () => {
    const text = `网格编码,网格名称,类型,生效日期,失效日期,wkt\n001101,第一网格,普通,2026-10-01,2027年1月1日,${square}\n`
    expect((await rows('grids', text)).rows).toEqual([
      {
        code: '001101',
        name: '第一网格',
        kind: 'ordinary',
        validFrom: day('2026-10-01'),
        validTo: day('2027-01-01'),
        boundary: { type: 'MultiPolygon', coordinates: [squareRings] },
      },
    ])
  })

  it('grids: every reason at once, with the column as the file names it', async () => {
    const text = `网格编码,类型,生效日期,失效日期,wkt\n"00 1,",圆形,2026-10-02,2026-10-01,POINT (120 30)\n,,2026-02-30,,\n`
    expect((await rows('grids', text)).refused).toEqual([
      [
        'code_malformed record 1 line 2 网格编码 = 00 1,',
        'interval_reversed record 1 line 2 失效日期 = 2026-10-01',
        'value_not_in_list record 1 line 2 类型 = 圆形',
        'geometry_wrong_type record 1 line 2',
      ].toSorted(),
      [
        'time_malformed record 2 line 3 生效日期 = 2026-02-30',
        'value_missing record 2 line 3 网格编码',
        'geometry_missing record 2 line 3',
      ].toSorted(),
    ])
  })

  it('households: categories in Chinese, must-visit by category or by column', async () => {
    const text =
      '户号,户主,联系电话,家庭人口,类别,必访户,经度,纬度\n' +
      '0001,张三,138,3,五保、独居老人,,120.1,30.1\n' +
      '0002,李四,,,种养大户,,120.1,30.1\n' +
      '0003,王五,,,低保;低保户,否,120.1,30.1\n' +
      '0004,赵六,,-1,,也许,,\n'
    const { rows: found, refused } = await rows('households', text)
    expect(found).toEqual([
      {
        id: '0001',
        head: '张三',
        phone: '138',
        members: 3,
        categories: ['five_guarantee', 'living_alone'],
        mustVisit: true,
        longitude: 120.1,
        latitude: 30.1,
      },
      {
        id: '0002',
        head: '李四',
        categories: ['种养大户'],
        mustVisit: false,
        longitude: 120.1,
        latitude: 30.1,
      },
      {
        id: '0003',
        head: '王五',
        categories: ['low_income'],
        mustVisit: false,
        longitude: 120.1,
        latitude: 30.1,
      },
    ])
    expect(refused).toEqual([
      [
        'position_missing record 4 line 5',
        'value_not_boolean record 4 line 5 必访户 = 也许',
        'value_out_of_range record 4 line 5 家庭人口 = -1',
      ],
    ])
  })

  it('a missing required column is one refusal for the file, with the columns found and the remedy', async () => {
    const text = `head,lon,lat\n${'a,120,30\n'.repeat(1000)}`
    const reads = []
    for await (const batch of readRows(textFile('a.csv', text), 'households')) reads.push(...batch)
    expect(reads).toHaveLength(1)
    expect(reads[0]).toMatchObject({
      flaws: [
        {
          code: 'column_missing',
          place: { file: 'a.csv' },
          message: { en: 'No column for household id; found: head, lon, lat. Name it with --map COLUMN=id' },
        },
      ],
    })
    expect((await rows('households', text, 'a.csv', { map: { head: 'id' } })).rows).toHaveLength(1000)
  })

  it('incidents: every name the sources use; without coordinates refused unless the grid is declared', async () => {
    const text =
      'ID,Date,Primary Type,Latitude,Longitude,网格编码\n' +
      '1,2017-01-01 00:00:00,BURGLARY,41.89,-87.71,\n' +
      '2,2017-01-01 00:00:00,,,,\n' +
      '3,2017-01-01 00:00:00,,,,001101\n' +
      '4,,ARSON,41.89,-87.71,\n'
    const { rows: found, refused } = await rows('incidents', text)
    expect(found).toEqual([
      { id: '1', category: 'BURGLARY', occurredAt: day('2017-01-01'), longitude: -87.71, latitude: 41.89 },
      {
        id: '3',
        category: 'other',
        occurredAt: day('2017-01-01'),
        longitude: null,
        latitude: null,
        gridCode: '001101',
      },
    ])
    expect(refused).toEqual([['position_missing record 2 line 3'], ['time_missing record 4 line 5 Date']])
  })

  it('incidents with a life: who reported, when, how urgent, who has it in hand', async () => {
    const text =
      '事件编号,类别,发生时间,上报时间,lon,lat,是否突发,办理层级,反映人,联系电话,户号,场所编号\n' +
      'a,fire,2026-10-01,2026-10-02,119.6,29.9,是,乡镇,张三,13800000000,h1,\n' +
      'b,fire,2026-10-01,2026-10-02,119.6,29.9,也许,市,,,h1,p1\n'
    const { rows: found, refused } = await rows('incidents', text)
    expect(found).toMatchObject([
      {
        reportedAt: day('2026-10-02'),
        urgency: 'emergency',
        level: 'township',
        reporter: '张三',
        reporterContact: '13800000000',
        household: 'h1',
      },
    ])
    expect(refused).toEqual([
      [
        'subject_twice record 2 line 3 场所编号 = p1',
        'value_not_in_list record 2 line 3 办理层级 = 市',
        'value_not_in_list record 2 line 3 是否突发 = 也许',
      ],
    ])
    // Where only one time is given, it is both; what is wrong with it is said once.
    const single = await rows(
      'incidents',
      'id,category,上报时间,lon,lat\na,fire,2026-10-01,119.6,29.9\nb,fire,then,119.6,29.9\n',
    )
    expect(single.rows).toMatchObject([{ occurredAt: day('2026-10-01'), reportedAt: day('2026-10-01') }])
    expect(single.refused).toEqual([['time_malformed record 2 line 3 上报时间 = then']])
  })

  it('ids: the column, else the feature id, else file and record', async () => {
    const feature = (id: string, properties: string): string =>
      `{"type":"Feature"${id},"properties":${properties},"geometry":{"type":"LineString","coordinates":[[120,30],[121,31]]}}`
    const text = [
      feature('', '{"osm":"w1","highway":"residential"}'),
      feature(',"id":7', '{}'),
      feature('', '{"类型":"主干道"}'),
    ].join('\n')
    const { rows: found } = await rows('roads', text, 'streets.geojsonl')
    expect(found.map((row) => [row.id, row.class])).toEqual([
      ['w1', 'residential'],
      ['7', undefined],
      ['streets#3', 'primary'],
    ])
    expect(found[0]!.path).toEqual({
      type: 'MultiLineString',
      coordinates: [
        [
          [120, 30],
          [121, 31],
        ],
      ],
    })
  })

  it('assignments as the contract has them; open ends are null', async () => {
    const text = 'worker,grid,from,to\nw1,001101,2026-10-01,\nw1,001102,2026-10-02,2026-10-02\n'
    const { rows: found, refused } = await rows('assignments', text)
    expect(found).toEqual([{ worker: 'w1', grid: '001101', from: day('2026-10-01'), to: null }])
    expect(refused).toEqual([['interval_reversed record 2 line 3 to = 2026-10-02']])
  })

  it('workers, roster, visits, places, buildings, villages, land', async () => {
    expect((await rows('workers', '工号,姓名,角色\n7,张三,专职网格员\n')).rows).toEqual([
      { id: '7', name: '张三', role: 'full_time' },
    ])
    expect((await rows('roster', '户号,网格员,开始日期\n0001,7,2026-10-01\n')).rows).toEqual([
      { household: '0001', worker: '7', from: day('2026-10-01') },
    ])
    const visits = await rows(
      'visits',
      'worker,household,place,time,to\n7,0001,,2026-10-08 09:00,2026-10-08 08:00\n7,,p1,2026-10-08 09:00,\n7,,,2026-10-08 09:00,\n',
    )
    expect(visits.rows).toEqual([
      { worker: '7', place: 'p1', from: day('2026-10-08') + 9 * 3_600_000, evidence: 'form' },
    ])
    expect(visits.refused).toEqual([
      ['interval_reversed record 1 line 2 to = 2026-10-08 08:00'],
      ['value_missing record 3 line 4 household'],
    ])
    expect((await rows('places', 'id,类型,名称,重点,x,y\np1,幼儿园,红星,否,120,30\n')).rows).toEqual([
      { id: 'p1', kind: 'school', name: '红星', key: false, longitude: 120, latitude: 30 },
    ])
    expect((await rows('buildings', `楼栋编号,楼层,wkt\nb1,6,${square}\n`)).rows[0]).toMatchObject({
      id: 'b1',
      floors: 6,
    })
    expect((await rows('villages', `id,自然村,wkt\nv1,上村,${square}\n`)).rows[0]).toMatchObject({
      id: 'v1',
      name: '上村',
    })
    expect(
      (await rows('land', `id,landuse,wkt\nl1,reservoir,${square}\nl2,farmland,${square}\n`)).rows.map(
        (row) => row.kind,
      ),
    ).toEqual(['water', 'green'])
  })
})
