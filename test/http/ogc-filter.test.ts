/** CQL2 filters of /ogc, counted by hand on the small town. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { ProblemDetails } from '../../server/contract/errors.ts'
import { collectionNames, type Features } from '../../server/contract/ogc.ts'
import { longestFilter, queryablesOf } from '../../server/contract/ogc-queryables.ts'
import { spatialRelations } from '../../server/core/filters/condition.ts'
import { featureColumns } from '../../server/db/feature-columns.ts'
import { useDatabase } from '../support/database.ts'
import type { Service } from '../support/service.ts'
import { town } from '../support/small-town.ts'
import { type People, seedRoles } from './roles-town.ts'

const test = useDatabase()
let people: People
let service: Service
beforeAll(async () => {
  people = await seedRoles(test.db)
  service = people.get('administrator')!
})

const addressOf = (collection: string, parameters: Readonly<Record<string, string>>): string =>
  `/ogc/collections/${collection}/items?${new URLSearchParams(parameters).toString()}`
async function found(
  collection: string,
  filter: string,
  more: Readonly<Record<string, string>> = {},
  as = service,
): Promise<Features> {
  const { status, text } = await as.get(addressOf(collection, { filter, ...more }))
  if (status !== 200) throw new Error(`${filter} → ${status} ${text}`)
  return JSON.parse(text) as Features
}
/** Ids without the town. */
const idsOf = async (...asked: Parameters<typeof found>): Promise<string[]> =>
  (await found(...asked)).features.map(({ id }) => id.split(',').slice(1).join(','))
const countOf = async (...asked: Parameters<typeof found>): Promise<number> =>
  (await found(...asked)).numberMatched

describe('households', () => {
  it.each([
    ["grid = '202'", ['h41', 'h42', 'h43', 'h44', 'h45']],
    ["grid in ('101', '202') and must_visit", ['h15', 'h45']],
    ['grid is null', ['h99']],
    ["id like 'h1_'", ['h11', 'h12', 'h13', 'h14', 'h15']],
    ["id like 'h%5' and not grid = '101'", ['h25', 'h35', 'h45']],
    ["casei(id) = casei('H11')", ['h11']],
    ["id between 'h14' and 'h22'", ['h14', 'h15', 'h21', 'h22']],
    ['members < 3', ['h99', 'h1']],
    ["members = 3 and id > 'h44'", ['h45']],
    ["category = 'five_guarantee' and village = '990101001001'", ['h15', 'h25']],
    ["category in ('five_guarantee', 'other') and not grid in ('101', '102')", ['h35', 'h45']],
    // In one corner of grid 101 lie its first three.
    ['s_intersects(geometry, BBOX(119.6, 29.9, 119.6026, 29.9026))', ['h11', 'h12', 'h13']],
    [
      's_within(geometry, POLYGON((119.6 29.9, 119.603 29.9, 119.603 29.9035, 119.6 29.9)))',
      ['h11', 'h12', 'h13'],
    ],
    ['s_equals(geometry, POINT(119.600833 29.900833))', ['h11']],
    ['not s_disjoint(geometry, LINESTRING(119.602 29.911, 119.602 29.913))', ['h99']],
    // Across the antimeridian: everything east of 119.609 and everything west of 170° W.
    ['s_intersects(geometry, BBOX(119.609, 29, -170, 30))', ['h45', 'h35', 'h1'].sort()],
    ["'h11' = id and 1 = 1 and true", ['h11']],
    ['false', []],
    ["id = ''' or true or '''", []],
  ])('%s', async (filter, expected) => {
    expect((await idsOf('households', filter)).sort()).toEqual([...expected].sort())
  })

  it('without a category are all the others', async () => {
    const has = await countOf('households', "category = 'five_guarantee'")
    expect([has, await countOf('households', "category <> 'five_guarantee'")]).toEqual([4, 18])
  })

  it('are asked for in JSON alike', async () => {
    const json = {
      op: 'and',
      args: [
        { op: '=', args: [{ property: 'grid' }, '101'] },
        { op: 's_intersects', args: [{ property: 'geometry' }, { bbox: [119.6, 29.9, 119.6026, 29.9026] }] },
        { op: 'not', args: [{ op: 'like', args: [{ property: 'id' }, '%3'] }] },
      ],
    }
    expect(await idsOf('households', JSON.stringify(json), { 'filter-lang': 'cql2-json' })).toEqual([
      'h11',
      'h12',
    ])
  })

  it('meet the filter, the box and the parameters together, page by page', async () => {
    const more = { bbox: '119.6,29.9,119.604,29.904', grid: '101', limit: '1' }
    const first = await found('households', "id <> 'h12'", more)
    expect([first.numberMatched, first.features.map(({ id }) => id)]).toEqual([3, [`${town},h11`]])
    const next = new URL(first.links.find(({ rel }) => rel === 'next')!.href)
    const second = JSON.parse((await service.get(next.pathname + next.search)).text) as Features
    expect([second.numberMatched, second.features.map(({ id }) => id)]).toEqual([3, [`${town},h13`]])
  })
})

