/** `wangge demo`: the demo township into an empty database. */
import { loadDemo } from '../commands/load-demo.ts'
import { demoFolder } from '../prepared-demo.ts'
import { withDatabase } from './open-for-verb.ts'
import { progressLine } from './progress.ts'
import type { Verb } from './verb.ts'

export const demo: Verb = {
  name: 'demo',
  usage: '',
  summary: { zh: '把示范乡镇载入空数据库', en: 'loads the demo township into an empty database' },
  options: {},
  run: (_args, io) =>
    withDatabase(io, async (db) => {
      const progress = progressLine(io)
      await loadDemo(db, { folder: demoFolder, now: io.now, signal: io.signal, onProgress: progress.report })
      progress.end()
      return 0
    }),
}
