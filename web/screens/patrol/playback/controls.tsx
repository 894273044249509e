/** Play, pause and speed, beside the timeline. */
import { Segmented } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useSay } from '../../../i18n/use-say.ts'
import { type Speed, speeds } from './clock.ts'
import { readPlayback, setPlaying, setSpeed, useIsPlaying, useSpeed } from './data.ts'
import { text } from './text.ts'

/** Where the space bar means something else. */
const takesSpace =
  'button, a, input, textarea, select, summary, [role="row"], [role="treeitem"], [role="switch"], [role="combobox"], [role="radio"]'

export function PlaybackControls(): ReactNode {
  const say = useSay()
  const isPlaying = useIsPlaying()
  const speed = useSpeed()
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== ' ' || event.repeat || event.defaultPrevented) return
      if (event.target instanceof Element && event.target.closest(takesSpace)) return
      event.preventDefault()
      setPlaying(!readPlayback().isPlaying)
    }
    addEventListener('keydown', onKey)
    return () => {
      removeEventListener('keydown', onKey)
      setPlaying(false)
    }
  }, [])
  return (
    <span className="playback">
      <button
        type="button"
        className="icon-button"
        aria-label={say(isPlaying ? text.pause : text.play)}
        aria-keyshortcuts="Space"
        title={say(isPlaying ? text.pause : text.play)}
        onClick={() => setPlaying(!isPlaying)}
      >
        <svg width="12" height="12" viewBox="0 0 12 12" fill="currentColor" aria-hidden="true">
          {isPlaying ? <path d="M2 1h3v10H2zM7 1h3v10H7z" /> : <path d="M2 1v10l9-5z" />}
        </svg>
      </button>
      <Segmented<Speed>
        size="small"
        aria-label={say(text.speed)}
        value={speed}
        options={speeds.map((value) => ({ value, label: say(text.times, { n: value }) }))}
        onChange={setSpeed}
      />
    </span>
  )
}
