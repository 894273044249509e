import type { AnalysisResult, CellResult } from './values.ts'

/**
 * For each cell 1 where its households are kept back: fewer than k, or what their total would betray such by. As `suppressSmall`
 * (core/policy/small-numbers) does with a table of one level, whose total is told: the small ones, and beside them the next larger
 * until they are two at least and any of them may be k or more, though each is known to be one. A county's cells are asked so often
 * that they are not made a table of.
 * @param ids of the cells, which decide among equals
 */
export function hiddenHouseholds(
  ids: readonly string[],
  households: ArrayLike<number>,
  k: number,
): Uint8Array {
  const hidden = new Uint8Array(ids.length)
  let [kept, sum] = [0, 0]
  const hide = (i: number): void => {
    hidden[i] = 1
    kept++
    sum += households[i]!
  }
  for (let i = 0; i < ids.length; i++) if (households[i]! > 0 && households[i]! < k) hide(i)
  const areSafe = (): boolean => kept > 1 && sum - (kept - 1) >= k
  if (kept === 0 || areSafe()) return hidden
  const told = [...ids.keys()]
    .filter((i) => households[i]! >= k)
    .sort((a, b) => households[a]! - households[b]! || (ids[a]! < ids[b]! ? -1 : 1))
  for (const i of told) {
    if (areSafe()) break
    hide(i)
  }
  return hidden
}

/**
 * The same answer without the households of cells that have fewer than k, nor those that their total would betray; nor what could be
 * turned back into them: rates by households, what would be expected by them, and tests of such rates.
 */
export function withholdSmall(result: AnalysisResult, k: number): AnalysisResult {
  if (result.households === null || k <= 1) return result
  const byHouseholds = result.question.measure !== 'count' && result.question.measure !== 'per-km2'
  const hidden = hiddenHouseholds(
    result.cells.map(({ id }) => id),
    result.cells.map(({ households }) => households ?? 0),
    k,
  )
  const cells = result.cells.map((cell, i): CellResult => {
    if (hidden[i] === 0) return cell
    const kept = byHouseholds ? { expected: null, value: null, z: null, p: null, q: null, class: null } : {}
    const even = byHouseholds && cell.pEven !== undefined && { pEven: null }
    return { ...cell, households: null, rate: null, ...kept, ...even, withheld: true }
  })
  if (!byHouseholds) return { ...result, cells }
  const values = cells.flatMap(({ value }) => (value === null ? [] : [value]))
  const largest = values.length === 0 ? null : values.reduce((most, value) => Math.max(most, value))
  const legend = { ...result.legend, largest, withoutValue: cells.length - values.length }
  return { ...result, cells, legend }
}
