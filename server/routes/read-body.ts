/** The whole body of a request, up to a limit, unpacked when it travels as gzip. */
import type { IncomingMessage } from 'node:http'
import { createGunzip } from 'node:zlib'
import { AppError } from '../errors.ts'

/** @throws AppError `too_large`, `bad_request` (broken gzip, unknown encoding), `cancelled` */
export async function readBody(
  request: IncomingMessage,
  mostBytes: number,
  signal: AbortSignal,
): Promise<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw new AppError('bad_request', {
      zh: `不支持的编码 ${encoding}`,
      en: `the encoding ${encoding} is not known`,
    })
  const stream = encoding === 'gzip' ? request.pipe(createGunzip()) : request
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > mostBytes)
        throw new AppError('too_large', { zh: '请求内容过大。', en: 'The body is too large.' })
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    const code = signal.aborted ? 'cancelled' : 'bad_request'
    throw new AppError(code, { zh: '请求内容不完整', en: 'the body is not whole' }, [], error)
  }
  return Buffer.concat(chunks)
}
