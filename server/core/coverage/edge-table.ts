import type { RingTable } from './ring-table.ts'

/**
 * Every edge of a division once, with its uses. An edge is undirected, its ends are vertices numbered by exact place
 * (low < high); a use is the ring vertex it starts from, which tells ring, owner and direction.
 */
export interface EdgeTable {
  /** Place of each distinct vertex. */
  readonly vertexX: Float64Array
  readonly vertexY: Float64Array
  /** Distinct vertex at each ring vertex. */
  readonly vertexOf: Int32Array
  readonly edges: number
  readonly low: Int32Array
  readonly high: Int32Array
  /** Edge starting at each ring vertex. */
  readonly edgeOf: Int32Array
  /** First use of each edge; `nextUse` leads on until -1. */
  readonly firstUse: Int32Array
  readonly nextUse: Int32Array
  /** Owner of each ring vertex. */
  readonly ownerOf: Int32Array
  /**
   * 1 where exactly two owners use the edge, in opposite directions: one line between two neighbours. As what is covered
   * lies left of a grid's edge and right of the area's, nothing can be wrong along it.
   */
  readonly matched: Uint8Array
}

/** True when the use runs from the edge's low to its high vertex. */
export const runsUp = (table: EdgeTable, use: number): boolean =>
  table.vertexOf[use] === table.low[table.edgeOf[use]!]

/** The uses of an edge, as ring vertices. */
export function usesOf(table: EdgeTable, edge: number): number[] {
  const uses: number[] = []
  for (let use = table.firstUse[edge]!; use !== -1; use = table.nextUse[use]!) uses.push(use)
  return uses
}

/**
 * The linear pass: numbers the vertices and edges by two hash tables and matches the uses.
 * @param broken owners whose geometry is invalid: their edges count as unmatched, because left and right of them mean nothing.
 */
export function edgeTable(rings: RingTable, broken: ReadonlySet<number>): EdgeTable {
  const { vertexOf, vertexX, vertexY } = numberVertices(rings)
  const n = rings.x.length
  const ownerOf = new Int32Array(n)
  const edgeOf = new Int32Array(n)
  const low = new Int32Array(n)
  const high = new Int32Array(n)
  const firstUse = new Int32Array(n)
  const nextUse = new Int32Array(n)
  const slots = new Int32Array(tableSize(n))
  const mask = slots.length - 1
  let edges = 0
  for (let owner = 0; owner < rings.owners; owner++) {
    for (let part = rings.ownerPart[owner]!; part < rings.ownerPart[owner + 1]!; part++) {
      for (let ring = rings.partRing[part]!; ring < rings.partRing[part + 1]!; ring++) {
        const start = rings.ringVertex[ring]!
        const end = rings.ringVertex[ring + 1]!
        for (let use = start; use < end; use++) {
          ownerOf[use] = owner
          const from = vertexOf[use]!
          const to = vertexOf[use + 1 < end ? use + 1 : start]!
          const a = from < to ? from : to
          const b = from < to ? to : from
          let slot = scramble(a, b) & mask
          let edge = slots[slot]! - 1
          while (edge >= 0 && (low[edge] !== a || high[edge] !== b)) {
            slot = (slot + 1) & mask
            edge = slots[slot]! - 1
          }
          if (edge < 0) {
            edge = edges++
            slots[slot] = edge + 1
            low[edge] = a
            high[edge] = b
            firstUse[edge] = -1
          }
          edgeOf[use] = edge
          nextUse[use] = firstUse[edge]!
          firstUse[edge] = use
        }
      }
    }
  }
  const matched = new Uint8Array(edges)
  for (let edge = 0; edge < edges; edge++) {
    const one = firstUse[edge]!
    const two = nextUse[one]!
    if (two === -1 || nextUse[two] !== -1 || ownerOf[one] === ownerOf[two]) continue
    if (broken.size > 0 && (broken.has(ownerOf[one]!) || broken.has(ownerOf[two]!))) continue
    // The two run against each other exactly when they start at different vertices.
    matched[edge] = vertexOf[one] === vertexOf[two] ? 0 : 1
  }
  return {
    vertexX,
    vertexY,
    vertexOf,
    edges,
    low: low.subarray(0, edges),
    high: high.subarray(0, edges),
    edgeOf,
    firstUse: firstUse.subarray(0, edges),
    nextUse,
    ownerOf,
    matched,
  }
}

function numberVertices(rings: RingTable): Pick<EdgeTable, 'vertexOf' | 'vertexX' | 'vertexY'> {
  const { x, y } = rings
  const n = x.length
  const vertexOf = new Int32Array(n)
  const vertexX = new Float64Array(n)
  const vertexY = new Float64Array(n)
  const slots = new Int32Array(tableSize(n))
  const mask = slots.length - 1
  const bits = new Float64Array(2)
  const words = new Int32Array(bits.buffer)
  let count = 0
  for (let i = 0; i < n; i++) {
    const px = x[i]!
    const py = y[i]!
    bits[0] = px
    bits[1] = py
    let slot = scramble(scramble(words[0]!, words[1]!), scramble(words[2]!, words[3]!)) & mask
    let vertex = slots[slot]! - 1
    while (vertex >= 0 && (vertexX[vertex] !== px || vertexY[vertex] !== py)) {
      slot = (slot + 1) & mask
      vertex = slots[slot]! - 1
    }
    if (vertex < 0) {
      vertex = count++
      slots[slot] = vertex + 1
      vertexX[vertex] = px
      vertexY[vertex] = py
    }
    vertexOf[i] = vertex
  }
  return { vertexOf, vertexX: vertexX.slice(0, count), vertexY: vertexY.slice(0, count) }
}

/** A power of two that leaves at least half of the slots empty. */
const tableSize = (entries: number): number => 2 ** Math.ceil(Math.log2(2 * entries + 2))

/** Mixes two integers into 32 well-spread bits (the finalizer of MurmurHash3). */
function scramble(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
