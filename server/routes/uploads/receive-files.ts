/** Files of a multipart request, streamed to a folder of their own that the caller deletes. Nothing is held in memory. */
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import busboy from 'busboy'
import { AppError, badRequest } from '../../errors.ts'
import { fileAt, type InputFile } from '../../formats/input-file.ts'
import type { Limits } from '../route.ts'

export interface ReceivedFiles {
  /** By the name of their field, in the order they came. */
  readonly files: Readonly<Record<string, readonly InputFile[]>>
  /** Deletes them. */
  remove(): Promise<void>
}

export interface Expected {
  /** Names of fields that may carry files. */
  readonly fields: readonly string[]
  /** Those of them that must carry at least one. */
  readonly required: readonly string[]
  readonly folder: string
  readonly limits: Pick<Limits, 'uploadBytes' | 'uploadFiles'>
  readonly signal: AbortSignal
}

/**
 * @throws AppError `bad_request` for a body that is not whole multipart, a field nobody expects, a file that is missing or comes
 *   twice; `too_large`. Nothing is left on disk then.
 */
export async function receiveFiles(request: IncomingMessage, expected: Expected): Promise<ReceivedFiles> {
  const root = await mkdtemp(join(expected.folder, 'wangge-upload-'))
  const remove = (): Promise<void> => rm(root, { recursive: true, force: true })
  try {
    const files = await receiveInto(root, request, expected)
    for (const field of expected.required)
      if ((files[field]?.length ?? 0) === 0)
        throw badRequest({ zh: `缺少文件 ${field}`, en: `a file is missing: ${field}` })
    return { files, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function receiveInto(
  root: string,
  request: IncomingMessage,
  { fields, limits, signal }: Expected,
): Promise<Record<string, InputFile[]>> {
  const names: Record<string, string[]> = Object.fromEntries(fields.map((field) => [field, []]))
  const writes: Promise<void>[] = []
  const parser = openParser(request, limits)
  let left = limits.uploadBytes

  async function* counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      left -= chunk.length
      if (left < 0) throw tooLarge()
      yield chunk
    }
  }
  parser.on('file', (field, stream, info) => {
    const name = basename((info.filename ?? '').replaceAll('\\', '/')).replaceAll('\0', '')
    const refusal = refusalOf(field, name, Object.hasOwn(names, field) ? names[field] : undefined)
    stream.on('error', () => {}) // told through the parser
    if (refusal) {
      parser.destroy(refusal)
      return
    }
    names[field]?.push(name)
    const write = mkdir(join(root, field), { recursive: true }).then(() =>
      pipeline(stream, counted, createWriteStream(join(root, field, name))),
    )
    write.catch((error: unknown) => parser.destroy(error instanceof Error ? error : undefined))
    writes.push(write)
  })
  parser.on('field', (field) => parser.destroy(noSuchField(field)))
  parser.on('filesLimit', () => parser.destroy(tooLarge()))

  try {
    await feed(request, parser, signal)
    await Promise.all(writes)
  } catch (error) {
    await Promise.allSettled(writes)
    if (signal.aborted) throw new AppError('cancelled', { zh: '上传已中断', en: 'the upload was broken off' })
    throw error instanceof AppError ? error : malformed(error)
  }
  const found = Object.entries(names).map(([field, list]) => [
    field,
    list.map((name) => fileAt(join(root, field, name))),
  ])
  return Object.fromEntries(found) as Record<string, InputFile[]>
}

/** Why a file cannot be taken, if so; `others` are the names of its field so far, undefined for a field nobody expects. */
function refusalOf(field: string, name: string, others: readonly string[] | undefined): AppError | undefined {
  if (!others) return noSuchField(field)
  if (name === '' || name === '.' || name === '..')
    return badRequest({ zh: `${field} 的文件没有名字`, en: `a file of ${field} has no name` })
  if (others.includes(name))
    return badRequest({ zh: `文件 ${name} 上传了两次`, en: `the file ${name} came twice` })
  return undefined
}

/**
 * Lets the parser read the whole request. When it refuses, the rest of the request is read and thrown away: a connection
 * that is cut would not carry the answer.
 */
function feed(request: IncomingMessage, parser: busboy.Busboy, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.once('close', resolve)
    parser.once('error', (error) => {
      request.unpipe(parser)
      request.resume()
      reject(error)
    })
    signal.addEventListener('abort', () => parser.destroy(new Error('the client has gone')), { once: true })
    request.pipe(parser)
  })
}

function openParser(request: IncomingMessage, limits: Expected['limits']): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { files: limits.uploadFiles },
    })
  } catch (error) {
    throw malformed(error)
  }
}

const noSuchField = (field: string): AppError =>
  badRequest({ zh: `没有文件字段 ${field}`, en: `there is no file field ${field}` })

const malformed = (cause: unknown): AppError =>
  new AppError(
    'bad_request',
    { zh: '上传的内容不完整或不是 multipart/form-data', en: 'the upload is not whole multipart/form-data' },
    [],
    cause,
  )

const tooLarge = (): AppError =>
  new AppError('too_large', { zh: '上传的文件过大或过多', en: 'the files are too large or too many' })
