import { pathLengthMetres } from './along-path.ts'
import { atomRecordOf, cutHalf, reversedPath } from './arc-changes.ts'
import { type ArcRecord, type AtomRecord, type Drawing, OUTSIDE, type Patch } from './drawing.ts'
import type { StreetName, VertexPlace } from './edit.ts'

/**
 * Cuts an arc at two of its vertices, so that the stretch between them can lie on a street of its own.
 * @param path the new path of the arc; `first` and `last` are vertices of it
 */
export function cutArc(
  drawing: Drawing,
  number: number,
  path: readonly number[],
  first: number,
  last: number,
  street: StreetName,
): Patch {
  const { lengthMetres, ...arc } = drawing.arcs[number]!
  const share = lengthMetres > 0 ? arc.barrierMetres / lengthMetres : 0
  const end = path.length / 2 - 1
  const cuts = [...new Set([0, first, last, end])].toSorted((a, b) => a - b)
  let freshNode = drawing.nodes.length
  let freshArc = drawing.arcs.length
  const pieces: [number: number, record: ArcRecord][] = []
  let from = arc.from
  for (const [i, start] of cuts.slice(0, -1).entries()) {
    const stop = cuts[i + 1]!
    const to = stop === end ? arc.to : freshNode++
    const piece = path.slice(2 * start, 2 * stop + 2)
    const metres = pathLengthMetres(piece)
    const isNew = start === first
    pieces.push([
      i === 0 ? number : freshArc++,
      {
        ...arc,
        from,
        to,
        path: piece,
        ...(isNew ? { name: street.name, rank: street.rank } : {}),
        // A street can be crossed; what cannot be is no street.
        crossable: isNew ? true : arc.crossable,
        barrierMetres: isNew && street.rank === null ? 0 : isNew ? metres : share * metres,
      },
    ])
    from = to
  }
  const numbers = pieces.map(([piece]) => piece)
  const atoms = [arc.left, arc.right]
    .filter((atom) => atom !== OUTSIDE)
    .map((atom): [number, AtomRecord] => {
      const record = atomRecordOf(drawing.atoms[atom]!)
      const rings = record.rings.map((ring) => ring.flatMap((half) => cutHalf(half, number, numbers)))
      return [atom, { ...record, rings }]
    })
  return { type: 'patch', arcs: pieces, atoms, grids: [] }
}

/**
 * Makes one arc of two that meet at a node where nothing else does. The longer one's street is the street of both.
 * @param one,two the half-arcs that run out of the node
 * @returns the patch, and the place of the node's vertex on the arc that stays
 */
export function joinArcs(drawing: Drawing, one: number, two: number): { patch: Patch; vertex: VertexPlace } {
  const [kept, gone] = one >> 1 < two >> 1 ? [one, two] : [two, one]
  const [number, other] = [kept >> 1, gone >> 1]
  const { lengthMetres, ...arc } = drawing.arcs[number]!
  const { lengthMetres: otherMetres, ...next } = drawing.arcs[other]!
  const street = otherMetres > lengthMetres ? next : arc
  // Along the arc that stays: the other one comes behind it where the node is its end, before it where it is its start.
  const isBehind = (kept & 1) === 1
  const isAlong = (gone & 1) === (isBehind ? 0 : 1)
  const otherPath = isAlong ? next.path : reversedPath(next.path)
  const farNode = (gone & 1) === 0 ? next.to : next.from
  const path = isBehind ? [...arc.path, ...otherPath.slice(2)] : [...otherPath, ...arc.path.slice(2)]
  const joined: ArcRecord = {
    ...arc,
    from: isBehind ? arc.from : farNode,
    to: isBehind ? farNode : arc.to,
    path,
    name: street.name,
    rank: street.rank,
    crossable: arc.crossable && next.crossable,
    barrierMetres: arc.barrierMetres + next.barrierMetres,
  }
  const atoms = [arc.left, arc.right]
    .filter((atom) => atom !== OUTSIDE)
    .map((atom): [number, AtomRecord] => {
      const record = atomRecordOf(drawing.atoms[atom]!)
      return [
        atom,
        { ...record, rings: record.rings.map((ring) => ring.filter((half) => half >> 1 !== other)) },
      ]
    })
  const vertex = (isBehind ? arc.path.length : otherPath.length) / 2 - 1
  return {
    patch: {
      type: 'patch',
      arcs: [
        [number, joined],
        [other, null],
      ],
      atoms,
      grids: [],
    },
    vertex: { arc: number, vertex },
  }
}
