/** The planar partition of the township: every block is bounded by streets, roads, river, tracks, ridges or the township's own line. */
import {
  type Edge,
  type Faces,
  halfEdge,
  type Noded,
  nodeLines,
  outlineRings,
  traceFaces,
  withoutDangles,
} from './arrangement.ts'
import type { Layout } from './layout.ts'
import { centroid, distance, isInside, type Point, signedArea } from './plane.ts'

export interface Block {
  readonly id: number
  /** Counter-clockwise, first point not repeated. */
  readonly ring: readonly Point[]
  readonly areaSquareMetres: number
  readonly centre: Point
  readonly isTown: boolean
  /** Named plot or campus lying here, e.g. `market`. */
  readonly plot: string | undefined
  /** Index of the site of a natural village lying here. */
  readonly site: number | undefined
  readonly isWooded: boolean
  /** Shared border with each neighbour. */
  readonly neighbours: ReadonlyMap<
    number,
    { readonly lengthMetres: number; readonly kinds: ReadonlySet<string> }
  >
}
export interface Partition {
  readonly noded: Noded
  readonly blocks: readonly Block[]
  /** The outline of a union of blocks, as rings of points that are shared, vertex by vertex, with every neighbour. */
  outlineOf(blockIds: ReadonlySet<number>): (readonly Point[])[]
}

const smallestRuralSquareMetres = 45_000
const smallestTownSquareMetres = 7_000
const uncrossable = ['river', 'secondary', 'wall']

const middleOf = (noded: Noded, { from, to }: Edge): Point => {
  const [a, b] = [noded.points[from]!, noded.points[to]!]
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
}

function cutUp(layout: Layout): Noded {
  const noded = nodeLines([
    { kind: 'township', line: [...layout.outline, layout.outline[0]!] },
    { kind: 'river', line: layout.river },
    { kind: 'secondary', line: layout.provincialRoad },
    ...layout.townStreets,
    ...layout.campuses.map(({ line }) => ({ kind: 'wall', line })),
    ...layout.borders.map(({ sites, line }) => ({ kind: `cell:${sites.join('-')}`, line })),
  ])
  const isCell = (edge: Edge): boolean => [...edge.kinds].every((kind) => kind.startsWith('cell:'))
  const kept = noded.edges.filter((edge) => {
    const middle = middleOf(noded, edge)
    if (edge.kinds.has('township')) return true
    if (!isInside(middle, layout.outline)) return false
    return !(isCell(edge) && isInside(middle, layout.townOutline))
  })
  return { points: noded.points, edges: withoutDangles(kept) }
}

/** Joins faces too small to be a block of their own to the neighbour with the longest common border. */
function joinSmallFaces(noded: Noded, faces: Faces, layout: Layout): number[] {
  const owner = faces.rings.map((_, i) => i)
  const find = (i: number): number => (owner[i] === i ? i : find(owner[i]!))
  const ringOf = (i: number): Point[] => faces.rings[i]!.map((v) => noded.points[v]!)
  const area = faces.rings.map((_, i) => signedArea(ringOf(i)))
  const isTown = faces.rings.map((_, i) => isInside(centroid(ringOf(i)), layout.townOutline))
  const isPlot = faces.rings.map((_, i) => layout.campuses.some(({ centre }) => isInside(centre, ringOf(i))))
  const limit = (i: number): number => (isTown[i] ? smallestTownSquareMetres : smallestRuralSquareMetres)
  for (;;) {
    const small = owner
      .flatMap((o, i) => (o === i && !isPlot[i] && area[i]! < limit(i) ? [i] : []))
      .sort((a, b) => area[a]! - area[b]!)
    const joined = small.some((i) => {
      const shared = new Map<number, number>()
      for (const edge of noded.edges) {
        const left = faces.leftOf.get(halfEdge(edge.from, edge.to)) ?? -1
        const right = faces.leftOf.get(halfEdge(edge.to, edge.from)) ?? -1
        if (left < 0 || right < 0) continue
        const [l, r] = [find(left), find(right)]
        if (l === r || (l !== i && r !== i)) continue
        const other = l === i ? r : l
        if (isPlot[other] || (isTown[i] && !isTown[other])) continue
        const bar = uncrossable.some((kind) => edge.kinds.has(kind)) ? 0.02 : 1
        const length = distance(noded.points[edge.from]!, noded.points[edge.to]!) * bar
        shared.set(other, (shared.get(other) ?? 0) + length)
      }
      const best = [...shared].sort((a, b) => b[1] - a[1])[0]
      if (!best) return false
      owner[i] = best[0]
      area[best[0]] = area[best[0]]! + area[i]!
      return true
    })
    if (!joined) return owner.map((_, i) => find(i))
  }
}

export function partition(layout: Layout): Partition {
  const noded = cutUp(layout)
  const faces = traceFaces(noded.points, noded.edges)
  const owner = joinSmallFaces(noded, faces, layout)
  const names = [...new Set(owner)]
  const blockOf = owner.map((o) => names.indexOf(o))
  const outlineOf = (ids: ReadonlySet<number>): Point[][] =>
    outlineRings(faces, (face) => ids.has(blockOf[face]!)).map((ring) => ring.map((v) => noded.points[v]!))
  const neighbours = names.map(() => new Map<number, { lengthMetres: number; kinds: Set<string> }>())
  for (const edge of noded.edges) {
    const left = faces.leftOf.get(halfEdge(edge.from, edge.to)) ?? -1
    const right = faces.leftOf.get(halfEdge(edge.to, edge.from)) ?? -1
    if (left < 0 || right < 0 || blockOf[left] === blockOf[right]) continue
    for (const [one, other] of [
      [blockOf[left]!, blockOf[right]!],
      [blockOf[right]!, blockOf[left]!],
    ] as const) {
      const border = neighbours[one]!.get(other) ?? { lengthMetres: 0, kinds: new Set<string>() }
      border.lengthMetres += distance(noded.points[edge.from]!, noded.points[edge.to]!)
      for (const kind of edge.kinds) border.kinds.add(kind)
      neighbours[one]!.set(other, border)
    }
  }
  const plots = [
    ...Object.entries(layout.plots),
    ...layout.campuses.map(({ name, centre }) => [name, centre] as const),
  ]
  const blocks = names.map((_, id): Block => {
    const rings = outlineOf(new Set([id]))
    const [ring] = rings
    if (!ring || rings.length > 1) throw new Error(`block ${id} is not simple`)
    const centre = centroid(ring)
    const site = layout.sites.findIndex(({ at, isSettled }) => isSettled && isInside(at, ring))
    return {
      id,
      ring,
      areaSquareMetres: signedArea(ring),
      centre,
      isTown: isInside(centre, layout.townOutline),
      plot: plots.find(([, at]) => isInside(at, ring))?.[0],
      site: site < 0 ? undefined : site,
      isWooded: site < 0 && !isInside(centre, layout.townOutline),
      neighbours: neighbours[id]!,
    }
  })
  return { noded, blocks, outlineOf }
}
