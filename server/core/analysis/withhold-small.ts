import { suppressSmall } from '../policy/small-numbers.ts'
import type { AnalysisResult, CellResult } from './values.ts'

/** For each cell 1 where its households are kept back: fewer than k, or what their total would betray such by. */
export function hiddenHouseholds(
  ids: readonly string[],
  households: ArrayLike<number>,
  k: number,
): Uint8Array {
  if (k <= 1) return new Uint8Array(ids.length)
  const total = Array.from(households).reduce((sum, count) => sum + count, 0)
  const all = { code: 'all', parent: null, counts: { households: total } }
  const rows = ids.map((code, i) => ({ code, parent: 'all', counts: { households: households[i]! } }))
  const told = suppressSmall([all, ...rows], { k, groups: [{ columns: ['households'] }] })
  return Uint8Array.from(ids, (_, i) => (told[i + 1]!.hidden.length > 0 ? 1 : 0))
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
