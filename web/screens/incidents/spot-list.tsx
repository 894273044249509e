/** Hot spots in words, strongest first. */
import type { ReactNode } from 'react'
import type { AnalysisCell } from '../../../server/contract/analysis.ts'
import { hexagonBoundary } from '../../../server/core/hexagons/hexagon.ts'
import type { Target } from '../../address.ts'
import { Empty } from '../../frame/states.tsx'
import { VirtualList } from '../../frame/virtual-list.tsx'
import { formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { bboxOf, joinBboxes } from '../../map/bbox.ts'
import { useTheme } from '../../preferences.ts'
import { type Bbox, hover, select, useStored } from '../../state.ts'
import { cellsInWords } from './analysis/count-words.ts'
import { type Shown, useGridsShown, useSpots } from './data.ts'
import { formatProbability, idOf, significanceColor } from './measures.ts'
import { useGridOf } from './places.ts'
import { RankMark } from './rank-mark.tsx'
import type { Spot } from './spots.ts'
import { text } from './text.ts'

export function SpotList({ shown }: { readonly shown: Shown }): ReactNode {
  const say = useSay()
  const spots = useSpots()
  const grids = useGridsShown().data
  const hovered = useStored((state) => state.hover)
  const selected = useStored((state) => state.address.selection)
  const { answer } = shown
  if (!spots) return null
  const total = formatNumber(answer.totals.counted)
  const isOf = (spot: Spot, target: typeof hovered): boolean =>
    target !== null &&
    ['hexagon', 'spot', 'grid'].includes(target.kind) &&
    spot.cells.some((cell) => idOf(cell) === target.id)
  const boxOfSpot = (spot: Spot): Bbox | undefined =>
    boxOf(spot) ?? grids?.grids.find((grid) => grid.code === spot.id)?.bbox
  return (
    <>
      <p className="panel-summary quiet">
        {say(text.spotSummary, {
          total,
          spots: formatNumber(spots.length),
          cells: cellsInWords(answer.unit, answer.n, say),
          mean: formatNumber(answer.n === 0 ? null : answer.totals.counted / answer.n, 1),
        })}
      </p>
      {spots.length === 0 && (
        <Empty
          title={say(text.noSpots)}
          // By permutations none may be found because they are too few, and the reading says so.
          hint={
            answer.statistic === 'local-moran' ? say(answer.card.reading) : say(text.noSpotsHint, { total })
          }
        />
      )}
      <VirtualList
        items={spots}
        itemHeight={68}
        itemKey={(spot) => spot.id}
        label={say(text.spotsOf)}
        shape="tree"
        reveal={spots.findIndex((spot) => isOf(spot, selected))}
        row={(spot) => ({
          className: isOf(spot, hovered) ? 'is-hovered' : '',
          selected: isOf(spot, selected),
          level: 1,
          onOpen: () => select({ kind: 'spot', id: spot.id }, boxOfSpot(spot)),
          // The heart of the spot lights on the map.
          onRest: (resting) => hover(resting ? cellTarget(spot.cells[0]) : null),
          content: <SpotRow spot={spot} rank={spots.indexOf(spot) + 1} />,
        })}
      />
    </>
  )
}

/** What a cell is on the map. */
export const cellTarget = (cell: AnalysisCell | undefined): Target | null =>
  cell ? { kind: cell.h3 === null ? 'grid' : 'hexagon', id: idOf(cell) } : null

interface RowProps {
  readonly spot: Spot
  readonly rank: number
}

function SpotRow({ spot, rank }: RowProps): ReactNode {
  const say = useSay()
  const theme = useTheme()
  const place = useGridOf(spot.id)
  const color = significanceColor(spot.class, theme)
  return (
    <div className="spot-row">
      <RankMark color={color}>{rank}</RankMark>
      <div className="spot-words">
        <div className="cell">
          <b>{place?.name ?? say(text.spot)}</b>
        </div>
        <div className="cell">
          {say(text.spotLine, {
            count: formatNumber(spot.count),
            expected: formatNumber(spot.expected, 1),
          })}
        </div>
        <div className="cell quiet">
          {say(text.classes[spot.class])}
          {spot.z !== null && ` · z ${formatNumber(spot.z, 1)}`}
          {spot.q !== null && ` · q ${formatProbability(spot.q)}`} ·{' '}
          {cellsInWords(spot.cells[0]?.h3 === null ? 'grid' : 'hexagon', spot.cells.length, say)}
        </div>
      </div>
    </div>
  )
}

/** Of hexagons; a grid's box is not in the answer. */
export const boxOf = (spot: Spot): Bbox | undefined =>
  joinBboxes(spot.cells.flatMap(({ h3 }) => (h3 === null ? [] : [bboxOf(hexagonBoundary(h3))])))
