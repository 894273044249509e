/** What lies on the ground: natural villages, buildings, roads, water and green. */
import type { MultiLineString, MultiPolygon } from 'geojson'
import type { FieldDescription } from './field-finder.ts'
import { type Choice, chosen, defineKind, type KindReader, present } from './fields.ts'

const name: FieldDescription = { name: 'name', label: { zh: '名称', en: 'name' }, synonyms: ['名字', '名'] }

const id = (zh: string, en: string, ...synonyms: string[]): FieldDescription => ({
  name: 'id',
  label: { zh, en },
  synonyms: [...synonyms, 'code', '编号', '编码', '序号', 'osm_id', 'osm', 'gid', 'fid', 'objectid'],
})

/** A natural village or walled compound, which a grid may not split. Administrative villages are areas. */
export interface VillageRow {
  readonly id: string
  readonly name: string
  readonly boundary: MultiPolygon
}

export const villages: KindReader<VillageRow> = defineKind(
  'villages',
  [
    id('编号', 'id', 'village_id', '村编号', '小区编号'),
    {
      ...name,
      synonyms: [...name.synonyms, '自然村', '自然村名称', '村名', '小区', '小区名称', '村组', 'village'],
    },
  ],
  (values) => {
    const villageId = values.idOrPlace('id')
    return { id: villageId, name: values.text('name') ?? villageId, boundary: values.boundary(true) }
  },
)

export interface BuildingRow {
  readonly id: string
  readonly name?: string
  readonly floors?: number
  readonly boundary: MultiPolygon
}

export const buildings: KindReader<BuildingRow> = defineKind(
  'buildings',
  [
    id('建筑编号', 'building id', 'building_id', '楼栋编号', '建筑编码', '栋号'),
    { ...name, synonyms: [...name.synonyms, '楼名', '建筑名称', '楼栋名称', '楼栋'] },
    {
      name: 'floors',
      label: { zh: '层数', en: 'floors' },
      synonyms: ['levels', 'building:levels', 'storeys', '楼层', '楼层数'],
    },
  ],
  (values) => {
    const optional = present({ name: values.text('name'), floors: values.count('floors') })
    return { id: values.idOrPlace('id'), boundary: values.boundary(true), ...optional }
  },
)

export interface RoadRow {
  readonly id: string
  readonly name?: string
  /** An OpenStreetMap highway value or `rail`; other words as they stand. */
  readonly class?: string
  readonly path: MultiLineString
}

const roadClasses: Choice<string> = {
  motorway: ['高速公路', '高速', '高架', '快速路'],
  trunk: ['国道', '城市快速路'],
  primary: ['主干道', '主干路', '主路', '省道'],
  secondary: ['次干道', '次干路', '县道'],
  tertiary: ['支路', '支道', '乡道'],
  residential: ['街道', '街', '街巷', '居住区道路', '村道'],
  service: ['内部道路', '小区道路', '通道'],
  pedestrian: ['步行街'],
  footway: ['人行道', '步道'],
  path: ['小路', '小道'],
  track: ['机耕路', '机耕道', '田间道'],
  lane: ['巷', '里弄', '弄', '胡同'],
  rail: ['铁路', '铁道', '轨道'],
}

export const roads: KindReader<RoadRow> = defineKind(
  'roads',
  [
    id('道路编号', 'road id', 'road_id', '道路编码', 'edge', 'edge_id'),
    { ...name, synonyms: [...name.synonyms, '路名', '道路名称', '街名'] },
    {
      name: 'class',
      label: { zh: '道路等级', en: 'road class' },
      synonyms: [
        'highway',
        'fclass',
        'road_class',
        'type',
        'kind',
        '等级',
        '类型',
        '道路类型',
        '类别',
        'railway',
      ],
    },
  ],
  (values) => {
    const word = values.text('class')
    const optional = present({
      name: values.text('name'),
      class: word === undefined ? undefined : (chosen(roadClasses, word) ?? word),
    })
    return { id: values.idOrPlace('id'), path: values.path(), ...optional }
  },
)

export interface LandRow {
  readonly id: string
  readonly kind: 'water' | 'green'
  readonly name?: string
  readonly boundary: MultiPolygon
}

const landKinds: Choice<LandRow['kind']> = {
  water: [
    '水',
    '水面',
    '水域',
    '河',
    '河流',
    '湖',
    '湖泊',
    '水库',
    '池塘',
    '坑塘',
    'river',
    'riverbank',
    'lake',
    'reservoir',
    'pond',
    'basin',
  ],
  green: [
    '绿地',
    '绿化',
    '公园',
    '林地',
    '树林',
    '草地',
    '耕地',
    '农田',
    '园地',
    'park',
    'forest',
    'wood',
    'grass',
    'meadow',
    'farmland',
    'orchard',
    'scrub',
    'garden',
  ],
}

export const land: KindReader<LandRow> = defineKind(
  'land',
  [
    id('编号', 'id', 'land_id'),
    {
      name: 'kind',
      label: { zh: '类型', en: 'kind' },
      synonyms: ['type', 'class', 'natural', 'landuse', 'leisure', 'water', '类别', '地类', '地类名称'],
      required: true,
    },
    name,
  ],
  (values) => {
    values.required('kind')
    const kind = values.choice('kind', landKinds) ?? 'green'
    return {
      id: values.idOrPlace('id'),
      kind,
      boundary: values.boundary(true),
      ...present({ name: values.text('name') }),
    }
  },
)
