/** The `wangge` command as a person runs it: a process of its own, on the database of a test. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Outcome } from '../cli/run-verb.ts'
import type { TestPlace } from '../support/place.ts'

const command = fileURLToPath(new URL('../../scripts/wangge', import.meta.url))

/** This environment, but with the database of `place`. */
export function environmentOf({ options }: TestPlace): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, ...rest } = process.env
  return {
    ...rest,
    ...(options.url === undefined ? { WANGGE_DATA: options.folder } : { DATABASE_URL: options.url }),
  }
}

/** What a call prints and how it exits. @throws when a signal or a missing program ended it */
export const wangge = (place: TestPlace, ...args: readonly string[]): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    execFile(command, args, { env: environmentOf(place), maxBuffer: 1 << 28 }, (error, out, err) => {
      if (error && typeof error.code !== 'number') reject(error)
      else resolve({ code: Number(error?.code ?? 0), out, err })
    })
  })