describe('grids', () => {
  it.each([
    ['s_contains(geometry, POINT(119.601 29.901))', ['101']],
    // Where four of them meet.
    ['s_touches(geometry, POINT(119.605 29.905))', ['101', '102', '201', '202']],
    ['s_crosses(geometry, LINESTRING(119.604 29.902, 119.606 29.902))', ['101', '201']],
    ['s_overlaps(geometry, BBOX(119.604, 29.904, 119.606, 29.9045))', ['101', '201']],
    ['s_intersects(geometry, MULTIPOINT((119.601 29.901), (119.609 29.909)))', ['101', '202']],
    [
      's_intersects(geometry, GEOMETRYCOLLECTION(POINT(119.601 29.901), LINESTRING(119.604 29.909, 119.606 29.909)))',
      ['101', '102', '202'],
    ],
    // A bow tie covers two triangles, left and right of where its lines cross.
    [
      's_intersects(geometry, POLYGON((119.601 29.901, 119.609 29.904, 119.609 29.901, 119.601 29.904, 119.601 29.901)))',
      ['101', '201'],
    ],
    // About 483 m by 554 m.
    ["area_m2 between 260000 and 270000 and town = '990101001'", ['101', '102', '201', '202']],
    ["valid_from = timestamp('2026-05-31T16:00:00Z')", ['101']],
    ["valid_to is null and name = '一网格'", ['101']],
  ])('%s', async (filter, expected) => {
    const codes = (await found('grids', filter)).features.map(({ properties }) => properties['code'])
    expect(codes).toEqual(expected)
  })

  it.each([
    ["t_intersects(interval(valid_from, valid_to), timestamp('2026-05-31T15:59:59Z'))", 1],
    // The end of the one is the beginning of the other.
    ["t_intersects(interval(valid_from, valid_to), timestamp('2026-05-31T16:00:00Z'))", 2],
    ["t_metBy(interval(valid_from, valid_to), interval('..', '2026-05-31T16:00:00Z'))", 1],
    ["t_after(valid_from, date('2026-05-31'))", 1],
    // What is in force has no end that could be before.
    ["t_before(valid_to, date('2030-01-01'))", 1],
    ["t_finishedBy(interval(valid_from, valid_to), interval('2027-01-01', '..'))", 1],
  ])('of grid 101, ever: %s %d', async (filter, count) => {
    expect(await countOf('grids', filter, { code: '101', datetime: '../..' })).toBe(count)
  })
})

describe('incidents', () => {
  it.each([
    ["t_after(occurred_at, date('2026-10-02'))", ['i4', 'i5', 'i6']],
    ["t_during(occurred_at, interval('2026-10-01', '2026-10-02'))", ['i1', 'i2', 'i3']],
    // i4 happened at the first moment of the local day.
    ["t_intersects(occurred_at, date('2026-10-09'))", ['i4', 'i5', 'i6']],
    ["t_before(occurred_at, date('2026-10-09'))", ['i1', 'i2', 'i3']],
    ["t_equals(occurred_at, timestamp('2026-10-01T00:00:00Z'))", ['i1']],
    ["occurred_at <= timestamp('2026-10-02T09:00:00+08:00')", ['i1', 'i2', 'i3']],
    ["occurred_at < '2026-10-02T01:00:00Z' and category = 'fire'", ['i1', 'i2']],
    ['reported_at is not null', []],
    // Unknown is neither before nor not before.
    ["not t_before(reported_at, date('2026-10-02'))", []],
    ['geometry is null', ['i6']],
  ])('%s', async (filter, expected) => {
    expect(await idsOf('incidents', filter, { town })).toEqual(expected)
  })
})

