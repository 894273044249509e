import type { ReactNode } from 'react'
import { SwatchPicture } from '../../map/swatch-picture.tsx'
import { useTheme } from '../../preferences.ts'
import { problemSwatch } from './layers.ts'
import type { Family } from './problem-kinds.ts'

/** The mark of a family of problems, the same in lists and in the legend. */
export function ProblemMark({ family }: { readonly family: Family }): ReactNode {
  return <SwatchPicture swatch={problemSwatch(family, useTheme())} />
}
