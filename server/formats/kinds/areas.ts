/** Administrative units and grids. */
import type { MultiPolygon } from 'geojson'
import type { AreaLevel, GridKind } from '../../core/values.ts'
import { type Choice, defineKind, type KindReader, present } from './fields.ts'

export interface AreaRow {
  readonly code: string
  readonly parentCode?: string
  readonly level?: AreaLevel
  readonly name: string
  /** Null where the file is a mere list of names and codes. */
  readonly boundary: MultiPolygon | null
}

const levels: Choice<AreaLevel> = {
  county: ['县', '区', '县级', '区县', '市', '旗', 'district', '3'],
  township: ['镇', '乡', '街道', '乡镇', '乡镇街道', '镇街', 'town', 'street', 'subdistrict', '4'],
  village: ['村', '社区', '居委会', '村委会', '行政村', '村居', '村社区', 'community', '5'],
}

/** Codes of the National Bureau of Statistics: 6 digits a county, 9 a township, 12 a village or community. */
const levelByDigits: Readonly<Record<number, AreaLevel>> = { 6: 'county', 9: 'township', 12: 'village' }

export const areas: KindReader<AreaRow> = defineKind(
  'areas',
  [
    {
      name: 'code',
      label: { zh: '编码', en: 'code' },
      synonyms: ['area_code_self', '区划代码', '行政区划代码', '行政区编码', '编号', '代码', 'adcode', 'id'],
      required: true,
    },
    {
      name: 'parent_code',
      label: { zh: '上级编码', en: 'parent code' },
      synonyms: ['parent', '上级代码', '上级', '父级编码', '所属', 'street_code', 'area_code', 'city_code'],
    },
    { name: 'level', label: { zh: '级别', en: 'level' }, synonyms: ['层级', '类型', '行政级别'] },
    {
      name: 'name',
      label: { zh: '名称', en: 'name' },
      synonyms: ['名字', '行政区名称', '区划名称', '村名', '社区名称'],
      required: true,
    },
  ],
  (values) => {
    const code = values.requiredCode('code')
    const name = values.required('name')
    const digits = /^\d+$/.test(code) ? levelByDigits[code.length] : undefined
    const level = values.choice('level', levels) ?? digits
    const parentCode = values.code('parent_code')
    return { code, name, boundary: values.boundary(false), ...present({ level, parentCode }) }
  },
)

export interface GridRow {
  readonly code: string
  readonly name?: string
  readonly kind?: GridKind
  readonly villageCode?: string
  /** The grid a microgrid lies in. */
  readonly parentCode?: string
  /** Midnight in Asia/Shanghai, epoch milliseconds; half-open, absent is open. */
  readonly validFrom?: number
  readonly validTo?: number
  readonly boundary: MultiPolygon
}

const gridKinds: Choice<GridKind> = {
  ordinary: ['普通', '普通网格', '基础网格', '综合网格', '1'],
  dedicated: ['专属', '专属网格', '专业网格', '专项网格', '2'],
  microgrid: ['微网格', '单元格', '微格', '楼栋网格', 'cell', '3'],
}

export const grids: KindReader<GridRow> = defineKind(
  'grids',
  [
    {
      name: 'code',
      label: { zh: '网格编码', en: 'grid code' },
      // 网格编: what a shapefile keeps of 网格编码 in UTF-8, ten bytes a name.
      synonyms: [
        'grid_code',
        '网格编号',
        '网格代码',
        '网格编',
        '编码',
        '编号',
        '代码',
        'grid',
        'grid_id',
        'id',
      ],
      required: true,
    },
    { name: 'name', label: { zh: '网格名称', en: 'grid name' }, synonyms: ['grid_name', '名称', '网格名'] },
    {
      name: 'kind',
      label: { zh: '网格类型', en: 'grid kind' },
      synonyms: ['type', 'grid_kind', 'grid_type', '类型', '网格类别', '类别'],
    },
    {
      name: 'village_code',
      label: { zh: '村（社区）编码', en: 'village code' },
      synonyms: ['village', '村编码', '社区编码', '村社区编码', '所属村', '所属社区', '村代码', '社区代码'],
    },
    {
      name: 'parent_code',
      label: { zh: '上级网格编码', en: 'parent grid code' },
      synonyms: ['parent', '所属网格', '上级网格', '上级编码'],
    },
    {
      name: 'valid_from',
      label: { zh: '生效日期', en: 'first day' },
      synonyms: ['from', '启用日期', '开始日期', '起始日期'],
    },
    {
      name: 'valid_to',
      label: { zh: '失效日期', en: 'end (first day no longer in force)' },
      synonyms: ['to', 'until', '停用日期', '结束日期', '终止日期'],
    },
  ],
  (values) => {
    const code = values.requiredCode('code')
    const validFrom = values.day('valid_from')
    const validTo = values.day('valid_to')
    values.interval(validFrom, validTo, 'valid_to')
    const optional = present({
      name: values.text('name'),
      kind: values.choice('kind', gridKinds),
      villageCode: values.code('village_code'),
      parentCode: values.code('parent_code'),
      validFrom,
      validTo,
    })
    return { code, boundary: values.boundary(true), ...optional }
  },
)
