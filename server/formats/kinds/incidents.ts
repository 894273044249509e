/** What happened where, as a file tells it: incidents. */
import type { IncidentLevel, Urgency } from '../../core/policy/incident-policy.ts'
import { type Choice, defineKind, type KindReader, present } from './fields.ts'

export interface IncidentRow {
  readonly id: string
  /** `other` where the file gives none. */
  readonly category: string
  readonly severity?: string
  readonly occurredAt: number
  readonly description?: string
  /** The word of the file; core/incidents/life says which state it is. */
  readonly status?: string
  /** The grid the reporter declared; not what the position says. */
  readonly gridCode?: string
  /** Both null only where the grid is declared: otherwise nobody could tell where it was. */
  readonly longitude: number | null
  readonly latitude: number | null
  /** When it was told; absent: when it happened. */
  readonly reportedAt?: number
  readonly urgency?: Urgency
  /** Who has it in hand. */
  readonly level?: IncidentLevel
  readonly reporter?: string
  readonly reporterContact?: string
  /** At most one of the two. */
  readonly household?: string
  readonly place?: string
}

const urgencies: Choice<Urgency> = {
  ordinary: ['普通', '一般', '否', 'no', 'false', '0'],
  emergency: ['突发', '紧急', '应急', '是', 'yes', 'true', '1'],
}

const levels: Choice<IncidentLevel> = {
  village: ['村', '社区', '村（社区）', '村级'],
  township: ['乡镇', '镇', '乡', '街道', '乡镇（街道）', '镇级'],
  county: ['县', '区', '县（区）', '县级'],
  department: ['部门', '主管部门', '县直部门'],
}

export const incidents: KindReader<IncidentRow> = defineKind(
  'incidents',
  [
    {
      name: 'id',
      label: { zh: '事件编号', en: 'incident id' },
      synonyms: ['incident_id', 'case_id', '编号', '编码', '事件号', '工单号', 'case_number'],
    },
    {
      name: 'category',
      label: { zh: '事件类别', en: 'category' },
      synonyms: ['type', 'primary_type', 'incident_type', '类别', '事件类型', '类型', '事件分类', '隐患类型'],
    },
    {
      name: 'severity',
      label: { zh: '严重程度', en: 'severity' },
      synonyms: ['level', 'priority', '等级', '级别', '紧急程度'],
    },
    {
      name: 'occurred_at',
      label: { zh: '发生时间', en: 'time it happened' },
      synonyms: [
        'time',
        'date',
        'datetime',
        'occurred',
        'reported_at',
        'creation_dt',
        'created_at',
        '时间',
        '日期',
        '发生日期',
        '上报时间',
        '事发时间',
        '登记时间',
      ],
      required: true,
    },
    {
      name: 'description',
      label: { zh: '描述', en: 'description' },
      synonyms: ['desc', 'content', '内容', '事件描述', '说明', '情况'],
    },
    { name: 'status', label: { zh: '状态', en: 'status' }, synonyms: ['处理状态', '办理状态'] },
    {
      name: 'grid',
      label: { zh: '网格编码', en: 'declared grid' },
      synonyms: ['grid_code', 'grid_id', '网格', '网格编号', '所属网格'],
    },
    {
      name: 'reported_at',
      label: { zh: '上报时间', en: 'time it was reported' },
      synonyms: ['report_time', '登记时间', '反映时间'],
    },
    {
      name: 'urgency',
      label: { zh: '是否突发', en: 'emergency' },
      synonyms: ['is_emergency', '突发', '是否紧急', '突发事件'],
    },
    {
      name: 'held_by',
      label: { zh: '办理层级', en: 'level that has it in hand' },
      synonyms: ['handling_level', '当前层级', '所在层级'],
    },
    {
      name: 'reporter',
      label: { zh: '反映人', en: 'reporter' },
      synonyms: ['reporter_name', '诉求人', '报告人', '来电人', '当事人'],
    },
    {
      name: 'reporter_contact',
      label: { zh: '反映人电话', en: 'phone of the reporter' },
      synonyms: ['contact', 'reporter_phone', '联系电话', '联系方式'],
    },
    {
      name: 'household',
      label: { zh: '户号', en: 'household' },
      synonyms: ['household_id', '户编号', '户编码', '门户号'],
    },
    { name: 'place', label: { zh: '场所编号', en: 'place' }, synonyms: ['place_id', '重点场所编号'] },
  ],
  (values) => {
    const occurredAt = values.requiredInstant('occurred_at')
    const gridCode = values.code('grid')
    const position = gridCode === undefined ? values.requiredPosition() : values.position()
    const [household, place] = [values.text('household'), values.text('place')]
    if (household !== undefined && place !== undefined) values.object('subject_twice', 'place', {}, place)
    const optional = present({
      severity: values.text('severity'),
      description: values.text('description'),
      status: values.text('status'),
      gridCode,
      // Both may be the same column: what is wrong with it is said once.
      reportedAt: Number.isNaN(occurredAt) ? undefined : values.instant('reported_at'),
      urgency: values.choice('urgency', urgencies),
      level: values.choice('held_by', levels),
      reporter: values.text('reporter'),
      reporterContact: values.text('reporter_contact'),
      household,
      place,
    })
    return {
      id: values.idOrPlace('id'),
      category: values.text('category') ?? 'other',
      occurredAt,
      longitude: position?.longitude ?? null,
      latitude: position?.latitude ?? null,
      ...optional,
    }
  },
)
