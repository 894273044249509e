/** Who may enter, decide and sign off what months are judged on, and until when. */
import type { Message } from '../../core/values.ts'
import type { AreaScope } from '../../db/areas.ts'
import { listClosedMonths } from '../../db/assessment.ts'
import type { Scoped } from '../../db/scoped.ts'
import type { Viewer, ViewerRole } from '../../db/viewer.ts'
import { AppError } from '../../errors.ts'
import { requireRole, requireViewer } from '../authority.ts'

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
  const viewer = requireViewer(db)
  requireRole(viewer, roles[right], words[right])
  return viewer
}

/** @param days [from, to) @throws AppError `conflict` when a month of theirs is closed for the worker */
export async function requireOpenMonths(
  db: Scoped,
  area: AreaScope,
  worker: string,
  days: { readonly from: string; readonly to: string },
): Promise<void> {
  const months = { from: `${days.from.slice(0, 7)}-01`, to: days.to, worker }
  const [closed] = await listClosedMonths(db, area, months)
  if (!closed) return
  const month = closed.month.slice(0, 7)
  throw new AppError('conflict', {
    zh: `${month} 已由 ${closed.closed_by} 结账：请先重开`,
    en: `${month} was closed by ${closed.closed_by}: reopen it first`,
  })
}
