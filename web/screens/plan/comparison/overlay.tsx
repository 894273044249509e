/** Two divisions at once: the map of the frame shows the plan, a second one over its left part what it is compared with. */
import { type CSSProperties, type ReactNode, useMemo, useState } from 'react'
import { formatDay } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import type { MapOwner } from '../../../map/create-map.ts'
import type { LayerDescription } from '../../../map/layer.ts'
import { SecondMap } from '../../../map/second-map.tsx'
import { useChoice, useStored } from '../../../state.ts'
import type { OverlayProps } from '../../screen.ts'
import { useGroundLayers } from '../ground-layers.ts'
import { useComparison, useView } from './data.ts'
import { Divider } from './divider.tsx'
import { text } from './text.ts'
import { useComparisonMap } from './use-comparison-map.ts'

/** Whole per cents of the map's width, left of the divider. */
const middle = '50'

export function ComparisonOverlay({ owner, pointerTaken }: OverlayProps): ReactNode {
  const [view] = useView()
  const [split, setSplit] = useChoice<string>('split', middle)
  const [dragged, setDragged] = useState<number | null>(null)
  const isSwipe = view === 'swipe'
  const percent = isSwipe ? (dragged ?? within(Number(split))) : 50
  return (
    <div
      className={`compare ${isSwipe ? 'is-swipe' : 'is-side'}${pointerTaken ? ' is-idle' : ''}`}
      style={{ '--split': `${percent}%` } as CSSProperties}
    >
      <BeforeMap owner={owner} />
      <Names />
      {isSwipe ? (
        <Divider
          percent={percent}
          onDrag={setDragged}
          onSet={(next) => {
            setDragged(null)
            setSplit(String(next))
          }}
        />
      ) : (
        <div className="compare-line" />
      )}
    </div>
  )
}

const within = (percent: number): number =>
  Number.isFinite(percent) ? Math.max(0, Math.min(100, Math.round(percent))) : 50

function BeforeMap({ owner }: { readonly owner: MapOwner }): ReactNode {
  const say = useSay()
  const { before, moved } = useComparisonMap() ?? {}
  const { mask, households } = useGroundLayers()
  const layers = useMemo(
    () =>
      [before?.grids, households, mask, before?.names, moved].filter(
        (layer): layer is LayerDescription => layer !== undefined,
      ),
    [before, moved, mask, households],
  )
  return (
    <SecondMap owner={owner} layers={layers} label={say(text.beforeMap)} failedWords={say(text.mapFailed)} />
  )
}

/** Which division is where. */
function Names(): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const { data, current } = useComparison()
  if (!data || !current) return null
  const nameOf = ({ plan }: typeof data.before): string =>
    plan
      ? say(text.revision, { plan: plan.name, n: plan.revision })
      : say(text.standing, { day: formatDay(language, data.day) })
  return (
    <>
      <p className="compare-name is-before card">
        <b>{say(text.before)}</b> {nameOf(data.before)}
      </p>
      <p className="compare-name is-after card">
        <b>{say(text.after)}</b> {nameOf(data.after)}
      </p>
    </>
  )
}
