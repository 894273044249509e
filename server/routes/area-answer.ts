/** Answers about an area on a day that take work: check, closure and repairs ask alike. */
import { z } from 'zod'
import { dayQuery } from '../contract/queries.ts'
import { codeSchema } from '../contract/values.ts'
import type { AreaScope } from '../db/areas.ts'
import type { Scoped } from '../db/scoped.ts'
import { findVersion } from '../db/version.ts'
import { loadArea } from './area.ts'
import { momentOf } from './parse.ts'
import type { Call } from './route.ts'
import type { TaskInput, TaskName, TaskOutput } from './thread/tasks.ts'
import { scopeKey } from './viewer.ts'

export const areaOnDay = { params: z.object({ code: codeSchema }), query: dayQuery } as const

type AreaCall = Pick<
  Call<z.output<typeof areaOnDay.params>, z.output<typeof areaOnDay.query>, undefined>,
  'db' | 'now' | 'params' | 'query' | 'services' | 'viewer'
>

export interface AreaQuestion {
  /** For the viewer. What is kept for others must not stop because this client goes: it outlives the request. */
  readonly db: Scoped
  readonly area: AreaScope
  /** The day, and the instant whose grids count for it. */
  readonly moment: { readonly day: string; readonly at: number }
  /** Runs a task, whether or not this client waits for it. */
  readonly run: <Name extends TaskName>(task: Name, input: TaskInput<Name>) => Promise<TaskOutput<Name>>
}

/**
 * The answer to a question, from before while nothing stored has changed.
 * @param about what is asked, apart from area, day and viewer
 * @throws AppError `not_found` for an area the viewer may not see
 */
export async function answerOnDay<T>(
  { db, now, params, query, services, viewer }: AreaCall,
  about: string,
  compute: (question: AreaQuestion) => Promise<T>,
): Promise<T> {
  const area = await loadArea(db, params.code)
  const moment = momentOf(query.day, now)
  const version = await findVersion(services.database)
  const key = `${about} ${scopeKey(viewer)} ${area.code} ${moment.day}`
  return services.caches.checks.get(key, version, () =>
    compute({
      db: services.database.as(viewer),
      area,
      moment,
      run: (task, input) => services.thread.run(task, input, new AbortController().signal),
    }),
  )
}
