/** Runs verbs in a test as the command does. */
import { readFileSync } from 'node:fs'
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { parseVerbArgs, type Verb, type VerbIo } from '../../server/cli/verb.ts'
import type { Database } from '../../server/db/database.ts'

/** A verb's output, its messages, its exit code. */
export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

export const run = (verb: Verb, ...argv: string[]): Promise<Outcome> => runWith({}, verb, ...argv)

/** `run` with another input, clock or database. */
export async function runWith(given: Partial<VerbIo>, verb: Verb, ...argv: string[]): Promise<Outcome> {
  let [out, err] = ['', '']
  const code = await verb.run(parseVerbArgs(verb, argv), {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    errIsTerminal: false,
    env: {},
    now: () => 0,
    signal: new AbortController().signal,
    ...given,
  })
  return { code, out, err }
}

/** For a verb: a database that is open already, and stays open. Opening the embedded engine takes longer than most verbs. */
export const lending = (db: Database): Pick<VerbIo, 'openDatabase'> => ({
  openDatabase: async () => ({ ...db, close: async () => {} }),
})

export type Grids = FeatureCollection<Polygon | MultiPolygon, Record<string, unknown>>
/** The grids that a verb wrote. */
export const gridsOf = (path: string): Grids => JSON.parse(readFileSync(path, 'utf8')) as Grids
