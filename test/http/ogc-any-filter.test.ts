/** Whatever filter is asked is answered: with those it holds for, those it does not and those of which nobody knows. */
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { type CollectionName, collectionNames, type Features } from '../../server/contract/ogc.ts'
import { queryablesOf } from '../../server/contract/ogc-queryables.ts'
import {
  comparisons,
  spatialRelations,
  temporalRelations,
  type ValueType,
} from '../../server/core/filters/condition.ts'
import { useDatabase } from '../support/database.ts'
import type { Service } from '../support/service.ts'
import { seedRoles } from './roles-town.ts'

const test = useDatabase()
let service: Service
beforeAll(async () => {
  service = (await seedRoles(test.db)).get('administrator')!
})

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
const times = fc
  .integer({ min: Date.parse('2026-01-01'), max: Date.parse('2026-12-31') })
  .map((time) => new Date(time).toISOString())
const position = fc.tuple(
  fc.integer({ min: 119_598, max: 119_622 }).map((n) => n / 1000),
  fc.integer({ min: 29_898, max: 29_914 }).map((n) => n / 1000),
)
const points = (least: number): fc.Arbitrary<string> =>
  fc
    .array(position, { minLength: least, maxLength: 6 })
    .map((all) => (least > 2 ? [...all, all[0]!] : all).map((one) => one.join(' ')).join(', '))
const literals: Readonly<Record<Exclude<ValueType, 'words'>, fc.Arbitrary<string>>> = {
  text: fc
    .oneof(fc.constantFrom('101', '202', 'fire', 'w1', '%', 'h1_', "'", '\\'), fc.string({ maxLength: 5 }))
    .filter((text) => !text.includes('\0'))
    .map(quoted),
  number: fc
    .oneof(fc.integer({ min: -9, max: 9 }), fc.double({ noNaN: true, noDefaultInfinity: true }))
    .map(String),
  boolean: fc.constantFrom('true', 'false'),
  instant: times.map((time) => `timestamp('${time}')`),
  day: times.map((time) => `date('${time.slice(0, 10)}')`),
  geometry: fc.oneof(
    position.map(([x, y]) => `POINT(${x} ${y})`),
    points(2).map((line) => `LINESTRING(${line})`),
    // Often crossing itself.
    points(3).map((ring) => `POLYGON((${ring}))`),
    fc.tuple(position, position).map((corners) => `BBOX(${corners.join(',')})`),
  ),
}

/** Conditions of one operator over the queryables of a collection, or a literal in their place. */
function simple(name: CollectionName): fc.Arbitrary<string> {
  const all = Object.entries(queryablesOf(name))
  const value = (type: Exclude<ValueType, 'words'>): fc.Arbitrary<string> => {
    const names = all.filter(([, one]) => one.type === type).map(([key]) => key)
    return names.length > 0 ? fc.oneof(fc.constantFrom(...names), literals[type]) : literals[type]
  }
  const scalar = fc.constantFrom('text', 'number', 'boolean', 'instant', 'day' as const)
  const instants = all.filter(([, one]) => one.type === 'instant').map(([key]) => key)
  const end = fc.oneof(
    times.map((time) => `'${time}'`),
    fc.constantFrom(`'..'`, ...instants),
  )
  const moment = fc.oneof(
    value('instant'),
    value('day'),
    fc.tuple(end, end).map((ends) => `interval(${ends.join(', ')})`),
  )
  const pair = scalar.chain((type) => fc.tuple(value(type), value(type), value(type)))
  return fc.oneof(
    fc.tuple(fc.constantFrom(...comparisons), pair).map(([sign, [a, b]]) => `${a} ${sign} ${b}`),
    pair.map(([a, b, c]) => `${a} between ${b} and ${c}`),
    pair.map(([a, b, c]) => `${a} not in (${b}, ${c})`),
    fc.tuple(value('text'), literals.text).map(([a, b]) => `casei(${a}) like ${b}`),
    fc.constantFrom(...all.map(([key]) => key)).map((key) => `${key} is null`),
    fc
      .tuple(fc.constantFrom(...spatialRelations), value('geometry'), value('geometry'))
      .map(([relation, a, b]) => `s_${relation}(${a}, ${b})`),
    fc
      .tuple(fc.constantFrom(...temporalRelations), moment, moment)
      .map(([relation, a, b]) => `t_${relation}(${a}, ${b})`),
  )
}
const asked = fc.constantFrom(...collectionNames).chain((name) =>
  fc.tuple(
    fc.constant(name),
    fc
      .array(simple(name), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.map((part) => `(${part})`).join(' and not ')),
  ),
)

async function countOf(name: CollectionName, filter: string): Promise<number | undefined> {
  const { status, text } = await service.get(
    `/ogc/collections/${name}/items?limit=1&filter=${encodeURIComponent(filter)}`,
  )
  // The service of the tests throws at an answer of 500.
  if (status === 200) return (JSON.parse(text) as Features).numberMatched
  if (status !== 400 || !/filter_(pattern|geometry)/.test(text))
    throw new Error(`${filter} → ${status} ${text}`)
  return undefined
}

it('holds, does not hold or is not known of each feature', async () => {
  const all = new Map<CollectionName, number>()
  for (const name of collectionNames) all.set(name, (await countOf(name, 'true'))!)
  let answered = 0
  await fc.assert(
    fc.asyncProperty(asked, async ([name, filter]) => {
      const [holds, holdsNot] = [await countOf(name, filter), await countOf(name, `not (${filter})`)]
      if (holds === undefined || holdsNot === undefined) return
      answered++
      const unknown = all.get(name)! - holds - holdsNot
      expect(unknown).toBeGreaterThanOrEqual(0)
    }),
    { numRuns: 100 },
  )
  expect(answered).toBeGreaterThan(50)
}, 120_000)
