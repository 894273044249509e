/**
 * The closure ladder: county → township → village → grid → microgrid → household. On every day each unit's households are
 * those of the units below it, none missing and none counted twice; the first step where that fails is named, with both
 * sums and who it is about (区不漏房、房不漏户).
 */
import type { Message } from '../values.ts'

export const ladderLevels = ['county', 'township', 'village', 'grid', 'microgrid', 'household'] as const
export type LadderLevel = (typeof ladderLevels)[number]

/** A unit of a level on one day. */
export interface LadderUnit {
  readonly code: string
  /** Code of the unit it belongs to, one level up or, past a level it has nothing in, higher; null when that is not known. */
  readonly parent: string | null
  /** Households that it says it has; 1 for a household itself. */
  readonly total: number
  /** Ids of those households, where it lists them; a household's own id is its code. */
  readonly households?: readonly string[]
}

export interface LadderRow {
  readonly level: LadderLevel
  readonly units: readonly LadderUnit[]
}

/** A unit whose total is not the sum of what is below it. */
export interface LadderGap {
  readonly code: string
  readonly total: number
  readonly sum: number
  /** Households it lists that no unit below has. Sorted. */
  readonly missing: readonly string[]
  /** Households that two or more units below have. Sorted. */
  readonly doubled: readonly string[]
  /** Households below that it does not list. Sorted. */
  readonly strange: readonly string[]
}

/** From one level to the next. */
export interface LadderStep {
  readonly upper: LadderLevel
  readonly lower: LadderLevel
  readonly closes: boolean
  readonly upperTotal: number
  readonly lowerTotal: number
  /** By code. */
  readonly gaps: readonly LadderGap[]
  /** Units of the lower level that belong to no unit above. Sorted. */
  readonly orphans: readonly string[]
  /** Codes that the lower level has more than once. Sorted. */
  readonly repeated: readonly string[]
}

export interface Ladder {
  readonly steps: readonly LadderStep[]
  /** The first step that does not close; null when all do. */
  readonly firstOpen: LadderStep | null
  readonly message: Message
}

/**
 * Climbs down the levels given, in the ladder's order whatever the order of rows; levels not given are passed over. A grid without
 * microgrids stands for itself on that level, so that its households may belong to it directly.
 */
export function closureLadder(rows: readonly LadderRow[]): Ladder {
  const given = ladderLevels.flatMap((level) => {
    const units = rows.filter((row) => row.level === level).flatMap((row) => row.units)
    return units.length > 0 ? [{ level, units }] : []
  })
  const steps: LadderStep[] = []
  let [upper] = given
  for (const lower of given.slice(1)) {
    const parents = new Set(lower.units.map(({ parent }) => parent))
    const standing = lower.level === 'microgrid' ? upper!.units.filter(({ code }) => !parents.has(code)) : []
    const divided =
      standing.length > 0 ? upper!.units.filter((unit) => !standing.includes(unit)) : upper!.units
    steps.push(step({ level: upper!.level, units: divided }, lower))
    upper = { level: lower.level, units: [...lower.units, ...standing] }
  }
  const firstOpen = steps.find(({ closes }) => !closes) ?? null
  return { steps, firstOpen, message: firstOpen ? openMessage(firstOpen) : closedMessage }
}

/** The ladder of every day, and the first day on which it does not close; null when it always does. */
export function closureByDay(
  days: readonly { readonly day: string; readonly rows: readonly LadderRow[] }[],
): {
  readonly days: readonly { readonly day: string; readonly ladder: Ladder }[]
  readonly firstOpen: string | null
} {
  const ladders = days
    .map(({ day, rows }) => ({ day, ladder: closureLadder(rows) }))
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  return { days: ladders, firstOpen: ladders.find(({ ladder }) => ladder.firstOpen)?.day ?? null }
}

