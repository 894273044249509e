/** Made-up villages of square atoms, with a division known to be in the band. */
import { drawBelow, mulberry32, type Random } from '../../../server/core/planning/random.ts'
import type { Atom, AtomBorder, AtomGraph } from '../../../server/core/planning/values.ts'

export const atomAt = (column: number, row: number, more: Partial<Atom> = {}): Atom => {
  const west = 120 + column * 0.001
  const south = 30 + row * 0.001
  return {
    id: `a${String(column).padStart(3, '0')}-${String(row).padStart(3, '0')}`,
    village: 'v1',
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, south],
          [west + 0.001, south],
          [west + 0.001, south + 0.001],
          [west, south + 0.001],
          [west, south],
        ],
      ],
    },
    site: null,
    group: null,
    households: 0,
    persons: 0,
    mustVisit: 0,
    ...more,
  }
}

export const borderOf = (a: number, b: number, more: Partial<AtomBorder> = {}): AtomBorder => ({
  a: Math.min(a, b),
  b: Math.max(a, b),
  lengthMetres: 100,
  barrierMetres: 100,
  name: null,
  rank: 3,
  crossable: true,
  ...more,
})

/** A lattice with the households given row by row, from the south. */
export function lattice(
  columns: number,
  households: readonly number[],
  more: (atom: number) => Partial<Atom> = () => ({}),
  border: (a: number, b: number) => Partial<AtomBorder> = () => ({}),
): AtomGraph {
  const atoms = households.map((one, i) =>
    atomAt(i % columns, Math.floor(i / columns), { households: one, persons: 3 * one, ...more(i) }),
  )
  const borders: AtomBorder[] = []
  for (let i = 0; i < atoms.length; i++) {
    if ((i + 1) % columns !== 0) borders.push(borderOf(i, i + 1, border(i, i + 1)))
    if (i + columns < atoms.length) borders.push(borderOf(i, i + columns, border(i, i + columns)))
  }
  return { atoms, borders }
}

export interface PlantedVillage {
  readonly graph: AtomGraph
  /** Part of each atom in a division that is contiguous, keeps the groups whole and has every part in the band. */
  readonly part: Int32Array
}

/**
 * A random village: an irregular planar net (a lattice with some borders taken out and some diagonals put in), grown into
 * parts, each given households within the band, spread unevenly over its atoms, some of them none, some grouped.
 */
export function plantedVillage(seed: number, band: { from: number; to: number }): PlantedVillage {
  const random = mulberry32(seed)
  const columns = 2 + drawBelow(random, 8)
  const rows = 2 + drawBelow(random, 8)
  const count = columns * rows
  const pairs: [number, number][] = []
  for (let i = 0; i < count; i++) {
    const right = (i + 1) % columns !== 0
    const up = i + columns < count
    if (right) pairs.push([i, i + 1])
    if (up) pairs.push([i, i + columns])
    if (right && up && random() < 0.3)
      pairs.push(random() < 0.5 ? [i, i + columns + 1] : [i + 1, i + columns])
  }
  const near: number[][] = Array.from({ length: count }, () => [])
  for (const [a, b] of pairs) {
    near[a]!.push(b)
    near[b]!.push(a)
  }
  const part = grownParts(near, 1 + drawBelow(random, Math.max(1, Math.floor(count / 4))), random)
  const households = new Int32Array(count)
  const groups: (string | null)[] = Array.from({ length: count }, () => null)
  for (let p = 0; p <= Math.max(...part); p++) {
    const mine = [...part.keys()].filter((i) => part[i] === p)
    const wanted = band.from + drawBelow(random, band.to - band.from + 1)
    const lived = mine.filter(() => random() < 0.7)
    if (lived.length === 0) lived.push(mine[0]!)
    for (let h = 0; h < wanted; h++) households[lived[drawBelow(random, lived.length)]!]! += 1
    if (random() < 0.4) growGroup(near, part, mine[drawBelow(random, mine.length)]!, `g${p}`, groups, random)
  }
  // Borders go only where both sides stay in touch within their part and the village stays one.
  const kept = pairs.filter(([a, b]) => part[a] === part[b] || random() < 0.9)
  const atoms = Array.from({ length: count }, (_, i) =>
    atomAt(i % columns, Math.floor(i / columns), {
      households: households[i]!,
      persons: 3 * households[i]!,
      group: groups[i]!,
    }),
  )
  const borders = kept.map(([a, b]) => {
    const lengthMetres = 20 + 180 * random()
    const onBarrier = random() < 0.7
    return borderOf(a, b, {
      lengthMetres,
      barrierMetres: onBarrier ? lengthMetres * random() : 0,
      rank: onBarrier ? drawBelow(random, 6) : null,
    })
  })
  return { graph: { atoms, borders }, part }
}

function grownParts(near: readonly (readonly number[])[], parts: number, random: Random): Int32Array {
  const part = new Int32Array(near.length).fill(-1)
  for (let p = 0; p < parts; p++) {
    let seed = drawBelow(random, near.length)
    while (part[seed]! >= 0) seed = (seed + 1) % near.length
    part[seed] = p
  }
  for (let left = near.length - parts; left > 0; ) {
    const i = drawBelow(random, near.length)
    const from = near[i]![drawBelow(random, near[i]!.length)]!
    if (part[i]! >= 0 || part[from]! < 0) continue
    part[i] = part[from]!
    left--
  }
  return part
}

function growGroup(
  near: readonly (readonly number[])[],
  part: Int32Array,
  seed: number,
  name: string,
  groups: (string | null)[],
  random: Random,
): void {
  const members = [seed]
  for (let tries = 0; tries < 6; tries++) {
    const row = near[members[drawBelow(random, members.length)]!]!
    const next = row[drawBelow(random, row.length)]!
    if (part[next] === part[seed] && !members.includes(next)) members.push(next)
  }
  for (const member of members) groups[member] = name
}

/** Whether the atoms of each code are connected over borders that may be crossed. */
export function contiguousCodes(graph: AtomGraph, codes: readonly (string | null)[]): boolean {
  const near: number[][] = graph.atoms.map(() => [])
  for (const { a, b, crossable } of graph.borders) {
    if (!crossable || codes[a] !== codes[b]) continue
    near[a]!.push(b)
    near[b]!.push(a)
  }
  return [...new Set(codes)].every((code) => {
    const mine = [...codes.keys()].filter((i) => codes[i] === code)
    const reached = new Set([mine[0]!])
    for (const i of reached) for (const j of near[i]!) reached.add(j)
    return reached.size === mine.length
  })
}
