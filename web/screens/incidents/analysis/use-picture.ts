/** The picture that the map, the legend and the lists share. */
import { useMemo } from 'react'
import { useTheme } from '../../../preferences.ts'
import { useChoice } from '../../../state.ts'
import { useAsked } from '../data.ts'
import { type Picture, pictureOf } from './picture.ts'

/** The frame a playback shows, by its first day in the address; null: the whole interval. */
export function useFrame(): readonly [frame: number | null, show: (index: number | null) => void] {
  const { shown } = useAsked()
  const [day, setDay] = useChoice<string>('frame', '')
  const steps = shown?.look.step ? shown.answer.steps : null
  const index = steps && day !== '' ? steps.findIndex((step) => step.from === day) : -1
  return [index < 0 ? null : index, (next) => setDay(next === null ? '' : (steps?.[next]?.from ?? ''))]
}

export function usePicture(): Picture | undefined {
  const { shown } = useAsked()
  const theme = useTheme()
  const [frame] = useFrame()
  return useMemo(() => shown && pictureOf(shown, theme, frame), [shown, theme, frame])
}
