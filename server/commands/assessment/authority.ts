/** Who may enter, decide and sign off what months are judged on. */
import type { Message } from '../../core/values.ts'
import type { Scoped } from '../../db/scope.ts'
import type { Viewer, ViewerRole } from '../../db/viewer.ts'
import { AppError } from '../../errors.ts'

const roles = {
  /** Leave, meetings, tasks, reports; closing a month; deciding objections. */
  assess: ['supervisor', 'administrator'],
  object: ['worker', 'supervisor', 'administrator'],
} as const satisfies Record<string, readonly ViewerRole[]>

const words: Readonly<Record<keyof typeof roles, Message>> = {
  assess: { zh: '登记或审定考核', en: 'enter or decide assessments' },
  object: { zh: '提出申诉', en: 'object' },
}

/** The person who asks. @throws AppError `forbidden`: the role does not include it; the system itself, which signs nothing */
export function requireAssessor(db: Scoped, right: keyof typeof roles): Viewer {
  const { viewer } = db
  if (!viewer) throw new AppError('forbidden', { zh: '须由具名用户操作', en: 'somebody by name must do it' })
  const allowed: readonly ViewerRole[] = roles[right]
  if (allowed.includes(viewer.role)) return viewer
  throw new AppError('forbidden', {
    zh: `${viewer.name}（${viewer.role}）无权${words[right].zh}`,
    en: `${viewer.name} (${viewer.role}) may not ${words[right].en}`,
  })
}
