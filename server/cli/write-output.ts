/** Files that a verb writes: whole or not at all. */
import { rename, rm, stat, writeFile } from 'node:fs/promises'
import type { VerbIo } from './verb.ts'

/**
 * Writes beside its place and moves it there, so that no half file ever stands; what is no plain file (a pipe, /dev/stdout) is written to.
 * @throws what the file system says; then nothing is left beside it
 */
export async function writeOutput(
  path: string,
  body: string | Uint8Array | AsyncIterable<string>,
  { onFile }: Pick<VerbIo, 'onFile'>,
): Promise<void> {
  const known = await stat(path).catch(() => undefined)
  if (known && !known.isFile()) return writeFile(path, body)
  const aside = `${path}.part`
  onFile?.({ path, aside })
  try {
    await writeFile(aside, body)
    await rename(aside, path)
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  }
}
