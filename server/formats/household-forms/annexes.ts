/**
 * Annexes 1–4 of the plan of 大栗港镇 (000): the grids of a village and who answers for them, the households each keeps contact with,
 * the volunteers. Columns, their order and the lines above are those of the document; what the records do not have (sex, age,
 * schooling, the WeChat group) is left to be filled in by hand.
 */
import type { CellSpan, CellValue } from '../write-workbook.ts'
import { type FormTable, type HouseholdForm, withEmptyRows } from './form.ts'

/** Names and phones as they are to be printed: masked, or in the clear. */
export interface FormPerson {
  readonly id: string
  readonly name: string
  readonly phone: string | null
  /** leader, full_time, part_time, instructor, informant */
  readonly role: string
}

export interface FormHousehold {
  readonly head: string | null
  readonly phone: string | null
  readonly members: number | null
  /** In words. */
  readonly categories: readonly string[]
}

export interface FormContact extends FormPerson {
  /** Households kept contact with; null: the viewer may not know. */
  readonly households: number | null
  /** Those of them in this grid, for the roster. */
  readonly roster: readonly FormHousehold[]
}

export interface FormGrid {
  readonly code: string
  readonly name: string
  /** What the grid covers, in words: natural villages, or its name. */
  readonly covers: string
  readonly people: readonly FormContact[]
}

export interface FormVillage {
  readonly name: string
  readonly grids: readonly FormGrid[]
}

export interface FormInput {
  readonly township: string
  readonly villages: readonly FormVillage[]
  readonly made: number
}

const who = (people: readonly FormPerson[], role: string): string =>
  people
    .filter((one) => one.role === role)
    .map(({ name, phone }) => (phone === null ? name : `${name} ${phone}`))
    .join('\n')
const named = (people: readonly FormPerson[], role: string): string =>
  people
    .filter((one) => one.role === role)
    .map(({ name }) => name)
    .join('\n')

const form = (title: string, made: number, tables: readonly FormTable[]): HouseholdForm => ({
  title,
  made,
  tables,
})
const text = (header: string, width: number): { header: string; width: number } => ({ header, width })

/** 附件1 村网格架构情况: a village a sheet, its grids with leader and informant. */
export function annex1({ township, villages, made }: FormInput): HouseholdForm {
  const tables = villages.map(({ name, grids }): FormTable => {
    const columns = [
      text('序号', 6),
      text('管辖范围', 36),
      text('基础网格长\n及联系方式', 24),
      text('基础网格信息员及联系方式', 24),
    ]
    const rows = grids.map(({ covers, people }, i): CellValue[] => [
      String(i + 1),
      covers,
      who(people, 'leader'),
      who(people, 'informant'),
    ])
    return {
      name: `附件1 ${name}`,
      title: `${township}${name}网格架构情况`,
      lines: ['村网格长：　　　　　联系方式：　　　　　　　村级信息员：　　　　　联系方式：　　　　　'],
      columns,
      rows: withEmptyRows(rows, columns.length),
      spans: [],
      closing: [],
    }
  })
  return form('附件1 村网格架构情况', made, tables)
}

/** 附件2 网格架构情况: each worker of each grid with the households kept contact with; a grid's cells reach over its workers. */
export function annex2({ township, villages, made }: FormInput): HouseholdForm {
  const columns = [
    text('序号', 6),
    text('管辖范围', 24),
    text('基础网格长', 12),
    text('村级网格指导员及联系方式', 18),
    text('基础网格指导员及联系方式', 18),
    text('基础网格信息员及联系方式', 18),
    text('网格员姓名', 12),
    text('性别', 6),
    text('年龄', 6),
    text('文化程度', 10),
    text('联系方式', 14),
    { header: '联系农户数', width: 9, format: 'count' as const },
  ]
  const tables = villages.map(({ name, grids }): FormTable => {
    const rows: CellValue[][] = []
    const spans: CellSpan[] = []
    for (const [i, { covers, people }] of grids.entries()) {
      const own: readonly (FormContact | null)[] = people.length > 0 ? people : [null]
      for (let column = 0; column < 6; column++) spans.push({ row: rows.length, column, rows: own.length })
      for (const [at, one] of own.entries()) {
        const ofGrid =
          at === 0
            ? [
                String(i + 1),
                covers,
                named(people, 'leader'),
                // The documents have instructors of the village, too; the records know those of grids.
                null,
                who(people, 'instructor'),
                who(people, 'informant'),
              ]
            : [null, null, null, null, null, null]
        rows.push([
          ...ofGrid,
          one?.name ?? null,
          null,
          null,
          null,
          one?.phone ?? null,
          one?.households ?? null,
        ])
      }
    }
    return {
      name: `附件2 ${name}`,
      title: `${township}${name}网格架构情况`,
      lines: [],
      columns,
      rows: withEmptyRows(rows, columns.length),
      spans,
      closing: [],
    }
  })
  return form('附件2 网格架构情况', made, tables)
}