function step(upper: LadderRow, lower: LadderRow): LadderStep {
  const children = new Map<string, LadderUnit[]>(upper.units.map(({ code }) => [code, []]))
  const orphans: string[] = []
  for (const unit of lower.units) {
    const siblings = unit.parent === null ? undefined : children.get(unit.parent)
    if (siblings) siblings.push(unit)
    else orphans.push(unit.code)
  }
  const gaps = upper.units
    .flatMap((unit) => gapOf(unit, children.get(unit.code)!, lower.level))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
  const repeated = twice(lower.units.map(({ code }) => code))
  return {
    upper: upper.level,
    lower: lower.level,
    closes: gaps.length === 0 && orphans.length === 0 && repeated.length === 0,
    upperTotal: sumOf(upper.units),
    lowerTotal: sumOf(lower.units),
    gaps,
    orphans: orphans.toSorted(),
    repeated,
  }
}

function gapOf(unit: LadderUnit, below: readonly LadderUnit[], level: LadderLevel): LadderGap[] {
  const lists = below.map((one) => (level === 'household' ? [one.code] : one.households))
  const sum = sumOf(below)
  const known = lists.every((list) => list !== undefined)
  const ids = lists.flatMap((list) => list ?? [])
  const [own, there] = [new Set(unit.households), new Set(ids)]
  const isListed = known && unit.households !== undefined
  const gap: LadderGap = {
    code: unit.code,
    total: unit.total,
    sum,
    missing: isListed ? [...own].filter((id) => !there.has(id)).toSorted() : [],
    doubled: known ? twice(ids) : [],
    strange: isListed ? [...there].filter((id) => !own.has(id)).toSorted() : [],
  }
  const closes =
    sum === unit.total && [gap.missing, gap.doubled, gap.strange].every((list) => list.length === 0)
  return closes ? [] : [gap]
}

const sumOf = (units: readonly LadderUnit[]): number => units.reduce((sum, { total }) => sum + total, 0)

/** What a list has more than once, sorted. */
function twice(list: readonly string[]): string[] {
  const seen = new Set<string>()
  return [...new Set(list.filter((one) => seen.size === seen.add(one).size))].toSorted()
}

const names: Readonly<Record<LadderLevel, Message>> = {
  county: { zh: '县', en: 'county' },
  township: { zh: '乡镇', en: 'township' },
  village: { zh: '村（社区）', en: 'village' },
  grid: { zh: '网格', en: 'grid' },
  microgrid: { zh: '微网格', en: 'microgrid' },
  household: { zh: '户', en: 'household' },
}

const closedMessage: Message = { zh: '各级户数逐级相符', en: 'the totals close at every level' }

function openMessage({ upper, lower, gaps, orphans, repeated, upperTotal, lowerTotal }: LadderStep): Message {
  const [first] = gaps
  const [above, below] = [names[upper], names[lower]]
  const who = (list: readonly string[] | undefined, zh: string, en: string): Message[] =>
    list?.length ? [{ zh: `${zh} ${some(list, '、')}`, en: `${en} ${some(list, ', ')}` }] : []
  const details = [
    ...who(first?.missing, '漏', 'missing'),
    ...who(first?.doubled, '重', 'counted twice'),
    ...who(first?.strange, '多出', 'not listed above'),
    ...who(orphans, `不属于任何${above.zh}：`, `in no ${above.en}:`),
    ...who(repeated, '编码重复', 'code repeated'),
  ]
  const sums: Message = first
    ? {
        zh: `${above.zh} ${first.code} 有 ${first.total} 户，所属${below.zh}合计 ${first.sum} 户`,
        en: `${above.en} ${first.code} has ${first.total} households, its ${below.en}s ${first.sum}`,
      }
    : {
        zh: `${above.zh}合计 ${upperTotal} 户，${below.zh}合计 ${lowerTotal} 户`,
        en: `${upperTotal} households by ${above.en}, ${lowerTotal} by ${below.en}`,
      }
  return {
    zh: [sums, ...details].map((one) => one.zh).join('；'),
    en: [sums, ...details].map((one) => one.en).join('; '),
  }
}

/** Enough of a list to go on. */
const some = (list: readonly string[], comma: string): string =>
  list.length <= 5 ? list.join(comma) : `${list.slice(0, 5).join(comma)} … (${list.length})`
