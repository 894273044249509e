/** The environment as one frozen, checked object. An unknown or malformed variable is an error at start. */
import { isIP } from 'node:net'
import type { Message } from './core/values.ts'

/** As package.json has it. */
export const softwareVersion = '0.1.0'

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

export interface Config {
  readonly port: number
  readonly host: string
  /** Absent: the embedded engine. */
  readonly databaseUrl: string | undefined
  /** Folder of the embedded engine and of uploaded files. */
  readonly dataFolder: string
  readonly logLevel: (typeof logLevels)[number]
  /** `auto`: an empty database gets the demo township; `off`: it stays empty. */
  readonly demo: 'auto' | 'off'
  /** Who every request is while nobody has to sign in: a role, and areas after a colon. */
  readonly viewer: { readonly role: ViewerRole; readonly areas: 'all' | readonly string[] }
  /** `WANGGE_VIEWER` is set: on a loopback address everybody stays that viewer, although there are users. */
  readonly viewerChosen: boolean
  /** Port for terminals of JT/T 808; absent: none are heard. */
  readonly jt808Port?: number | undefined
  /** Path of the browser that prints posters as PDF; absent: the first of the usual places that has one. */
  readonly chromium?: string | undefined
}

export const viewerRoles = ['administrator', 'planner', 'supervisor', 'analyst', 'worker'] as const
export type ViewerRole = (typeof viewerRoles)[number]

/** Every variable the product reads, with what it means; README.md shows the same table. */
export const variables = {
  PORT: { zh: '监听端口，0–65535，默认 3000', en: 'port to listen on, 0–65535, default 3000' },
  HOST: { zh: '监听地址，默认 127.0.0.1', en: 'address to listen on, default 127.0.0.1' },
  JT808_PORT: {
    zh: 'JT/T 808 终端（TCP）的端口，0–65535；不设则不监听',
    en: 'port for terminals of JT/T 808 (TCP), 0–65535; absent: none are heard',
  },
  DATABASE_URL: {
    zh: 'postgres://… 外部 PostgreSQL + PostGIS；不设则用内嵌引擎',
    en: 'postgres://… of a PostgreSQL with PostGIS; absent: the embedded engine',
  },
  WANGGE_DATA: { zh: '内嵌引擎的文件夹，默认 .wangge', en: 'folder of the embedded engine, default .wangge' },
  LOG_LEVEL: { zh: `日志级别：${logLevels.join(' ')}`, en: `log level: ${logLevels.join(' ')}` },
  WANGGE_DEMO: {
    zh: 'auto（默认）：空库载入示范乡镇；off：不载入',
    en: 'auto (default): an empty database gets the demo township; off',
  },
  WANGGE_VIEWER: {
    zh: '没有用户时每个请求的身份，如 supervisor:990101001，默认 administrator；设定后在本机地址上始终免登录',
    en: 'who every request is while there are no users, e.g. supervisor:990101001, default administrator; where it is set, nobody signs in on a loopback address',
  },
  CHROMIUM: {
    zh: '打印 PDF 用的 Chromium 的完整路径；不设则在常见位置寻找',
    en: 'full path of the Chromium that prints PDFs; absent: one in the usual places',
  },
} as const satisfies Record<string, Message>

export class ConfigError extends Error {
  readonly problems: readonly Message[]

  constructor(problems: readonly Message[]) {
    super(problems.map((one) => one.en).join('; '))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/** @throws ConfigError with every reason at once. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: Message[] = []
  const value = (name: keyof typeof variables): string | undefined => {
    const text = env[name]?.trim()
    return text === '' ? undefined : text
  }
  const refuse = (name: keyof typeof variables): void => {
    problems.push({
      zh: `环境变量 ${name}=${env[name] ?? ''} 不正确：${variables[name].zh}`,
      en: `environment variable ${name}=${env[name] ?? ''} is malformed: ${variables[name].en}`,
    })
  }

  for (const name of Object.keys(env)) {
    if (name.startsWith('WANGGE_') && !Object.hasOwn(variables, name) && name !== 'WANGGE_REAL_DATA') {
      problems.push({ zh: `没有这个环境变量：${name}`, en: `unknown environment variable: ${name}` })
    }
  }

  const portOf = (name: 'PORT' | 'JT808_PORT'): number | undefined => {
    const text = value(name)
    if (text !== undefined && !(/^\d{1,5}$/.test(text) && Number(text) <= 65535)) refuse(name)
    return text === undefined ? undefined : Number(text)
  }
  const port = portOf('PORT') ?? 3000
  const jt808Port = portOf('JT808_PORT')

  const host = value('HOST') ?? '127.0.0.1'
  if (!isAddress(host)) refuse('HOST')

  const databaseUrl = value('DATABASE_URL')
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\/\S+$/.test(databaseUrl)) refuse('DATABASE_URL')

  const logLevel = logLevels.find((one) => one === (value('LOG_LEVEL') ?? 'info'))
  if (logLevel === undefined) refuse('LOG_LEVEL')

  const demo = value('WANGGE_DEMO') ?? 'auto'
  if (demo !== 'auto' && demo !== 'off') refuse('WANGGE_DEMO')

  const [roleText = '', areasText, ...surplus] = (value('WANGGE_VIEWER') ?? 'administrator').split(':')
  const role = viewerRoles.find((one) => one === roleText)
  const areas = areasText?.split(',').map((one) => one.trim())
  // `supervisor:` with its areas forgotten must not mean all of them.
  if (role === undefined || surplus.length > 0 || areas?.includes('')) refuse('WANGGE_VIEWER')

  const chromium = value('CHROMIUM')
  if (chromium !== undefined && !/^(\/|[A-Za-z]:[\\/])/.test(chromium)) refuse('CHROMIUM')

  if (problems.length > 0) throw new ConfigError(problems)
  const config: Config = {
    port,
    host,
    databaseUrl,
    dataFolder: value('WANGGE_DATA') ?? '.wangge',
    logLevel: logLevel ?? 'info',
    demo: demo === 'off' ? 'off' : 'auto',
    viewer: { role: role ?? 'administrator', areas: areas ?? 'all' },
    viewerChosen: value('WANGGE_VIEWER') !== undefined,
    chromium,
    jt808Port,
  }
  return Object.freeze(config)
}

/** An IP address, IPv6 also in brackets, or a host name (RFC 1123) whose last label is no number. */
const isAddress = (host: string): boolean =>
  isIP(host.replace(/^\[(.*)\]$/, '$1')) !== 0 ||
  (/^(?!-)[\w-]{1,63}(\.[\w-]{1,63})*\.?$/.test(host) && !/(^|\.)\d+\.?$/.test(host))

/** Whether only programs of this machine can reach an address to listen on. */
export const isLoopback = (host: string): boolean =>
  /^(localhost|(::ffff:)?127(\.\d{1,3}){3}|::1)$/i.test(host.replace(/^\[|\]$/g, ''))