describe('patrol days and traces', () => {
  it.each([
    ["t_intersects(day, date('2026-10-09'))", true],
    // 2026-10-09 in Asia/Shanghai ends a microsecond before 16:00 UTC.
    ["t_intersects(day, timestamp('2026-10-09T15:59:59Z'))", true],
    ["t_after(day, timestamp('2026-10-08T15:59:59Z')) and t_before(day, date('2026-10-10'))", true],
    ["t_intersects(day, timestamp('2026-10-09T16:00:00Z'))", false],
    ["t_during(day, interval('2026-10-08', '2026-10-10')) and day > date('2026-10-08')", true],
    ["day = '2026-10-08'", false],
  ])('%s: %s', async (filter, expected) => {
    for (const collection of ['patrol-days', 'traces']) {
      const all = await countOf(collection, 'true')
      expect(all).toBeGreaterThan(0)
      expect(await countOf(collection, filter)).toBe(expected ? all : 0)
    }
  })
})

/** A and B as hours of a day; OGC 21-065r2, tables 7 and 8. */
const relations: readonly (readonly [string, string, readonly string[]])[] = [
  ['01-02', '03-04', ['before', 'disjoint']],
  ['03-04', '01-02', ['after', 'disjoint']],
  ['01-02', '02-03', ['meets', 'intersects']],
  ['02-03', '01-02', ['metBy', 'intersects']],
  ['01-03', '02-04', ['overlaps', 'intersects']],
  ['02-04', '01-03', ['overlappedBy', 'intersects']],
  ['01-02', '01-03', ['starts', 'intersects']],
  ['01-03', '01-02', ['startedBy', 'intersects']],
  ['02-03', '01-04', ['during', 'intersects']],
  ['01-04', '02-03', ['contains', 'intersects']],
  ['02-03', '01-03', ['finishes', 'intersects']],
  ['01-03', '02-03', ['finishedBy', 'intersects']],
  ['01-03', '01-03', ['equals', 'intersects']],
]
const allRelations = [...new Set(relations.flatMap(([, , names]) => names))]

describe('two intervals', () => {
  const written = (hours: string): string =>
    `interval(${hours
      .split('-')
      .map((hour) => `'2026-01-01T${hour}:00:00Z'`)
      .join(', ')})`
  it('have fifteen relations', () => {
    expect(allRelations).toHaveLength(15)
  })
  it.each(relations)('%s and %s are %j, and nothing else', async (a, b, expected) => {
    const holds = await Promise.all(
      allRelations.map((name) => countOf('areas', `t_${name}(${written(a)}, ${written(b)})`)),
    )
    expect(allRelations.filter((_, i) => holds[i]! > 0).sort()).toEqual([...expected].sort())
  })
})

it('a polygon that is none leaves no relation in the lurch', async () => {
  // A spike, a bow tie, a ring of no extent.
  for (const ring of [
    '119.601 29.901, 119.603 29.901, 119.603 29.903, 119.601 29.901, 119.608 29.908, 119.601 29.901',
    '119.601 29.901, 119.609 29.904, 119.609 29.901, 119.601 29.904, 119.601 29.901',
    '119.601 29.901, 119.602 29.901, 119.601 29.901, 119.601 29.901',
  ])
    for (const relation of spatialRelations)
      for (const collection of ['grids', 'traces', 'incidents'])
        expect(await countOf(collection, `s_${relation}(geometry, POLYGON((${ring})))`)).toBeLessThan(9)
})

describe('queryables', () => {
  it.each(collectionNames)(
    'of %s are JSON Schema, linked from the collection, and the columns there are',
    async (name) => {
      const collection = await service.get(`/ogc/collections/${name}`)
      const { links } = JSON.parse(collection.text) as { links: { rel: string; href: string }[] }
      const link = links.find(({ rel }) => rel === 'http://www.opengis.net/def/rel/ogc/1.0/queryables')
      const { text, headers } = await service.get(new URL(link!.href).pathname)
      expect(headers['content-type']).toContain('application/schema+json')
      const schema = JSON.parse(text) as Record<string, unknown>
      expect(schema).toMatchObject({ $id: link!.href, type: 'object', additionalProperties: false })
      expect(Object.keys(schema['properties'] as object)).toEqual(Object.keys(featureColumns[name]))
    },
  )

  const literal = (type: string, value: string | number | boolean): string => {
    const quoted = `'${String(value).replaceAll("'", "''")}'`
    if (type === 'text') return quoted
    return type === 'instant' ? `timestamp(${quoted})` : type === 'day' ? `date(${quoted})` : String(value)
  }

  it.each(collectionNames)('of %s find each feature by the very values it shows', async (name) => {
    const shown = await found(name, 'true', { limit: '3' })
    expect(shown.features.length).toBeGreaterThan(0)
    const missed: string[] = []
    for (const { id, properties } of shown.features)
      for (const [key, { type }] of Object.entries(queryablesOf(name))) {
        if (type === 'geometry' || type === 'words') continue
        const value = properties[key] as string | number | boolean | null
        const filter = value === null ? `${key} is null` : `${key} = ${literal(type, value)}`
        const asked = [addressOf(name, { filter }), addressOf(name, { [key]: String(value) })]
        for (const address of value === null ? asked.slice(0, 1) : asked) {
          const { features } = JSON.parse((await service.get(address)).text) as Features
          if (!features.some((one) => one.id === id)) missed.push(address)
        }
      }
    expect(missed).toEqual([])
  })

  it('say nothing of personal data', () => {
    const names = collectionNames.flatMap((name) => Object.keys(queryablesOf(name)))
    for (const secret of ['head', 'phone', 'reporter', 'reporter_contact', 'description', 'entered_by'])
      expect(names).not.toContain(secret)
    expect(Object.keys(queryablesOf('households'))).not.toContain('address')
    expect(Object.keys(queryablesOf('patrol-days'))).not.toContain('name')
  })
})

