import type { Position } from 'geojson'

/** Joins short lines end to end into as long ones as they make without branching. Directions are not kept. */
export function chainLines(lines: readonly (readonly [Position, Position])[]): Position[][] {
  const keyOf = (p: Position): string => `${p[0]} ${p[1]}`
  const at = new Map<string, number[]>()
  for (const [i, line] of lines.entries())
    for (const end of line) {
      const list = at.get(keyOf(end))
      if (list) list.push(i)
      else at.set(keyOf(end), [i])
    }
  const used = new Uint8Array(lines.length)
  /** Walks on from a position while exactly one unused line continues there. */
  const extend = (chain: Position[]): void => {
    for (;;) {
      const key = keyOf(chain.at(-1)!)
      const here = at.get(key)!
      const [next, ...others] = here.filter((i) => used[i] === 0)
      if (next === undefined || others.length > 0 || here.length > 2) return
      used[next] = 1
      const [p, q] = lines[next]!
      chain.push(keyOf(p) === key ? q : p)
    }
  }
  const chains: Position[][] = []
  for (const [i, [p, q]] of lines.entries()) {
    if (used[i] === 1) continue
    used[i] = 1
    const chain = [p, q]
    extend(chain)
    chain.reverse()
    extend(chain)
    chains.push(chain)
  }
  return chains
}
