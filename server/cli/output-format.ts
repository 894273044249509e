/** Which of some formats a verb writes. */
import type { Message } from '../core/values.ts'
import { UsageError, type VerbArgs } from './verb.ts'

/** Endings of other formats, which nobody could open a file by that holds something else. */
const others = new Set([
  'shp',
  'zip',
  'gpkg',
  'kml',
  'kmz',
  'fgb',
  'gpx',
  'csv',
  'tsv',
  'ndjson',
  'geojson',
  'xlsx',
  'xls',
  'pdf',
  'html',
  'docx',
])

const synonyms: Readonly<Record<string, string>> = {
  json: 'geojson',
  geojsonl: 'ndjson',
  geojsons: 'ndjson',
  jsonl: 'ndjson',
  htm: 'html',
}

/**
 * As `--format` says, else as the output file's ending does, else the first.
 * @throws UsageError with `wanted` for a format there is not, also where only the ending asks for it
 */
export function outputFormat<Format extends string>(
  args: VerbArgs,
  formats: readonly [Format, ...Format[]],
  wanted: Message,
): Format {
  const isNamed = (text: string | undefined): Format | undefined => formats.find((one) => one === text)
  const asked = args.text('format')
  if (asked === undefined) {
    const ending = /\.([^./\\]+)$/.exec(args.text('output') ?? '')?.[1]?.toLowerCase() ?? ''
    const named = isNamed(ending) ?? isNamed(synonyms[ending])
    if (named === undefined && others.has(ending)) throw new UsageError(wanted)
    return named ?? formats[0]
  }
  const format = isNamed(asked)
  if (format) return format
  throw new UsageError(wanted)
}
