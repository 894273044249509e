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
 * The only worker whose positions, days, months and evidence the viewer may see, and whom it speaks for; null: anybody's.
 * @throws AppError `forbidden` for an account of role worker that says not whose it is
 */
export function onlyWorkerOf({ name, role, worker }: Viewer): WorkerKey | null {
  if (role !== 'worker') return null
  if (worker) return worker
  throw new AppError('forbidden', {
    zh: `账号 ${name} 还没有绑定网格员：请管理员执行 wangge user worker ${name} --worker 工号`,
    en: `the account ${name} is not bound to a worker yet: ask an administrator to run wangge user worker ${name} --worker ID`,
  })
}

/** A worker's account speaks for its own worker only; supervisors and administrators speak for anybody. @throws AppError `forbidden` */
export function requireOwnWorker(viewer: Viewer, { town, id }: WorkerKey, deed: Message): void {
  const own = onlyWorkerOf(viewer)
  if (!own || (own.town === town && own.id === id)) return
  throw new AppError('forbidden', {
    zh: `${viewer.name} 只能为本人（${own.id}）${deed.zh}`,
    en: `${viewer.name} may only ${deed.en} for their own worker, ${own.id}`,
  })
}

/** What is about several workers at once is for who looks after them, not for one of them. @throws AppError `forbidden` */
export const requireOversight = (viewer: Viewer, deed: Message): void =>
  requireRole(viewer, ['administrator', 'planner', 'supervisor', 'analyst'], deed)

/** @param deed what it would be, as in “may not …” @throws AppError `forbidden` when the viewer's role is none of these */
export function requireRole(viewer: Viewer, allowed: readonly ViewerRole[], deed: Message): void {
  if (allowed.includes(viewer.role)) return
  throw new AppError('forbidden', {
    zh: `${viewer.name}（${viewer.role}）无权${deed.zh}`,
    en: `${viewer.name} (${viewer.role}) may not ${deed.en}`,
  })
}
