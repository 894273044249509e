/** `wangge serve`: the service, until it is told to stop. */
import { ConfigError, readConfig } from '../config.ts'
import { serve as serveUntilStopped } from '../serve.ts'
import type { Verb } from './verb.ts'

export const serve: Verb = {
  name: 'serve',
  usage: '',
  summary: {
    zh: '启动服务（PORT、HOST 等环境变量）',
    en: 'starts the service (PORT, HOST and other variables)',
  },
  options: {},
  async run(_args, io) {
    try {
      return await serveUntilStopped(readConfig(io.env), (line) => io.err(`${line}\n`))
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      for (const { zh, en } of error.problems) io.err(`${zh} · ${en}\n`)
      return 2
    }
  },
}
