/** What the verbs that read files share: how the files are to be read, and how a flaw is told. */
import type { Flaw } from '../core/values.ts'
import type { ReadOptions } from '../formats/records.ts'
import { type OptionDescription, UsageError, type VerbArgs, type VerbIo } from './verb.ts'

export const inputOptions = {
  crs: {
    type: 'string',
    value: 'CRS',
    help: {
      zh: '所有输入文件的坐标系：EPSG 代码、GCJ-02 或 BD-09',
      en: 'coordinates of all input files: an EPSG code, GCJ-02 or BD-09',
    },
  },
  map: {
    type: 'string',
    multiple: true,
    value: 'COLUMN=FIELD',
    help: { zh: '指定列的含义，可重复：户主=head', en: 'what a column means, repeatable: 户主=head' },
  },
} as const satisfies Record<string, OptionDescription>

/** The reading options of a call. @throws UsageError for a `--map` without `=` */
export function readOptionsOf(args: VerbArgs, io: Pick<VerbIo, 'signal'>): ReadOptions {
  const map: Record<string, string> = {}
  for (const pair of args.texts('map')) {
    const at = pair.lastIndexOf('=')
    if (at < 1 || at === pair.length - 1)
      throw new UsageError({ zh: `--map 应写作 列=字段：${pair}`, en: `--map wants COLUMN=FIELD: ${pair}` })
    map[pair.slice(0, at)] = pair.slice(at + 1)
  }
  const crs = args.text('crs')
  return { map, mapped: new Set(), signal: io.signal, ...(crs === undefined ? {} : { crs }) }
}

/** After all files of a call are read: each column of `--map` must stand in one of them. @throws UsageError */
export function requireMapped({ map = {}, mapped }: ReadOptions): void {
  const missing = Object.keys(map).filter((from) => !mapped?.has(from))
  if (missing.length > 0)
    throw new UsageError({
      zh: `--map 中的列在哪个文件里都没有：${missing.join('、')}`,
      en: `--map names a column that no file has: ${missing.join(', ')}`,
    })
}

/** One line for one flaw: file, line or record, field, what is wrong in both languages. */
export function flawLine({ place, message, value }: Flaw): string {
  const where = [
    place.file,
    place.line !== undefined ? `第 ${place.line} 行 line ${place.line}` : undefined,
    place.line === undefined && place.record !== undefined
      ? `第 ${place.record} 条 record ${place.record}`
      : undefined,
    place.id,
    place.field,
  ]
  const text = `${where.filter((part) => part !== undefined).join(' · ')}: ${message.zh} · ${message.en}`
  return value === undefined ? text : `${text} (${value})`
}
