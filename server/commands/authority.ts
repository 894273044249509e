/** Who may do what: a person by name, in a role that includes it. */
import type { Message } from '../core/values.ts'
import type { Scoped } from '../db/scoped.ts'
import type { Viewer, ViewerRole, WorkerKey } from '../db/viewer.ts'
import { AppError } from '../errors.ts'

/** What is signed is signed by people, never by the system itself. @throws AppError `forbidden` */
export function requireViewer(db: Scoped): Viewer {
  if (!db.viewer)
    throw new AppError('forbidden', { zh: '须由具名用户操作', en: 'somebody by name must do it' })
  return db.viewer
}

/**
 * A worker's account speaks for its own worker only; supervisors and administrators speak for anybody, and so does an account that says
 * not whose it is. @throws AppError `forbidden`
 */
export function requireOwnWorker(viewer: Viewer, { town, id }: WorkerKey, deed: Message): void {
  const own = viewer.worker
  if (viewer.role !== 'worker' || !own || (own.town === town && own.id === id)) return
  throw new AppError('forbidden', {
    zh: `${viewer.name} 只能为本人（${own.id}）${deed.zh}`,
    en: `${viewer.name} may only ${deed.en} for their own worker, ${own.id}`,
  })
}

/** @param deed what it would be, as in “may not …” @throws AppError `forbidden` when the viewer's role is none of these */
export function requireRole(viewer: Viewer, allowed: readonly ViewerRole[], deed: Message): void {
  if (allowed.includes(viewer.role)) return
  throw new AppError('forbidden', {
    zh: `${viewer.name}（${viewer.role}）无权${deed.zh}`,
    en: `${viewer.name} (${viewer.role}) may not ${deed.en}`,
  })
}
