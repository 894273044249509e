/** What somebody is told whose step comes too late: who was quicker, when, and what they did. */
import type { Edit } from '../../core/planning/drawing/edit.ts'
import type { Flaw, Message } from '../../core/values.ts'
import { type DecisionRow, listSaves, type PlanRow, type PlanStatus, type SaveRow } from '../../db/plans.ts'
import type { Scoped } from '../../db/scoped.ts'
import { AppError } from '../../errors.ts'

const statusWords: Readonly<Record<PlanStatus, Message>> = {
  draft: { zh: '草稿', en: 'a draft' },
  submitted: { zh: '已提交', en: 'submitted' },
  returned: { zh: '已退回', en: 'returned' },
  approved: { zh: '已批准', en: 'approved' },
  in_force: { zh: '已生效', en: 'in force' },
  superseded: { zh: '已被取代', en: 'superseded' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
}

const editWords: Readonly<Record<Edit['type'], Message>> = {
  assign: { zh: '划归地块', en: 'ground assigned' },
  'move-vertex': { zh: '移动界点', en: 'vertex moved' },
  'insert-vertex': { zh: '增加界点', en: 'vertex added' },
  'delete-vertex': { zh: '删除界点', en: 'vertex deleted' },
  reshape: { zh: '改画界线', en: 'line redrawn' },
  'split-grid': { zh: '拆分网格', en: 'grid split' },
  'split-atom': { zh: '拆分地块', en: 'block split' },
  'merge-grids': { zh: '合并网格', en: 'grids merged' },
  'add-grid': { zh: '新增网格', en: 'grid added' },
  'remove-grid': { zh: '删除网格', en: 'grid removed' },
  'draw-site': { zh: '划出专属网格', en: 'dedicated grid drawn' },
  lock: { zh: '锁定或解锁', en: 'locked or unlocked' },
  rename: { zh: '改名', en: 'renamed' },
  'set-code': { zh: '改编码', en: 'code changed' },
}

const opWords: Readonly<Record<'undo' | 'redo', Message>> = {
  undo: { zh: '撤销：', en: 'undone: ' },
  redo: { zh: '重做：', en: 'redone: ' },
}

/** `2026-10-09 20:00` in Asia/Shanghai. */
const localMoment = (time: number): string =>
  new Date(time + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

/** A save on a revision that is no longer the newest: every save since then, with its author, its edits and its grids. */
export async function savedMeanwhile(db: Scoped, plan: PlanRow, revision: number): Promise<AppError> {
  const saves = await listSaves(db, plan, revision)
  const last = saves.at(-1)
  const detail: Message = last
    ? {
        zh: `方案已由 ${last.author} 于 ${localMoment(last.made_at)} 保存为第 ${last.revision} 版，而您改的是第 ${revision} 版：请在新版上重做；您的修改未保存`,
        en: `${last.author} saved revision ${last.revision} at ${localMoment(last.made_at)} (Shanghai); yours is on revision ${revision}. Make it again on the newest; nothing of it was saved`,
      }
    : {
        zh: `方案现为第 ${plan.revision} 版，没有第 ${revision} 版之后的修改可依：请重新载入`,
        en: `the plan is at revision ${plan.revision}, not ${revision}: load it again`,
      }
  return new AppError('conflict', detail, saves.map(flawOf))
}

function flawOf(save: SaveRow): Flaw {
  const done = (language: 'zh' | 'en'): string =>
    Object.entries(save.kinds)
      .map(([kind, times]) => `${wordOf(kind)[language]} ×${times}`)
      .join(language === 'zh' ? '、' : ', ')
  const at = localMoment(save.made_at)
  return {
    code: 'saved_meanwhile',
    place: { id: String(save.revision) },
    message: {
      zh: `第 ${save.revision} 版，${save.author}，${at}：${done('zh')}；涉及网格 ${save.grids.join('、') || '无'}`,
      en: `revision ${save.revision}, ${save.author}, ${at}: ${done('en')}; grids ${save.grids.join(', ') || 'none'}`,
    },
  }
}

/** `undo assign` → 撤销：划归地块. */
function wordOf(kind: string): Message {
  const [first = '', second] = kind.split(' ')
  const word = editWords[(second ?? first) as Edit['type']]
  const before = second === undefined ? { zh: '', en: '' } : opWords[first as 'undo' | 'redo']
  return { zh: before.zh + word.zh, en: before.en + word.en }
}

/** A step that the plan's state does not allow (any more). */
export const wrongStatus = (plan: PlanRow, step: Message): AppError =>
  new AppError('conflict', {
    zh: `方案${statusWords[plan.status].zh}（${plan.updated_by}，${localMoment(plan.updated_at)}），不能${step.zh}`,
    en: `the plan is ${statusWords[plan.status].en} (${plan.updated_by}, ${localMoment(plan.updated_at)}) and cannot be ${step.en}`,
  })

/** Two deciding at once: the second looks at what the first decided before going on. */
export const decidedMeanwhile = ({ decided_by, decided_at, kind, grids }: DecisionRow): AppError => {
  const verdict = { zh: kind === 'approved' ? '批准' : '退回', en: kind }
  return new AppError('conflict', {
    zh: `${decided_by} 刚刚（${localMoment(decided_at)}）${verdict.zh}了 ${grids?.join('、') ?? '整个方案'}：请看过后再定`,
    en: `${decided_by} has just (${localMoment(decided_at)}) ${verdict.en} ${grids?.join(', ') ?? 'the whole plan'}: look at it before you go on`,
  })
}
