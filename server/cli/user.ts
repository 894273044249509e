/** `wangge user add|list|disable|enable|password|worker|token`: who may sign in to the service. */
import { readFile } from 'node:fs/promises'
import {
  addToken,
  addUser,
  disableUser,
  enableUser,
  revokeToken,
  setPassword,
  setWorker,
} from '../commands/users/manage-users.ts'
import { generatePassword } from '../commands/users/passwords.ts'
import { type ViewerRole, viewerRoles } from '../config.ts'
import { tokenPolicy } from '../core/policy/account-policy.ts'
import { type ListedUser, listUsers } from '../db/users.ts'
import type { Viewer } from '../db/viewer.ts'
import { type Action, runAction, type Work } from './actions.ts'
import { UsageError, type Verb, type VerbArgs, type VerbIo } from './verb.ts'

/** Each action and the options it takes. */
const actions = {
  add: { act: add, options: ['role', 'areas', 'name', 'password-file', 'password-stdin', 'worker', 'town'] },
  list: { act: list, options: ['format'] },
  disable: { act: disable, options: [] },
  enable: { act: enable, options: [] },
  password: { act: password, options: ['password-file', 'password-stdin'] },
  worker: { act: changeWorker, options: ['worker', 'town', 'revoke'] },
  token: { act: token, options: ['name', 'days', 'revoke'] },
} as const satisfies Record<string, Action>

export const user: Verb = {
  name: 'user',
  usage:
    'add LOGIN --role ROLE --areas CODE,… [--name NAME] [--worker ID] | list | disable LOGIN | enable LOGIN | password LOGIN | worker LOGIN --worker ID | token LOGIN --name NAME',
  summary: {
    zh: '用户：有了第一个用户，服务就要求登录',
    en: 'users; from the first one on, the service asks people to sign in',
  },
  options: {
    role: {
      type: 'string',
      value: 'ROLE',
      help: { zh: `角色：${viewerRoles.join(' ')}`, en: `role: ${viewerRoles.join(' ')}` },
    },
    areas: {
      type: 'string',
      value: 'CODE,…',
      help: {
        zh: '负责的县、镇、村编码，或 all；管理员缺省为 all',
        en: 'codes of counties, townships or villages, or all; administrators: all when absent',
      },
    },
    name: {
      type: 'string',
      value: 'NAME',
      help: { zh: '姓名；token：设备或程序的名称', en: 'the person’s name; token: the device or program' },
    },
    'password-file': {
      type: 'string',
      value: 'FILE',
      help: {
        zh: '密码所在文件；缺省则随机生成并显示一次',
        en: 'file with the password; without one, a password is made and shown once',
      },
    },
    'password-stdin': {
      type: 'boolean',
      help: { zh: '从标准输入读取密码', en: 'reads the password from standard input' },
    },
    days: {
      type: 'string',
      value: 'N',
      help: {
        zh: `token 的有效天数，默认 ${tokenPolicy.usualDays}`,
        en: `how long a token is good for, ${tokenPolicy.usualDays} when absent`,
      },
    },
    revoke: {
      type: 'boolean',
      help: {
        zh: 'token：收回而不是新建；worker：解除',
        en: 'token: takes it back; worker: no worker’s any more',
      },
    },
    worker: {
      type: 'string',
      value: 'ID',
      help: { zh: '账号所属网格员的工号', en: 'the worker whose account it is' },
    },
    town: {
      type: 'string',
      value: 'CODE',
      help: {
        zh: 'worker：多个乡镇有同一工号时指明乡镇',
        en: 'worker: the township, where several have a worker of that id',
      },
    },
    format: {
      type: 'string',
      value: 'FORMAT',
      help: { zh: 'list：text（默认）或 json', en: 'list: text (default) or json' },
    },
  },
  run: (args, io) => runAction(actions, user.options, args, io),
}

async function add(args: VerbArgs, io: VerbIo): Promise<Work> {
  const [login, role] = [loginOf(args), roleOf(args)]
  const areas = areasOf(args, role)
  const given = await passwordOf(args, io)
  const worker = workerOf(args)
  return async (db, viewer) => {
    const deed = deedOf(viewer, io)
    const chosen = given ?? generatePassword()
    const request = { login, displayName: args.text('name') ?? null, role, areas, password: chosen, worker }
    const kept = await addUser(db, request, deed)
    io.err(`已添加用户 ${kept} · user ${kept} added\n`)
    if (role === 'worker' && !worker)
      io.err(
        `${kept} 还没有绑定网格员，看不到巡查日 · ${kept} is no worker’s account yet and sees no day: wangge user worker ${kept} --worker 工号|ID\n`,
      )
    if (given === undefined) io.out(`${chosen}\n`)
  }
}

function list(args: VerbArgs, io: VerbIo): Work {
  const format = args.text('format') ?? 'text'
  if (format !== 'text' && format !== 'json')
    throw new UsageError({ zh: '--format 应为 text 或 json', en: '--format must be text or json' })
  return async (db) => {
    const users = await listUsers(db.system())
    if (format === 'json') io.out(`${JSON.stringify(users.map(presentUser), null, 2)}\n`)
    else for (const one of users) io.out(`${lineOf(one)}\n`)
  }
}

function disable(args: VerbArgs, io: VerbIo): Work {
  const login = loginOf(args)
  return async (db, viewer) => {
    const deed = deedOf(viewer, io)
    await disableUser(db, login, deed)
    io.err(`已停用 ${login}，其会话与令牌即刻失效 · ${login} is disabled; sessions and tokens are over\n`)
  }
}