describe('refused', () => {
  const refusal = async (parameters: Readonly<Record<string, string>>): Promise<ProblemDetails> => {
    const { status, text } = await service.get(addressOf('households', parameters))
    if (status !== 400) throw new Error(`${status} ${text}`)
    return JSON.parse(text) as ProblemDetails
  }
  it.each([
    ["head = '王小明'", 'filter_unknown_property', 1],
    ["id = 'h11' and phone like '138%'", 'filter_unknown_property', 16],
    ['position is not null', 'filter_unknown_property', 1],
    ['st_buffer(geometry, 1) is null', 'filter_unknown_function', 1],
    ["id = 'h11", 'filter_syntax', 6],
    ['s_within(geometry, POLYGON((1 2, 3 4, 5 6, 7 8)))', 'filter_geometry', 20],
    ['s_within(geometry, POINT(29.9 119.6))', 'filter_geometry', 20],
  ])('%s: %s at %d', async (filter, code, character) => {
    const { flaws, detail } = await refusal({ filter })
    expect(flaws).toMatchObject([{ code, place: { field: 'filter', character } }])
    expect(detail.zh).toContain(`第 ${character} 个字符`)
  })
  it.each([
    [{ filter: 'true', 'filter-lang': 'cql' }],
    [{ filter: 'true', 'filter-crs': 'EPSG:4326' }],
    [{ filter: 'x'.repeat(longestFilter + 1) }],
    [{ must_visit: 'perhaps' }],
    [{ members: 'three' }],
    [{ id: 'h\0' }],
  ])('%j', async (parameters) => {
    expect((await refusal(parameters)).code).toBe('bad_request')
  })
})

describe('whoever may not see', () => {
  const as = (role: 'analyst' | 'worker' | 'far'): Service => people.get(role)!

  it('households finds none by any condition, and no figure about them', async () => {
    for (const filter of ['true', "id = 'h11'", 'members > 0', "category = 'five_guarantee' or true"])
      expect(await countOf('households', filter, {}, as('analyst'))).toBe(0)
    const days = await countOf('patrol-days', 'true', {}, as('analyst'))
    expect(days).toBeGreaterThan(0)
    expect(await countOf('patrol-days', 'households_total >= 0', {}, as('analyst'))).toBe(0)
    expect(await countOf('patrol-days', 'households_passed is null', {}, as('analyst'))).toBe(days)
    expect(await countOf('patrol-days', 'households_total >= 0')).toBeGreaterThan(0)
  })

  it.each(['patrol-days', 'traces'])('%s of others finds none by any condition', async (collection) => {
    for (const filter of ["worker <> 'w1'", "worker = 'w2' or worker = 'w3'", `town <> '${town}'`])
      expect(await countOf(collection, filter, {}, as('worker'))).toBe(0)
    const own = new Set(
      (await found(collection, "worker = 'w1' or true", {}, as('worker'))).features.map(
        ({ properties }) => `${String(properties['town'])} ${String(properties['worker'])}`,
      ),
    )
    expect(own).toEqual(new Set([`${town} w1`]))
  })

  it.each(collectionNames)('%s of the town next door finds none by any condition', async (collection) => {
    for (const filter of [
      `town <> '${town}'`,
      'true or true',
      'not s_disjoint(geometry, BBOX(119.611,29.9,119.62,29.91))',
    ]) {
      const { features } = await found(collection, filter, {}, people.get('supervisor'))
      const towns = features.map(({ properties }) => properties['town'])
      expect(towns.filter((one) => one !== town && one !== null)).toEqual([])
    }
  })
})
