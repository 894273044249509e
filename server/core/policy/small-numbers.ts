/**
 * Small numbers: below k households nothing is told that somebody could be recognised by. A small count is hidden, and with it as
 * many of its neighbours in the table that no total lets it be reckoned (complementary suppression; Hundepool et al., Statistical
 * Disclosure Control, 2012, ch. 4). The tables here are trees: a row is the sum of the rows below it (grids, villages, township).
 *
 * Hidden rows below a told one are at least two, and so many together that any of them may still be k or more, even though each is
 * known to be at least 1. Counts that bound one another (disabled households are some of all) tell more than sums do: so the table is
 * audited as somebody would attack it, by subtraction from totals and bounds, and more is hidden until no small count can be
 * told from 1 or from k.
 */

export interface CountRow {
  readonly code: string
  /** The row whose counts are the sums of this and its other children; null, or a code without a row: a root. */
  readonly parent: string | null
  /** Whole numbers from 0; null: not known, of nobody. */
  readonly counts: Readonly<Record<string, number | null>>
}

/** Columns that are hidden together: one follows from the others, or each of them tells of the same few. */
export interface LinkedColumns {
  readonly columns: readonly string[]
  /** A column that none of these exceeds in any row. */
  readonly within?: string
}

export interface SmallNumbersRule {
  /** The least count that is told; 1 hides nothing. */
  readonly k: number
  readonly groups: readonly LinkedColumns[]
}

export type Suppressed<Row extends CountRow> = Row & {
  /** Columns whose figures are kept back; their counts are null. In the order of the groups. */
  readonly hidden: readonly string[]
}

/**
 * The same rows in the same order, small counts and what would betray them null. Zeros are told: nobody is not somebody.
 * @throws RangeError when a row is not the sum of those below it: what would betray it could not be known
 */
export function suppressSmall<Row extends CountRow>(
  rows: readonly Row[],
  { k, groups }: SmallNumbersRule,
): Suppressed<Row>[] {
  const tree = treeOf(rows)
  const hiders = groups.map((group) => new GroupHider(tree, group, k))
  for (const hider of hiders) hider.settle()
  for (let betrayed = audit(tree, hiders, k); betrayed.length > 0; betrayed = audit(tree, hiders, k)) {
    let more = false
    // Where its own column has nothing more to hide, another one tells of it.
    for (const { row, hider } of betrayed)
      more = hider.hideMore(row) || hiders.map((one) => one.hideMore(row)).includes(true) || more
    if (!more) for (const hider of hiders) for (const row of rows) hider.hide(row)
    for (const hider of hiders) hider.settle()
    if (!more) break
  }
  return rows.map((row) => {
    const hidden = hiders.flatMap((one) => (one.hidden.has(row) ? one.group.columns : []))
    const counts = { ...row.counts, ...Object.fromEntries(hidden.map((column) => [column, null])) }
    return { ...row, counts, hidden }
  })
}

interface Tree {
  /** Below before above; among those of one depth by code. */
  readonly upwards: readonly CountRow[]
  readonly children: ReadonlyMap<CountRow, readonly CountRow[]>
  readonly parents: ReadonlyMap<CountRow, CountRow>
}

function treeOf(rows: readonly CountRow[]): Tree {
  const byCode = new Map(rows.map((row) => [row.code, row]))
  if (byCode.size < rows.length) throw new RangeError('two rows have one code')
  const children = new Map<CountRow, CountRow[]>(rows.map((row) => [row, []]))
  const parents = new Map<CountRow, CountRow>()
  for (const row of rows) {
    const parent = row.parent === null ? undefined : byCode.get(row.parent)
    if (!parent) continue
    parents.set(row, parent)
    children.get(parent)!.push(row)
  }
  const depths = new Map<CountRow, number>()
  for (const row of rows) {
    let depth = 0
    for (let above = parents.get(row); above; above = parents.get(above))
      if (++depth > rows.length) throw new RangeError(`${row.code} is above itself`)
    depths.set(row, depth)
  }
  const upwards = rows.toSorted((a, b) => depths.get(b)! - depths.get(a)! || (a.code < b.code ? -1 : 1))
  for (const row of upwards) requireSums(row, children.get(row)!)
  return { upwards, children, parents }
}

function requireSums(row: CountRow, below: readonly CountRow[]): void {
  if (below.length === 0) return
  for (const [column, count] of Object.entries(row.counts)) {
    const sum = below.reduce((so, one) => so + at(one, column), 0)
    if (count !== null && count !== sum)
      throw new RangeError(`${column} of ${row.code} is not the sum of the rows below it`)
  }
}

const at = (row: CountRow, column: string): number => row.counts[column] ?? 0

/** Which rows of one group of columns are hidden; it only ever grows. */
class GroupHider {
  readonly tree: Tree
  readonly group: LinkedColumns
  readonly k: number
  readonly hidden = new Set<CountRow>()

  constructor(tree: Tree, group: LinkedColumns, k: number) {
    this.tree = tree
    this.group = group
    this.k = k
    for (const row of tree.upwards)
      if (group.columns.some((column) => this.isSmall(row, column))) this.hide(row)
  }

  isSmall(row: CountRow, column: string): boolean {
    return at(row, column) > 0 && at(row, column) < this.k
  }

  /** Nobody, or nothing known: there is nothing to hide. */
  isEmpty(row: CountRow): boolean {
    return this.#size(row) === 0
  }

  hide(row: CountRow): void {
    if (!this.isEmpty(row)) this.hidden.add(row)
  }

