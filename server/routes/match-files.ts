/** POST /api/match: traces of files against the grids of an area, without storing anything. */
import { z } from 'zod'
import { presentPatrolDay } from '../contract/match.ts'
import { type MatchedFiles, matchedFilesSchema } from '../contract/uploads.ts'
import { codeSchema, daySchema } from '../contract/values.ts'
import type { Fix, Flaw } from '../core/values.ts'
import { loadDivision } from '../db/grids.ts'
import { listHouseholdPoints } from '../db/households.ts'
import type { InputFile } from '../formats/input-file.ts'
import { readFixBatches } from '../formats/read-fixes.ts'
import type { ReadOptions } from '../formats/records.ts'
import { loadArea } from './area.ts'
import { momentOf } from './parse.ts'
import { presentPiece } from './present-patrols.ts'
import { defineRoute, jsonAnswer } from './route.ts'
import { readFields, readOptions, refuseFlaws } from './uploads/read-options.ts'
import { receiveFiles } from './uploads/receive-files.ts'

const flawsShown = 200

export const matchFilesRoute = defineRoute({
  method: 'post',
  path: '/api/match',
  tag: 'patrols',
  summary: { zh: '匹配轨迹文件（不保存）', en: 'Match the traces of files; nothing is stored' },
  params: z.object({}),
  query: z.strictObject({
    ...readFields,
    area: codeSchema,
    day: daySchema
      .optional()
      .meta({ description: 'Grids in force on this day; that of the first fix when absent' }),
  }),
  stream: {
    type: 'multipart/form-data',
    required: true,
    schema: z.object({
      traces: z.string().meta({ description: 'GPX, CSV, NDJSON, GeoJSON, PLT; one or several' }),
    }),
  },
  answer: jsonAnswer(200, 'Patrol days of the files', matchedFilesSchema),
  async handle({ request, services, db, query, signal }) {
    const area = await loadArea(db, query.area)
    const { uploadFolder: folder, limits, thread } = services
    const expected = { fields: ['traces'], required: ['traces'], folder, limits, signal }
    const received = await receiveFiles(request, expected)
    try {
      const read = await readWorkers(received.files['traces'] ?? [], readOptions(query, signal))
      if (read.fixes === 0) refuseFlaws(read.flaws)
      const { at } = momentOf(query.day, read.first)
      const division = await loadDivision(db, area, at)
      const grids = division.filter((one) => one.kind !== 'microgrid')
      const households = await listHouseholdPoints(db, area)
      const matched = await thread.run('matchTraces', { workers: read.workers, grids, households }, signal)
      const body: MatchedFiles = {
        fixes: read.fixes,
        refused: read.refused,
        flaws: read.flaws
          .slice(0, flawsShown)
          .map((flaw) => ({ ...flaw, place: { ...flaw.place }, message: { ...flaw.message } })),
        results: matched.flatMap(({ worker, days }) => days.map((day) => presentPatrolDay(worker, day))),
        traces: matched.flatMap(({ worker, traces }) =>
          traces.map(({ date, pieces }) => ({
            worker,
            date,
            pieces: pieces.map(presentPiece),
          })),
        ),
      }
      return { body, cacheControl: 'no-store' }
    } finally {
      await received.remove()
    }
  },
})

interface WorkersRead {
  readonly workers: readonly { readonly worker: string; readonly fixes: readonly Fix[] }[]
  readonly fixes: number
  /** Time of the earliest fix; 0 without any. */
  readonly first: number
  readonly refused: number
  readonly flaws: readonly Flaw[]
}

/** Fixes by worker, workers sorted. A track whose file names no worker is a worker of its own, called after the track. */
async function readWorkers(files: readonly InputFile[], options: ReadOptions): Promise<WorkersRead> {
  const workers = new Map<string, Fix[]>()
  const flaws: Flaw[] = []
  let [fixes, refused, first] = [0, 0, Infinity]
  for (const file of files) {
    for await (const batch of readFixBatches(file, options)) {
      for (const read of batch) {
        if ('flaws' in read) {
          flaws.push(...read.flaws)
          refused++
          continue
        }
        const { worker, track, fix } = read.record
        const name = worker ?? track
        const known = workers.get(name)
        if (known) known.push(fix)
        else workers.set(name, [fix])
        first = Math.min(first, fix.time)
        fixes++
      }
    }
  }
  const sorted = [...workers].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    workers: sorted.map(([worker, list]) => ({ worker, fixes: list })),
    fixes,
    first: fixes === 0 ? 0 : first,
    refused,
    flaws,
  }
}
