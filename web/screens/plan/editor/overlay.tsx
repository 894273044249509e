/** What the editor lays over the map: the tools, and a bar at the pointer. */
import { type ReactNode, useEffect } from 'react'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import type { MapOwner } from '../../../map/create-map.ts'
import { useMedia } from '../../../preferences.ts'
import type { OverlayProps } from '../../screen.ts'
import { beforeAfter } from './before-after.ts'
import { chooseTool, useEditing, useSession } from './editing.ts'
import { text } from './text.ts'
import { toolOf, tools } from './tools.ts'
import { useGestures } from './use-gestures.ts'
import { useLiveLayers } from './use-live-layers.ts'

/** Narrower than this, plans are read, not drawn. */
export const drawingWidth = '(min-width: 1100px)'

export function EditorOverlay({ owner, pointerTaken }: OverlayProps): ReactNode {
  const say = useSay()
  const canDraw = useEditing((editing) => editing.canDraw)
  const loaded = useSession((state) => state.drawing !== null) ?? false
  const wide = useMedia(drawingWidth)
  const byKeyboard = useGestures(owner, loaded && !pointerTaken)
  useLiveLayers(owner)
  if (!loaded) return null
  return (
    <>
      {canDraw && <ToolBar />}
      {!wide && <p className="editor-note card quiet">{say(text.smallScreen)}</p>}
      {byKeyboard && <div className="editor-cross" aria-hidden="true" />}
      <PointerBar owner={owner} />
    </>
  )
}

function ToolBar(): ReactNode {
  const say = useSay()
  const chosen = useEditing((editing) => editing.tool)
  return (
    <>
      <div
        className="editor-tools card"
        role="toolbar"
        aria-orientation="vertical"
        aria-label={say(text.toolbar)}
      >
        {tools.map((tool) => (
          <button
            key={tool.id}
            type="button"
            className="tool"
            title={`${say(tool.name)} (${tool.key.toUpperCase()})`}
            aria-label={say(tool.name)}
            aria-pressed={tool.id === chosen}
            aria-keyshortcuts={tool.key.toUpperCase()}
            onClick={() => chooseTool(tool.id)}
          >
            <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
              <path
                d={tool.picture}
                fill="none"
                stroke="currentColor"
                strokeWidth="1.4"
                strokeLinecap="round"
                strokeLinejoin="round"
              />
            </svg>
          </button>
        ))}
      </div>
      <p className="editor-hint card">
        <b>{say(toolOf(chosen).name)}</b> {say(toolOf(chosen).hint)}
      </p>
    </>
  )
}

/** At the pointer: what would become of the grids concerned, or why it cannot be. */
function PointerBar({ owner }: { readonly owner: MapOwner }): ReactNode {
  const say = useSay()
  const trial = useEditing((editing) => editing.trial)
  const drawing = useSession((state) => state.drawing)
  const tool = useEditing((editing) => editing.tool)
  const refused = trial?.result && 'code' in trial.result ? trial.result : null
  useEffect(() => {
    owner.setCursor(
      refused ? 'not-allowed' : tool === 'move' && !trial?.handle ? 'default' : toolOf(tool).cursor,
    )
  }, [owner, refused, tool, trial?.handle])
  if (!trial || !drawing) return null
  const rows = trial.result && !('code' in trial.result) ? beforeAfter(drawing, trial.result) : []
  if (rows.length === 0 && !refused && !trial.hint) return null
  const [x, y] = owner.pixelOf(trial.at)
  return (
    <div
      className={`pointer-bar card${refused ? ' is-refused' : ''}`}
      style={{ transform: `translate(${Math.round(x) + 14}px, ${Math.round(y) + 14}px)` }}
    >
      {refused && (
        <span>
          <b>{say(text.refusedEdit)}</b> {say(refused.message)}
        </span>
      )}
      {rows.map((row) => (
        <span key={row.code}>
          {say(text.beforeAfter, {
            grid: row.name,
            before: formatNumber(row.before),
            after: formatNumber(row.after),
          })}
        </span>
      ))}
      {trial.hint && !refused && <span className="quiet">{say(trial.hint)}</span>}
    </div>
  )
}
