/**
 * The closed list of what can be wrong with a file, each code with its message in both languages. Codes are
 * published: they stand in reports and in the CSV of refused records. Add, never rename.
 */
import type { Flaw, Message, Place } from '../core/values.ts'

const say = (zh: string, en: string): Message => ({ zh, en })

const messages = {
  // The file as a whole.
  file_unreadable: (d: { reason: string }) =>
    say(`文件无法读取：${d.reason}`, `The file cannot be read: ${d.reason}`),
  file_too_large: (d: { limitMegabytes: number; remedy: Message }) =>
    say(
      `文件超过 ${d.limitMegabytes} MB 的上限。${d.remedy.zh}`,
      `The file exceeds the limit of ${d.limitMegabytes} MB. ${d.remedy.en}`,
    ),
  file_without_records: (d: { found: Message }) =>
    say(`文件中没有可用的记录${d.found.zh}`, `The file holds no usable record${d.found.en}`),
  format_unknown: (d: { known: string }) =>
    say(`无法识别的文件格式；可用：${d.known}`, `Unknown file format; known are: ${d.known}`),
  gzip_broken: (d: { reason: string }) =>
    say(`gzip 压缩数据损坏：${d.reason}`, `Broken gzip data: ${d.reason}`),
  encoding_broken: (d: { encoding: string }) =>
    say(
      `文本不是有效的 ${d.encoding} 编码，请另存为 UTF-8`,
      `The text is not valid ${d.encoding}; save it as UTF-8`,
    ),
  json_syntax: (d: { line: number; column: number; reason: Message }) =>
    say(
      `JSON 语法错误，第 ${d.line} 行第 ${d.column} 列：${d.reason.zh}`,
      `JSON syntax error at line ${d.line}, column ${d.column}: ${d.reason.en}`,
    ),
  json_not_geojson: (d: { found: string }) =>
    say(`JSON 有效，但不是 GeoJSON（${d.found}）`, `Valid JSON, but not GeoJSON (${d.found})`),
  csv_quote_unclosed: () => say('此行开始的引号没有闭合', 'A quote opened on this line is never closed'),
  zip_broken: (d: { reason: string }) =>
    say(`不是有效的 ZIP 文件：${d.reason}`, `Not a valid ZIP file: ${d.reason}`),
  zip_too_large: (d: { limitMegabytes: number }) =>
    say(
      `ZIP 解压后超过 ${d.limitMegabytes} MB 的上限`,
      `The ZIP unpacks to more than the limit of ${d.limitMegabytes} MB`,
    ),
  zip_without_data: (d: { entries: string }) =>
    say(
      `ZIP 中没有可读的数据文件，只有：${d.entries}`,
      `The ZIP holds no file that can be read, only: ${d.entries}`,
    ),
  zip_ambiguous: (d: { entries: string }) =>
    say(
      `ZIP 中有多个数据文件，请分开提供：${d.entries}`,
      `The ZIP holds several data files, give them one by one: ${d.entries}`,
    ),
  shapefile_part_missing: (d: { part: string }) =>
    say(
      `Shapefile 缺少 ${d.part} 文件，请与 .shp 放在一起或打包为 .zip`,
      `The shapefile lacks its ${d.part}; put it beside the .shp or send all as one .zip`,
    ),
  shapefile_broken: (d: { reason: Message }) =>
    say(`Shapefile 损坏：${d.reason.zh}`, `Broken shapefile: ${d.reason.en}`),
  geopackage_broken: (d: { reason: Message }) =>
    say(`GeoPackage 无法读取：${d.reason.zh}`, `The GeoPackage cannot be read: ${d.reason.en}`),
  flatgeobuf_broken: (d: { reason: Message }) =>
    say(`FlatGeobuf 无法读取：${d.reason.zh}`, `The FlatGeobuf cannot be read: ${d.reason.en}`),
  layers_ambiguous: (d: { layers: string }) =>
    say(
      `文件中有多个图层，请分别另存：${d.layers}`,
      `The file has several layers, save each as a file of its own: ${d.layers}`,
    ),
  xlsx_broken: (d: { reason: string }) =>
    say(`不是有效的 XLSX 工作簿：${d.reason}`, `Not a valid XLSX workbook: ${d.reason}`),
  xml_syntax: (d: { reason: string }) => say(`XML 语法错误：${d.reason}`, `XML syntax error: ${d.reason}`),
  xml_doctype: () =>
    say(
      '出于安全原因，不接受带 DOCTYPE（实体定义）的 XML',
      'XML with a DOCTYPE (entity definitions) is refused for safety',
    ),
  crs_unknown: (d: { known: string }) =>
    say(`未知的坐标系；可用：${d.known}`, `Unknown coordinate system; known are: ${d.known}`),
  crs_datum_shift_unknown: (d: { datum: string }) =>
    say(
      `${d.datum} 到 WGS 84 的转换参数未公开，直接当作 WGS 84 会偏移数十至上百米。请先转为 CGCS2000，或给出参数：--crs 'EPSG:… +towgs84=dx,dy,dz,rx,ry,rz,s'`,
      `The shift from ${d.datum} to WGS 84 is not public; taking it as WGS 84 would move everything by tens of metres or more. Convert to CGCS2000 first, or give the parameters: --crs 'EPSG:… +towgs84=dx,dy,dz,rx,ry,rz,s'`,
    ),
  column_missing: (d: { field: string; label: Message; columns: string }) =>
    say(
      `缺少“${d.label.zh}”列；现有列：${d.columns}。可用 --map 列名=${d.field} 指定`,
      `No column for ${d.label.en}; found: ${d.columns}. Name it with --map COLUMN=${d.field}`,
    ),
  map_column_unknown: (d: { columns: string }) =>
    say(
      `--map 中的列不存在；现有列：${d.columns}`,
      `--map names a column that is not there; found: ${d.columns}`,
    ),

  // One record.
  row_ragged: (d: { expected: number; found: number }) =>
    say(
      `表头有 ${d.expected} 列，此行有 ${d.found} 列`,
      `The header has ${d.expected} columns, this row ${d.found}`,
    ),
  record_unreadable: (d: { reason: Message }) =>
    say(`记录无法读取：${d.reason.zh}`, `The record cannot be read: ${d.reason.en}`),
  geojson_structure: (d: { detail: string }) =>
    say(
      `不符合 GeoJSON（RFC 7946）结构：${d.detail}`,
      `Not the structure of GeoJSON (RFC 7946): ${d.detail}`,
    ),
  geometry_missing: () => say('没有图形', 'It has no geometry'),
  geometry_empty: () => say('图形为空', 'The geometry is empty'),
  geometry_wrong_type: (d: { wanted: string; found: string }) =>
    say(
      `图形类型应为 ${d.wanted}，实为 ${d.found}`,
      `The geometry should be a ${d.wanted}, not a ${d.found}`,
    ),
  wkt_syntax: (d: { offset: number }) =>
    say(`WKT 第 ${d.offset} 个字符处有语法错误`, `WKT syntax error at character ${d.offset}`),
  position_missing: () => say('没有坐标', 'It has no coordinates'),
  position_not_valid: () =>
    say('设备自称没有有效定位', 'The device itself says that it has no valid position'),
  position_malformed: (d: { count: number }) =>
    say(
      `坐标不是两个有限的数值${d.count > 1 ? `（共 ${d.count} 处）` : ''}`,
      `A position is not two finite numbers${d.count > 1 ? ` (${d.count} of them)` : ''}`,
    ),
  ring_unclosed: () =>
    say('多边形的环没有闭合（首尾点不同）', 'The ring is not closed: its first and last positions differ'),
  ring_too_short: (d: { found: number }) =>
    say(
      `环至少需要 4 个点，只有 ${d.found} 个`,
      `A ring needs at least 4 positions, this one has ${d.found}`,
    ),
  line_too_short: (d: { found: number }) =>
    say(
      `线至少需要 2 个点，只有 ${d.found} 个`,
      `A line needs at least 2 positions, this one has ${d.found}`,
    ),
  coordinates_swapped: () =>
    say('经纬度似乎颠倒了（应为经度在前）', 'Longitude and latitude look swapped; longitude comes first'),
  coordinates_out_of_range: (d: { hint: Message }) =>
    say(
      `超出经度 ±180、纬度 ±90 的范围，像是投影坐标。${d.hint.zh}`,
      `Outside longitude ±180 and latitude ±90: the numbers look projected. ${d.hint.en}`,
    ),
  coordinates_not_convertible: (d: { crs: string }) =>
    say(`坐标不在 ${d.crs} 的有效范围内`, `The coordinates lie outside the area of ${d.crs}`),
  value_missing: (d: { label: Message }) => say(`缺少${d.label.zh}`, `No ${d.label.en}`),
  value_not_number: (d: { label: Message }) =>
    say(`${d.label.zh}不是数值`, `The ${d.label.en} is not a number`),
  value_out_of_range: (d: { label: Message; range: string }) =>
    say(`${d.label.zh}超出范围 ${d.range}`, `The ${d.label.en} is out of range ${d.range}`),
  value_not_boolean: (d: { label: Message }) =>
    say(`${d.label.zh}应为是或否`, `The ${d.label.en} should be yes or no`),
  value_not_in_list: (d: { label: Message; allowed: string }) =>
    say(`${d.label.zh}应为：${d.allowed}`, `The ${d.label.en} should be one of: ${d.allowed}`),
  subject_twice: () => say('户和场所只能填一个', 'It may name a household or a place, not both'),
  code_malformed: (d: { label: Message }) =>
    say(
      `${d.label.zh}不能含空格、逗号或控制字符`,
      `The ${d.label.en} may not hold spaces, commas or control characters`,
    ),
  track_without_times: (d: { found: string }) =>
    say(
      `${d.found} 没有逐点时间，无法说明何时在何处；请导出 gx:Track 或 GPX`,
      `${d.found} has no time for each point, so nobody could say when it was where; export a gx:Track or GPX`,
    ),
  fit_broken: (d: { reason: Message }) =>
    say(`FIT 文件损坏：${d.reason.zh}`, `Broken FIT file: ${d.reason.en}`),
  time_missing: () => say('没有时间', 'It has no time'),
  time_malformed: () =>
    say(
      '时间无法识别；可用：2026-10-08T09:30:00+08:00、2026-10-08 09:30、2026年10月8日、Unix 秒或毫秒',
      'The time cannot be read; use 2026-10-08T09:30:00+08:00, 2026-10-08 09:30 (Beijing time), or Unix seconds or milliseconds',
    ),
  time_before_gps: () =>
    say(
      '时间早于 GPS 启用（1980-01-06），设备时钟未设置',
      'The time is before GPS (1980-01-06): the clock of the device was not set',
    ),
  interval_reversed: () => say('结束不晚于开始', 'The end is not after the start'),
} satisfies Record<string, (detail: never) => Message>

