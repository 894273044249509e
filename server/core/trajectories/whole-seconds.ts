import type { Tallies } from './tally-spans.ts'

const labels = ['inside', 'outside', 'unobserved', 'unreliable'] as const

/**
 * Milliseconds as whole seconds that still add up to the rounded whole: each is rounded down and those that lose most
 * get the seconds left over (largest remainder).
 */
export function wholeSeconds(milliseconds: Tallies['milliseconds']): Tallies['milliseconds'] {
  const exact = labels.map((label) => milliseconds[label] / 1000)
  const seconds = exact.map(Math.floor)
  const total = Math.round(exact.reduce((a, b) => a + b, 0))
  const left = total - seconds.reduce((a, b) => a + b, 0)
  const lost = exact.map((value, i) => value - seconds[i]!)
  const order = labels.map((_, i) => i).sort((a, b) => lost[b]! - lost[a]! || a - b)
  for (const i of order.slice(0, left)) seconds[i]!++
  const [inside, outside, unobserved, unreliable] = seconds as [number, number, number, number]
  return { inside, outside, unobserved, unreliable }
}
