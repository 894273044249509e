/** `wangge check`: is a division whole, is every household in exactly one grid, do sizes and codes hold. */
import { type CheckReport, presentCheck, presentCheckFeatures } from '../contract/check.ts'
import { checkDivision, type DivisionInput } from '../core/coverage/check-division.ts'
import { readAreaFile } from './area-file.ts'
import { readGrids, readHouseholds, readSites } from './check-inputs.ts'
import { metresOf, midnightOf, sizesOf } from './check-options.ts'
import { checkText } from './check-text.ts'
import { flawLine, inputOptions, readOptionsOf, requireMapped } from './input-options.ts'
import { type ExitCode, UsageError, type Verb, type VerbArgs, type VerbIo } from './verb.ts'

export const check: Verb = {
  name: 'check',
  usage:
    'GRIDS [--within AREA] [--households FILE] [--villages FILE] [--buildings FILE] [--sizes 300..500] [--date D] …',
  summary: {
    zh: '检查网格划分：不留空白、不重叠、户不漏、自然村不分割、规模与编码合规',
    en: 'check a division: no gap, no overlap, every household in one grid, sizes and codes as they should be',
  },
  options: {
    within: {
      type: 'string',
      value: 'AREA',
      help: { zh: '网格应恰好覆盖的区域', en: 'the area that the grids are to cover exactly' },
    },
    households: {
      type: 'string',
      value: 'FILE',
      help: { zh: '住户点', en: 'household points' },
    },
    villages: {
      type: 'string',
      value: 'FILE',
      help: { zh: '自然村范围：不应被网格分割', en: 'natural villages, which no boundary should split' },
    },
    buildings: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: '建筑轮廓：不应被网格边界切开',
        en: 'footprints of buildings, which no boundary should cut',
      },
    },
    sizes: {
      type: 'string',
      value: '300..500',
      help: { zh: '每个网格的户数范围', en: 'households a grid should have' },
    },
    tolerance: {
      type: 'string',
      value: '0.02',
      help: {
        zh: '窄于此（米）算公共边不一致，不算空隙或重叠',
        en: 'narrower than this (metres) is an unmatched edge, not a gap or an overlap',
      },
    },
    'gap-width': {
      type: 'string',
      value: '10',
      help: {
        zh: '未给区域时，宽于此（米）的空白可能是飞地，只列出',
        en: 'without an area, an opening wider than this (metres) may be meant and is only listed',
      },
    },
    date: {
      type: 'string',
      value: 'YYYY-MM-DD',
      help: {
        zh: '检查这一天有效的网格，默认为最新状态',
        en: 'check the grids in force on this day, by default the latest state',
      },
    },
    'code-pattern': {
      type: 'string',
      value: 'REGEXP',
      help: { zh: '网格编码应符合的正则表达式', en: 'what grid codes must look like' },
    },
    ...inputOptions,
    format: {
      type: 'string',
      value: 'text|json|geojson',
      help: { zh: '输出格式，默认 text', en: 'text by default' },
    },
  },
  run,
}

async function run(args: VerbArgs, io: VerbIo): Promise<ExitCode> {
  const question = questionOf(args)
  const options = readOptionsOf(args, io)
  const grids = await readGrids(question.file, options, question.midnight)
  const area = question.within === undefined ? null : await readAreaFile(question.within, options)
  const households =
    question.households === undefined ? null : await readHouseholds(question.households, options)
  const villages =
    question.villages === undefined ? null : await readSites(question.villages, 'villages', options)
  const buildings =
    question.buildings === undefined ? null : await readSites(question.buildings, 'buildings', options)
  for (const one of [grids, area, households, villages, buildings])
    for (const reason of one && 'flaws' in one ? one.flaws : []) io.err(`${flawLine(reason)}\n`)
  if (
    'flaws' in grids ||
    (area && 'flaws' in area) ||
    (households && 'flaws' in households) ||
    (villages && 'flaws' in villages) ||
    (buildings && 'flaws' in buildings)
  )
    return 2
  requireMapped(options)
  for (const one of [...(area?.skipped ?? []), ...(households?.refusals ?? [])]) io.err(`${flawLine(one)}\n`)
  if (grids.notInForce > 0)
    io.err(
      `${grids.notInForce} 条记录不在有效期内，未检查 · ${grids.notInForce} record(s) not in force, left out\n`,
    )
  if (grids.grids.length === 0) {
    io.err('没有有效的网格，请用 --date 指定日期 · no grid is in force: name a day with --date\n')
    return 2
  }

  const report = presentCheck(
    checkDivision({
      ...question.rules,
      grids: grids.grids,
      ...(area ? { within: area.area } : {}),
      ...(households ? { households: households.points } : {}),
      ...(villages ? { villages: villages.sites } : {}),
      ...(buildings ? { buildings: buildings.sites } : {}),
    }),
  )
  io.out(`${output(report, question.format, households !== null)}\n`)
  return report.valid ? 0 : 1
}

type Format = 'text' | 'json' | 'geojson'

function output(report: CheckReport, format: Format, withHouseholds: boolean): string {
  if (format === 'json') return JSON.stringify(report)
  if (format === 'geojson') return JSON.stringify(presentCheckFeatures(report))
  return checkText(report, withHouseholds)
}

interface Question {
  readonly file: string
  readonly within: string | undefined
  readonly households: string | undefined
  readonly villages: string | undefined
  readonly buildings: string | undefined
  /** First instant of the day whose grids are checked. */
  readonly midnight: number | undefined
  readonly format: Format
  readonly rules: Pick<DivisionInput, 'sizes' | 'toleranceMetres' | 'gapWidthMetres' | 'codePattern'>
}

function questionOf(args: VerbArgs): Question {
  const [file, ...more] = args.positionals
  if (file === undefined || more.length > 0)
    throw new UsageError({ zh: '请给出一个网格文件', en: 'give one file of grids' })
  const format = args.text('format') ?? 'text'
  if (format !== 'text' && format !== 'json' && format !== 'geojson')
    throw new UsageError({ zh: `不认识的格式：${format}`, en: `unknown format: ${format}` })
  const sizes = sizesOf(args)
  const toleranceMetres = metresOf(args, 'tolerance')
  const gapWidthMetres = metresOf(args, 'gap-width')
  const codePattern = patternOf(args.text('code-pattern'))
  return {
    file,
    within: args.text('within'),
    households: args.text('households'),
    villages: args.text('villages'),
    buildings: args.text('buildings'),
    midnight: midnightOf(args),
    format,
    rules: {
      ...(sizes ? { sizes } : {}),
      ...(toleranceMetres === undefined ? {} : { toleranceMetres }),
      ...(gapWidthMetres === undefined ? {} : { gapWidthMetres }),
      ...(codePattern ? { codePattern } : {}),
    },
  }
}

function patternOf(text: string | undefined): RegExp | undefined {
  if (text === undefined) return undefined
  try {
    return new RegExp(`^(?:${text})$`, 'u')
  } catch {
    throw new UsageError({ zh: `正则表达式有误：${text}`, en: `not a regular expression: ${text}` })
  }
}
