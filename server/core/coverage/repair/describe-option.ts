import type { MultiPolygon, Position } from 'geojson'
import { signedRingAreaSquareMetres } from '../../geometry/area-square-metres.ts'
import type { Message } from '../../values.ts'
import { figure } from '../messages.ts'
import { polygonsWithin } from '../outline.ts'
import type { Problem } from '../report.ts'
import { type DraftOption, isLeftWithout } from './options.ts'
import { type Cut, walkBetween } from './redraw.ts'
import type { Ground } from './settle.ts'
import type { GroundChange, RepairOption } from './values.ts'

/** An option with its figures and words. */
export function describeOption(ground: Ground, problem: Problem, draft: DraftOption): RepairOption {
  const { layer } = ground
  const { transfers, cuts, remade } = draft.deed
  const grows = new Map<number, number>()
  const shrinks = new Map<number, number>()
  const add = (to: Map<number, number>, owner: number, area: number): void =>
    void to.set(owner, (to.get(owner) ?? 0) + area)
  for (const { faces, to, from, areaSquareMetres } of transfers) {
    for (const loser of from) add(shrinks, loser, areaSquareMetres)
    const [face] = faces
    if (to !== null && !layer.arrangement.cover[face!]!.includes(to)) add(grows, to, areaSquareMetres)
  }
  for (const cut of cuts) {
    const [left, right] = cutAreas(ground, cut)
    const isOpen = layer.arrangement.cover[cut.face]!.length === 0
    // Where both have the ground, each loses what the other keeps.
    add(isOpen ? grows : shrinks, isOpen ? cut.left : cut.right, left)
    add(isOpen ? grows : shrinks, isOpen ? cut.right : cut.left, right)
  }
  const grid = draft.owner < 0 ? null : layer.grids[draft.owner]!.code
  const areaSquareMetres = draft.regions.reduce((sum, region) => sum + region.areaSquareMetres, 0)
  const losers = new Set(transfers.flatMap(({ from }) => from))
  const removes = [...losers].filter((loser) => isLeftWithout(ground, loser, transfers))
  return {
    // Grids of one code are told apart by their place among all.
    id: [
      problem.id,
      draft.action,
      ...(grid === null ? [] : [isCodeRepeated(ground, draft.owner) ? `${grid}#${draft.owner}` : grid]),
    ].join(':'),
    action: draft.action,
    grid,
    areaSquareMetres,
    households: draft.households,
    grows: changes(ground, grows),
    shrinks: changes(ground, shrinks),
    removes: removes.map((owner) => layer.grids[owner]!.code).toSorted(),
    geometry: groundMoved(ground, draft, remade),
    message: optionMessage(ground, draft, areaSquareMetres),
  }
}

const isCodeRepeated = ({ layer: { grids } }: Ground, owner: number): boolean =>
  grids.some(({ code }, i) => i !== owner && code === grids[owner]!.code)

const changes = ({ layer }: Ground, areas: ReadonlyMap<number, number>): GroundChange[] =>
  [...areas]
    .toSorted(([a], [b]) => a - b)
    .map(([owner, areaSquareMetres]) => ({ grid: layer.grids[owner]!.code, areaSquareMetres }))

function cutAreas({ layer }: Ground, cut: Cut): [left: number, right: number] {
  const { lines } = layer.arrangement
  const walk = (from: number, to: number): Position[] =>
    walkBetween(layer, cut.face, from, to).map((half) => {
      const v = ((half & 1) === 0 ? lines.from : lines.to)[half >> 1]!
      return [lines.x[v]!, lines.y[v]!]
    })
  return [
    signedRingAreaSquareMetres([...cut.line.slice(0, -1), ...walk(cut.to, cut.from)]),
    signedRingAreaSquareMetres([...cut.line.toReversed().slice(0, -1), ...walk(cut.from, cut.to)]),
  ]
}

/** What changes hands; of a grid drawn again, all it covers. */
function groundMoved({ layer }: Ground, draft: DraftOption, remade: readonly number[]): MultiPolygon {
  const { arrangement } = layer
  const covered = arrangement.cover.flatMap((cover, face) =>
    remade.some((owner) => cover.includes(owner)) ? [face] : [],
  )
  return {
    type: 'MultiPolygon',
    coordinates: [
      ...draft.regions.flatMap((region) => region.polygons),
      ...(covered.length > 0 ? polygonsWithin(arrangement, new Set(covered)) : []),
    ],
  }
}

function optionMessage({ layer }: Ground, draft: DraftOption, areaSquareMetres: number): Message {
  const { transfers } = draft.deed
  const code = layer.grids[draft.owner]?.code ?? ''
  const list = (owners: Iterable<number>): string[] =>
    [...new Set(owners)].toSorted((a, b) => a - b).map((owner) => layer.grids[owner]!.code)
  const losers = list(transfers.flatMap(({ from }) => from))
  const area = figure(areaSquareMetres)
  switch (draft.action) {
    case 'give':
      return losers.length > 0
        ? {
            zh: `${area} 平方米归网格 ${code}，从 ${losers.join('、')} 中减去`,
            en: `${area} m² to grid ${code}, cut back from ${losers.join(', ')}`,
          }
        : { zh: `${area} 平方米并入网格 ${code}`, en: `${area} m² given to grid ${code}` }
    case 'split': {
      const pair = list(draft.deed.cuts.flatMap(({ left, right }) => [left, right]))
      return {
        zh: `沿中线分给 ${pair.join('、')}，共 ${area} 平方米`,
        en: `${area} m² shared between ${pair.join(' and ')} along the middle line`,
      }
    }
    case 'match':
      return {
        zh: `合并为一条公共边，调整 ${area} 平方米`,
        en: `one common line instead of two; ${area} m² change hands`,
      }
    case 'keep_line':
      return {
        zh: `以网格 ${code} 的边界为准，调整 ${area} 平方米`,
        en: `the line of grid ${code} becomes the common one; ${area} m² change hands`,
      }
    case 'clip':
      return {
        zh: `网格 ${losers.join('、')} 裁到区域边界，减少 ${area} 平方米`,
        en: `grid ${losers.join(', ')} cut back to the area, ${area} m² less`,
      }
    case 'release':
      return {
        zh: `${draft.regions.length} 块共 ${area} 平方米各归公共边最长的邻居`,
        en: `${draft.regions.length} pieces, ${area} m², each to the neighbour with the longest common line`,
      }
    case 'make_valid':
      return {
        zh: `按网格 ${code} 所围的范围重画为有效图形，面积 ${figure(layer.gridAreas[draft.owner]!)} 平方米`,
        en: `grid ${code} drawn again as a valid polygon around what it encloses, ${figure(layer.gridAreas[draft.owner]!)} m²`,
      }
  }
}
