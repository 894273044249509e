import { rename, rm, writeFile } from 'node:fs/promises'
import { type OutputFeature, writeGeoJson } from '../formats/write-features.ts'

/**
 * Writes a FeatureCollection beside its place and moves it there, so that no half file ever stands.
 * @returns why it cannot be written, or null
 */
export async function writeGeoJsonFile(
  path: string,
  features: readonly OutputFeature[],
): Promise<string | null> {
  const aside = `${path}.part`
  try {
    await writeFile(aside, writeGeoJson(features))
    await rename(aside, path)
    return null
  } catch (error) {
    await rm(aside, { force: true })
    if (error instanceof Error && 'syscall' in error) return error.message
    throw error
  }
}
