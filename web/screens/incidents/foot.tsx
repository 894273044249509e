/** The foot of the incidents screen: incidents by day or week of the reference year; a brush sets the interval, a playback walks it. */
import { type ReactNode, useState } from 'react'
import { Timeline } from '../../frame/timeline.tsx'
import { addDays, formatDay, formatMonth, formatNumber } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import type { Period } from '../../period.ts'
import { useMedia } from '../../preferences.ts'
import { navigate, useStored } from '../../state.ts'
import { PlaybackControls, useFrameWords } from './analysis/playback-controls.tsx'
import { useFrame } from './analysis/use-picture.ts'
import { useAsked, useDays, useInterval, useReferencePeriod } from './data.ts'
import { barsOf, dayNumber, monthTicks } from './days.ts'
import { text } from './text.ts'

/** The axis: the reference year, and what is chosen beyond it. */
export function axisOf(reference: Period, interval: Period): Period {
  const from = interval.from < reference.from ? interval.from : reference.from
  const to = interval.to > reference.to ? interval.to : reference.to
  return { day: to, from, to }
}

export function IncidentsFoot(): ReactNode {
  const interval = useInterval()
  const reference = useReferencePeriod()
  if (!interval || !reference) return null
  return <Histogram interval={interval} axis={axisOf(reference, interval)} />
}

function Histogram({ interval, axis }: { readonly interval: Period; readonly axis: Period }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const narrow = useMedia('(max-width: 1099px)')
  const [cursor, setCursor] = useState<number | null>(null)
  const { data } = useDays(axis)
  const frameWords = useFrameWords()
  const [frame] = useFrame()
  const { shown } = useAsked()
  const length = dayNumber(axis.to, axis.from) + 1
  const each = length > (narrow ? 120 : 200) ? 7 : 1
  const bars = barsOf(data?.days ?? [], axis.from, length, each)
  const most = Math.max(1, ...bars.map((bar) => bar.count))
  const marked = [dayNumber(interval.from, axis.from), dayNumber(interval.to, axis.from) + 1] as const
  const isWhole = marked[0] === 0 && marked[1] === length
  const within = data?.days
    .filter(({ day }) => interval.from <= day && day <= interval.to)
    .reduce((sum, { count }) => sum + count, 0)
  const at = bars.find((bar) => cursor !== null && bar.from <= cursor && cursor < bar.to)
  const sayDays = (from: number, to: number, n: number | undefined): string =>
    say(text.timelineSaid, {
      from: formatDay(language, addDays(axis.from, from), true),
      to: formatDay(language, addDays(axis.from, to - 1), true),
      n: formatNumber(n),
    })
  const step = frame === null ? undefined : shown?.answer.steps?.[frame]
  const said = at ? sayDays(at.from, at.to, at.count) : sayDays(marked[0], marked[1], within)
  return (
    <div className="foot-body">
      <p className="foot-head quiet">
        <PlaybackControls />
        <b className="foot-title">{say(each === 7 ? text.timelineWeeks : text.timeline)}</b>
        <span>{cursor === null && frameWords !== null ? frameWords : said}</span>
        <span className="foot-hint">{say(text.timelineHint)}</span>
      </p>
      <Timeline
        label={say(text.timeline)}
        domain={[0, length]}
        step={1}
        ticks={monthTicks(axis.from, length, narrow ? 6 : 13).map(({ at: day, month }, index) => ({
          at: day,
          label: formatMonth(language, month, index === 0 || month.endsWith('-01')),
        }))}
        marked={isWhole ? null : marked}
        onMark={(range) =>
          navigate({
            from: range && addDays(axis.from, range[0]),
            to: range && addDays(axis.from, range[1] - 1),
          })
        }
        cursor={cursor}
        onCursor={setCursor}
        valueText={said}
      >
        {(x, height) => [
          step && (
            <rect
              key="frame"
              className="timeline-frame"
              x={x(dayNumber(step.from, axis.from))}
              width={Math.max(2, x(dayNumber(step.to, axis.from)) - x(dayNumber(step.from, axis.from)))}
              y="0"
              height={height}
            />
          ),
          ...bars.map((bar) => {
            const tall = (bar.count / most) * (height - 3)
            const isIn = !isWhole && bar.from < marked[1] && bar.to > marked[0]
            return (
              <rect
                key={bar.from}
                className={`timeline-bar${isIn ? ' is-marked' : ''}`}
                x={x(bar.from)}
                y={height - tall}
                width={Math.max(0.8, x(bar.to) - x(bar.from) - 1)}
                height={tall}
              >
                <title>{sayDays(bar.from, bar.to, bar.count)}</title>
              </rect>
            )
          }),
        ]}
      </Timeline>
    </div>
  )
}
