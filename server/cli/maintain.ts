/** `wangge maintain`: what the running service does every quarter of an hour, for whoever runs it by a timer of the system's. */
import { keepFixes } from '../commands/keep-fixes.ts'
import { showIncidents } from '../commands/privacy/show-incidents.ts'
import { restLater, withDatabase } from './open-for-verb.ts'
import { progressLine } from './progress.ts'
import type { Verb } from './verb.ts'

export const maintain: Verb = {
  name: 'maintain',
  usage: '',
  summary: {
    zh: '压缩已到一刻钟以上的定位点，删除超过保存期限的原始定位点（数字与轨迹图保留），整理数据库',
    en: 'packs fixes that came more than a quarter of an hour ago, removes raw fixes beyond their time (figures and drawn traces stay), tidies the database',
  },
  options: {},
  run: (_args, io) =>
    withDatabase(
      io,
      async (db) => {
        const progress = progressLine(io)
        const { packed, removed, dropped } = await keepFixes(db, {
          now: io.now(),
          signal: io.signal,
          onProgress: progress.report,
        })
        await db.system({ signal: io.signal }).transaction((system) => showIncidents(system, io.now()))
        await db.maintain()
        progress.end()
        io.out(
          `压缩 ${packed} 个人日，删除 ${removed} 个人日的原始定位点，清理 ${dropped} 个空分区 · ` +
            `${packed} worker days packed, raw fixes of ${removed} removed, ${dropped} empty partitions dropped\n`,
        )
        return 0
      },
      restLater,
    ),
}