function enable(args: VerbArgs, io: VerbIo): Work {
  const login = loginOf(args)
  return async (db, viewer) => {
    const deed = deedOf(viewer, io)
    await enableUser(db, login, deed)
    io.err(`已启用 ${login} · ${login} is enabled\n`)
  }
}

async function password(args: VerbArgs, io: VerbIo): Promise<Work> {
  const login = loginOf(args)
  const given = await passwordOf(args, io)
  return async (db, viewer) => {
    const deed = deedOf(viewer, io)
    const chosen = given ?? generatePassword()
    await setPassword(db, { login, password: chosen }, deed)
    io.err(`已设置 ${login} 的密码，须重新登录 · the password of ${login} is set; sessions are over\n`)
    if (given === undefined) io.out(`${chosen}\n`)
  }
}

function changeWorker(args: VerbArgs, io: VerbIo): Work {
  const login = loginOf(args)
  const asked = workerOf(args) ?? null
  if ((asked === null) !== args.flag('revoke'))
    throw new UsageError({ zh: '用 --worker 工号，或 --revoke', en: 'either --worker ID or --revoke' })
  return async (db, viewer) => {
    const set = await setWorker(db, { login, worker: asked }, deedOf(viewer, io))
    if (set)
      io.err(`${login} 是 ${set.town} 的网格员 ${set.id} · ${login} is worker ${set.id} of ${set.town}\n`)
    else io.err(`${login} 不再是网格员账号 · ${login} is no worker’s account any more\n`)
  }
}

const workerOf = (args: VerbArgs): { id: string; town: string | undefined } | undefined => {
  const id = args.text('worker')
  return id === undefined ? undefined : { id, town: args.text('town') }
}

function token(args: VerbArgs, io: VerbIo): Work {
  const login = loginOf(args)
  const name = args.text('name')
  if (name === undefined) throw new UsageError({ zh: '缺少 --name', en: '--name is missing' })
  const days = args.text('days')
  return async (db, viewer) => {
    const deed = deedOf(viewer, io)
    if (args.flag('revoke')) {
      await revokeToken(db, { login, name }, deed)
      io.err(`已收回令牌 ${name} · token ${name} is taken back\n`)
      return
    }
    const made = await addToken(
      db,
      { login, name, days: days === undefined ? undefined : Number(days) },
      deed,
    )
    io.err('令牌只显示这一次 · the token is shown this once\n')
    io.out(`${made}\n`)
  }
}

const deedOf = (viewer: Viewer, io: VerbIo) => ({ actor: viewer.name, now: io.now() })

function loginOf(args: VerbArgs): string {
  const login = args.positionals[1]
  if (login !== undefined) return login
  throw new UsageError({ zh: '缺少登录名 LOGIN', en: 'LOGIN is missing' })
}

function roleOf(args: VerbArgs): ViewerRole {
  const role = viewerRoles.find((one) => one === args.text('role'))
  if (role) return role
  throw new UsageError({
    zh: `--role 应为：${viewerRoles.join(' ')}`,
    en: `--role must be one of: ${viewerRoles.join(' ')}`,
  })
}

/** Everything only for administrators, or where it is asked for by name. */
function areasOf(args: VerbArgs, role: ViewerRole): 'all' | readonly string[] {
  const text = args.text('areas') ?? (role === 'administrator' ? 'all' : '')
  if (text === 'all') return 'all'
  const codes = text.split(/[,，\s]+/).filter((code) => code !== '')
  if (codes.length > 0) return codes
  throw new UsageError({
    zh: '缺少 --areas：负责区域的编码，或 all',
    en: '--areas is missing: codes of areas, or all',
  })
}

/** The password given, without its line end; undefined: one is to be made. @throws UsageError */
async function passwordOf(args: VerbArgs, io: VerbIo): Promise<string | undefined> {
  const file = args.text('password-file')
  const fromInput = args.flag('password-stdin')
  if (file !== undefined && fromInput)
    throw new UsageError({
      zh: '--password-file 与 --password-stdin 只能用其一',
      en: 'either --password-file or --password-stdin',
    })
  if (file === undefined && !fromInput) return undefined
  const text = (file === undefined ? await readInput(io) : await readPasswordFile(file)).replace(/\r?\n$/, '')
  if (!/[\r\n]/.test(text)) return text
  throw new UsageError({ zh: '密码只能是一行', en: 'a password is one line' })
}

const readPasswordFile = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: Error) => {
    throw new UsageError({
      zh: `无法读取 ${path}：${error.message}`,
      en: `cannot read ${path}: ${error.message}`,
    })
  })

async function readInput({ input }: VerbIo): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of input ?? []) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

const isoOrNull = (time: number | null): string | null =>
  time === null ? null : new Date(time).toISOString()

const presentUser = (one: ListedUser): object => ({
  login: one.login,
  name: one.display_name,
  role: one.role,
  areas: one.areas ?? 'all',
  worker: one.worker_id === null ? null : { town: one.worker_town, id: one.worker_id },
  created_at: isoOrNull(one.created_at),
  disabled_at: isoOrNull(one.disabled_at),
  last_seen_at: isoOrNull(one.last_seen_at),
  tokens: one.tokens,
})

function lineOf(one: ListedUser): string {
  const areas = one.areas === null ? 'all' : one.areas.join(',')
  const state = one.disabled_at === null ? '' : '  已停用 disabled'
  const worker = one.worker_id === null ? '' : `  ${one.worker_town}:${one.worker_id}`
  return `${one.login.padEnd(16)} ${one.role.padEnd(13)} ${areas.padEnd(12)} ${one.display_name ?? ''}${worker}${state}`.trimEnd()
}
