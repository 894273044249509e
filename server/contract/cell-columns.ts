/**
 * The cells of an analysis by columns, as the screen asks for them (`format=columns`): a county's cells repeat the names of their
 * figures tens of thousands of times; without them the answer is half as long and read in half the time. No schema here: the web
 * application turns columns into cells with it.
 */
import type { Analysis, AnalysisCell, AnalysisColumns, CellColumns } from './analysis.ts'

type Name = keyof AnalysisCell
/** The values, or the different ones among them and which of these each is. */
type Column<T> = readonly T[] | { readonly of: readonly T[]; readonly at: readonly number[] }

/** Every figure of a cell. Read by its name in the code: by a name in a variable it takes ten times as long. */
const figures: { readonly [Key in Name]-?: (cell: AnalysisCell) => AnalysisCell[Key] } = {
  h3: (cell) => cell.h3,
  grid: (cell) => cell.grid,
  name: (cell) => cell.name,
  count: (cell) => cell.count,
  expected: (cell) => cell.expected,
  per_km2: (cell) => cell.per_km2,
  rate: (cell) => cell.rate,
  households: (cell) => cell.households,
  withheld: (cell) => cell.withheld,
  value: (cell) => cell.value,
  z: (cell) => cell.z,
  p: (cell) => cell.p,
  p_even: (cell) => cell.p_even,
  q: (cell) => cell.q,
  class: (cell) => cell.class,
  quadrant: (cell) => cell.quadrant,
  trend_z: (cell) => cell.trend_z,
  trend_p: (cell) => cell.trend_p,
  counts: (cell) => cell.counts,
  before: (cell) => cell.before,
  change: (cell) => cell.change,
}

/** The same answer with its cells by columns; what is the same in all of them stands there once. */
export const byColumns = (analysis: Analysis): AnalysisColumns => ({
  ...analysis,
  cells: columnsOf(analysis.cells),
})

/** Its JSON, in ASCII wherever the cells are: such a text is written and read in half the time, and the words are few. */
export function columnsJson(analysis: Analysis): string {
  const { cells, ...about } = byColumns(analysis)
  const words = JSON.stringify(about).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `${words.slice(0, -1)},"cells":${JSON.stringify(cells)}}`
}

function columnsOf(cells: readonly AnalysisCell[]): CellColumns {
  const common: CellColumns['common'] = {}
  const columns: CellColumns['columns'] = {}
  for (const [name, read] of Object.entries<(cell: AnalysisCell) => unknown>(figures)) {
    const values = cells.map(read)
    const [first] = values
    if (values.some((value) => value !== first)) columns[name] = numbered(values) ?? values
    else if (first !== undefined) common[name] = first
  }
  return { size: cells.length, common, columns }
}

/** Among fewer cells than this for each different value, the value is written with each. */
const worthNumbering = 8

/** Of counts most tests have few different values: each is written once, and of each cell which it is. Null: there are too many. */
function numbered(values: readonly unknown[]): { of: unknown[]; at: number[] } | null {
  const numbers = new Map<unknown, number>()
  const at: number[] = []
  for (const value of values) {
    let number = numbers.get(value)
    if (number === undefined) {
      number = numbers.size
      numbers.set(value, number)
      if (numbers.size * worthNumbering > values.length) return null
    }
    at.push(number)
  }
  return { of: [...numbers.keys()].map((value) => value ?? null), at }
}

/** The answer with its cells as objects: equal to what `format=json` says; what it leaves out is undefined. */
export const byCells = (analysis: AnalysisColumns): Analysis => ({
  ...analysis,
  cells: cellsOf(analysis.cells),
})

function cellsOf({ size, common, columns }: CellColumns): AnalysisCell[] {
  const read = <Key extends Name>(name: Key): ((i: number) => AnalysisCell[Key]) => {
    const column = columns[name] as Column<AnalysisCell[Key]> | undefined
    const same = common[name] as AnalysisCell[Key]
    if (column === undefined) return () => same
    if (!('of' in column)) return (i) => column[i]!
    const { of, at } = column
    return (i) => of[at[i]!]!
  }
  const at = {
    h3: read('h3'),
    grid: read('grid'),
    name: read('name'),
    count: read('count'),
    expected: read('expected'),
    per_km2: read('per_km2'),
    rate: read('rate'),
    households: read('households'),
    withheld: read('withheld'),
    value: read('value'),
    z: read('z'),
    p: read('p'),
    p_even: read('p_even'),
    q: read('q'),
    class: read('class'),
    quadrant: read('quadrant'),
    trend_z: read('trend_z'),
    trend_p: read('trend_p'),
    counts: read('counts'),
    before: read('before'),
    change: read('change'),
  }
  return Array.from(
    { length: size },
    (_, i): AnalysisCell => ({
      h3: at.h3(i),
      grid: at.grid(i),
      name: at.name(i),
      count: at.count(i),
      expected: at.expected(i),
      per_km2: at.per_km2(i),
      rate: at.rate(i),
      households: at.households(i),
      // True or absent, which a column writes as null.
      withheld: at.withheld(i) ?? undefined,
      value: at.value(i),
      z: at.z(i),
      p: at.p(i),
      p_even: at.p_even(i),
      q: at.q(i),
      class: at.class(i),
      quadrant: at.quadrant(i),
      trend_z: at.trend_z(i),
      trend_p: at.trend_p(i),
      counts: at.counts(i),
      before: at.before(i),
      change: at.change(i),
    }),
  )
}