/** 第 … 网格, as the document has it, for whatever is not called a grid already. */
const gridWords = (name: string): string => (name.endsWith('网格') ? name : `第 ${name} 网格`)

/** 附件3 村网格员联系农户名册: a worker of a grid a sheet. */
export function annex3({ township, villages, made }: FormInput): HouseholdForm {
  const columns = [
    text('联系农户\n户主姓名', 16),
    text('农户联系方式', 18),
    text('农户家庭基本情况', 40),
    text('是否加入微信群', 14),
  ]
  const tables = villages.flatMap(({ name: village, grids }) =>
    grids.flatMap(({ code, name: grid, people }) =>
      people
        .filter(({ roster }) => roster.length > 0)
        .map(
          ({ id, name, phone, roster }): FormTable => ({
            name: `${code} ${id}`,
            title: `${township}${village}网格员联系农户名册`,
            lines: [`${gridWords(grid)}　　　网格员姓名：${name}　　　联系方式：${phone ?? ''}`],
            columns,
            rows: withEmptyRows(
              roster.map(({ head, phone: of, members, categories }): CellValue[] => [
                head,
                of,
                [...(members === null ? [] : [`${members} 人`]), ...categories].join('；'),
                null,
              ]),
              columns.length,
            ),
            spans: [],
            closing: [],
          }),
        ),
    ),
  )
  return form('附件3 村网格员联系农户名册', made, tables)
}

const roles: Readonly<Record<string, string>> = {
  leader: '网格长',
  full_time: '专职网格员',
  part_time: '兼职网格员',
  instructor: '网格指导员',
  informant: '信息员',
}

/** 附件4 综合志愿服务队花名册: everybody who serves in a village's grids, once; grid leaders lead the branches (000, 二(二)). */
export function annex4({ township, villages, made }: FormInput): HouseholdForm {
  const columns = [
    text('序号', 6),
    text('姓名', 14),
    text('所在网格', 24),
    text('职务', 22),
    text('联系方式', 18),
  ]
  const tables = villages.map(({ name, grids }): FormTable => {
    const people = new Map<
      string,
      { readonly one: FormPerson; readonly grids: string[]; readonly roles: string[] }
    >()
    for (const grid of grids)
      for (const one of grid.people) {
        const known = people.get(one.id) ?? { one, grids: [], roles: [] }
        people.set(one.id, known)
        const role = one.role === 'leader' ? '网格长（分队长）' : (roles[one.role] ?? one.role)
        if (!known.grids.includes(grid.name)) known.grids.push(grid.name)
        if (!known.roles.includes(role)) known.roles.push(role)
      }
    const rows = [...people.values()].map(({ one, grids: of, roles: as }, i): CellValue[] => [
      String(i + 1),
      one.name,
      of.join('、'),
      as.join('、'),
      one.phone,
    ])
    return {
      name: `附件4 ${name}`,
      title: `${township}${name}网格综合志愿服务队花名册`,
      lines: ['队长姓名：　　　　　　　　　联系方式：　　　　　　　　　'],
      columns,
      rows: withEmptyRows(rows, columns.length),
      spans: [],
      closing: [],
    }
  })
  return form('附件4 村网格综合志愿服务队花名册', made, tables)
}
