/**
 * Text of a file whose encoding nobody stated. A byte order mark decides; else UTF-8 if it is valid UTF-8, else
 * GB 18030 (which holds GBK and GB 2312), the other encoding Chinese offices write.
 */
import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import type { Place } from '../core/values.ts'
import { FileRefused, flaw } from './flaw-codes.ts'

/** Bytes looked at before deciding, counted from the first that is not ASCII. */
const sampleBytes = 1 << 16

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'
/** Stateful; null ends the text. */
type Decoder = (chunk: Buffer | null) => string

/** Decodes a stream. The result does not depend on how the bytes were cut. @throws FileRefused on broken UTF-8. */
export async function* decodeText(bytes: AsyncIterable<Buffer>, place: Place): AsyncGenerator<string> {
  let pending: Buffer = Buffer.alloc(0)
  let begun = false
  let line = 1
  let decode: Decoder | undefined
  for await (const chunk of bytes) {
    if (decode) {
      yield decode(chunk)
      continue
    }
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    if (pending.length < sampleBytes) continue
    const high = firstHighByte(pending)
    if (high === pending.length) {
      // ASCII reads the same in every encoding below (a byte order mark is not ASCII): pass it on undecided.
      // Not 'latin1': that makes an external string, on which indexOf is ten times slower.
      const text = pending.toString('utf8')
      line += countLines(text)
      begun = true
      yield text
    } else if (pending.length - high >= sampleBytes) {
      const sample = pending.subarray(0, high + sampleBytes)
      decode = decoderFor(encodingOf(sample, !begun, false), { ...place, line })
      yield decode(pending)
    } else continue
    pending = Buffer.alloc(0)
  }
  if (!decode) {
    decode = decoderFor(encodingOf(pending, !begun, true), { ...place, line })
    yield decode(pending)
  }
  yield decode(null)
}

/** Decodes a whole file. @throws FileRefused on broken UTF-8. */
export function decodeWhole(bytes: Buffer, place: Place): string {
  const decode = decoderFor(encodingOf(bytes, true, bytes.length <= sampleBytes), { ...place, line: 1 })
  return decode(bytes) + decode(null)
}

function encodingOf(bytes: Buffer, atStart: boolean, complete: boolean): Encoding {
  if (atStart && bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (atStart && bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const high = firstHighByte(bytes)
  const sample = bytes.subarray(high, complete ? bytes.length : high + sampleBytes)
  return isUtf8(complete ? sample : sample.subarray(0, wholeUtf8Length(sample))) ? 'utf-8' : 'gb18030'
}

function decoderFor(encoding: Encoding, place: Place): Decoder {
  return encoding === 'utf-8' ? utf8Decoder(place) : otherDecoder(encoding)
}

function otherDecoder(encoding: Encoding): Decoder {
  const decoder = iconv.getDecoder(encoding)
  return (chunk) => (chunk === null ? (decoder.end() ?? '') : decoder.write(chunk))
}

/** Unlike a TextDecoder, tells the line of the first broken byte. */
function utf8Decoder(place: Place): Decoder {
  let carried: Buffer = Buffer.alloc(0)
  let first = true
  let line = place.line ?? 1
  return (chunk) => {
    const joined = chunk === null ? carried : carried.length === 0 ? chunk : Buffer.concat([carried, chunk])
    const end = chunk === null ? joined.length : wholeUtf8Length(joined)
    const whole = joined.subarray(0, end)
    carried = joined.subarray(end)
    const text = whole.toString('utf8')
    if (!isUtf8(whole)) {
      // A character cut at the end of the chunk is not in `whole`, so the first U+FFFD is the broken place,
      // unless the file itself holds one before it.
      const at = line + countLines(text.slice(0, text.indexOf('\ufffd')))
      throw new FileRefused(flaw('encoding_broken', { ...place, line: at }, { encoding: 'UTF-8' }))
    }
    line += countLines(text)
    if (!first || text.length === 0) return text
    first = false
    return text.startsWith('\ufeff') ? text.slice(1) : text
  }
}

function countLines(text: string): number {
  let lines = 0
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) lines += 1
  return lines
}

function firstHighByte(bytes: Buffer): number {
  for (let i = 0; i < bytes.length; i += 1) if (bytes[i]! >= 0x80) return i
  return bytes.length
}

/** Length without a character cut at the end. */
function wholeUtf8Length(bytes: Buffer): number {
  for (let back = 1; back <= 4 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return back < needed ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}
