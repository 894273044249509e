/** `wangge hotspots`: densities, hot spots and clusters of incidents, of a file or of the service's database. */
import type { Message } from '../core/values.ts'
import { bodyOf } from '../routes/analysis/files.ts'
import { answerFromDatabase, answerFromFiles, type HotspotsAnswer } from './hotspots-answer.ts'
import { hotspotsOptions } from './hotspots-options.ts'
import { callOf, type HotspotsCall } from './hotspots-question.ts'
import { flawLine, readOptionsOf, requireMapped } from './input-options.ts'
import { withDatabase } from './open-for-verb.ts'
import { type ExitCode, UsageError, type Verb, type VerbArgs, type VerbIo } from './verb.ts'
import { writeOutput } from './write-output.ts'

/** Refused records that are told one by one; of more, their number. */
const mostReasons = 100

export const hotspots: Verb = {
  name: 'hotspots',
  usage: 'INCIDENTS [--within AREA] [--households FILE] | --area CODE  [--from D] [--to D] [--statistic S] …',
  summary: {
    zh: '隐患密度（每平方公里、每千户）、热点与聚集，附可复算的说明卡',
    en: 'hazard density (per km², per 1,000 households), hot spots and clusters, with a card that repeats them',
  },
  options: hotspotsOptions,
  run,
}

async function run(args: VerbArgs, io: VerbIo): Promise<ExitCode> {
  const call = callOf(args)
  const { file, area } = call
  if (file === null)
    return withDatabase(io, async (database, viewer) =>
      write(call, await answerFromDatabase({ ...call, area: area ?? '' }, database, viewer, io.signal), io),
    )
  const options = readOptionsOf(args, io)
  const answer = await answerFromFiles({ ...call, file }, options)
  if ('unusable' in answer) {
    for (const one of answer.unusable) io.err(`${flawLine(one)}\n`)
    return 2
  }
  requireMapped(options)
  return write(call, answer, io)
}

async function write(call: HotspotsCall, answer: HotspotsAnswer, io: VerbIo): Promise<ExitCode> {
  const { analysis, geometries, flaws, skipped, absentCategories } = answer
  for (const one of skipped) io.err(`${flawLine(one)}\n`)
  const { format, output } = call
  if (format === 'xlsx' && output === undefined)
    throw new UsageError({ zh: 'xlsx 需要 -o 文件名', en: 'xlsx wants a file: -o FILE' })
  const body =
    format === 'json' ? JSON.stringify(analysis) : await bodyOf(analysis, format, geometries, io.now())
  if (output !== undefined) await writeOutput(output, body, io)
  else if (typeof body === 'string') io.out(body.endsWith('\n') ? body : `${body}\n`)

  const { study_area: study, totals, card } = analysis
  if (call.file !== null && call.within === undefined && analysis.unit === 'hexagon')
    tell(io, {
      zh: `未给出研究区（--within），以事件的凸包代替：${study.cells} 个六边形，其中 ${study.occupied} 个有事件。一个坐标错误的事件就会把它撑大`,
      en: `no study area (--within): the hull of the incidents stands in, ${study.cells} hexagons, ${study.occupied} of them with incidents. One misplaced incident stretches it`,
    })
  const left = card.counts.excluded.filter((one) => one.count > 0)
  tell(io, {
    zh: `${totals.records} 条记录：计入 ${totals.counted}${left.map((one) => `，${one.message.zh} ${one.count}`).join('')}`,
    en: `${totals.records} records: ${totals.counted} counted${left.map((one) => `, ${one.count} ${one.message.en}`).join('')}`,
  })
  tell(io, card.reading)
  for (const absent of absentCategories)
    tell(io, { zh: `没有任何记录属于类别“${absent}”`, en: `no record is of the category “${absent}”` })
  for (const one of flaws.slice(0, mostReasons)) io.err(`${flawLine(one)}\n`)
  const more = flaws.length - mostReasons
  if (more > 0) tell(io, { zh: `另有 ${more} 处问题`, en: `and ${more} more` })
  return flaws.length > 0 || absentCategories.length > 0 ? 1 : 0
}

function tell(io: VerbIo, { zh, en }: Message): void {
  io.err(`${zh} · ${en}\n`)
}