  /** Hides this row, else the smallest told one beside it, else what is above them, else the same there; false when nothing is told. */
  hideMore(row: CountRow): boolean {
    const before = this.hidden.size
    this.hide(row)
    if (this.hidden.size > before) return true
    const parent = this.tree.parents.get(row)
    if (!parent) return false
    const [next] = this.#toldBelow(parent)
    if (!next) return this.hideMore(parent)
    this.hide(next)
    return true
  }

  /** Hides what sums would tell: enough beside each hidden row, and all that is below one. */
  settle(): void {
    const { upwards, children } = this.tree
    for (const parent of upwards) {
      if (this.hidden.has(parent) || this.isEmpty(parent)) continue
      const kept = children.get(parent)!.filter((row) => this.hidden.has(row))
      if (kept.length === 0) continue
      const others = this.#toldBelow(parent)
      while (!this.#areSafe(kept) && others.length > 0) kept.push(others.shift()!)
      if (this.#areSafe(kept)) for (const row of kept) this.hide(row)
      else this.hide(parent)
    }
    for (const row of upwards.toReversed())
      if (this.hidden.has(row)) for (const below of children.get(row)!) this.hide(below)
  }

  /** What a hidden count is known to be at least: 1 in each lowest row that has somebody, where the column is hidden alone. */
  leastOf(row: CountRow): number {
    return this.group.columns.length === 1 ? this.leavesOf(row) : 1
  }

  /** Rows below this that have somebody and no rows below themselves. */
  leavesOf(row: CountRow): number {
    const below = this.tree.children.get(row)!
    if (below.length === 0) return this.isEmpty(row) ? 0 : 1
    return below.reduce((sum, one) => sum + this.leavesOf(one), 0)
  }

  #areSafe(kept: readonly CountRow[]): boolean {
    const leaves = kept.reduce((sum, row) => sum + this.leavesOf(row), 0)
    return (
      kept.length > 1 &&
      this.group.columns.every((column) => {
        const sum = kept.reduce((so, row) => so + at(row, column), 0)
        return sum === 0 || sum - (leaves - 1) >= this.k
      })
    )
  }

  /** Smallest first, then by code. */
  #toldBelow(parent: CountRow): CountRow[] {
    return this.tree.children
      .get(parent)!
      .filter((row) => !this.hidden.has(row) && !this.isEmpty(row))
      .sort((a, b) => this.#size(a) - this.#size(b) || (a.code < b.code ? -1 : 1))
  }

  #size(row: CountRow): number {
    return this.group.columns.reduce((sum, column) => sum + at(row, column), 0)
  }
}

/** Least and most that a count can be, for all anybody can tell. */
interface Bounds {
  low: number
  high: number
}

/** Small counts that can be told from 1 or from k by subtraction; an attack as anybody could make it. */
function audit(
  { upwards, children }: Tree,
  hiders: readonly GroupHider[],
  k: number,
): { readonly row: CountRow; readonly hider: GroupHider }[] {
  const cells = new Map(
    hiders.flatMap((hider) =>
      hider.group.columns.map((column): [string, Map<CountRow, Bounds>] => [
        column,
        firstBounds(upwards, hider, column),
      ]),
    ),
  )
  const pairs = hiders.flatMap(({ group: { columns, within } }) =>
    within === undefined ? [] : columns.map((column): [string, string] => [column, within]),
  )
  for (let moved = true; moved; ) {
    moved = false
    const tighten = (cell: Bounds, low: number, high: number): void => {
      if (low <= cell.low && high >= cell.high) return
      cell.low = Math.max(low, cell.low)
      cell.high = Math.min(high, cell.high)
      moved = true
    }
    for (const column of cells.values())
      for (const parent of upwards) {
        const parts = children.get(parent)!.map((row) => column.get(row)!)
        if (parts.length > 0) subtract(column.get(parent)!, parts, tighten)
      }
    for (const [inner, outer] of pairs)
      for (const row of upwards) {
        const [part, whole] = [cells.get(inner)!.get(row)!, cells.get(outer)!.get(row)!]
        tighten(part, part.low, whole.high)
        tighten(whole, part.low, whole.high)
      }
  }
  return hiders.flatMap((hider) =>
    [...hider.hidden]
      .filter((row) =>
        hider.group.columns.some((column) => {
          const { low, high } = cells.get(column)!.get(row)!
          return hider.isSmall(row, column) && (high < k || low > hider.leastOf(row))
        }),
      )
      .map((row) => ({ row, hider })),
  )
}

function firstBounds(
  rows: readonly CountRow[],
  { hidden, group }: GroupHider,
  column: string,
): Map<CountRow, Bounds> {
  // Who is hidden is not 0, where the column is hidden alone.
  const least = group.columns.length === 1 ? 1 : 0
  return new Map(
    rows.map((row) => {
      const count = at(row, column)
      return [
        row,
        hidden.has(row) ? { low: least, high: Number.MAX_SAFE_INTEGER } : { low: count, high: count },
      ]
    }),
  )
}

/** A whole is the sum of its parts. */
function subtract(
  whole: Bounds,
  parts: readonly Bounds[],
  tighten: (cell: Bounds, low: number, high: number) => void,
): void {
  let [low, high] = [0, 0]
  for (const part of parts) {
    low += part.low
    high += part.high
  }
  tighten(whole, low, high)
  const { low: least, high: most } = whole
  for (const part of parts) tighten(part, least - (high - part.high), most - (low - part.low))
}
