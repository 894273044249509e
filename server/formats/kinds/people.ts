/** Households and places that are visited, workers who visit them. */
import type { WorkerRole } from '../../core/values.ts'
import type { FieldDescription } from './field-finder.ts'
import { type Choice, chosen, defineKind, type KindReader, present } from './fields.ts'

const phone: FieldDescription = {
  name: 'phone',
  label: { zh: '电话', en: 'phone' },
  synonyms: ['tel', 'telephone', 'mobile', '联系电话', '手机', '手机号', '手机号码', '联系方式', '电话号码'],
}

const address: FieldDescription = {
  name: 'address',
  label: { zh: '地址', en: 'address' },
  synonyms: ['addr', '住址', '家庭住址', '详细地址', '门牌', '门牌号', '门牌地址'],
}

export interface HouseholdRow {
  readonly id: string
  readonly villageCode?: string
  readonly address?: string
  readonly head?: string
  readonly phone?: string
  readonly members?: number
  /** The words of `householdCategories`; other words as they stand. */
  readonly categories: readonly string[]
  /** As the file says; where it does not, true for a household of any of the categories that must be visited. */
  readonly mustVisit: boolean
  readonly longitude: number
  readonly latitude: number
}

/** Special groups (特殊群体), whose households must be visited. */
export const householdCategories = {
  five_guarantee: ['五保', '五保户', '特困', '特困供养', '特困人员'],
  low_income: ['低保', '低保户', '贫困', '贫困户', '困难户', '低收入', '脱贫户'],
  living_alone: ['独居老人', '独居', '空巢', '空巢老人', '孤寡老人'],
  left_behind_child: ['留守儿童', '留守'],
  disabled: ['残疾', '残疾人', '残疾户', '残障'],
  preferential: ['优抚', '优抚对象', '退役军人', '军烈属', '烈属'],
} satisfies Choice<string>

export const households: KindReader<HouseholdRow> = defineKind(
  'households',
  [
    {
      name: 'id',
      label: { zh: '户号', en: 'household id' },
      synonyms: [
        'household_id',
        'household',
        '户编号',
        '户编码',
        '户籍号',
        '户口编号',
        '门户号',
        '编号',
        '编码',
        '序号',
        'code',
        'addr_id',
        'osm',
      ],
      required: true,
    },
    {
      name: 'village_code',
      label: { zh: '村（社区）编码', en: 'village code' },
      synonyms: ['村编码', '社区编码', '村社区编码', '村代码'],
    },
    address,
    {
      name: 'head',
      label: { zh: '户主', en: 'head' },
      synonyms: ['head_name', 'householder', '户主姓名', '姓名'],
    },
    phone,
    {
      name: 'members',
      label: { zh: '人口', en: 'members' },
      synonyms: ['persons', 'population', 'size', '人口数', '家庭人口', '人数', '家庭人数'],
    },
    {
      name: 'categories',
      label: { zh: '类别', en: 'categories' },
      synonyms: ['category', '特殊群体', '户类别', '户别', '人群类别', '标签', '属性'],
    },
    {
      name: 'must_visit',
      label: { zh: '必访户', en: 'must visit' },
      synonyms: ['must', '必访', '是否必访', '重点户'],
    },
  ],
  (values) => {
    const words = values.list('categories')
    const categories = [...new Set(words.map((word) => chosen(householdCategories, word) ?? word))]
    const special = categories.some((one) => Object.hasOwn(householdCategories, one))
    const optional = present({
      villageCode: values.code('village_code'),
      address: values.text('address'),
      head: values.text('head'),
      phone: values.text('phone'),
      members: values.count('members'),
    })
    const mustVisit = values.flag('must_visit') ?? special
    return { id: values.required('id'), categories, mustVisit, ...values.requiredPosition(), ...optional }
  },
)

export interface PlaceRow {
  readonly id: string
  /** The words of `placeKinds`; other words as they stand. */
  readonly kind: string
  readonly name: string
  readonly address?: string
  /** A key place (重点场所): patrolled. True unless the file says otherwise. */
  readonly key: boolean
  readonly longitude: number
  readonly latitude: number
}

export const placeKinds = {
  school: ['学校', '小学', '中学', '幼儿园', 'kindergarten'],
  clinic: ['诊所', '卫生室', '卫生院', '医院', 'hospital', '医疗机构'],
  workshop: ['作坊', '加工点', '小作坊', '企业', '工厂', '厂房', 'company', 'factory'],
  rental_house: ['出租屋', '出租房', '群租房', 'rental', 'rental house'],
  market: ['市场', '集市', '农贸市场', '菜场', '超市', '商场', 'shop', 'supermarket'],
  park: ['公园'],
} satisfies Choice<string>

export const places: KindReader<PlaceRow> = defineKind(
  'places',
  [
    {
      name: 'id',
      label: { zh: '场所编号', en: 'place id' },
      synonyms: ['place_id', '编号', '编码', '序号', 'code', 'osm_id', 'osm'],
    },
    {
      name: 'kind',
      label: { zh: '场所类型', en: 'kind of place' },
      synonyms: ['type', 'category', 'amenity', '类型', '类别', '场所类别'],
      required: true,
    },
    {
      name: 'name',
      label: { zh: '名称', en: 'name' },
      synonyms: ['place_name', '场所名称', '单位名称', '名字'],
      required: true,
    },
    address,
    { name: 'key', label: { zh: '重点场所', en: 'key place' }, synonyms: ['is_key', '是否重点', '重点'] },
  ],
  (values) => {
    const word = values.required('kind')
    const key = values.flag('key') ?? true
    return {
      id: values.idOrPlace('id'),
      kind: chosen(placeKinds, word) ?? word,
      name: values.required('name'),
      key,
      ...values.requiredPosition(),
      ...present({ address: values.text('address') }),
    }
  },
)

export const workerRoles: Choice<WorkerRole> = {
  leader: ['网格长', '一级网格长', '二级网格长', '组长'],
  full_time: ['专职网格员', '专职', '全职', '网格员', 'full-time'],
  part_time: ['兼职网格员', '兼职', 'part-time'],
  instructor: ['网格指导员', '指导员'],
  informant: ['信息员', '网格信息员'],
}

export interface WorkerRow {
  readonly id: string
  readonly name: string
  readonly phone?: string
  readonly role?: WorkerRole
}

export const roleField: FieldDescription = {
  name: 'role',
  label: { zh: '角色', en: 'role' },
  synonyms: ['职务', '岗位', '类型', '类别', '身份', '人员类型'],
}

export const workers: KindReader<WorkerRow> = defineKind(
  'workers',
  [
    {
      name: 'id',
      label: { zh: '工号', en: 'worker id' },
      synonyms: ['worker', 'worker_id', 'user', 'user_id', '网格员编号', '人员编号', '编号', '编码', 'code'],
      required: true,
    },
    {
      name: 'name',
      label: { zh: '姓名', en: 'name' },
      synonyms: ['worker_name', 'full_name', '网格员姓名', '网格员', '名字'],
      required: true,
    },
    phone,
    roleField,
  ],
  (values) => ({
    id: values.required('id'),
    name: values.required('name'),
    ...present({ phone: values.text('phone'), role: values.choice('role', workerRoles) }),
  }),
)
