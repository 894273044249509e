import type { Log } from '../../server/db/engine.ts'

/** For tests that do not look at what is logged. */
export const silentLog: Log = { info: () => {}, warn: () => {} }
