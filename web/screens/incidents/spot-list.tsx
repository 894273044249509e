/** Hot spots in words, strongest first. */
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { hexagonBoundary } from '../../../server/core/hexagons/hexagon.ts'
import { Empty, Failed, Loading } from '../../frame/states.tsx'
import { VirtualList } from '../../frame/virtual-list.tsx'
import { formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { bboxOf, joinBboxes } from '../../map/bbox.ts'
import { useTheme } from '../../preferences.ts'
import { type Bbox, hover, navigate, select, useStored } from '../../state.ts'
import { useHotspots, useSpots } from './data.ts'
import { formatProbability, meanCount, significanceColor } from './measures.ts'
import { useGridOf } from './places.ts'
import type { Spot } from './spots.ts'
import { text } from './text.ts'

export function SpotList(): ReactNode {
  const say = useSay()
  const { data, current, error, reload } = useHotspots()
  const spots = useSpots()
  const hovered = useStored((state) => state.hover)
  const selected = useStored((state) => state.address.selection)
  if (error && !current) return <Failed error={error} onRetry={reload} />
  if (!data || !spots) return <Loading rows={10} />
  const total = formatNumber(data.totals.counted)
  if (data.totals.counted === 0)
    return (
      <Empty
        title={say(text.noIncidents)}
        hint={say(text.noIncidentsHint)}
        action={
          <Button onClick={() => navigate({ from: null, to: null, choices: {} })}>{say(text.showAll)}</Button>
        }
      />
    )
  const mean = meanCount(data)
  const isOf = (spot: Spot, target: typeof hovered): boolean =>
    (target?.kind === 'hexagon' || target?.kind === 'spot') &&
    spot.cells.some((cell) => cell.h3 === target.id)
  return (
    <>
      <p className="panel-summary quiet">
        {say(text.spotSummary, {
          total,
          spots: formatNumber(spots.length),
          cells: formatNumber(data.n),
          mean: formatNumber(mean, 1),
        })}
      </p>
      {spots.length === 0 && <Empty title={say(text.noSpots)} hint={say(text.noSpotsHint, { total })} />}
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
          onOpen: () => select({ kind: 'spot', id: spot.id }, boxOf(spot)),
          // The heart of the spot lights on the map.
          onRest: (resting) => hover(resting ? { kind: 'hexagon', id: spot.id } : null),
          content: <SpotRow spot={spot} mean={mean} rank={spots.indexOf(spot) + 1} />,
        })}
      />
    </>
  )
}

interface RowProps {
  readonly spot: Spot
  readonly mean: number | null
  readonly rank: number
}

function SpotRow({ spot, mean, rank }: RowProps): ReactNode {
  const say = useSay()
  const theme = useTheme()
  const place = useGridOf(spot.id)
  return (
    <div className="spot-row">
      <span
        className={`spot-rank${spot.class === 'hot_0.01' ? ' is-strong' : ''}`}
        style={{ background: significanceColor(spot.class, theme) }}
      >
        {rank}
      </span>
      <div className="spot-words">
        <div className="cell">
          <b>{place?.name ?? say(text.spot)}</b>
        </div>
        <div className="cell">
          {say(text.spotLine, {
            count: formatNumber(spot.count),
            expected: formatNumber(mean === null ? null : mean * spot.cells.length, 1),
          })}
        </div>
        <div className="cell quiet">
          {say(text.classes[spot.class])} · z {formatNumber(spot.z, 1)} · q {formatProbability(spot.q)} ·{' '}
          {say(text.spotSize, { n: formatNumber(spot.cells.length) })}
        </div>
      </div>
    </div>
  )
}

export const boxOf = (spot: Spot): Bbox | undefined =>
  joinBboxes(spot.cells.map((cell) => bboxOf(hexagonBoundary(cell.h3))))
