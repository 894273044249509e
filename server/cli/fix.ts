/** `wangge fix`: repairs what is safe to repair in a division, says what it moved, and writes the grids. */
import { type FixReport, presentFix } from '../contract/repairs.ts'
import type { DivisionGrid } from '../core/coverage/check-division.ts'
import { figure } from '../core/coverage/messages.ts'
import { repairDivision } from '../core/coverage/repair/repair-division.ts'
import { areaSquareMetres } from '../core/geometry/area-square-metres.ts'
import type { OutputFeature } from '../formats/write-features.ts'
import { readAreaFile } from './area-file.ts'
import { type GridsRead, readGrids, readHouseholds } from './check-inputs.ts'
import { idsOf, metresOf, midnightOf, sizesOf } from './check-options.ts'
import { flawLine, inputOptions, readOptionsOf, requireMapped } from './input-options.ts'
import { type ExitCode, UsageError, type Verb, type VerbArgs, type VerbIo } from './verb.ts'
import { writeGeoJsonFile } from './write-geojson-file.ts'

export const fix: Verb = {
  name: 'fix',
  usage: 'GRIDS [--within AREA] [--households FILE] [--protect ID,ID] [--max-gap-width M] -o OUT',
  summary: {
    zh: '修补网格划分中可以放心修补之处，逐处报告变动的面积和户数',
    en: 'repairs what is safe in a division, and reports each repair with the area and households it moves',
  },
  options: {
    within: {
      type: 'string',
      value: 'AREA',
      help: { zh: '网格应恰好覆盖的区域', en: 'the area that the grids are to cover exactly' },
    },
    households: { type: 'string', value: 'FILE', help: { zh: '住户点', en: 'household points' } },
    sizes: {
      type: 'string',
      value: '300..500',
      help: {
        zh: '每个网格的户数范围；不合者报告，不修改',
        en: 'households a grid should have; what is out of it is reported, not changed',
      },
    },
    protect: {
      type: 'string',
      value: 'ID,ID',
      multiple: true,
      help: { zh: '不得扩大或缩小的网格', en: 'grids that may neither grow nor shrink' },
    },
    'max-gap-width': {
      type: 'string',
      value: 'M',
      help: {
        zh: '宽于此（米）的空白不填；默认：未给区域时 10，给了区域时不限',
        en: 'openings wider than this (metres) stay; by default 10 without an area, no limit within one',
      },
    },
    date: {
      type: 'string',
      value: 'YYYY-MM-DD',
      help: {
        zh: '修补这一天有效的网格，默认为最新状态',
        en: 'repair the grids in force on this day, by default the latest state',
      },
    },
    ...inputOptions,
    'dry-run': { type: 'boolean', help: { zh: '只报告，不写文件', en: 'report only, write nothing' } },
    format: {
      type: 'string',
      value: 'text|json',
      help: { zh: '报告格式，默认 text', en: 'of the report, text by default' },
    },
    output: {
      type: 'string',
      short: 'o',
      value: 'OUT',
      help: { zh: '输出的 GeoJSON 文件（WGS 84）', en: 'the GeoJSON file to write (WGS 84)' },
    },
  },
  run,
}

async function run(args: VerbArgs, io: VerbIo): Promise<ExitCode> {
  const question = questionOf(args)
  const options = readOptionsOf(args, io)
  const read = await readGrids(question.file, options, question.midnight)
  const area = question.within === undefined ? null : await readAreaFile(question.within, options)
  const households =
    question.households === undefined ? null : await readHouseholds(question.households, options)
  for (const one of [read, area, households])
    for (const reason of one && 'flaws' in one ? one.flaws : []) io.err(`${flawLine(reason)}\n`)
  if ('flaws' in read || (area && 'flaws' in area) || (households && 'flaws' in households)) return 2
  requireMapped(options)
  for (const one of [...(area?.skipped ?? []), ...(households?.refusals ?? [])]) io.err(`${flawLine(one)}\n`)
  const { grids } = read
  const unknown = question.protectedGrids.filter((code) => !grids.some((grid) => grid.code === code))
  for (const code of unknown) io.err(`--protect：没有网格 ${code} · no grid ${code}\n`)
  if (unknown.length > 0) return 2
  if (grids.length === 0) {
    io.err('没有有效的网格，请用 --date 指定日期 · no grid is in force: name a day with --date\n')
    return 2
  }

  const { maxGapWidthMetres, protectedGrids } = question
  const { division, done, left } = repairDivision({
    grids: grids.map((grid, i): RecordedGrid => ({ ...grid, record: read.recordOf[i]! })),
    protectedGrids,
    ...(area ? { within: area.area } : {}),
    ...(households ? { households: households.points } : {}),
    ...(question.sizes ? { sizes: question.sizes } : {}),
    // Without an area, what is wider than this the check itself lists as an enclave.
    ...(maxGapWidthMetres === undefined ? {} : { maxGapWidthMetres, gapWidthMetres: maxGapWidthMetres }),
  })
  const total = division.grids.reduce((sum, grid) => sum + areaSquareMetres(grid.geometry), 0)
  const report = presentFix(division.grids.length, total, done, left)
  if (question.output !== undefined) {
    const failure = await writeGeoJsonFile(
      question.output,
      featuresOf(read, division.grids, options.map ?? {}),
      io,
    )
    if (failure !== null) {
      io.err(`${question.output}: 不能写入 · cannot be written (${failure})\n`)
      return 2
    }
  }
  io.out(`${question.format === 'json' ? JSON.stringify(report) : fixText(report, question.output)}\n`)
  return report.valid ? 0 : 1
}

