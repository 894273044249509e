/** Runs verbs in a test as the command does. */
import { readFileSync } from 'node:fs'
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { parseVerbArgs, type Verb } from '../../server/cli/verb.ts'

/** A verb's output, its messages, its exit code. */
export async function run(
  verb: Verb,
  ...argv: string[]
): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const code = await verb.run(parseVerbArgs(verb, argv), {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    errIsTerminal: false,
    env: {},
    now: () => 0,
    signal: new AbortController().signal,
  })
  return { code, out, err }
}

export type Grids = FeatureCollection<Polygon | MultiPolygon, Record<string, unknown>>
/** The grids that a verb wrote. */
export const gridsOf = (path: string): Grids => JSON.parse(readFileSync(path, 'utf8')) as Grids
