/** By what name the features of a file are called in a report when nobody said which column is the code. */
import { isBlank, toText } from './cell-values.ts'
import { plainName } from './columns.ts'
import type { FeatureRecord } from './records.ts'

export interface Labels {
  /** One a record, in order. */
  readonly labels: string[]
  /** True when the file has a column of codes: only then can a code be malformed or repeated. A blank code is ''. */
  readonly declared: boolean
  /** The property the labels come from; null for the feature's own id or number. */
  readonly field: string | null
}

const declaredNames = [
  'code',
  'grid_code',
  '网格编码',
  '网格编号',
  '网格代码',
  '网格编',
  '编码',
  '编号',
  '代码',
].map(plainName)
const idLike = /(_num|_no|_id|id|code|编号|编码)$/i
const nameLike =
  /^(id|name|label|ward|beat|community|district|precinct|neighbou?rhood|zone|tract|village|grid|名称|网格|村|社区)$/i

/** A property names features when nearly all its values differ: a file with a repeated code still has codes. */
const leastDistinct = 0.9
const longestLabel = 60

/**
 * A column of codes (its name is one of the recognised ones, or `map` says X=code) declares them. Otherwise the best
 * id-like property that nearly all records have and few share (beat_num, PRECID), then the feature's own id, then a
 * name-like one (ward, community, name), then any text that tells them apart; otherwise the number of the record.
 */
export function chooseLabels(
  records: readonly FeatureRecord[],
  map: Readonly<Record<string, string>> = {},
): Labels {
  const names = namesOf(records)
  const mapped = Object.entries(map).find(([, field]) => field === 'code')?.[0]
  const declared =
    (mapped !== undefined && names.includes(mapped) ? mapped : undefined) ??
    declaredNames
      .map((plain) => names.find((name) => plainName(name) === plain))
      .find((name) => name !== undefined)
  if (declared !== undefined)
    return {
      labels: records.map((record) => toText(record.properties[declared])),
      declared: true,
      field: declared,
    }
  const candidates = names.filter((name) => distinguishes(records.map((one) => one.properties[name])))
  const best = (fits: (name: string) => boolean): string | undefined =>
    candidates.filter(fits).toSorted((a, b) => meanLength(records, a) - meanLength(records, b))[0]
  const isText = (name: string): boolean => records.some((one) => typeof one.properties[name] === 'string')
  const chosen =
    best((name) => idLike.test(name)) ??
    (distinguishes(records.map((record) => record.place.id))
      ? null
      : (best((name) => nameLike.test(name)) ?? best(isText)))
  const labels = records.map((record, i) => {
    const own =
      chosen === null ? record.place.id : chosen === undefined ? undefined : record.properties[chosen]
    return isBlank(own) ? String(record.place.record ?? i + 1) : toText(own)
  })
  return { labels, declared: false, field: chosen ?? null }
}

function namesOf(records: readonly FeatureRecord[]): string[] {
  const names = new Set<string>()
  for (const record of records) for (const name of Object.keys(record.properties)) names.add(name)
  return [...names]
}

/** Short text or whole numbers, nearly all there and nearly all different. */
function distinguishes(values: readonly unknown[]): boolean {
  const given = values.filter((value) => !isBlank(value))
  const proper = given.every(
    (value) =>
      (typeof value === 'string' && value.length <= longestLabel && !/^\d+\.\d+$/.test(value)) ||
      (typeof value === 'number' && Number.isInteger(value)),
  )
  const enough = values.length * leastDistinct
  return proper && values.length > 0 && given.length >= enough && new Set(given).size >= enough
}

const meanLength = (records: readonly FeatureRecord[], name: string): number =>
  records.reduce((sum, record) => sum + toText(record.properties[name]).length, 0) / records.length