/** A grid that remembers which record of the file it is. */
interface RecordedGrid extends DivisionGrid {
  readonly record: number
}

/**
 * Every record of the file in its order, with its own properties and names of columns: those repaired with their new geometry,
 * those not in force as they were, those left without ground not at all.
 */
function featuresOf(
  { records, recordOf }: GridsRead,
  repaired: readonly RecordedGrid[],
  map: Readonly<Record<string, string>>,
): OutputFeature[] {
  const geometryOf = new Map(repaired.map(({ record, geometry }) => [record, geometry]))
  const checked = new Set(recordOf)
  return records.flatMap(({ geometry, properties, place: { id } }, i) => {
    const after = checked.has(i) ? geometryOf.get(i) : geometry
    if (after === undefined) return []
    const own = withOwnNames(properties, map)
    return [{ ...(id === undefined ? {} : { id }), geometry: after, properties: own }]
  })
}

/** The columns under the names they have in the file, which the readers changed as `--map` said. */
function withOwnNames(
  properties: Readonly<Record<string, unknown>>,
  map: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  const nameOf = new Map(Object.entries(map).map(([own, field]) => [field, own]))
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [nameOf.get(key) ?? key, value]))
}

function fixText(report: FixReport, output: string | undefined): string {
  const { repairs, left, moved } = report
  const households = (count: number | null): string => (count === null ? '' : `, ${count} household(s)`)
  const lines = [`修补 repairs: ${repairs.length}`]
  for (const { problem, option, reason } of repairs)
    lines.push(
      `  ${problem.id}  ${option.message.zh}${option.households === null ? '' : `，${option.households} 户`}（${problem.message.zh}；${reason.zh}）`,
      `${' '.repeat(problem.id.length + 4)}${option.message.en}${households(option.households)} (${problem.code}: ${reason.en})`,
    )
  lines.push(
    '',
    `变动 moved: ${figure(moved.area_m2)} m² (${figure(100 * moved.share)} %)${moved.households === null ? '' : `, ${moved.households} 户 household(s)`}`,
    '',
    left.length === 0
      ? '没有遗留问题 no problem is left'
      : `遗留 ${left.length} 个问题，须由人处理 ${left.length} problem(s) left for a person`,
  )
  for (const { problem, reason } of left)
    lines.push(
      `  ${problem.id}  ${problem.message.zh}：${reason.zh}`,
      `${' '.repeat(problem.id.length + 4)}${problem.message.en}: ${reason.en} [${problem.code}]`,
    )
  if (output !== undefined) lines.push('', `已写入 written: ${output}`)
  return lines.join('\n')
}

interface Question {
  readonly file: string
  readonly within: string | undefined
  readonly households: string | undefined
  readonly sizes: { readonly from: number; readonly to: number } | undefined
  readonly protectedGrids: readonly string[]
  readonly maxGapWidthMetres: number | undefined
  readonly midnight: number | undefined
  readonly format: 'text' | 'json'
  /** Undefined for a dry run. */
  readonly output: string | undefined
}

function questionOf(args: VerbArgs): Question {
  const [file, ...more] = args.positionals
  if (file === undefined || more.length > 0)
    throw new UsageError({ zh: '请给出一个网格文件', en: 'give one file of grids' })
  const format = args.text('format') ?? 'text'
  if (format !== 'text' && format !== 'json')
    throw new UsageError({ zh: `不认识的格式：${format}`, en: `unknown format: ${format}` })
  const output = args.text('output')
  if (output === undefined && !args.flag('dry-run'))
    throw new UsageError({
      zh: '请用 -o 指定输出文件，或用 --dry-run',
      en: 'name a file with -o, or say --dry-run',
    })
  if (output !== undefined && !/\.(geo)?json$/i.test(output))
    throw new UsageError({
      zh: `输出为 GeoJSON，文件名应以 .geojson 结尾：${output}`,
      en: `GeoJSON is written: the name should end in .geojson: ${output}`,
    })
  const sizes = sizesOf(args)
  return {
    file,
    within: args.text('within'),
    households: args.text('households'),
    sizes,
    protectedGrids: idsOf(args, 'protect'),
    maxGapWidthMetres: metresOf(args, 'max-gap-width'),
    midnight: midnightOf(args),
    format,
    output: args.flag('dry-run') ? undefined : output,
  }
}
