/**
 * The part of PostGIS's bundle this product uses: the library, its install script, PROJ's data. Without the raster and
 * topology libraries the engine starts in about half the time and memory.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'

const require = createRequire(import.meta.url)

const wanted: readonly RegExp[] = [
  /^lib\/postgresql\/postgis-3\.so$/,
  /^share\/postgresql\/extension\/postgis\.control$/,
  /^share\/postgresql\/extension\/postgis--\d+\.\d+\.\d+\.sql$/,
  /^share\/proj(\/|$)/,
]

const versionOf = (packageName: string): string => {
  const main = require.resolve(packageName)
  const root = main.slice(0, main.lastIndexOf(packageName) + packageName.length)
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version
}

/** Versions of the engine and of PostGIS, as one word for a file name: `0.5.8-0.2.8`. */
export const engineVersions = (): string =>
  `${versionOf('@electric-sql/pglite')}-${versionOf('@electric-sql/pglite-postgis')}`

/**
 * Path of the small bundle in `folder`, made there when missing (about 2 s, once).
 * @throws Error when a later PostGIS bundle no longer holds the files we need.
 */
export function slimBundle(folder: string): string {
  const path = join(folder, `postgis-${engineVersions()}.tar.gz`)
  if (existsSync(path)) return path
  const source = join(dirname(require.resolve('@electric-sql/pglite-postgis')), 'postgis.tar.gz')
  mkdirSync(folder, { recursive: true })
  const beside = `${path}.${process.pid}`
  writeFileSync(beside, gzipSync(keepEntries(gunzipSync(readFileSync(source)), wanted), { level: 1 }))
  renameSync(beside, path)
  return path
}

const BLOCK = 512

/**
 * A tar archive with only the regular files and folders whose name matches one of the patterns.
 * @throws Error when a pattern matches nothing.
 */
export function keepEntries(archive: Buffer, patterns: readonly RegExp[]): Buffer {
  const kept: Buffer[] = []
  const met = new Set<RegExp>()
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0; ) {
    const name = textField(archive, at, 100)
    const bytes = Number.parseInt(textField(archive, at + 124, 12).trim() || '0', 8)
    const end = at + BLOCK + Math.ceil(bytes / BLOCK) * BLOCK
    const type = String.fromCharCode(archive[at + 156] ?? 0)
    const pattern = patterns.find((p) => p.test(name))
    if (pattern && (type === '0' || type === '\0' || type === '5')) {
      kept.push(archive.subarray(at, end))
      met.add(pattern)
    }
    at = end
  }
  const missing = patterns.filter((p) => !met.has(p))
  if (missing.length > 0) throw new Error(`the PostGIS bundle has no entry like ${missing.join(', ')}`)
  return Buffer.concat([...kept, Buffer.alloc(2 * BLOCK)])
}

function textField(archive: Buffer, at: number, length: number): string {
  const end = archive.indexOf(0, at)
  return archive.toString('latin1', at, end >= 0 && end < at + length ? end : at + length)
}
