/** `wangge propose`: draws grids of a size along streets, area by area, or proves that there are none. */
import type { AtomNote } from '../core/planning/atoms/input.ts'
import { makeAtoms } from '../core/planning/atoms/make-atoms.ts'
import { proposePlans } from '../core/planning/propose/propose-plans.ts'
import type { ProposedGrid } from '../core/planning/propose/values.ts'
import type { SizeBand } from '../core/policy/division-policy.ts'
import { writeGeoJson } from '../formats/write-features.ts'
import { idsOf, sizesOf } from './check-options.ts'
import { flawLine, inputOptions, readOptionsOf, requireMapped } from './input-options.ts'
import { progressLine } from './progress.ts'
import { type ProposeFiles, readProposeInputs } from './propose-inputs.ts'
import { evaluated, gridFeatures, proposalsJson, proposalsText } from './propose-output.ts'
import { type ExitCode, UsageError, type Verb, type VerbArgs, type VerbIo } from './verb.ts'
import { writeGeoJsonFile } from './write-geojson-file.ts'

const DEFAULT_SIZES: SizeBand = { from: 300, to: 500 }
const MOST_PLANS = 9

export const propose: Verb = {
  name: 'propose',
  usage: '--within AREA --roads FILE --households FILE [--sizes 300..500] [--plans N] … -o OUT',
  summary: {
    zh: '沿道路划出户数适中、连片的网格，或证明不可能',
    en: 'draws balanced, contiguous grids along streets, or proves that none exist',
  },
  options: {
    within: {
      type: 'string',
      value: 'AREA',
      help: { zh: '要划分的村、社区，每个单独划分', en: 'the villages to divide, each by itself' },
    },
    roads: {
      type: 'string',
      value: 'FILE',
      help: { zh: '道路、铁路、水系等线', en: 'roads, railways, waterways' },
    },
    households: {
      type: 'string',
      value: 'FILE',
      help: {
        zh: '住户点，或作为住户的建筑面',
        en: 'household points, or buildings that count as households',
      },
    },
    villages: {
      type: 'string',
      value: 'FILE',
      help: { zh: '不得分割的自然村、小区', en: 'natural villages and compounds to keep whole' },
    },
    dedicated: {
      type: 'string',
      value: 'FILE',
      help: { zh: '专属网格：学校、医院、园区等', en: 'dedicated grids: schools, hospitals, parks …' },
    },
    buildings: {
      type: 'string',
      value: 'FILE',
      help: { zh: '不得切开的建筑', en: 'buildings that no weak line may cut' },
    },
    sizes: {
      type: 'string',
      value: '300..500',
      help: { zh: '每个网格的户数范围', en: 'households a grid should have' },
    },
    plans: {
      type: 'string',
      value: 'N',
      help: {
        zh: '不同方案的个数，默认 1；第 2 个起写入 OUT-2、OUT-3 …',
        en: 'different plans wanted, 1 by default; the second and on are written to OUT-2, OUT-3 …',
      },
    },
    seed: {
      type: 'string',
      value: 'N',
      help: { zh: '随机种子，相同则结果相同', en: 'the same seed gives the same result' },
    },
    'join-exclaves': {
      type: 'boolean',
      help: {
        zh: '户数不足的飞地并入最近的网格，并申报',
        en: 'ground apart with too few households goes with the nearest grid, declared as an exclave',
      },
    },
    'may-cut': {
      type: 'string',
      value: 'ID,ID',
      multiple: true,
      help: {
        zh: '可以分割的自然村（见“可行办法”）；只在已证明无法全部保持完整时才分割',
        en: 'natural villages that may be divided (see “ways out”); they are only where none can all be kept whole',
      },
    },
    'max-seconds': {
      type: 'string',
      value: 'S',
      help: {
        zh: '搜索的最长秒数；到时给出当时最好的方案',
        en: 'ends the search with the best plans until then',
      },
    },
    ...inputOptions,
    format: {
      type: 'string',
      value: 'text|json|geojson',
      help: { zh: '标准输出的格式，默认 text', en: 'of what is printed, text by default' },
    },
    output: {
      type: 'string',
      short: 'o',
      value: 'OUT',
      help: { zh: '写入网格的 GeoJSON 文件（WGS 84）', en: 'the GeoJSON file of grids to write (WGS 84)' },
    },
  },
  run,
}

