/** `wangge match`: traces matched to grids, one result a worker, grid and day. */
import { presentPatrolDay } from '../contract/match.ts'
import { findRepeatedTracks, repeatMessage } from '../core/trajectories/find-repeated-tracks.ts'
import { indexGrids, matchWorker, matchWorkerAnywhere } from '../core/trajectories/match-worker.ts'
import type { PatrolDay } from '../core/trajectories/match-worker-day.ts'
import type { Fix, Flaw, HouseholdPoint, Message } from '../core/values.ts'
import { flawLine, inputOptions, readOptionsOf, requireMapped } from './input-options.ts'
import {
  type Input,
  readAssignmentFile,
  readGridFile,
  readHouseholdFile,
  readPolicyFile,
} from './match-inputs.ts'
import { type MatchFormat, matchFormats, writeMatches } from './match-output.ts'
import { readTracks, type Track } from './trace-files.ts'
import { type ExitCode, UsageError, type Verb, type VerbArgs, type VerbIo } from './verb.ts'

/** Refused records that are told one by one; of more, their number. */
const mostReasons = 100

export const match: Verb = {
  name: 'match',
  usage: 'TRACE... --grids GRIDS [--assignments CSV] [--households FILE] [--policy FILE] …',
  summary: {
    zh: '把轨迹匹配到网格：每人、每格、每日的时间、里程、停留、六边形、住户与考核规则',
    en: 'matches traces to grids: time, distance, stays, hexagons, households and rules a worker, grid and day',
  },
  options: {
    grids: { type: 'string', value: 'GRIDS', help: { zh: '网格文件（必需）', en: 'the grids (required)' } },
    assignments: {
      type: 'string',
      value: 'CSV',
      help: {
        zh: '谁负责哪个网格：worker,grid,from,to。缺省：轨迹进入的每个网格',
        en: 'who answers for which grid: worker,grid,from,to. Absent: every grid a trace enters',
      },
    },
    households: { type: 'string', value: 'FILE', help: { zh: '住户点', en: 'household points' } },
    policy: {
      type: 'string',
      value: 'FILE',
      help: { zh: '考核办法（JSON，与 004 不同之处）', en: 'a policy: JSON of what differs from 004' },
    },
    ...inputOptions,
    format: {
      type: 'string',
      value: matchFormats.join('|'),
      help: { zh: '输出格式，默认 text', en: 'text by default' },
    },
  },
  run,
}

async function run(args: VerbArgs, io: VerbIo): Promise<ExitCode> {
  const format = formatOf(args)
  const gridFile = args.text('grids')
  if (args.positionals.length === 0 || gridFile === undefined)
    throw new UsageError({
      zh: '需要至少一个轨迹文件和 --grids',
      en: 'at least one trace and --grids are needed',
    })
  const policy = readPolicyFile(args.text('policy'))
  const options = readOptionsOf(args, io)

  const grids = await readGridFile(gridFile, options)
  const assignments = await optional(args.text('assignments'), (path) =>
    readAssignmentFile(path, grids.value, options),
  )
  const households = await optional(args.text('households'), (path) => readHouseholdFile(path, options))
  const read = await readTracks(args.positionals, options)
  const unusable = [
    ...grids.flaws,
    ...(assignments?.flaws ?? []),
    ...(households?.flaws ?? []),
    ...read.unusable,
    ...(read.fixes === 0 ? read.refused : []),
  ]
  if (unusable.length > 0) {
    tellFlaws(io, unusable)
    return 2
  }
  requireMapped(options)

  if (households && households.withoutPosition > 0)
    tell(io, {
      zh: `${households.withoutPosition} 户没有坐标，不计入`,
      en: `${households.withoutPosition} households have no coordinates and are left out`,
    })
  for (const repeat of findRepeatedTracks(read.tracks)) tell(io, repeatMessage(repeat))

  const workers = fixesByWorker(read.tracks)
  const index = assignments ? undefined : indexGrids(grids.value)
  const points: readonly HouseholdPoint[] = households?.value ?? []
  const daysOf = (worker: string, fixes: readonly Fix[]): PatrolDay[] =>
    index
      ? matchWorkerAnywhere(fixes, index, points, policy)
      : matchWorker(fixes, assignments?.value.get(worker) ?? [], points, policy)
  const matches = workers.flatMap(([worker, fixes]) => {
    io.signal.throwIfAborted()
    return daysOf(worker, fixes).map((day) => presentPatrolDay(worker, day))
  })
  for (const text of writeMatches(matches, format)) io.out(text)

  tell(io, {
    zh: `${workers.length} 人 ${read.fixes} 个定位点，${matches.length} 条结果，拒收 ${read.refused.length} 条记录`,
    en: `${workers.length} workers, ${read.fixes} fixes, ${matches.length} results, ${read.refused.length} records refused`,
  })
  tellFlaws(io, read.refused)
  return read.refused.length > 0 ? 1 : 0
}

function formatOf(args: VerbArgs): MatchFormat {
  const text = args.text('format') ?? 'text'
  const format = matchFormats.find((one) => one === text)
  if (format !== undefined) return format
  const known = matchFormats.join(', ')
  throw new UsageError({
    zh: `没有格式 ${text}；现有：${known}`,
    en: `no format ${text}; there are: ${known}`,
  })
}

const optional = async <T extends Input<unknown>>(
  path: string | undefined,
  read: (path: string) => Promise<T>,
): Promise<T | undefined> => (path === undefined ? undefined : read(path))

/** All fixes of each worker, workers sorted. */
function fixesByWorker(tracks: readonly Track[]): [worker: string, fixes: readonly Fix[]][] {
  const workers = new Map<string, (readonly Fix[])[]>()
  for (const { worker, fixes } of tracks) workers.set(worker, [...(workers.get(worker) ?? []), fixes])
  return [...workers]
    .map(([worker, pieces]): [string, readonly Fix[]] => [worker, pieces.flat()])
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

function tellFlaws(io: VerbIo, flaws: readonly Flaw[]): void {
  for (const one of flaws.slice(0, mostReasons)) io.err(`${flawLine(one)}\n`)
  const rest = flaws.length - mostReasons
  if (rest > 0) tell(io, { zh: `另有 ${rest} 条`, en: `and ${rest} more` })
}

const tell = (io: VerbIo, { zh, en }: Message): void => io.err(`${zh} · ${en}\n`)
