import { distanceMetres } from '../geometry/distance-metres.ts'
import {
  formatGridCode,
  formatMicrogridCode,
  type GridCodePolicy,
  sequenceLimit,
} from '../policy/grid-codes.ts'
import type { Flaw, GridKind } from '../values.ts'

/** A grid that needs a code. */
export interface UnnumberedGrid {
  /** What the plan calls it until then. */
  readonly id: string
  readonly village: string
  readonly kind: GridKind
  /** For a microgrid, the code of the grid it lies in, itself final. */
  readonly parent: string | null
  /** A point inside, WGS 84: the centre of its largest circle is the one people point at. */
  readonly longitude: number
  readonly latitude: number
  readonly areaSquareMetres: number
}

export interface Numbering {
  /** Code by id. */
  readonly codes: ReadonlyMap<string, string>
  /** `codes_exhausted`: no number is left for the grid; `code_unwritable`: the village's code is too short for the policy. */
  readonly flaws: readonly Flaw[]
}

/**
 * Codes for new grids, "from west to east, from north to south" (CJ/T 349-2010 §5.7: "from left to right, from top to bottom"):
 * read like a page, row by row from the north, each row from the west. A row begins at the northernmost grid left and takes
 * every grid whose point lies less than a row's height south of it; a row is as high as the side of a square of the village's
 * median area. Grids of one row at one longitude stand in the order of latitude, then of id. The order of the input does
 * not show.
 *
 * Each scope (a village, with the kind where codes tell it; a parent for microgrids) counts up through the numbers that never
 * were used: a retired code names the old ground for ever.
 * @param used every code ever given, in force or retired
 */
export function numberGrids(
  grids: readonly UnnumberedGrid[],
  policy: GridCodePolicy,
  used: Iterable<string>,
): Numbering {
  const taken = new Set(used)
  const codes = new Map<string, string>()
  const flaws: Flaw[] = []
  const last = new Map<string, number>()
  for (const grid of readingOrder(grids)) {
    const write = (sequence: number): string | null => writeCode(policy, grid, sequence)
    // The code of its first number names the scope.
    const scope = write(1)
    if (scope === null) {
      flaws.push(unwritable(grid))
      continue
    }
    let sequence = (last.get(scope) ?? 0) + 1
    let code = write(sequence)
    while (code !== null && taken.has(code)) code = write(++sequence)
    if (code === null) flaws.push(exhausted(grid, sequenceLimit(policy, grid.kind)))
    else {
      codes.set(grid.id, code)
      taken.add(code)
      last.set(scope, sequence)
    }
  }
  return { codes, flaws }
}

function writeCode(policy: GridCodePolicy, grid: UnnumberedGrid, sequence: number): string | null {
  const { village, kind, parent } = grid
  if (kind !== 'microgrid') return formatGridCode(policy, { village, kind, sequence })
  return parent === null ? null : formatMicrogridCode(policy, parent, sequence)
}

/** Village by village, each read in rows. */
function readingOrder(grids: readonly UnnumberedGrid[]): UnnumberedGrid[] {
  const pages = new Map<string, UnnumberedGrid[]>()
  for (const grid of grids) {
    const page = pages.get(pageOf(grid))
    if (page) page.push(grid)
    else pages.set(pageOf(grid), [grid])
  }
  return [...pages.keys()].toSorted(byText).flatMap((key) => readPage(pages.get(key)!))
}

const pageOf = ({ village, kind, parent }: UnnumberedGrid): string =>
  kind === 'microgrid' ? `${village} ${parent}` : village

function readPage(page: readonly UnnumberedGrid[]): UnnumberedGrid[] {
  const heightMetres = Math.sqrt(median(page.map((grid) => grid.areaSquareMetres)))
  const southwards = page.toSorted(
    (p, q) => q.latitude - p.latitude || p.longitude - q.longitude || byText(p.id, q.id),
  )
  const read: UnnumberedGrid[] = []
  let row: UnnumberedGrid[] = []
  const endRow = (): void => {
    read.push(
      ...row.toSorted((p, q) => p.longitude - q.longitude || q.latitude - p.latitude || byText(p.id, q.id)),
    )
    row = []
  }
  for (const grid of southwards) {
    const first = row[0]
    if (
      first &&
      distanceMetres(first.longitude, first.latitude, first.longitude, grid.latitude) >= heightMetres
    )
      endRow()
    row.push(grid)
  }
  endRow()
  return read
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((p, q) => p - q)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

const byText = (p: string, q: string): number => (p < q ? -1 : p > q ? 1 : 0)

const exhausted = ({ id, village }: UnnumberedGrid, limit: number): Flaw => ({
  code: 'codes_exhausted',
  place: { id },
  message: {
    zh: `${village} 的网格编码已用完：顺序号最大为 ${limit}，用过的编码不再使用`,
    en: `the grid codes of ${village} are used up: numbers end at ${limit}, and a code once used is never given again`,
  },
})

const unwritable = ({ id, village }: UnnumberedGrid): Flaw => ({
  code: 'code_unwritable',
  place: { id },
  value: village,
  message: {
    zh: `无法按编码规则为该网格编码：村（社区）代码“${village}”不是足够位数的数字，或缺少所属网格`,
    en: `no code can be written for this grid: the village's code "${village}" has too few digits, or the grid it lies in is not given`,
  },
})
