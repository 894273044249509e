/** Whether a day is played, and how fast. Where it stands is the timeline's cursor. */
import { createStore, useStore } from '../../../store.ts'
import type { Speed } from './clock.ts'

interface Playback {
  readonly isPlaying: boolean
  readonly speed: Speed
}

const playback = createStore<Playback>({ isPlaying: false, speed: 60 })

export const useIsPlaying = (): boolean => useStore(playback, (value) => value.isPlaying)
export const useSpeed = (): Speed => useStore(playback, (value) => value.speed)
export const readPlayback = playback.read
export const setSpeed = (speed: Speed): void => playback.write({ speed })
export const setPlaying = (isPlaying: boolean): void => {
  if (playback.read().isPlaying !== isPlaying) playback.write({ isPlaying })
}
