import type { Position } from 'geojson'
import { halvesAround } from '../arrangement.ts'
import type { Layer } from '../check-layer.ts'
import { measureRegion, type Region } from '../regions.ts'
import type { Finding } from '../report.ts'
import { twin } from '../trace-faces.ts'

/** Findings about pieces of a grid, which the check has no need to draw. */
const aboutPieces: ReadonlySet<string> = new Set(['sliver', 'disconnected_part'])

/** The edges around every piece that a finding is about. */
export function edgesOfPieces(layer: Layer): number[] {
  const edges = new Set<number>()
  for (const { part } of pieces(layer).flatMap((one) => one.parts))
    for (const vertex of verticesOf(layer, part)) edges.add(layer.table.edgeOf[vertex]!)
  return [...edges].toSorted((a, b) => a - b)
}

/** The pieces as regions whose banks are their neighbours' lines. Their edges must be drawn. */
export function regionsOfPieces(layer: Layer): Map<Finding, Region[]> {
  return new Map(
    pieces(layer).map(({ finding, parts }) => [
      finding,
      parts.map(({ owner, part }) =>
        measureRegion(layer.arrangement, {
          // Measured from outside, as open ground is.
          kind: 'open',
          cover: [owner],
          faces: facesOf(layer, owner, part),
        }),
      ),
    ]),
  )
}

interface Piece {
  readonly owner: number
  /** Part of the ring table. */
  readonly part: number
}

function pieces(layer: Layer): { finding: Finding; parts: Piece[] }[] {
  return layer.findings.flatMap(({ finding }) => {
    const [owner] = finding.concerns ?? []
    if (!aboutPieces.has(finding.code) || owner === undefined || layer.broken.has(owner)) return []
    const parts = (finding.ground?.coordinates ?? []).flatMap((rings) => {
      const part = partAt(layer, owner, rings)
      return part === undefined ? [] : [{ owner, part }]
    })
    return [{ finding, parts }]
  })
}

/** The part of the ring table whose outer ring begins where these rings are westernmost, and has as many vertices. */
function partAt({ rings }: Layer, owner: number, polygon: readonly Position[][]): number | undefined {
  const [outer] = polygon
  const first = outer!.reduce((p, q) => (q[0]! < p[0]! || (q[0] === p[0] && q[1]! < p[1]!) ? q : p))
  for (let part = rings.ownerPart[owner]!; part < rings.ownerPart[owner + 1]!; part++) {
    const ring = rings.partRing[part]!
    const start = rings.ringVertex[ring]!
    if (rings.x[start] !== first[0] || rings.y[start] !== first[1]) continue
    // Repeated positions are left out of the table.
    const distinct = new Set(outer!.map((p) => `${p[0]} ${p[1]}`)).size
    if (rings.ringVertex[ring + 1]! - start === distinct) return part
  }
  return undefined
}

function* verticesOf({ rings }: Layer, part: number): Generator<number> {
  for (let ring = rings.partRing[part]!; ring < rings.partRing[part + 1]!; ring++)
    for (let v = rings.ringVertex[ring]!; v < rings.ringVertex[ring + 1]!; v++) yield v
}

/** The faces inside a part: from its lines inwards, over whatever else is drawn there. */
function facesOf(layer: Layer, owner: number, part: number): Set<number> {
  const { arrangement, table } = layer
  const own = new Set([...verticesOf(layer, part)].map((v) => table.edgeOf[v]!))
  const isLine = (half: number): boolean => arrangement.banks[half]!.some((bank) => bank.owner === owner)
  const members = new Set<number>()
  for (const [half, along] of arrangement.banks.entries())
    if (along.some((bank) => bank.owner === owner && own.has(bank.edge)))
      members.add(arrangement.faces.faceOf[half]!)
  for (const face of members)
    for (const half of halvesAround(arrangement.faces, face))
      if (!isLine(half) && !isLine(twin(half))) members.add(arrangement.faces.faceOf[twin(half)]!)
  return members
}
