/** Play, pause, step and speed, beside the timeline: one frame of the interval after another, on one scale of colours. */
import { Segmented, Select } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { addDays, formatDay, formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useStored } from '../../../state.ts'
import { changeLook, useAsked, useInterval, useLook } from '../data.ts'
import { canPlay } from './look.ts'
import {
  canStep,
  type FrameStep,
  frameMilliseconds,
  frameSteps,
  type Speed,
  speeds,
  usualStep,
} from './playback.ts'
import { text } from './text.ts'
import { useFrame } from './use-picture.ts'

/** Where keys mean something else. */
const takesKeys =
  'button, a, input, textarea, select, summary, [role="row"], [role="treeitem"], .week-matrix, [role="slider"], [role="combobox"], [role="radio"], .maplibregl-canvas'

export function PlaybackControls(): ReactNode {
  const say = useSay()
  const look = useLook()
  const interval = useInterval()
  const { shown, current } = useAsked()
  const [frame, show] = useFrame()
  const [isPlaying, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<Speed>(1)
  const steps = shown?.look.step ? shown.answer.steps : null
  const isReady = current && steps !== null && steps !== undefined && steps.length > 0

  const toggle = (): void => {
    if (isPlaying || !interval) return setPlaying(false)
    // A test or a surface stands for its interval: what is played are the counts.
    const counts = canPlay(look) ? {} : { measure: '', method: '' }
    if (!look.step) changeLook({ ...counts, step: usualStep(interval) })
    if (frame !== null && steps && frame + 1 >= steps.length) show(0)
    return setPlaying(true)
  }
  const move = (by: number): void => {
    if (steps) show(Math.max(0, Math.min(steps.length - 1, (frame ?? (by > 0 ? -1 : 0)) + by)))
  }
  const stop = (): void => {
    setPlaying(false)
    changeLook({ step: '', frame: '' })
  }

  const keys = useRef({ toggle, move, show })
  useEffect(() => {
    keys.current = { toggle, move, show }
  })
  const count = isReady ? steps.length : 0
  useEffect(() => {
    if (!isPlaying || count === 0) return undefined
    const next = frame === null ? 0 : frame + 1
    const timer = setTimeout(
      () => {
        if (next < count) keys.current.show(next)
        else setPlaying(false)
      },
      frame === null ? 0 : frameMilliseconds(speed),
    )
    return () => clearTimeout(timer)
  }, [isPlaying, count, frame, speed])
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.repeat || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target instanceof Element && event.target.closest(takesKeys)) return
      if (event.key === ' ') keys.current.toggle()
      else if (event.key === ',' || event.key === '.') keys.current.move(event.key === '.' ? 1 : -1)
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])

  return (
    <span className="playback">
      <IconButton
        label={say(isPlaying ? text.pause : text.play)}
        path={isPlaying ? 'M2 1h3v10H2zM7 1h3v10H7z' : 'M2 1v10l9-5z'}
        shortcut="Space"
        onClick={toggle}
      />
      {look.step && (
        <>
          <IconButton
            label={say(text.previousFrame)}
            path="M9 1v10L3 6zM2 1h1v10H2z"
            onClick={() => move(-1)}
          />
          <IconButton label={say(text.nextFrame)} path="M3 1v10l6-5zM9 1h1v10H9z" onClick={() => move(1)} />
          <StepChoice step={look.step} />
          <Segmented<Speed>
            size="small"
            aria-label={say(text.speed)}
            value={speed}
            options={speeds.map((value) => ({ value, label: say(text.times, { n: value }) }))}
            onChange={setSpeed}
          />
          <IconButton label={say(text.stop)} path="M2 2h8v8H2z" onClick={stop} />
        </>
      )}
    </span>
  )
}

function StepChoice({ step }: { readonly step: FrameStep }): ReactNode {
  const say = useSay()
  const interval = useInterval()
  return (
    <Select<FrameStep>
      size="small"
      aria-label={say(text.step)}
      value={step}
      options={frameSteps.map((value) => ({
        value,
        label: say(text.stepNames[value]),
        disabled: !interval || !canStep(interval, value),
      }))}
      onChange={(value) => changeLook({ step: value, frame: '' })}
    />
  )
}

interface IconProps {
  readonly label: string
  readonly path: string
  readonly shortcut?: string
  readonly onClick: () => void
}

function IconButton({ label, path, shortcut, onClick }: IconProps): ReactNode {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      {...(shortcut && { 'aria-keyshortcuts': shortcut })}
      onClick={onClick}
    >
      <svg width="12" height="12" viewBox="0 0 12 12" fill="currentColor" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  )
}

/** The frame shown, in words. */
export function useFrameWords(): string | null {
  const say = useSay()
  const language = useStored((state) => state.language)
  const { shown } = useAsked()
  const [frame] = useFrame()
  const steps = shown?.answer.steps
  const step = frame === null ? undefined : steps?.[frame]
  if (!step || frame === null) return null
  return say(text.frameOf, {
    from: formatDay(language, step.from, true),
    to: formatDay(language, addDays(step.to, -1), true),
    n: formatNumber(step.count),
    index: frame + 1,
    total: formatNumber(steps?.length),
  })
}
