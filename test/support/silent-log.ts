import type { Log } from '../../server/db/database.ts'

/** For tests that do not look at what is logged. */
export const silentLog: Log = { info: () => {}, warn: () => {} }
