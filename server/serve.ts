/** Serving until a signal says stop; shared by `npm start` and `wangge serve`. */
import { once } from 'node:events'
import { buildWebIfNeeded } from './build-web.ts'
import type { Config } from './config.ts'
import type { Message } from './core/values.ts'
import { FolderLocked } from './db/embedded/lock.ts'
import { MigrationError } from './db/migrate.ts'
import { asDatabaseError } from './db/sqlstate.ts'
import { AppError } from './errors.ts'
import { fileErrorMessage } from './file-error.ts'
import { startServer } from './start.ts'

/** Exit code: 0 after a stop in good order, 2 when it cannot start; the reasons are told. */
export async function serve(config: Config, tell: (line: string) => void): Promise<0 | 2> {
  const building = buildWebIfNeeded(tell)
  try {
    const server = await startServer({
      port: config.port,
      host: config.host,
      jt808Port: config.jt808Port,
      databaseUrl: config.databaseUrl,
      folder: config.dataFolder,
      demo: config.demo === 'auto',
      viewer: config.viewer,
      viewerChosen: config.viewerChosen,
      chromium: config.chromium,
      logLevel: config.logLevel,
      onProgress: tellPhases(tell),
      before: building,
    })
    tell(`网格 Wangge ${server.url}`)
    if (server.jt808Port !== undefined) tell(`JT/T 808 ${config.host}:${server.jt808Port}`)
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
    tell('正在停止 · stopping')
    await server.close()
    return 0
  } catch (error) {
    const reason = reasonOf(error, config)
    if (!reason) throw error
    tell(`${reason.zh} · ${reason.en}`)
    return 2
  }
}

/** One line each time the phase changes. */
function tellPhases(tell: (line: string) => void): (phase: Message) => void {
  let last = ''
  return (phase) => {
    if (phase.en !== last) tell(`${phase.zh} · ${phase.en}`)
    last = phase.en
  }
}

/** What a person can do something about; undefined for a defect. */
function reasonOf(error: unknown, config: Config): Message | undefined {
  if (error instanceof AppError || error instanceof MigrationError || error instanceof FolderLocked)
    return error.detail
  const { code, port } = error as { code?: unknown; port?: unknown }
  if (code === 'EADDRINUSE') {
    const isTerminals = config.jt808Port !== undefined && port === config.jt808Port
    const [taken, name] = isTerminals ? [config.jt808Port, 'JT808_PORT'] : [config.port, 'PORT']
    return {
      zh: `端口 ${taken} 已被占用，可用 ${name}=… 另选`,
      en: `port ${taken} is taken; choose another with ${name}=…`,
    }
  }
  const { syscall, hostname } = error as { syscall?: unknown; hostname?: unknown }
  if (
    code === 'EADDRNOTAVAIL' ||
    (syscall === 'listen' && code === 'EACCES') ||
    (syscall === 'getaddrinfo' && hostname === config.host)
  )
    return {
      zh: `无法在 ${config.host}:${config.port} 上监听，请检查 HOST 和 PORT`,
      en: `cannot listen on ${config.host}:${config.port}; see HOST and PORT`,
    }
  const ofFile = fileErrorMessage(error)
  if (ofFile) return ofFile
  const failure = asDatabaseError(error)
  return failure.kind === 'connection_lost'
    ? { zh: `无法连接数据库：${failure.message}`, en: `cannot connect to the database: ${failure.message}` }
    : undefined
}
