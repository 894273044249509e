import type { Drawing } from '../../../../server/core/planning/drawing/drawing.ts'
import type { GridKind } from '../../../../server/core/values.ts'

/**
 * A code for a new grid: one more than the highest of its kind in the village, as many digits. The planner may change it; the
 * codes are put in order and judged by the policy when the plan is submitted.
 * @param taken codes that are not to be given again although the drawing does not have them (any more)
 */
export function nextCode(
  drawing: Pick<Drawing, 'grids'>,
  village: string,
  kind: GridKind,
  taken: Iterable<string> = [],
  parent: string | null = null,
): string {
  const start = kind === 'microgrid' ? (parent ?? village) : `${village}${kind === 'dedicated' ? 2 : 1}`
  const used = new Set([...drawing.grids.keys(), ...taken])
  const numbers = [...used].flatMap((code) => {
    const rest = code.startsWith(start) ? code.slice(start.length) : ''
    return /^\d+$/.test(rest) ? [rest] : []
  })
  const digits = Math.max(2, ...numbers.map((rest) => rest.length))
  const highest = Math.max(0, ...numbers.filter((rest) => rest.length === digits).map(Number))
  for (let next = highest + 1; ; next++) {
    const code = start + String(next).padStart(digits, '0')
    if (!used.has(code)) return code
  }
}
