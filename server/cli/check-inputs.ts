/** What `wangge check` and `wangge fix` read: one state of a division, households, natural villages, buildings. */
import type { DivisionGrid } from '../core/coverage/check-division.ts'
import type { Site } from '../core/planning/values.ts'
import type { AreaGeometry, Flaw, GridKind, HouseholdPoint } from '../core/values.ts'
import { chooseLabels } from '../formats/choose-label.ts'
import { flaw } from '../formats/flaw-codes.ts'
import { fileAt } from '../formats/input-file.ts'
import { grids as gridRows } from '../formats/kinds/areas.ts'
import { defineKind, present } from '../formats/kinds/fields.ts'
import { type FeatureRecord, readFeatureBatches } from '../formats/read-features.ts'
import { readRows } from '../formats/read-rows.ts'
import type { ReadOptions } from '../formats/records.ts'

/** What a file of grids holds. */
export interface GridsRead {
  /** Those in force. */
  readonly grids: readonly DivisionGrid[]
  readonly notInForce: number
  /** Every record of the file. */
  readonly records: readonly FeatureRecord[]
  /** The record of each grid, as an index. */
  readonly recordOf: readonly number[]
}

/**
 * The grids of a file that are in force, or all that is wrong with it: a division with a grid left out would be another
 * division.
 * @param midnight first instant of the day asked for; undefined for the latest state
 */
export async function readGrids(
  path: string,
  options: ReadOptions,
  midnight: number | undefined,
): Promise<GridsRead | { readonly flaws: readonly Flaw[] }> {
  const records: FeatureRecord[] = []
  const terms: Terms[] = []
  const flaws: Flaw[] = []
  for await (const batch of readFeatureBatches(fileAt(path), options)) {
    for (const read of batch) {
      if ('flaws' in read) {
        flaws.push(...read.flaws)
        continue
      }
      const { record } = read
      const own = termsReader.parse(record)
      if ('flaws' in own) flaws.push(...own.flaws)
      else if (isArea(record.geometry)) {
        records.push(record)
        terms.push(own.record)
      } else flaws.push(notAnArea(record))
    }
  }
  if (flaws.length > 0) return { flaws }
  const { labels, declared } = chooseLabels(records, options.map)
  const kindColumn = columnOf(records, ['kind', 'grid_kind', '网格类型', '类型'])
  const parentColumn = columnOf(records, ['parent', 'parent_code', '上级网格', '上级编码'])
  const inForce =
    midnight === undefined ? latestState(terms, declared ? labels : undefined) : stateOn(terms, midnight)
  const grids = inForce.map((i) => {
    const { geometry, properties } = records[i]!
    const kind = kindOf(kindColumn === undefined ? undefined : properties[kindColumn])
    const parent = parentColumn === undefined ? undefined : properties[parentColumn]
    return {
      code: labels[i]!,
      codeDeclared: declared,
      geometry: geometry as AreaGeometry,
      ...(kind ? { kind } : {}),
      ...(typeof parent === 'string' || typeof parent === 'number' ? { parent: String(parent) } : {}),
      ...present({ parts: terms[i]!.parts }),
    }
  })
  return { grids, notInForce: records.length - grids.length, records, recordOf: inForce }
}

/** What a record says about a grid beside its code: when this version is in force, and of how many parts it may be. */
interface Terms {
  /** Epoch milliseconds, half-open; absent is open. */
  readonly validFrom?: number
  readonly validTo?: number
  readonly parts?: number
}

/** The days of a grid file by the columns and with the flaws that importing it has; declared exclaves as a count. */
const termsReader = defineKind<Terms>(
  'grids',
  [
    ...gridRows.fields.filter(({ name }) => name === 'valid_from' || name === 'valid_to'),
    { name: 'parts', label: { zh: '块数', en: 'parts' }, synonyms: ['part_count', '部分数'] },
    { name: 'exclaves', label: { zh: '飞地', en: 'exclaves' }, synonyms: ['飞地数', '飞地块数'] },
  ],
  (values) => {
    const validFrom = values.day('valid_from')
    const validTo = values.day('valid_to')
    values.interval(validFrom, validTo, 'valid_to')
    const exclaves = values.count('exclaves')
    const parts = values.count('parts') ?? (exclaves === undefined ? undefined : exclaves + 1)
    return present({ validFrom, validTo, parts })
  },
)

