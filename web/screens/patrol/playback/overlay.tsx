/** Plays the selected worker's day over the map, frame by frame and beside React; the timeline's cursor follows. */
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import type { PatrolDayDetail } from '../../../../server/contract/patrols.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useMedia, useTheme } from '../../../preferences.ts'
import type { OverlayProps } from '../../screen.ts'
import { readCursor, setCursor, usePatrolDay } from '../data.ts'
import { text as patrolText } from '../text.ts'
import { clockOf, labelAt, positionAt } from '../trace-time.ts'
import { advanced, spanOfDay, startAt } from './clock.ts'
import { readPlayback, setPlaying, useIsPlaying } from './data.ts'
import { playbackLayers } from './layers.ts'
import { tripsOf } from './trip.ts'

export function PlaybackOverlay({ owner }: OverlayProps): ReactNode {
  const { data, current } = usePatrolDay()
  const isPlaying = useIsPlaying()
  return isPlaying && data && current ? (
    <Playing key={`${data.worker} ${data.day}`} owner={owner} detail={data} />
  ) : null
}

/** The cursor moves so often at most: the strip and the words at the foot follow it. Milliseconds. */
const cursorMilliseconds = 250
/** Without motion the point goes on by steps. Milliseconds. */
const stepMilliseconds = 1000

interface PlayingProps {
  readonly owner: OverlayProps['owner']
  readonly detail: PatrolDayDetail
}

function Playing({ owner, detail }: PlayingProps): ReactNode {
  const say = useSay()
  const theme = useTheme()
  const isStill = useMedia('(prefers-reduced-motion: reduce)')
  const label = useRef<HTMLOutputElement>(null)
  const trips = useMemo(() => tripsOf(detail), [detail])

  useEffect(() => {
    const span = spanOfDay(detail)
    if (!span) return undefined
    const strip = detail.days[0]?.strip ?? []
    let second = startAt(readCursor(), span)
    let told = readCursor()
    let toldAt = Number.NEGATIVE_INFINITY
    let last: number | undefined
    let handle = 0

    const tell = (now: number, isLast: boolean): void => {
      if (!isLast && now - toldAt < cursorMilliseconds) return
      toldAt = now
      told = Math.round(second)
      setCursor(told)
    }
    const draw = (): void => {
      const head = positionAt(detail, second)
      owner.showLive(playbackLayers(trips, second, head, { theme, hasTrail: !isStill }))
      const box = label.current
      if (!box) return
      box.hidden = head === null
      if (head === null) return
      const known = labelAt(strip, second)
      const [x, y] = owner.pixelOf(head)
      // To the middle of the map: at its right it would lie under the legend, or end beyond the edge.
      box.classList.toggle('is-left', x > (box.parentElement?.clientWidth ?? 0) / 2)
      box.style.translate = `${Math.round(x)}px ${Math.round(y)}px`
      box.textContent = `${clockOf(second)} ${say(known ? patrolText.labels[known] : patrolText.beforeOrAfter)}`
    }
    const step = (now: number): void => {
      // Somebody moved the cursor: the playback goes on from there.
      const cursor = readCursor()
      if (cursor !== told) second = startAt(cursor, span)
      const { second: next, isOver } = advanced(
        second,
        last === undefined ? 0 : now - last,
        readPlayback().speed,
        span,
      )
      second = next
      last = now
      tell(now, isOver)
      draw()
      if (isOver) setPlaying(false)
      else again()
    }
    const again = (): void => {
      handle = isStill
        ? Number(setTimeout(() => step(performance.now()), stepMilliseconds))
        : requestAnimationFrame(step)
    }
    step(performance.now())
    const stop = owner.onFrame(draw)
    return () => {
      stop()
      if (isStill) clearTimeout(handle)
      else cancelAnimationFrame(handle)
      owner.showLive([])
    }
  }, [owner, detail, trips, theme, isStill, say])

  return <output ref={label} className="playback-label" aria-hidden="true" />
}
