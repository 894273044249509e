/** What supervisors and workers ask of the service about months: records entered, objections, months signed off. Requests go through api.ts. */
import { type Answers, address, ask, request, sent } from './api.ts'

/** Signs a month off for all workers of an area. */
export const closeMonth = (
  area: string,
  month: string,
  remark: string | null,
): Promise<Answers['monthClosed']> =>
  request('monthClosed', address(['areas', area, 'assessments', month, 'close']), sent({ remark }))

export const reopenMonth = (
  area: string,
  month: string,
  worker: string | null,
  reason: string,
): Promise<Answers['monthReopened']> =>
  request('monthReopened', address(['areas', area, 'assessments', month, 'reopen']), sent({ worker, reason }))

/** Where a month can be saved as a workbook (`.xlsx`), or opened as a page to be printed and signed (no ending). */
export const monthReportAddress = (area: string, month: string, lang: string, ending: '' | '.xlsx'): string =>
  `/reports/assessments/${encodeURIComponent(area)}/${month}${ending}?lang=${lang}`

export type DutyRecord = Answers['dutyRecords']['records'][number]
export type DutyEntry = Omit<DutyRecord, 'entered_by' | 'entered_at'>

/** Enters a record, or puts right the one with the same id. */
export const enterDutyRecord = (area: string, record: DutyEntry): Promise<Answers['dutyRecord']> =>
  request('dutyRecord', address(['areas', area, 'duty-records']), sent(record))

export const withdrawDutyRecord = (area: string, id: string): Promise<void> =>
  ask(address(['areas', area, 'duty-records', id]), { method: 'DELETE' }, () => Promise.resolve())

export interface Claim {
  readonly worker: string
  /** Instants. */
  readonly from: string
  readonly to: string
  readonly claim: string
}

export const enterObjection = (area: string, claim: Claim): Promise<Answers['objection']> =>
  request('objection', address(['areas', area, 'objections']), sent(claim))

export interface Decision {
  readonly verdict: 'upheld' | 'rejected'
  /** Null: all that was claimed. */
  readonly credited_seconds: number | null
  readonly credited_metres: number
  readonly reason: string
}

export const decideObjection = (
  area: string,
  objection: string,
  decision: Decision,
): Promise<Answers['objection']> =>
  request('objection', address(['areas', area, 'objections', objection, 'decide']), sent(decision))
