/** What a place says on its notices: the part `notice` of its policy of kind `division`. */
import type { Message } from '../values.ts'

export interface NoticePolicy {
  readonly duties: readonly Message[]
  /** Whom residents call about the team itself; null where the place has not said. */
  readonly supervisoryPhone: string | null
}

/** The seven duties of a county's report on "one grid for all": they stand where a place has written none of its own. */
export const usualDuties: readonly Message[] = [
  {
    zh: '宣传政策法规，带动党员群众参与网格事务。',
    en: 'Explain policies and laws, and bring people into the affairs of the grid.',
  },
  {
    zh: '走访联系农户，采集并及时更新网格内人、房、事信息。',
    en: 'Call on every household and keep the records of people and homes up to date.',
  },
  {
    zh: '代办便民事项，关心独居老人、留守儿童、残疾人等困难群众。',
    en: 'Help with errands and formalities; look after the old, the left-behind and the disabled.',
  },
  {
    zh: '排查调解邻里、家庭矛盾纠纷，小事不出网格。',
    en: 'Find and settle quarrels between neighbours and in families.',
  },
  {
    zh: '巡查消防、交通、食品、防汛等安全隐患，发现即报。',
    en: 'Look for dangers of fire, traffic, food and flood, and report them at once.',
  },
  { zh: '督促环境整治，维护村容村貌。', en: 'See that streets, yards and waters are kept clean.' },
  {
    zh: '收集群众意见，及时上报并反馈办理结果。',
    en: 'Take up what residents say, pass it on, and tell them what came of it.',
  },
]

/**
 * Rules `{ "notice": { "duties": ["…" | { "zh": "…", "en": "…" }], "supervisory_phone": "…" } }`; what they leave out or say in another
 * form is as usual.
 */
export function noticePolicyOf(rules: unknown): NoticePolicy {
  const notice = asRecord(asRecord(rules)?.['notice'])
  const phone = notice?.['supervisory_phone']
  const given = notice?.['duties']
  const duties = Array.isArray(given) ? given.flatMap((one: unknown) => messageOf(one)) : []
  return {
    duties: duties.length > 0 ? duties : usualDuties,
    supervisoryPhone: typeof phone === 'string' && phone.trim() !== '' ? phone.trim() : null,
  }
}

function messageOf(value: unknown): Message[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ zh: value.trim(), en: value.trim() }]
  const { zh, en } = asRecord(value) ?? {}
  return typeof zh === 'string' && zh !== '' ? [{ zh, en: typeof en === 'string' ? en : zh }] : []
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
