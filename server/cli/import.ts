/** `wangge import KIND FILE... --area CODE` */
import { existsSync } from 'node:fs'
import { type ImportKind, importRecords } from '../commands/import-records.ts'
import type { JobOutcome } from '../commands/jobs.ts'
import { fileAt } from '../formats/input-file.ts'
import { isKind, kinds } from '../formats/read-rows.ts'
import { writeRefusals } from '../formats/write-refusals.ts'
import { flawLine, inputOptions, readOptionsOf } from './input-options.ts'
import { withDatabase } from './open-for-verb.ts'
import { progressLine } from './progress.ts'
import { traceFilesAt } from './trace-files.ts'
import { type ExitCode, UsageError, type Verb, type VerbArgs, type VerbIo } from './verb.ts'
import { writeOutput } from './write-output.ts'

/** Flaws shown on the screen; all of them go into the file of `--refused`. */
const shownFlaws = 50

export const importVerb: Verb = {
  name: 'import',
  usage: 'KIND FILE... --area CODE [--crs CRS] [--map COLUMN=FIELD]... [--dry-run] [--accept-valid]',
  summary: {
    zh: `导入数据，一次一个事务；KIND：${kinds.join(' ')} traces`,
    en: `imports data, one transaction; KIND: ${kinds.join(' ')} traces`,
  },
  options: {
    area: {
      type: 'string',
      value: 'CODE',
      help: { zh: '导入到哪个区域（areas：上级区域）', en: 'the area it goes into (for areas: the parent)' },
    },
    ...inputOptions,
    'dry-run': { type: 'boolean', help: { zh: '只检查，不写入', en: 'check everything, write nothing' } },
    'accept-valid': {
      type: 'boolean',
      help: { zh: '有记录被拒绝时仍导入其余记录', en: 'take the good records although others are refused' },
    },
    'close-rings': {
      type: 'boolean',
      help: { zh: '自动闭合未闭合的环', en: 'close rings that are not closed instead of refusing them' },
    },
    'new-workers': {
      type: 'boolean',
      help: { zh: '导入轨迹时新增未知的网格员', en: 'with traces: add workers nobody knows yet' },
    },
    refused: {
      type: 'string',
      value: 'FILE.csv',
      help: { zh: '把全部被拒绝的记录写入 CSV', en: 'write every refused record to a CSV file' },
    },
  },
  async run(args, io) {
    const kind = kindOf(args)
    const area = args.text('area')
    if (area === undefined) throw new UsageError({ zh: '缺少 --area', en: '--area is missing' })
    const paths = args.positionals
      .slice(1)
      .flatMap((path) => (kind === 'traces' ? traceFilesAt([path]) : [path]))
    if (paths.length === 0) throw new UsageError({ zh: '缺少文件', en: 'a file is missing' })
    const missing = paths.filter((path) => !existsSync(path))
    if (missing.length > 0)
      throw new UsageError({
        zh: `文件不存在：${missing.join(', ')}`,
        en: `no such file: ${missing.join(', ')}`,
      })
    const { crs, map } = readOptionsOf(args, io)
    return withDatabase(io, async (db, viewer) => {
      const progress = progressLine(io)
      const outcome = await importRecords(db, {
        kind,
        area,
        files: paths.map(fileAt),
        crs,
        map,
        closeRings: args.flag('close-rings'),
        dryRun: args.flag('dry-run'),
        acceptValid: args.flag('accept-valid'),
        newWorkers: args.flag('new-workers'),
        viewer,
        now: io.now,
        signal: io.signal,
        onProgress: progress.report,
      })
      progress.end()
      return tell(outcome, args, io)
    })
  },
}

function kindOf(args: VerbArgs): ImportKind {
  const word = args.positionals[0]
  if (word !== undefined && (word === 'traces' || isKind(word))) return word
  throw new UsageError({
    zh: `KIND 应为：${kinds.join(' ')} traces`,
    en: `KIND must be one of: ${kinds.join(' ')} traces`,
  })
}

async function tell(outcome: JobOutcome, args: VerbArgs, io: VerbIo): Promise<ExitCode> {
  const { counts, flaws = [], notices = [] } = outcome
  for (const { zh, en } of notices) io.err(`${zh} · ${en}\n`)
  for (const one of flaws.slice(0, shownFlaws)) io.err(`${flawLine(one)}\n`)
  if (flaws.length > shownFlaws)
    io.err(`另有 ${flaws.length - shownFlaws} 条 · ${flaws.length - shownFlaws} more (--refused FILE.csv)\n`)
  const refusedFile = args.text('refused')
  if (refusedFile !== undefined) await writeOutput(refusedFile, writeRefusals(flaws), io)
  if (counts)
    io.out(`${JSON.stringify({ state: outcome.state, dry_run: args.flag('dry-run'), ...counts })}\n`)
  if (outcome.state === 'refused') {
    io.err(
      '没有写入任何数据；修正后重试，或用 --accept-valid 导入其余记录 · nothing was written; mend the file, or take the rest with --accept-valid\n',
    )
    return 2
  }
  return flaws.length > 0 ? 1 : 0
}