const stateOn = (terms: readonly Terms[], instant: number): number[] =>
  indicesOf(
    terms,
    ({ validFrom = -Infinity, validTo = Infinity }) => validFrom <= instant && instant < validTo,
  )

/**
 * Versions without an end; of several of one code those that start last. Two that start together are both kept, for the
 * check to tell, and so are all without a code.
 */
function latestState(terms: readonly Terms[], codes: readonly string[] | undefined): number[] {
  const open = indicesOf(terms, ({ validTo }) => validTo === undefined)
  if (!codes) return open
  const startOf = (i: number): number => terms[i]!.validFrom ?? -Infinity
  const last = new Map<string, number>()
  for (const i of open) last.set(codes[i]!, Math.max(last.get(codes[i]!) ?? -Infinity, startOf(i)))
  return open.filter((i) => codes[i] === '' || startOf(i) === last.get(codes[i]!))
}

const indicesOf = (terms: readonly Terms[], wanted: (one: Terms) => boolean): number[] =>
  terms.flatMap((one, i) => (wanted(one) ? [i] : []))

/**
 * The households of a file. One whose record cannot be read, or says no place, is kept without a place: it is in no grid,
 * and a check that left it out would call a division complete that is not.
 */
export async function readHouseholds(
  path: string,
  options: ReadOptions,
): Promise<
  | { readonly points: readonly HouseholdPoint[]; readonly refusals: readonly Flaw[] }
  | { readonly flaws: readonly Flaw[] }
> {
  const points: HouseholdPoint[] = []
  const refusals: Flaw[] = []
  for await (const batch of readRows(fileAt(path), 'households', options)) {
    for (const read of batch) {
      if ('record' in read) {
        points.push(read.record.row)
        continue
      }
      const { record, id } = read.flaws[0]!.place
      if (record === undefined) return { flaws: read.flaws }
      refusals.push(...read.flaws)
      points.push({ id: id ?? `#${record}`, longitude: Number.NaN, latitude: Number.NaN })
    }
  }
  return { points, refusals }
}

/** The natural villages or buildings of a file, or all that is wrong with it: one left out might be the one that is split. */
export async function readSites(
  path: string,
  kind: 'villages' | 'buildings',
  options: ReadOptions,
): Promise<{ readonly sites: readonly Site[] } | { readonly flaws: readonly Flaw[] }> {
  const sites: Site[] = []
  const flaws: Flaw[] = []
  for await (const batch of readRows(fileAt(path), kind, options)) {
    for (const read of batch) {
      if ('flaws' in read) {
        flaws.push(...read.flaws)
        continue
      }
      const { id, name, boundary } = read.record.row
      sites.push({ id, name: name ?? null, geometry: boundary })
    }
  }
  return flaws.length > 0 ? { flaws } : { sites }
}

const isArea = (geometry: FeatureRecord['geometry']): geometry is AreaGeometry =>
  geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon'

const notAnArea = ({ geometry, place }: FeatureRecord): Flaw =>
  geometry === null
    ? flaw('geometry_missing', place, {})
    : flaw('geometry_wrong_type', place, { wanted: 'Polygon', found: geometry.type })

/** The first of the names that a column bears; the readers have renamed those of `--map`. */
const columnOf = (records: readonly FeatureRecord[], names: readonly string[]): string | undefined =>
  names.find((name) => records.some((record) => Object.hasOwn(record.properties, name)))

const kindWords: Readonly<Record<string, GridKind>> = {
  ordinary: 'ordinary',
  普通: 'ordinary',
  普通网格: 'ordinary',
  dedicated: 'dedicated',
  专属: 'dedicated',
  专属网格: 'dedicated',
  microgrid: 'microgrid',
  微网格: 'microgrid',
}

const kindOf = (value: unknown): GridKind | undefined =>
  typeof value === 'string' && Object.hasOwn(kindWords, value.trim()) ? kindWords[value.trim()] : undefined
