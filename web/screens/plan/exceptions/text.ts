import type { Texts } from '../../../i18n/language.ts'

export const text = {
  title: { zh: '例外', en: 'Exception' },
  group: { zh: '已登记例外', en: 'Accepted exceptions' },
  explain: {
    zh: '登记例外后，这个问题不再计入待处理；到期或图形变动后重新列出。',
    en: 'An accepted problem no longer counts as open, until its time is up or its geometry changes.',
  },
  register: { zh: '登记例外', en: 'Accept as exception' },
  save: { zh: '登记', en: 'Accept' },
  cancel: { zh: '取消', en: 'Cancel' },
  lift: { zh: '撤销例外', en: 'Lift the exception' },
  reason: { zh: '理由', en: 'Reason' },
  reasonHint: { zh: '为什么可以保留，依据是什么', en: 'Why it may stay, and on what grounds' },
  expires: { zh: '到期日（当天起重新列为问题）', en: 'Expires on (open again from that day)' },
  never: { zh: '不设到期日', en: 'no last day' },
  author: { zh: '登记人', en: 'Accepted by' },
  made: { zh: '登记时间', en: 'Accepted on' },
  until: { zh: '到期日', en: 'Expires on' },
  status: {
    open: { zh: '待处理', en: 'Open' },
    excepted: { zh: '例外', en: 'Accepted' },
    expired: { zh: '例外已到期', en: 'Exception expired' },
    reopened: { zh: '图形已变动，重新列出', en: 'Open again: its geometry changed' },
    gone: { zh: '已不存在', en: 'Gone' },
  },
} as const satisfies Texts
