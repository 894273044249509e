/** Where a worker was is personal data: whoever reads it is written down, but for the worker. */
import { noteReading } from '../../db/access.ts'
import type { Scoped } from '../../db/scoped.ts'
import { onlyWorkerOf, requireViewer } from '../authority.ts'

export interface TraceReading {
  readonly towns: readonly string[]
  /** Null: everybody's of these towns. */
  readonly worker: string | null
  /** Null: of any day. */
  readonly day: string | null
  readonly now: number
}

/** Before a trace, or what tells where it went, is given out. @throws AppError `forbidden` (by nobody's name), DatabaseError */
export async function noteTrace(db: Scoped, { towns, worker, day, now }: TraceReading): Promise<void> {
  const viewer = requireViewer(db)
  if (onlyWorkerOf(viewer)) return
  const whose = worker === null ? 'workers' : `worker:${worker}`
  const subject = day === null ? whose : `${whose}/${day}`
  await noteReading(db, { towns, at: now, viewer: viewer.name, action: 'trace', subject })
}
