/** Sets that grow together; the name of a set is its smallest member. */
export interface Sets {
  readonly nameOf: (member: number) => number
  readonly join: (a: number, b: number) => void
}

export function setsOf(count: number): Sets {
  const up = Int32Array.from({ length: count }, (_, i) => i)
  const nameOf = (member: number): number => {
    let at = member
    while (up[at] !== at) {
      up[at] = up[up[at]!]!
      at = up[at]!
    }
    return at
  }
  return {
    nameOf,
    join(a, b) {
      const p = nameOf(a)
      const q = nameOf(b)
      if (p < q) up[q] = p
      else up[p] = q
    },
  }
}
