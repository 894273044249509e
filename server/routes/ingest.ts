/** POST /ingest/fixes: a batch of positions, answered once it is durable. */

import { z } from 'zod'
import { ingestFixes } from '../commands/ingest-fixes.ts'
import { type IngestAnswer, ingestAnswerSchema, ingestFixSchema, ingestQuery } from '../contract/ingest.ts'
import type { Flaw, Place } from '../core/values.ts'
import { listAreas } from '../db/areas.ts'
import type { WorkerFix } from '../db/fixes.ts'
import { AppError, badRequest, notFound } from '../errors.ts'
import { fileOf } from '../formats/input-file.ts'
import { readFixBatches } from '../formats/read-fixes.ts'
import { readBody } from './read-body.ts'
import { type Call, defineRoute, jsonAnswer } from './route.ts'

const flawsShown = 200
const longestKey = 200

export const ingestRoute = defineRoute({
  method: 'post',
  path: '/ingest/fixes',
  tag: 'ingest',
  summary: { zh: '上报一批定位点', en: 'Take in a batch of positions' },
  params: z.object({}),
  query: ingestQuery,
  headers: { 'Idempotency-Key': 'A batch with a key that was taken before changes nothing' },
  stream: { type: 'application/x-ndjson', required: true, schema: ingestFixSchema },
  answer: jsonAnswer(200, 'What became of the batch; it is durable', ingestAnswerSchema),
  async handle(call) {
    const { services, now, signal } = call
    const town = await chooseTown(call, call.query.town)
    const batchKey = keyOf(call.request.headers['idempotency-key'])
    const body = await readBody(call.request, services.limits.ingestBytes, signal)
    const flaws: Flaw[] = []
    const fixes = await readBatch(body, flaws)
    // Not the client's signal: whoever hangs up now may still have been heard.
    const outcome = await ingestFixes(services.database, { town, batchKey, fixes, now })
    if (outcome.accepted > 0) services.matchSoon(town)
    const refused = [...flaws, ...outcome.flaws]
    const answer: IngestAnswer = {
      accepted: outcome.accepted,
      known: outcome.known,
      refused: refused.length,
      repeated_batch: outcome.repeatedBatch,
      flaws: refused
        .slice(0, flawsShown)
        .map((flaw) => ({ ...flaw, place: { ...flaw.place }, message: { ...flaw.message } })),
    }
    return { body: answer, cacheControl: 'no-store' }
  },
})

/** The township asked for if the viewer may see it, or the only one there is. */
async function chooseTown(
  { db, now }: Call<unknown, unknown, unknown>,
  asked: string | undefined,
): Promise<string> {
  const towns = (await listAreas(db, now)).filter((one) => one.level === 'township')
  if (asked !== undefined) {
    if (towns.some((one) => one.area_code === asked)) return asked
    throw notFound({ zh: `乡镇 ${asked}`, en: `Township ${asked}` })
  }
  const [only, ...others] = towns
  if (only && others.length === 0) return only.area_code
  throw badRequest({ zh: '请用 town 参数说明乡镇', en: 'say which township with the parameter `town`' }, [
    {
      code: 'missing_parameter',
      place: { field: 'town' },
      message: { zh: '缺少参数 town', en: 'town is missing' },
    },
  ])
}

function keyOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined || header === '') return undefined
  if (typeof header === 'string' && header.length <= longestKey) return header
  throw badRequest({ zh: 'Idempotency-Key 过长', en: 'the Idempotency-Key is too long' })
}

/** Fixes of NDJSON, or of a JSON array of the same objects; what cannot be read is added to `flaws` with its record. */
async function readBatch(body: Buffer, flaws: Flaw[]): Promise<(WorkerFix & { place: Place })[]> {
  const fixes: (WorkerFix & { place: Place })[] = []
  for await (const batch of readFixBatches(fileOf('batch.ndjson', asLines(body)))) {
    for (const read of batch) {
      if ('flaws' in read) flaws.push(...read.flaws)
      else if (read.record.worker === undefined)
        flaws.push({
          code: 'value_missing',
          place: { ...read.record.place, field: 'worker' },
          message: { zh: '缺少 worker', en: 'worker is missing' },
        })
      else fixes.push({ ...read.record.fix, worker: read.record.worker, place: read.record.place })
    }
  }
  return fixes
}

/** An array as one line an element. @throws AppError `bad_request` when it is no JSON */
function asLines(body: Buffer): Buffer {
  if (!/^\s*\[/.test(body.toString('utf8', 0, 64))) return body
  try {
    const records = JSON.parse(body.toString('utf8')) as unknown[]
    return Buffer.from(records.map((record) => JSON.stringify(record)).join('\n'))
  } catch (error) {
    throw new AppError(
      'bad_request',
      { zh: '请求内容不是完整的 JSON', en: 'the body is not whole JSON' },
      [],
      error,
    )
  }
}
