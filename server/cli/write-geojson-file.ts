import { type OutputFeature, writeGeoJson } from '../formats/write-features.ts'
import type { VerbIo } from './verb.ts'
import { writeOutput } from './write-output.ts'

/**
 * Writes a FeatureCollection, whole or not at all.
 * @returns why it cannot be written, or null
 */
export async function writeGeoJsonFile(
  path: string,
  features: readonly OutputFeature[],
  io: Pick<VerbIo, 'onFile'>,
): Promise<string | null> {
  try {
    await writeOutput(path, writeGeoJson(features), io)
    return null
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return error.message
    throw error
  }
}
