import type { ReactNode } from 'react'
import { SwatchPicture } from '../../../map/swatch-picture.tsx'
import { useTheme } from '../../../preferences.ts'
import { swatchOf } from './layers.ts'
import type { LiveState } from './people.ts'

/** A state as the map draws it; the words stand beside it. */
export function StateMark({ state }: { readonly state: LiveState }): ReactNode {
  return <SwatchPicture swatch={swatchOf(state, useTheme())} />
}
