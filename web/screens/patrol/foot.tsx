/** The foot of the patrol screen: the day of the one selected, to mark and to walk through; without one, how many were out. */
import type { ReactNode } from 'react'
import { Timeline } from '../../frame/timeline.tsx'
import { formatDuration, formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { useStored } from '../../state.ts'
import {
  setCursor,
  useCursor,
  useIsLive,
  useMarked,
  usePatrolDayShown,
  usePeople,
  useWorker,
} from './data.ts'
import { LiveFoot } from './live/foot.tsx'
import { PlaybackControls } from './playback/controls.tsx'
import { StripBars, StripPatterns } from './strip.tsx'
import { text } from './text.ts'
import { clockOf, daySeconds, labelAt, secondsByLabel, spanOfTarget, workersOut } from './trace-time.ts'

const minute = 60
const binSeconds = 1800

const ticks = [0, 3, 6, 9, 12, 15, 18, 21, 24].map((hour) => ({
  at: hour * 3600,
  label: clockOf(hour * 3600),
}))

export function PatrolFoot(): ReactNode {
  return useIsLive() ? <LiveFoot /> : <DayFoot />
}

function DayFoot(): ReactNode {
  const say = useSay()
  const people = usePeople()
  const worker = useWorker()
  const day = usePatrolDayShown()
  const [marked, mark] = useMarked()
  const cursor = useCursor()
  const hovered = spanOfTarget(useStored((state) => state.hover))
  const selected = spanOfTarget(useStored((state) => state.address.selection))
  const one = people?.find((person) => person.worker === worker)
  const strip = one?.rows[0]?.strip
  const lit = [hovered, selected].find((span) => span?.worker === worker) ?? null

  const parts =
    marked && strip
      ? [...secondsByLabel(strip, marked)]
          .map(([label, seconds]) => `${say(text.labels[label])} ${formatDuration(seconds)}`)
          .join(' · ')
      : ''
  const label = cursor !== null && strip ? labelAt(strip, cursor) : null
  const atCursor =
    cursor === null || !strip
      ? ''
      : say(text.at, {
          time: clockOf(cursor),
          label: label ? say(text.labels[label]) : say(text.beforeOrAfter),
        })
  const inMark = marked
    ? say(text.marked, {
        from: clockOf(marked.from),
        to: clockOf(marked.to),
        parts: parts || say(text.beforeOrAfter),
      })
    : ''
  const said = [atCursor, strip ? inMark : ''].filter(Boolean).join(' · ')
  const counts = workersOut(
    (people ?? []).flatMap((person) => person.rows.slice(0, 1).map((row) => row.strip)),
    binSeconds,
  )
  const most = Math.max(1, ...counts)
  return (
    <div className="foot-body">
      <StripPatterns />
      <div className="foot-head quiet">
        {strip && one && <PlaybackControls key={`${one.worker} ${day}`} />}
        <b>{strip && one ? say(text.timelineOf, { name: one.name }) : say(text.timelineAll)}</b>
        <span>{said}</span>
        {(strip || counts.some((count) => count > 0)) && (
          <span className="foot-hint">{say(strip ? text.timelineHint : text.timelineHintAll)}</span>
        )}
      </div>
      <Timeline
        label={strip && one ? say(text.timelineOf, { name: one.name }) : say(text.timelineAll)}
        domain={[0, daySeconds]}
        step={minute}
        ticks={ticks}
        marked={strip && marked ? [marked.from, marked.to] : null}
        onMark={(range) => mark(range && { from: range[0], to: range[1] })}
        cursor={strip ? cursor : null}
        onCursor={setCursor}
        valueText={said || clockOf(cursor ?? 0)}
      >
        {(x, height) =>
          strip ? (
            <StripBars strip={strip} x={x} height={height - 4} top={2} lit={lit} />
          ) : (
            counts.map((count, index) => {
              const tall = (count / most) * (height - 4)
              const from = index * binSeconds
              return (
                <rect
                  key={from}
                  className="timeline-bar"
                  x={x(from) + 0.5}
                  y={height - tall}
                  width={Math.max(1, x(from + binSeconds) - x(from) - 1)}
                  height={tall}
                >
                  <title>{`${clockOf(from)} · ${say(text.workersN, { n: formatNumber(count) })}`}</title>
                </rect>
              )
            })
          )
        }
      </Timeline>
    </div>
  )
}
