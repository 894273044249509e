/** `wangge policy list|set`: the dated numbers a place sets for itself. */
import { readFile } from 'node:fs/promises'
import { matchWhatFollows } from '../commands/match-stale-days.ts'
import { setPolicy } from '../commands/policies/set-policy.ts'
import { policyKinds, policySettingSchema } from '../contract/policies.ts'
import { localDayOf } from '../core/trajectories/local-day.ts'
import { findArea } from '../db/areas.ts'
import type { Database } from '../db/database.ts'
import { listRoots } from '../db/imports.ts'
import { listPolicies } from '../db/policies.ts'
import { notFound } from '../errors.ts'
import { type Action, runAction, type Work } from './actions.ts'
import { progressLine } from './progress.ts'
import { UsageError, type Verb, type VerbArgs, type VerbIo } from './verb.ts'

const actions = {
  list: { act: list, options: ['area', 'format'] },
  set: { act: set, options: ['area', 'from', 'name', 'rules', 'reason'] },
} as const satisfies Record<string, Action>

export const policy: Verb = {
  name: 'policy',
  usage: 'list [--area CODE] | set KIND --area CODE --rules FILE --reason TEXT [--from D] [--name NAME]',
  summary: {
    zh: '政策：各地自定的标准，按日期生效；设定后相关日子重新匹配',
    en: 'the dated numbers a place sets for itself; days they judge are matched again',
  },
  options: {
    area: { type: 'string', value: 'CODE', help: { zh: '区域', en: 'the area' } },
    rules: {
      type: 'string',
      value: 'FILE',
      help: { zh: 'JSON 文件，如 {"preset": "004"}', en: 'a JSON file, e.g. {"preset": "004"}' },
    },
    from: {
      type: 'string',
      value: 'YYYY-MM-DD',
      help: { zh: '生效首日，缺省为今天', en: 'first day on which it holds; today when absent' },
    },
    name: {
      type: 'string',
      value: 'NAME',
      help: { zh: '名称，缺省为类别', en: 'its name; the kind when absent' },
    },
    reason: { type: 'string', value: 'TEXT', help: { zh: '设定的理由，留存备查', en: 'why; it is kept' } },
    format: { type: 'string', value: 'text|json', help: { zh: '输出格式', en: 'how it is printed' } },
  },
  run: (args, io) => runAction(actions, policy.options, args, io),
}

function list(args: VerbArgs, io: VerbIo): Work {
  const format = args.text('format') ?? 'text'
  if (format !== 'text' && format !== 'json')
    throw new UsageError({ zh: `没有格式 ${format}`, en: `no format ${format}; there are: text, json` })
  return async (db) => {
    for (const code of await areasOf(db, args)) {
      const found = await listPolicies(db.system(), await areaOf(db, code))
      if (format === 'json') io.out(`${JSON.stringify(found, null, 2)}\n`)
      else
        for (const one of found) {
          const days = `${one.valid_from} … ${one.valid_to ?? ''}`.padEnd(25)
          io.out(
            `${one.area_code.padEnd(12)} ${one.kind.padEnd(11)} ${days} ${one.name}  ${JSON.stringify(one.rules)}\n`,
          )
        }
    }
  }
}

async function set(args: VerbArgs, io: VerbIo): Promise<Work> {
  const [, kind = ''] = args.positionals
  const code = required(args, 'area')
  const given = {
    kind,
    name: args.text('name') ?? kind,
    from: args.text('from') ?? localDayOf(io.now()),
    reason: required(args, 'reason'),
    rules: await readRules(required(args, 'rules')),
  }
  const parsed = policySettingSchema.safeParse(given)
  if (!parsed.success) {
    const issues = parsed.error.issues
      .map(({ path, message }) => `${path.join('.') || '.'}: ${message}`)
      .join('; ')
    throw new UsageError({
      zh: `政策不合要求（类别：${policyKinds.join('、')}）：${issues}`,
      en: `this is no policy (kinds: ${policyKinds.join(', ')}): ${issues}`,
    })
  }
  return async (db, viewer) => {
    const area = await areaOf(db, code)
    const { to, towns, staleDays } = await setPolicy(db, viewer, area, parsed.data, io.now())
    io.err(
      `${code} ${kind}: ${parsed.data.from} … ${to ?? ''}；${staleDays} 个人日待重新匹配 · ${staleDays} worker days to match again\n`,
    )
    if (staleDays === 0) return
    const progress = progressLine(io)
    const left = await matchWhatFollows(db, { towns, signal: io.signal, onProgress: progress.report })
    progress.end()
    for (const { zh, en } of left) io.err(`${zh} · ${en}\n`)
  }
}

async function readRules(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError({ zh: `无法读取 ${path}：${reason}`, en: `${path} cannot be read: ${reason}` })
  }
}

function required(args: VerbArgs, name: string): string {
  const text = args.text(name)
  if (text) return text
  throw new UsageError({ zh: `缺少 --${name}`, en: `--${name} is missing` })
}

async function areasOf(db: Database, args: VerbArgs): Promise<readonly string[]> {
  const code = args.text('area')
  return code === undefined ? listRoots(db.system()) : [code]
}

async function areaOf(db: Database, code: string) {
  const area = await findArea(db.system(), code)
  if (!area) throw notFound({ zh: `区域 ${code}`, en: `Area ${code}` })
  return area
}