export type FlawCode = keyof typeof messages
/** What the message of a code is made of; `{}` where it is always the same. */
type Detail<C extends FlawCode> =
  Parameters<(typeof messages)[C]> extends [infer D] ? D : Record<string, never>

/** Every code a reader may report, in the order of the list above. */
export const flawCodes = Object.keys(messages) as readonly FlawCode[]

const longestShown = 80

/** A value as reports show it: one line, shortened. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  const line = text.replace(/\s+/g, ' ')
  return line.length > longestShown ? `${line.slice(0, longestShown)}…` : line
}

/** Builds a flaw from its code. `value` is the offending value, when there is one. */
export function flaw<C extends FlawCode>(code: C, place: Place, detail: Detail<C>, value?: unknown): Flaw {
  const message = (messages[code] as (d: Detail<C>) => Message)(detail)
  return value === undefined ? { code, place, message } : { code, place, message, value: shown(value) }
}

/**
 * Thrown inside the readers where a file cannot be read on, and turned into flaws at their edge; never leaves
 * `formats`.
 */
export class FileRefused extends Error {
  readonly flaws: readonly Flaw[]

  constructor(...flaws: readonly Flaw[]) {
    super(flaws.map((one) => `${one.code}: ${one.message.en}`).join('; '))
    this.name = 'FileRefused'
    this.flaws = flaws
  }
}
