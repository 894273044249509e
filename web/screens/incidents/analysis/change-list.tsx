/** What changed between two periods, by cell, the surest first. */
import type { ReactNode } from 'react'
import { hexagonBoundary } from '../../../../server/core/hexagons/hexagon.ts'
import { Empty } from '../../../frame/states.tsx'
import { VirtualList } from '../../../frame/virtual-list.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { bboxOf } from '../../../map/bbox.ts'
import { useTheme } from '../../../preferences.ts'
import { hover, sameTarget, select, useStored } from '../../../state.ts'
import { useAsked, useGridsShown } from '../data.ts'
import { formatProbability } from '../measures.ts'
import { useGridOf } from '../places.ts'
import { RankMark } from '../rank-mark.tsx'
import type { Change } from './comparison.ts'
import { comparedPeriod } from './look.ts'
import { changeColor } from './picture.ts'
import { text } from './text.ts'
import { usePicture } from './use-picture.ts'

/** Changes that are more than chance, the surest first. */
export const sureChanges = (changes: Iterable<Change>): Change[] =>
  [...changes]
    .filter((change) => change.class !== null && change.class !== 'none')
    .toSorted((a, b) => (a.q ?? 1) - (b.q ?? 1) || b.now - a.now || (a.key < b.key ? -1 : 1))

export function ChangeList(): ReactNode {
  const say = useSay()
  const { shown } = useAsked()
  const picture = usePicture()
  const grids = useGridsShown().data
  const hovered = useStored((state) => state.hover)
  const selected = useStored((state) => state.address.selection)
  const before = shown && comparedPeriod(shown.look.compare, shown.interval)
  if (!shown || !before || !picture?.changes) return null
  const changes = sureChanges(picture.changes.values())
  const isHexagon = shown.answer.unit === 'hexagon'
  const target = (change: Change) => ({ kind: isHexagon ? 'hexagon' : 'grid', id: change.key })
  const box = (key: string) =>
    isHexagon
      ? (bboxOf(hexagonBoundary(key)) ?? undefined)
      : grids?.grids.find((grid) => grid.code === key)?.bbox
  return (
    <>
      <p className="panel-summary quiet">
        {say(text.changeSummary, {
          now: formatNumber(shown.answer.totals.counted),
          before: formatNumber(shown.answer.compared?.count),
          from: before.from,
          to: before.to,
        })}
      </p>
      {changes.length === 0 && <Empty title={say(text.noChanges)} hint={say(text.noChangesHint)} />}
      <VirtualList
        items={changes}
        itemHeight={68}
        itemKey={(change) => change.key}
        label={say(text.changesOf)}
        shape="tree"
        reveal={changes.findIndex((change) => sameTarget(target(change), selected))}
        row={(change) => ({
          className: sameTarget(target(change), hovered) ? 'is-hovered' : '',
          selected: sameTarget(target(change), selected),
          level: 1,
          onOpen: () => select(target(change), box(change.key)),
          onRest: (resting) => hover(resting ? target(change) : null),
          content: <ChangeRow change={change} />,
        })}
      />
    </>
  )
}

function ChangeRow({ change }: { readonly change: Change }): ReactNode {
  const say = useSay()
  const theme = useTheme()
  const place = useGridOf(change.key)
  const isMore = change.class?.startsWith('more') ?? false
  return (
    <div className="spot-row">
      <RankMark color={change.class && changeColor(change.class, theme)}>{isMore ? '↑' : '↓'}</RankMark>
      <div className="spot-words">
        <div className="cell">
          <b>{place?.name ?? change.key}</b>{' '}
          {change.class && <span className="quiet">{say(text.changes[change.class])}</span>}
        </div>
        <div className="cell">
          {say(text.changeLine, { before: formatNumber(change.before), now: formatNumber(change.now) })}
        </div>
        <div className="cell quiet">{ratioWords(change, say)}</div>
      </div>
    </div>
  )
}

/** The ratio with its limits, in words. */
export const ratioWords = (change: Change, say: ReturnType<typeof useSay>): string =>
  say(text.changeRatio, {
    ratio: formatNumber(change.ratio, 2),
    from: formatNumber(change.lower, 2),
    to: change.upper === null ? say(text.unbounded) : formatNumber(change.upper, 2),
    q: formatProbability(change.q),
  })
