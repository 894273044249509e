/** Draws the open plan on the map, at most once a frame, past React: an edit or a drag touches only what it changes. */
import { useEffect, useRef } from 'react'
import type { Drawing } from '../../../../server/core/planning/drawing/drawing.ts'
import type { SizeBand } from '../../../../server/core/policy/division-policy.ts'
import type { LngLat } from '../../../../server/core/values.ts'
import type { MapOwner } from '../../../map/create-map.ts'
import type { Theme } from '../../../map/palette.ts'
import { useTheme } from '../../../preferences.ts'
import { useStored } from '../../../state.ts'
import { readEditing, subscribeEditing, useEditing } from './editing.ts'
import { drawingLayers, outlineVertices, rowsOf, trialLayers } from './layers.ts'
import { atRest, type MovingRows, movingRows } from './moving-rows.ts'
import { atomAt } from './places.ts'
import { readPreview, subscribePreview } from './preview.ts'
import { noRows, type Rows } from './rows.ts'
import type { Session } from './session.ts'
import { useBand } from './use-band.ts'

interface Look {
  readonly theme: Theme
  readonly band: SizeBand | null
  /** Code of the selected grid. */
  readonly selected: string | null
}

/** What was drawn last: kept while the look changes. */
interface Drawn {
  rows: Rows
  moving: MovingRows
}

/** How long nothing changes until the hand is taken to rest. */
const restMilliseconds = 800

export function useLiveLayers(owner: MapOwner): void {
  const session = useEditing((editing) => editing.session)
  const theme = useTheme()
  const band = useBand()
  const selected = useStored(({ address: { selection } }) =>
    selection?.kind === 'grid' ? selection.id : null,
  )
  const drawn = useRef<Drawn>({ rows: noRows, moving: atRest(noRows) })
  useEffect(
    () => (session ? startDrawing(owner, session, { theme, band, selected }, drawn.current) : undefined),
    [owner, session, theme, band, selected],
  )
  useEffect(() => () => owner.showLive([]), [owner])
}

/** @returns what ends it; the last picture stays */
function startDrawing(owner: MapOwner, session: Session, look: Look, drawn: Drawn): () => void {
  const { theme, band, selected } = look
  let frame = 0
  let rest: ReturnType<typeof setTimeout> | undefined
  const draw = (): void => {
    frame = 0
    const { drawing: made } = session.store.read()
    if (!made) return
    const { trial } = readEditing()
    const result = trial?.result
    const preview = readPreview()
    const tried = result && !('code' in result) ? result.drawing : made
    const shown = tried === made ? (preview?.drawing ?? made) : tried
    drawn.rows = rowsOf(drawn.rows, shown, preview?.band ?? band, selected, theme)
    const vertices = verticesToHold(made, shown, selected)
    drawn.moving = movingRows(drawn.moving, drawn.rows)
    owner.showLive([...drawingLayers(drawn.moving, theme), ...trialLayers(made, trial, vertices, theme)])
    clearTimeout(rest)
    const { atoms, lines } = drawn.moving.moving
    if (atoms.length + lines.length > 0) rest = setTimeout(comeToRest, restMilliseconds)
  }
  const soon = (): void => {
    frame ||= requestAnimationFrame(draw)
  }
  const comeToRest = (): void => {
    drawn.moving = atRest(drawn.rows)
    soon()
  }
  soon()
  const stops = [session.store.subscribe(soon), subscribeEditing(soon), subscribePreview(soon)]
  return () => {
    for (const stop of stops) stop()
    cancelAnimationFrame(frame)
    clearTimeout(rest)
  }
}

const vertexTools: readonly string[] = ['move', 'points', 'reshape']

/** With a tool for vertices: those of the selected grid, else of the one under the pointer. */
function verticesToHold(made: Drawing, shown: Drawing, selected: string | null): readonly LngLat[] {
  const { trial, tool, canDraw } = readEditing()
  if (!canDraw || !vertexTools.includes(tool)) return []
  const code = selected ?? (trial && (atomAt(made, trial.at)?.grid ?? null))
  return code === null ? [] : outlineVertices(shown, code)
}
