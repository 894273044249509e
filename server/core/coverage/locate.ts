import Flatbush from 'flatbush'
import { orientation } from '../geometry/orientation.ts'
import type { RingTable } from './ring-table.ts'

/** Which owners a point belongs to. Indices of the ring table's owners, ascending. */
export interface Location {
  /** Owners that have the point in their interior. */
  readonly inside: readonly number[]
  /** Owners on whose boundary it lies. */
  readonly on: readonly number[]
}

/** Rings from this many vertices on are searched by bands of latitude. */
const BANDED_FROM = 64

interface Bands {
  readonly south: number
  readonly north: number
  readonly perDegree: number
  /** First entry of each band in `members`; bands + 1 entries. */
  readonly start: Int32Array
  /** Ring vertices whose edge reaches into the band. */
  readonly members: Int32Array
}

/**
 * A function that finds the owners of a point, exactly for the coordinates given, in logarithmic time by parts and by
 * the edges at the point's latitude. A part covers what its outer ring winds around and none of its holes does, however
 * often and in whichever sense: so a ring that crosses itself still covers what it encloses.
 */
export function locator(rings: RingTable): (longitude: number, latitude: number) => Location {
  const parts = rings.partRing.length - 1
  const ownerOfPart = new Int32Array(parts)
  for (let o = 0; o < rings.owners; o++) ownerOfPart.fill(o, rings.ownerPart[o], rings.ownerPart[o + 1])
  const index = parts > 0 ? partIndex(rings) : null
  const bands = new Map<number, Bands>()

  /** Winding number of a ring around the point, or NaN on the ring. */
  function winding(ring: number, px: number, py: number): number {
    const start = rings.ringVertex[ring]!
    const end = rings.ringVertex[ring + 1]!
    if (end - start < BANDED_FROM) {
      let sum = 0
      for (let i = start; i < end; i++) sum += crossing(rings, i, i + 1 < end ? i + 1 : start, px, py)
      return sum
    }
    let ringBands = bands.get(ring)
    if (!ringBands) {
      ringBands = bandsOf(rings, start, end)
      bands.set(ring, ringBands)
    }
    if (py < ringBands.south || py > ringBands.north) return 0
    const last = ringBands.start.length - 2
    const band = Math.min(last, Math.floor((py - ringBands.south) * ringBands.perDegree))
    let sum = 0
    for (let k = ringBands.start[band]!; k < ringBands.start[band + 1]!; k++) {
      const i = ringBands.members[k]!
      sum += crossing(rings, i, i + 1 < end ? i + 1 : start, px, py)
    }
    return sum
  }

  return (px, py) => {
    const inside: number[] = []
    const on: number[] = []
    if (!index || !Number.isFinite(px) || !Number.isFinite(py)) return { inside, on }
    for (const part of index.search(px, py, px, py)) {
      const first = rings.partRing[part]!
      let within = winding(first, px, py)
      for (let ring = first + 1; within !== 0 && ring < rings.partRing[part + 1]!; ring++) {
        const around = winding(ring, px, py)
        if (Number.isNaN(around)) within = Number.NaN
        else if (around !== 0) within = 0
      }
      if (within !== 0) (Number.isNaN(within) ? on : inside).push(ownerOfPart[part]!)
    }
    inside.sort((a, b) => a - b)
    on.sort((a, b) => a - b)
    return {
      inside: inside.filter((owner, i) => owner !== inside[i - 1]),
      on: on.filter((owner, i) => owner !== on[i - 1] && !inside.includes(owner)),
    }
  }
}

/** +1 or -1 where the edge i → j passes east of the point going up or down, NaN where the point lies on it. */
function crossing(rings: RingTable, i: number, j: number, px: number, py: number): number {
  const ax = rings.x[i]!
  const ay = rings.y[i]!
  const bx = rings.x[j]!
  const by = rings.y[j]!
  if ((ay < py && by < py) || (ay > py && by > py) || (ax < px && bx < px)) return 0
  const turn = orientation(ax, ay, bx, by, px, py)
  if (turn === 0 && ax > px !== bx > px) return Number.NaN
  if (turn === 0 && (ax === px || bx === px)) return Number.NaN
  if (ay <= py) return by > py && turn > 0 ? 1 : 0
  return by <= py && turn < 0 ? -1 : 0
}

function partIndex(rings: RingTable): Flatbush {
  const parts = rings.partRing.length - 1
  const index = new Flatbush(parts)
  for (let part = 0; part < parts; part++) {
    const ring = rings.partRing[part]!
    const box = boxOf(rings, rings.ringVertex[ring]!, rings.ringVertex[ring + 1]!)
    index.add(box[0], box[1], box[2], box[3])
  }
  index.finish()
  return index
}

/** West, south, east and north of the vertices from `start` to before `end`. */
export function boxOf(
  rings: Pick<RingTable, 'x' | 'y'>,
  start: number,
  end: number,
): [west: number, south: number, east: number, north: number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = start; i < end; i++) {
    const x = rings.x[i]!
    const y = rings.y[i]!
    if (x < box[0]) box[0] = x
    if (y < box[1]) box[1] = y
    if (x > box[2]) box[2] = x
    if (y > box[3]) box[3] = y
  }
  return box
}

function bandsOf(rings: RingTable, start: number, end: number): Bands {
  const [, south, , north] = boxOf(rings, start, end)
  const count = Math.ceil((end - start) / 8)
  const perDegree = count / (north - south)
  const bandOf = (y: number): number => Math.min(count - 1, Math.floor((y - south) * perDegree))
  const starts = new Int32Array(count + 2)
  const eachMember = (visit: (band: number, i: number) => void): void => {
    for (let i = start; i < end; i++) {
      const ay = rings.y[i]!
      const by = rings.y[i + 1 < end ? i + 1 : start]!
      for (let band = bandOf(Math.min(ay, by)); band <= bandOf(Math.max(ay, by)); band++) visit(band, i)
    }
  }
  eachMember((band) => starts[band + 2]!++)
  for (let band = 0; band < count; band++) starts[band + 2]! += starts[band + 1]!
  const members = new Int32Array(starts[count + 1]!)
  eachMember((band, i) => {
    members[starts[band + 1]!++] = i
  })
  return { south, north, perDegree, start: starts.subarray(0, count + 1), members }
}
