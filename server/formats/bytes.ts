/** Bytes of an input file: gunzipped where they are gzip, counted for progress, stoppable. */
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Message } from '../core/values.ts'
import { FileRefused, flaw } from './flaw-codes.ts'
import type { InputFile } from './input-file.ts'
import type { ReadOptions } from './records.ts'

const megabyte = 1 << 20
export const defaultUnpackedLimitBytes = 1024 * megabyte

/**
 * Streams a file, gunzipping what begins with the gzip magic, whatever its name.
 * @throws FileRefused when it cannot be opened or its gzip data is broken; the signal's reason when aborted.
 */
export async function* readBytes(file: InputFile, options: ReadOptions): AsyncGenerator<Buffer> {
  const stored = storedBytes(file, options)
  const head: Buffer[] = []
  let size = 0
  // A chunk may be a single byte: collect until the two magic bytes are there.
  while (size < 2) {
    const next = await stored.next()
    if (next.done) break
    head.push(next.value)
    size += next.value.length
  }
  const first = Buffer.concat(head)
  const whole = rejoined(first, stored)
  if (first[0] !== 0x1f || first[1] !== 0x8b) {
    yield* whole
    return
  }
  const gunzip = createGunzip({ chunkSize: 1 << 18 })
  // The error of a broken pipe also ends the loop below, which reports it.
  pipeline(Readable.from(whole), gunzip, () => {})
  try {
    for await (const chunk of gunzip) yield chunk as Buffer
  } catch (error) {
    options.signal?.throwIfAborted()
    if (error instanceof FileRefused) throw error
    throw new FileRefused(flaw('gzip_broken', { file: file.name }, { reason: reasonOf(error) }))
  }
}

async function* storedBytes(file: InputFile, options: ReadOptions): AsyncGenerator<Buffer> {
  let read = 0
  try {
    for await (const chunk of file.open()) {
      options.signal?.throwIfAborted()
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer)
      read += bytes.length
      options.onBytes?.(read, file.bytes ?? null)
      yield bytes
    }
  } catch (error) {
    options.signal?.throwIfAborted()
    throw new FileRefused(flaw('file_unreadable', { file: file.name }, { reason: reasonOf(error) }))
  }
}

async function* rejoined(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (first.length > 0) yield first
    yield* rest
  } finally {
    await rest.return(undefined)
  }
}

/** The whole file in memory. @throws FileRefused when it is larger than the limit (unpacked). */
export async function readWhole(
  file: InputFile,
  options: ReadOptions,
  limitBytes = options.unpackedLimitBytes ?? defaultUnpackedLimitBytes,
  remedy: Message = { zh: '', en: '' },
): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of readBytes(file, options)) {
    size += chunk.length
    if (size > limitBytes) {
      const limitMegabytes = Math.round(limitBytes / megabyte)
      throw new FileRefused(flaw('file_too_large', { file: file.name }, { limitMegabytes, remedy }))
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The words of an error, for a message. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
