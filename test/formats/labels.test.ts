import { describe, expect, it } from 'vitest'
import { chooseLabels } from '../../server/formats/choose-label.ts'
import type { FeatureRecord } from '../../server/formats/records.ts'

const records = (properties: readonly Record<string, unknown>[], id?: string): FeatureRecord[] =>
  properties.map((one, i) => ({
    place: id === undefined ? { record: i + 1 } : { record: i + 1, id: `${id}${i}` },
    geometry: null,
    properties: one,
  }))

const many = (make: (i: number) => Record<string, unknown>): Record<string, unknown>[] =>
  Array.from({ length: 20 }, (_, i) => make(i))

describe('labels of features', () => {
  const table: readonly (readonly [string, FeatureRecord[], string | null, boolean])[] = [
    [
      'a column of codes declares them',
      records(many((i) => ({ 名称: `g${i}`, 网格编码: `00${i}` }))),
      '网格编码',
      true,
    ],
    [
      'a column of codes even where a code is repeated or blank',
      records([
        { code: 'a', name: 'x' },
        { code: 'a', name: 'y' },
        { code: '', name: 'z' },
      ]),
      'code',
      true,
    ],
    [
      'an id-like property with distinct values',
      records(many((i) => ({ beat_num: `01${i}`, district: i % 3, shape_area: i + 0.5 }))),
      'beat_num',
      false,
    ],
    [
      'an id-like property also when one of many is repeated',
      records(many((i) => ({ beat_num: Math.max(i, 1), sector: 1 }))),
      'beat_num',
      false,
    ],
    ['a name, not an id that most share', records(many((i) => ({ town_id: 7, ward: i }))), 'ward', false],
    [
      'the feature id before a name',
      records(
        many((i) => ({ name: `n${i}` })),
        'f',
      ),
      null,
      false,
    ],
    ['a name where nothing else is', records(many((i) => ({ name: `n${i}`, childNum: 1 }))), 'name', false],
    [
      'any distinct text before numbers that are measures',
      records(many((i) => ({ votes: i, NAMELSAD: `Denver ${i}` }))),
      'NAMELSAD',
      false,
    ],
    [
      'the number of the record as the last resort',
      records(many(() => ({ kind: 'a', area: 1.5 }))),
      null,
      false,
    ],
  ]
  for (const [title, given, field, declared] of table)
    it(`takes ${title}`, () => {
      const found = chooseLabels(given)
      expect([found.field, found.declared]).toEqual([field, declared])
      expect(found.labels).toHaveLength(given.length)
    })

  it('takes the column --map names, and keeps leading zeros', () => {
    const found = chooseLabels(records([{ 代号: '007', code: 'x' }]), { 代号: 'code' })
    expect(found).toEqual({ labels: ['007'], declared: true, field: '代号' })
  })

  it('falls back to the number of the record where the chosen property is blank', () => {
    const given = records([...many((i) => ({ ward: `w${i}` })), { ward: null }])
    expect(chooseLabels(given).labels.at(-1)).toBe('21')
  })
})
