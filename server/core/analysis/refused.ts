import type { Message } from '../values.ts'

export type RefusalCode =
  | 'households_missing'
  | 'unit_unfit'
  | 'measure_unfit'
  | 'steps_unfit'
  | 'period_open'
  | 'records_unfit'
  | 'too_many'

/** A question that these records or this ground cannot answer, in words for whoever asked it. */
export class AnalysisRefused extends RangeError {
  readonly code: RefusalCode
  readonly detail: Message

  constructor(code: RefusalCode, detail: Message) {
    super(detail.en)
    this.name = 'AnalysisRefused'
    this.code = code
    this.detail = detail
  }
}
