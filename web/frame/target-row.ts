/** What ties a row of a list to the map: hover lights the thing in both, click selects it in both. */
import type { HTMLAttributes } from 'react'
import type { Target } from '../address.ts'
import { type Bbox, hover, sameTarget, select, useStored } from '../state.ts'

/** Props for a row that stands for a target; `bbox` is where the map goes on click. */
export const targetProps = (target: Target, bbox?: Bbox): HTMLAttributes<HTMLElement> => ({
  onMouseEnter: () => hover(target),
  onMouseLeave: () => hover(null),
  onFocus: () => hover(target),
  onBlur: () => hover(null),
  onClick: () => select(target, bbox),
})

/** Class names of a row: `is-hovered`, `is-selected`. */
export function useTargetClass(target: Target): string {
  const hovered = useStored((state) => sameTarget(state.hover, target))
  const selected = useStored((state) => sameTarget(state.address.selection, target))
  return `${hovered ? ' is-hovered' : ''}${selected ? ' is-selected' : ''}`
}
