import type { Texts } from '../../../i18n/language.ts'

/** Texts of what a plan changes and what is decided on it. */
export const text = {
  householdsN: { zh: '{n} 户', en: '{n} households' },
  submit: { zh: '提交审批', en: 'Submit' },
  submitHint: {
    zh: '提交后不能再画，等审批。检查出的问题须先解决。',
    en: 'Once submitted it is not drawn on any more. Problems of the cover come first.',
  },
  firstDay: { zh: '拟生效日期', en: 'To hold from' },
  remark: { zh: '说明（可不填）', en: 'Reason (may be left out)' },
  approve: { zh: '批准', en: 'Approve' },
  return: { zh: '退回修改', en: 'Return' },
  returnReason: { zh: '退回须写明原因', en: 'Say why it is returned' },
  withdraw: { zh: '撤回', en: 'Withdraw' },
  enact: { zh: '从该日起生效', en: 'Put in force from this day' },
  enactHint: {
    zh: '生效后写入新网格，旧网格到前一天止；之前的巡查日仍按旧网格。',
    en: 'Writes the new grids; the old ones end the day before. Patrol days before it keep the old grids.',
  },
  enacted: {
    zh: '已生效：写入 {grids} 个网格，停用 {retired} 个编码，{tasks} 件待办',
    en: 'In force: {grids} grids written, {retired} codes retired, {tasks} tasks',
  },
  decisions: { zh: '经过', en: 'What was decided' },
  noDecisions: { zh: '还没有提交过。', en: 'It has not been submitted yet.' },
  kinds: {
    submitted: { zh: '提交', en: 'Submitted' },
    approved: { zh: '批准', en: 'Approved' },
    returned: { zh: '退回', en: 'Returned' },
    enacted: { zh: '生效', en: 'Put in force' },
    superseded: { zh: '被取代', en: 'Superseded' },
    withdrawn: { zh: '撤回', en: 'Withdrawn' },
  },
  decided: { zh: '{who} · {when} · 第 {revision} 版', en: '{who} · {when} · revision {revision}' },
  comments: { zh: '批注', en: 'Remarks' },
  noComments: { zh: '没有批注', en: 'No remarks' },
  addComment: { zh: '写批注', en: 'Remark' },
  send: { zh: '发送', en: 'Send' },
  tasks: { zh: '待办', en: 'Tasks' },
  noTasks: { zh: '没有要人处理的事', en: 'Nothing for a person to settle' },
  taskKinds: {
    grid_without_leader: { zh: '网格缺网格长', en: 'A grid without a leader' },
    grid_without_worker: { zh: '网格缺网格员', en: 'A grid without a worker' },
    worker_without_grid: { zh: '网格员没有网格', en: 'A worker without a grid' },
    roster_moved: { zh: '联系户换了网格', en: 'Contacts moved to another grid' },
    roster_undecided: { zh: '联系户待定', en: 'Contacts to be decided' },
  },
  waitsFor: { zh: '等待有审批权限的其他人处理。', en: 'Somebody else with the right to decide comes next.' },
} as const satisfies Texts
