/** Who answers for what and was where: assignments, roster, visits. */
import type { WorkerRole } from '../../core/values.ts'
import type { FieldDescription } from './field-finder.ts'
import { type Choice, defineKind, type KindReader, present } from './fields.ts'
import { roleField, workerRoles } from './people.ts'

const worker: FieldDescription = {
  name: 'worker',
  label: { zh: '网格员工号', en: 'worker' },
  synonyms: ['worker_id', 'user', 'user_id', '工号', '网格员', '网格员编号', '人员编号', '联系人'],
  required: true,
}

const household: FieldDescription = {
  name: 'household',
  label: { zh: '户号', en: 'household' },
  synonyms: ['household_id', '户编号', '户编码', '农户', '门户号'],
}

const firstDay: FieldDescription = {
  name: 'from',
  label: { zh: '开始日期', en: 'first day' },
  synonyms: ['valid_from', 'start', 'start_date', '起始日期', '开始', '生效日期', '起'],
}

const endDay: FieldDescription = {
  name: 'to',
  label: { zh: '结束日期', en: 'end (first day no longer in force)' },
  synonyms: ['valid_to', 'end', 'end_date', 'until', '终止日期', '结束', '失效日期', '止'],
}

export interface AssignmentRow {
  readonly worker: string
  readonly grid: string
  readonly role?: WorkerRole
  /** Midnight in Asia/Shanghai, epoch milliseconds; half-open, null is open. */
  readonly from: number | null
  readonly to: number | null
}

export const assignments: KindReader<AssignmentRow> = defineKind(
  'assignments',
  [
    worker,
    {
      name: 'grid',
      label: { zh: '网格编码', en: 'grid' },
      synonyms: ['grid_code', 'grid_id', '网格', '网格编号', '网格代码', '负责网格'],
      required: true,
    },
    roleField,
    firstDay,
    endDay,
  ],
  (values) => {
    const from = values.day('from')
    const to = values.day('to')
    values.interval(from, to, 'to')
    return {
      worker: values.required('worker'),
      grid: values.required('grid'),
      from: from ?? null,
      to: to ?? null,
      ...present({ role: values.choice('role', workerRoles) }),
    }
  },
)

/** Which worker keeps contact with which household (联系农户名册). */
export interface RosterRow {
  readonly household: string
  readonly worker: string
  readonly from?: number
  readonly to?: number
}

export const roster: KindReader<RosterRow> = defineKind(
  'roster',
  [{ ...household, required: true }, worker, firstDay, endDay],
  (values) => {
    const from = values.day('from')
    const to = values.day('to')
    values.interval(from, to, 'to')
    return {
      household: values.required('household'),
      worker: values.required('worker'),
      ...present({ from, to }),
    }
  },
)

export type VisitEvidence = 'passed' | 'stay' | 'check_in' | 'form'

export interface VisitRow {
  readonly id?: string
  readonly worker: string
  /** A household or a place, one of the two. */
  readonly household?: string
  readonly place?: string
  readonly from: number
  readonly to?: number
  /** `form` where the file does not say: somebody wrote it down. */
  readonly evidence: VisitEvidence
}

const evidences: Choice<VisitEvidence> = {
  form: ['登记', '表单', '填报', '台账'],
  check_in: ['签到', '打卡', '扫码'],
  stay: ['停留'],
  passed: ['经过'],
}

export const visits: KindReader<VisitRow> = defineKind(
  'visits',
  [
    { name: 'id', label: { zh: '走访编号', en: 'visit id' }, synonyms: ['visit_id', '编号', '编码', '序号'] },
    worker,
    household,
    { name: 'place', label: { zh: '场所编号', en: 'place' }, synonyms: ['place_id', '场所', '重点场所'] },
    {
      name: 'from',
      label: { zh: '走访时间', en: 'time of the visit' },
      synonyms: [
        'time',
        'visited_at',
        'visited_from',
        'start',
        'date',
        '时间',
        '日期',
        '走访日期',
        '开始时间',
        '到达时间',
      ],
      required: true,
    },
    {
      name: 'to',
      label: { zh: '离开时间', en: 'end of the visit' },
      synonyms: ['visited_to', 'end', 'until', '结束时间'],
    },
    { name: 'evidence', label: { zh: '依据', en: 'evidence' }, synonyms: ['方式', '走访方式', '来源'] },
  ],
  (values) => {
    const from = values.requiredInstant('from')
    const to = values.instant('to')
    // A visit of no length is a check-in; only an end before the start is wrong.
    if (to !== undefined && to < from) values.object('interval_reversed', 'to', {}, values.text('to'))
    const householdId = values.text('household')
    const placeId = values.text('place')
    if (householdId === undefined && placeId === undefined) values.required('household')
    return {
      worker: values.required('worker'),
      from,
      evidence: values.choice('evidence', evidences) ?? 'form',
      ...present({ id: values.text('id'), household: householdId, place: placeId, to }),
    }
  },
)
