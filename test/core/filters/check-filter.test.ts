/** What a filter means about the properties there are, and everything that is wrong with one. */
import { describe, expect, it } from 'vitest'
import { checkFilter, type FilterChecked } from '../../../server/core/filters/check-filter.ts'
import { readFilterText } from '../../../server/core/filters/read-text.ts'

const queryables = {
  name: 'text',
  floors: 'number',
  empty: 'boolean',
  built: 'day',
  seen: 'instant',
  kinds: 'words',
  geometry: 'geometry',
} as const

const check = (filter: string): FilterChecked => {
  const { expression, flaws } = readFilterText(filter)
  if (!expression) throw new Error(flaws?.[0]?.message.en)
  return checkFilter(expression, queryables, (given) =>
    'type' in given ? given : { reason: { zh: '盒', en: 'a box' } },
  )
}
const codes = (filter: string): unknown[] =>
  (check(filter).flaws ?? []).map(({ code, place }) => [code, place.character])

describe('a filter means something', () => {
  it.each([
    "name = 'a' and floors > 5",
    "'a' = name",
    'name = name',
    'not empty',
    'empty = true',
    "casei(name) like casei('A%')",
    "name not like 'a\\\\\\\\'",
    "name in ('a', 'b') or floors not in (1, 2)",
    'floors between 1 and 2',
    "built between '2020-01-01' and '2020-12-31'",
    "seen >= '2020-01-01T00:00:00Z'",
    "built = date('2020-02-29')",
    "kinds = 'a' and kinds <> 'b' and kinds in ('a', 'b')",
    'geometry is not null and kinds is null',
    's_disjoint(geometry, GEOMETRYCOLLECTION(POINT(1 2)))',
    "t_during(seen, interval('2020-01-01', '..'))",
    'true',
  ])('%s', (filter) => {
    expect(check(filter).flaws).toBeUndefined()
  })

  it.each([
    ['empty = 1', 'empty = true'],
    ["built = '2020-01-01T'", "built = date('2020-01-01')"],
    ["name ilike 'A%'", "casei(name) like casei('A%')"],
  ])('as GDAL writes it: %s', (given, meant) => {
    expect(check(given).condition).toEqual(check(meant).condition)
  })

  it('reads a text beside a date as a date', () => {
    expect(check("'2020-01-01' < built").condition).toMatchObject({
      operator: '<',
      left: { kind: 'given', type: 'day' },
      right: { kind: 'property' },
    })
  })
})

describe('a filter means nothing', () => {
  it.each([
    ['nothing = 1', [['filter_unknown_property', 1]]],
    // What every object has is no property, no function and no operator.
    ['constructor = 1', [['filter_unknown_property', 1]]],
    ['constructor(1) = 1', [['filter_unknown_function', 1]]],
    ['toString(floors)', [['filter_unknown_function', 1]]],
    ["name = 'a' and pg_sleep(9) = 1", [['filter_unknown_function', 16]]],
    ['floors + 1 > 2', [['filter_unsupported', 8]]],
    ["accenti(name) = 'a'", [['filter_unsupported', 1]]],
    ["a_contains(kinds, ('a', 'b'))", [['filter_unsupported', 1]]],
    ['name = 1', [['filter_type', 8]]],
    ['floors', [['filter_type', 1]]],
    ["'a'", [['filter_type', 1]]],
    ['empty > geometry', [['filter_type', 9]]],
    ['geometry = geometry', [['filter_type', 12]]],
    ["kinds < 'a'", [['filter_type', 9]]],
    ["kinds like 'a'", [['filter_type', 1]]],
    ["floors like 'a'", [['filter_type', 1]]],
    ['name like name', [['filter_type', 11]]],
    ["name like 'a\\\\'", [['filter_pattern', 11]]],
    ["name = 'a\0'", [['filter_character', 8]]],
    ["name in ('a', 1)", [['filter_type', 15]]],
    ["built = date('2021-02-29')", [['filter_instant', 9]]],
    ["seen = timestamp('2020-01-01')", [['filter_instant', 8]]],
    ["seen > '2020-01-01T24:00:00Z'", [['filter_type', 8]]],
    ["seen > date('2020-01-01')", [['filter_type', 8]]],
    ["t_after(seen, interval('yesterday', '..'))", [['filter_instant', 24]]],
    ['t_after(seen)', [['filter_count', 1]]],
    ['t_after(name, seen)', [['filter_type', 9]]],
    ['s_within(geometry, BBOX(1,2,3,4))', [['filter_geometry', 20]]],
    ['s_within(geometry, name)', [['filter_type', 20]]],
    ['s_within(geometry, GEOMETRYCOLLECTION(POINT(1 2)))', [['filter_unsupported', 20]]],
    ['(floors = 1) = true', [['filter_type', 9]]],
    // All at once.
    [
      'nothing = 1 or not (name = 2 and other = 3)',
      [
        ['filter_unknown_property', 1],
        ['filter_type', 28],
        ['filter_unknown_property', 34],
      ],
    ],
  ])('%j: %j', (filter, expected) => {
    expect(codes(filter)).toEqual(expected)
  })

  it('and says so in both languages, with what there is', () => {
    expect(check('nothing = 1').flaws?.[0]?.message).toEqual({
      zh: 'filter 第 1 个字符：没有可查询的属性 nothing；可用：name, floors, empty, built, seen, kinds, geometry',
      en: 'filter, character 1: There is no queryable nothing; there are: name, floors, empty, built, seen, kinds, geometry',
    })
  })
})
