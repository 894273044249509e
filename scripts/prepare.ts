/**
 * Run by `npm ci` in a checkout: builds the web application, an empty database to copy, and the demo's, so that the first start
 * takes seconds. What fails here is only told: the first start does it again.
 */
import { buildWebIfNeeded } from '../server/build-web.ts'
import { prepareDatabase } from '../server/db/embedded/data-folder.ts'
import { prepareDemo } from '../server/prepared-demo.ts'

const tell = (line: string): void => console.error(line)

const results = await Promise.allSettled([
  buildWebIfNeeded(tell),
  prepareDatabase().then(() => prepareDemo(() => Date.now())),
])
for (const result of results)
  if (result.status === 'rejected')
    tell(`prepare: ${result.reason instanceof Error ? result.reason.message : String(result.reason)}`)
