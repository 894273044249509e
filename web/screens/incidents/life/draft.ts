/** The report as it is typed, what is wrong with it, and what is sent; pure but for the key. */
import type { LngLat } from '../../../../server/core/values.ts'
import type { IncidentReport } from '../../../api-incidents.ts'
import type { Faults } from '../../../frame/entry-form.tsx'
import { text } from './text.ts'

export type ReportField =
  | 'category'
  | 'description'
  | 'position'
  | 'occurred'
  | 'household'
  | 'place'
  | 'reporter'
  | 'contact'
  | 'worker'

export interface Draft {
  /** The same report sent twice is one. */
  readonly key: string
  readonly category: string
  readonly description: string
  readonly urgency: 'category' | 'ordinary' | 'emergency'
  readonly severity: '' | 'low' | 'medium' | 'high'
  /** `2026-10-08 09:30`, Asia/Shanghai. */
  readonly occurred: string
  readonly household: string
  readonly place: string
  readonly reporter: string
  readonly contact: string
  readonly worker: string
}

const shanghaiMilliseconds = 8 * 3_600_000

/** Offices use plain http, where `crypto.randomUUID` is absent. */
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint32Array(4))].map((one) => one.toString(16).padStart(8, '0')).join('')

export const emptyDraft = (now: number): Draft => ({
  key: newKey(),
  category: '',
  description: '',
  urgency: 'category',
  severity: '',
  occurred: new Date(now + shanghaiMilliseconds).toISOString().slice(0, 16).replace('T', ' '),
  household: '',
  place: '',
  reporter: '',
  contact: '',
  worker: '',
})

/** Null: no such time. */
export function instantOf(typed: string): number | null {
  const match = /^\s*(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):([0-5]\d)\s*$/.exec(typed)
  if (!match || Number(match[2]) > 23) return null
  const midnight = Date.parse(`${match[1]}T00:00:00Z`)
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== match[1]) return null
  return midnight - shanghaiMilliseconds + (Number(match[2]) * 60 + Number(match[3])) * 60_000
}

export const faultsOf = (draft: Draft, spot: LngLat | null): Faults<ReportField> => ({
  ...(draft.category === '' && { category: text.required }),
  ...(draft.description.trim() === '' && { description: text.required }),
  ...(instantOf(draft.occurred) === null && { occurred: text.timeWrong }),
  ...(spot === null &&
    draft.household.trim() === '' &&
    draft.place.trim() === '' && { position: text.positionMissing }),
  ...(draft.household.trim() !== '' && draft.place.trim() !== '' && { place: text.subjectTwice }),
})

/** Of a draft without faults. */
export function reportOf(draft: Draft, spot: LngLat | null): IncidentReport {
  const said = <Name extends string>(name: Name, typed: string): { readonly [K in Name]?: string } =>
    (typed.trim() === '' ? {} : { [name]: typed.trim() }) as { readonly [K in Name]?: string }
  return {
    key: draft.key,
    category: draft.category,
    description: draft.description.trim(),
    occurred_at: new Date(instantOf(draft.occurred) ?? 0).toISOString(),
    ...(spot && { lon: spot[0], lat: spot[1] }),
    ...(draft.urgency !== 'category' && { urgency: draft.urgency }),
    ...(draft.severity !== '' && { severity: draft.severity }),
    ...said('household', draft.household),
    ...said('place', draft.place),
    ...said('reporter', draft.reporter),
    ...said('reporter_contact', draft.contact),
    ...said('worker', draft.worker),
  }
}
