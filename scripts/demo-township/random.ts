/** Seeded randomness: sfc32 (Chris Doty-Humphrey, PractRand), one named stream a use, so that a change in one part leaves the others as they are. */

export interface Random {
  /** Uniform in [0, 1). */
  unit(): number
  /** Uniform in [from, to). */
  between(from: number, to: number): number
  /** Whole number in [from, to], both ends included. */
  whole(from: number, to: number): number
  chance(probability: number): boolean
  /** Gaussian, mean 0 (Box–Muller). */
  normal(sigma: number): number
  pick<T>(items: readonly T[]): T
  /** An item with probability proportional to its weight. */
  weighted<T>(items: readonly T[], weight: (item: T) => number): T
  shuffled<T>(items: readonly T[]): T[]
}

/** Four 32-bit words from a text (FNV-1a with four offsets). */
function words(text: string): [number, number, number, number] {
  const hash = (offset: number): number => {
    let h = offset
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
    return h | 0
  }
  return [hash(0x811c9dc5), hash(0x01234567), hash(0x2545f491), hash(0x9e3779b9)]
}

/** The stream called `name` of `seed`. Same arguments, same numbers, on every machine. */
export function randomStream(seed: string, name: string): Random {
  let [a, b, c, counter] = words(`${seed}/${name}`)
  const unit = (): number => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 15; i++) unit()
  const whole = (from: number, to: number): number => from + Math.floor(unit() * (to - from + 1))
  const pick = <T>(items: readonly T[]): T => {
    const item = items[whole(0, items.length - 1)]
    if (item === undefined) throw new RangeError('pick from an empty list')
    return item
  }
  return {
    unit,
    whole,
    pick,
    between: (from, to) => from + unit() * (to - from),
    chance: (probability) => unit() < probability,
    normal: (sigma) => sigma * Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    weighted: (items, weight) => {
      let rest = unit() * items.reduce((sum, item) => sum + weight(item), 0)
      for (const item of items) {
        rest -= weight(item)
        if (rest < 0) return item
      }
      return pick(items.slice(-1))
    },
    shuffled: (items) => {
      const list = [...items]
      for (let i = list.length - 1; i > 0; i--) {
        const j = whole(0, i)
        const held = list[i]!
        list[i] = list[j]!
        list[j] = held
      }
      return list
    },
  }
}
