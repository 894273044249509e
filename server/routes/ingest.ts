/** POST /ingest/fixes, a batch of positions, and /ingest/gpx, a file of them: answered once they are durable. */
import { z } from 'zod'
import { requireOwnWorker } from '../commands/authority.ts'
import { ingestFixes } from '../commands/ingest-fixes.ts'
import { type IngestAnswer, ingestAnswerSchema, ingestFixSchema, ingestQuery } from '../contract/ingest.ts'
import { gpxQuery } from '../contract/positions.ts'
import type { Flaw, Place } from '../core/values.ts'
import { listTowns } from '../db/areas.ts'
import type { Scoped } from '../db/scoped.ts'
import type { WorkerFix } from '../db/worker-fix.ts'
import { AppError, badRequest, notFound } from '../errors.ts'
import { fileOf, type InputFile } from '../formats/input-file.ts'
import { crsFlaws } from '../formats/positions/read-report.ts'
import { readFixBatches } from '../formats/read-fixes.ts'
import { readBody } from './read-body.ts'
import { type Answer, type Call, defineRoute, jsonAnswer } from './route.ts'
import { scopeKey } from './viewer.ts'

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
    const { query, request, services, signal } = call
    const town = await chooseTown(call, query.town)
    const batchKey = keyOf(request.headers['idempotency-key'])
    const body = await readBody(request, services.limits.ingestBytes, signal)
    const read = await readBatch(fileOf('batch.ndjson', asLines(body)), query.crs, undefined)
    return takeBatch(call, town, batchKey, read)
  },
})

export const gpxRoute = defineRoute({
  method: 'post',
  path: '/ingest/gpx',
  tag: 'ingest',
  summary: { zh: '上报 GPX 轨迹', en: 'Take in a GPX trace' },
  params: z.object({}),
  query: gpxQuery,
  headers: { 'Idempotency-Key': 'A file with a key that was taken before changes nothing' },
  stream: { type: 'application/gpx+xml', required: true, schema: z.string() },
  answer: jsonAnswer(200, 'What became of its points; they are durable', ingestAnswerSchema),
  async handle(call) {
    const { query, request, services, signal } = call
    const town = await chooseTown(call, query.town)
    const batchKey = keyOf(request.headers['idempotency-key'])
    const body = await readBody(request, services.limits.ingestBytes, signal)
    const read = await readBatch(fileOf('trace.gpx', body), query.crs, query.worker)
    // A file that cannot be read at all is refused as one: its first reason names no point.
    if (read.fixes.length === 0 && read.flaws.every((flaw) => flaw.place.record === undefined))
      throw badRequest({ zh: '无法读取 GPX', en: 'the GPX cannot be read' }, read.flaws)
    return takeBatch(call, town, batchKey, read)
  },
})

interface BatchRead {
  readonly fixes: readonly (WorkerFix & { place: Place })[]
  readonly flaws: readonly Flaw[]
}

async function takeBatch(
  { services, viewer, now }: Call<unknown, unknown, unknown>,
  town: string,
  batchKey: string | undefined,
  { fixes, flaws }: BatchRead,
): Promise<Answer> {
  const deed = { zh: '上报定位', en: 'report positions' }
  if (viewer.role === 'worker')
    for (const { worker } of fixes) requireOwnWorker(viewer, { town, id: worker }, deed)
  // Not the client's signal: whoever hangs up now may still have been heard.
  const outcome = await ingestFixes(services.fixWriter, { town, batchKey, fixes, now })
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
}

/** The township asked for if the viewer may see it, or the only one there is. */
async function chooseTown(
  { db, viewer, services }: Call<unknown, unknown, unknown>,
  asked: string | undefined,
): Promise<string> {
  if (asked !== undefined) return services.towns.get(`${scopeKey(viewer)} ${asked}`, () => oneTown(db, asked))
  const [only, ...others] = await listTowns(db, null)
  if (only !== undefined && others.length === 0) return only
  throw badRequest({ zh: '请用 town 参数说明乡镇', en: 'say which township with the parameter `town`' }, [
    {
      code: 'missing_parameter',
      place: { field: 'town' },
      message: { zh: '缺少参数 town', en: 'town is missing' },
    },
  ])
}

async function oneTown(db: Scoped, asked: string): Promise<string> {
  const [found] = await listTowns(db, asked)
  if (found === undefined) throw notFound({ zh: `乡镇 ${asked}`, en: `Township ${asked}` })
  return found
}

function keyOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined || header === '') return undefined
  if (typeof header === 'string' && header.length <= longestKey) return header
  throw badRequest({ zh: 'Idempotency-Key 过长', en: 'the Idempotency-Key is too long' })
}

/** Fixes of a file, of the worker given or the one each record names; flaws with their record. @throws AppError `bad_request` */
async function readBatch(
  file: InputFile,
  crs: string | undefined,
  worker: string | undefined,
): Promise<BatchRead> {
  const wrong = crs === undefined ? [] : crsFlaws(crs, { field: 'crs' })
  if (wrong.length > 0)
    throw badRequest({ zh: '参数 crs 不正确', en: 'the parameter `crs` is malformed' }, wrong)
  const fixes: (WorkerFix & { place: Place })[] = []
  const flaws: Flaw[] = []
  for await (const batch of readFixBatches(file, crs === undefined ? {} : { crs })) {
    for (const read of batch) {
      if ('flaws' in read) flaws.push(...read.flaws)
      else {
        const whose = worker ?? read.record.worker
        if (whose === undefined) flaws.push(withoutWorker(read.record.place))
        else fixes.push({ ...read.record.fix, worker: whose, place: read.record.place })
      }
    }
  }
  return { fixes, flaws }
}

const withoutWorker = (place: Place): Flaw => ({
  code: 'value_missing',
  place: { ...place, field: 'worker' },
  message: { zh: '缺少 worker', en: 'worker is missing' },
})

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
