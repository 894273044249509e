/** What is in a ZIP archive, with a limit on what it may unpack to. */
import { unzipSync } from 'fflate'
import iconv from 'iconv-lite'
import { defaultUnpackedLimitBytes, readWhole, reasonOf } from './bytes.ts'
import { endingOf } from './file-format.ts'
import { FileRefused, flaw } from './flaw-codes.ts'
import { fileOf, type InputFile } from './input-file.ts'
import type { ReadOptions } from './records.ts'

/**
 * Unpacks the entries of a ZIP as files that see each other as siblings. Folders, and what macOS adds, are left out.
 * Only entries `wanted` by their ending are unpacked, after the sum of the sizes they state has been held against
 * the limit; an entry that lies about its size fails, because no more than that is allocated.
 * @throws FileRefused
 */
export async function unzipFiles(
  file: InputFile,
  wanted: ReadonlySet<string>,
  options: ReadOptions,
): Promise<InputFile[]> {
  const place = { file: file.name }
  const limit = options.unpackedLimitBytes ?? defaultUnpackedLimitBytes
  const bytes = await readWhole(file, options, limit)
  const others: string[] = []
  let unpacked = 0
  const entries = unpack(bytes, place.file, (entry) => {
    const name = readableName(entry.name)
    if (/(^|\/)(__MACOSX\/|\.)|\/$/.test(name)) return false
    if (!wanted.has(endingOf(name))) {
      others.push(name)
      return false
    }
    unpacked += entry.originalSize
    if (unpacked > limit) throw tooLarge(file.name, limit)
    return true
  })
  const files = asSiblings(Object.entries(entries).map(([name, content]) => [readableName(name), content]))
  if (files.length === 0)
    throw new FileRefused(flaw('zip_without_data', place, { entries: others.slice(0, 10).join(', ') || '—' }))
  return files
}

/** Holds what a ZIP-based document (XLSX) says it unpacks to against the limit. @throws FileRefused */
export function checkUnpackedSize(bytes: Buffer, file: string, options: ReadOptions): void {
  const limit = options.unpackedLimitBytes ?? defaultUnpackedLimitBytes
  let unpacked = 0
  unpack(bytes, file, (entry) => {
    unpacked += entry.originalSize
    if (unpacked > limit) throw tooLarge(file, limit)
    return false
  })
}

const tooLarge = (file: string, limit: number): FileRefused =>
  new FileRefused(flaw('zip_too_large', { file }, { limitMegabytes: Math.round(limit / (1 << 20)) }))

function unpack(
  bytes: Buffer,
  file: string,
  filter: (entry: { name: string; originalSize: number }) => boolean,
): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter })
  } catch (error) {
    if (error instanceof FileRefused) throw error
    throw new FileRefused(flaw('zip_broken', { file }, { reason: reasonOf(error) }))
  }
}

function asSiblings(entries: readonly (readonly [name: string, content: Uint8Array])[]): InputFile[] {
  const files = new Map<string, InputFile>()
  for (const [path, content] of entries) {
    const folderAndStem = path.replace(/\.[^.]*$/, '')
    files.set(path.toLowerCase(), {
      ...fileOf(path.replace(/^.*\//, ''), content, path),
      sibling: (ending) => files.get(`${folderAndStem}${ending}`.toLowerCase()),
    })
  }
  return [...files.values()]
}

/** Names without the UTF-8 flag come as Latin-1; from Chinese Windows they are GBK. */
function readableName(name: string): string {
  // oxlint-disable-next-line no-control-regex -- the range is that of Latin-1
  if (!/^[\u0000-\u00ff]*$/.test(name) || /^[\u0000-\u007f]*$/.test(name)) return name
  return iconv.decode(Buffer.from(name, 'latin1'), 'gb18030')
}
