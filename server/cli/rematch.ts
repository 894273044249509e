/** `wangge rematch --from D --to D [--area CODE]` */
import { rematchDays } from '../commands/rematch-days.ts'
import { listRoots } from '../db/imports.ts'
import { restLater, withDatabase } from './open-for-verb.ts'
import { progressLine } from './progress.ts'
import { UsageError, type Verb, type VerbArgs } from './verb.ts'

export const rematch: Verb = {
  name: 'rematch',
  usage: '--from D --to D [--area CODE]',
  summary: {
    zh: '重新匹配这些日子的轨迹（首尾日均含）',
    en: 'matches the traces of these days again (both days included)',
  },
  options: {
    from: { type: 'string', value: 'YYYY-MM-DD', help: { zh: '第一天', en: 'first day' } },
    to: { type: 'string', value: 'YYYY-MM-DD', help: { zh: '最后一天', en: 'last day' } },
    area: {
      type: 'string',
      value: 'CODE',
      help: { zh: '区域，缺省为全部', en: 'the area; all when absent' },
    },
  },
  async run(args, io) {
    const [from, to] = [dayOf(args, 'from'), dayOf(args, 'to')]
    return withDatabase(
      io,
      async (db, viewer) => {
        const progress = progressLine(io)
        const area = args.text('area')
        const areas = area === undefined ? await listRoots(db.system()) : [area]
        for (const one of areas) {
          const { notices = [] } = await rematchDays(db, {
            area: one,
            from,
            to,
            viewer,
            signal: io.signal,
            onProgress: progress.report,
          })
          progress.end()
          for (const { zh, en } of notices) io.out(`${one}: ${zh} · ${en}\n`)
        }
        return 0
      },
      restLater,
    )
  },
}

function dayOf(args: VerbArgs, name: string): string {
  const text = args.text(name)
  const time = Date.parse(`${text}T00:00:00Z`)
  if (text !== undefined && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text
  throw new UsageError({
    zh: `--${name} 应为日期，如 2026-10-08`,
    en: `--${name} wants a day like 2026-10-08`,
  })
}