async function run(args: VerbArgs, io: VerbIo): Promise<ExitCode> {
  const question = questionOf(args)
  const options = readOptionsOf(args, io)
  const read = await readProposeInputs(question.files, options)
  if ('flaws' in read) {
    for (const one of read.flaws) io.err(`${flawLine(one)}\n`)
    return 2
  }
  requireMapped(options)
  for (const one of read.refusals) io.err(`${flawLine(one)}\n`)
  const { graph, notes } = makeAtoms({
    ...read.input,
    options: {
      mostGroupHouseholds: question.band.to,
      mostHouseholds: Math.max(1, Math.ceil(question.band.from / 10)),
    },
  })
  for (const line of noteLines(notes)) io.err(`${line}\n`)

  const progress = progressLine(io)
  const deadline = question.maxSeconds === undefined ? Infinity : io.now() + 1000 * question.maxSeconds
  const found = proposePlans(graph, {
    band: question.band,
    plans: question.plans,
    seed: question.seed,
    joinExclaves: question.joinExclaves,
    mayCut: question.mayCut,
    shouldStop: () => io.signal.aborted || io.now() > deadline,
    onProgress: (step, total) => progress.report({ zh: '划分', en: 'dividing' }, step, total),
  })
  progress.end()
  io.signal.throwIfAborted()
  const plans = evaluated(graph, found, question.band)
  const siteNames = new Map(read.input.sites.map(({ id, name }) => [id, name ?? id]))
  const nameOf = (grid: ProposedGrid): string | null =>
    grid.site === null ? grid.name : (siteNames.get(grid.site) ?? grid.site)
  const features = plans.map((plan) => gridFeatures(graph, plan, read.personsKnown, nameOf))
  for (const [i, grids] of features.entries()) {
    const path = pathOf(question.output, i + 1)
    const failure = await writeGeoJsonFile(path, grids, io)
    if (failure === null) continue
    io.err(`${path}: 不能写入 · cannot be written (${failure})\n`)
    return 2
  }

  if (question.format === 'json')
    io.out(`${JSON.stringify(proposalsJson(plans, found, question, read.personsKnown))}\n`)
  else if (question.format === 'geojson') for await (const text of writeGeoJson(features.flat())) io.out(text)
  else io.out(`${proposalsText(plans, found, question.band, nameOf)}\n`)
  return found.impossible.length + found.notFound.length === 0 ? 0 : 1
}

/** Notes of one kind told in full; the others are counted. */
const MOST_NOTES = 3

/** What is known about the ground, a few of each kind. */
function noteLines(notes: readonly AtomNote[]): string[] {
  const codes = [...new Set(notes.map(({ code }) => code))]
  const byCode = codes.map((code) => ({ code, own: notes.filter((note) => note.code === code) }))
  return byCode.flatMap(({ code, own }) => [
    ...own.slice(0, MOST_NOTES).map(({ message }) => `${message.zh} · ${message.en}`),
    ...(own.length > MOST_NOTES
      ? [`… 还有 ${own.length - MOST_NOTES} 条 · ${own.length - MOST_NOTES} more [${code}]`]
      : []),
  ])
}

/** OUT.geojson, OUT-2.geojson …: each file is a division by itself, which `wangge check` takes. */
const pathOf = (output: string, plan: number): string =>
  plan === 1 ? output : output.replace(/(\.(?:geo)?json)$/i, `-${plan}$1`)

interface Question {
  readonly files: ProposeFiles
  readonly band: SizeBand
  readonly plans: number
  readonly seed: number
  readonly joinExclaves: boolean
  readonly mayCut: readonly string[]
  readonly maxSeconds: number | undefined
  readonly format: 'text' | 'json' | 'geojson'
  readonly output: string
}

function questionOf(args: VerbArgs): Question {
  if (args.positionals.length > 0)
    throw new UsageError({
      zh: `多余的参数：${args.positionals[0]}`,
      en: `unexpected argument: ${args.positionals[0]}`,
    })
  const format = args.text('format') ?? 'text'
  if (format !== 'text' && format !== 'json' && format !== 'geojson')
    throw new UsageError({ zh: `不认识的格式：${format}`, en: `unknown format: ${format}` })
  const output = required(args, 'output')
  if (!/\.(geo)?json$/i.test(output))
    throw new UsageError({
      zh: `输出为 GeoJSON，文件名应以 .geojson 结尾：${output}`,
      en: `GeoJSON is written: the name should end in .geojson: ${output}`,
    })
  const band = sizesOf(args) ?? DEFAULT_SIZES
  if (band.to < 1)
    throw new UsageError({ zh: '--sizes 的上限应至少为 1', en: '--sizes wants an upper end of 1 or more' })
  return {
    files: {
      within: required(args, 'within'),
      roads: required(args, 'roads'),
      households: required(args, 'households'),
      villages: args.text('villages'),
      dedicated: args.text('dedicated'),
      buildings: args.text('buildings'),
    },
    band,
    plans: wholeNumber(args, 'plans', 1, MOST_PLANS) ?? 1,
    seed: wholeNumber(args, 'seed', 0, 2 ** 31 - 1) ?? 0,
    joinExclaves: args.flag('join-exclaves'),
    mayCut: idsOf(args, 'may-cut'),
    maxSeconds: wholeNumber(args, 'max-seconds', 1, 86_400),
    format,
    output,
  }
}

function required(args: VerbArgs, name: string): string {
  const text = args.text(name)
  if (text === undefined) throw new UsageError({ zh: `缺少 --${name}`, en: `--${name} is missing` })
  return text
}

function wholeNumber(args: VerbArgs, name: string, least: number, most: number): number | undefined {
  const text = args.text(name)
  if (text === undefined) return undefined
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(number >= least && number <= most))
    throw new UsageError({
      zh: `--${name} 应为 ${least} 到 ${most} 的整数：${text}`,
      en: `--${name} wants a whole number from ${least} to ${most}: ${text}`,
    })
  return number
}
